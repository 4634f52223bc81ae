"""All flows, by name."""

from __future__ import annotations

from collections.abc import Mapping

from flows.asides import ASIDES
from flows.assessment.checks import CHECKS
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sittings import SITTINGS as IN_ORDER
from flows.engine.flow import Flow
from flows.longitudinal.chapters import CHAPTERS

_OVER_WEEKS = tuple(flow for chapter in CHAPTERS for flow in chapter.flows)

FLOWS: Mapping[str, Flow] = {
    flow.name: flow for flow in (ONBOARDING, *IN_ORDER, CHECKS, *ASIDES, *_OVER_WEEKS)
}

SITTINGS = tuple(flow.name for flow in IN_ORDER)
"""The flows whose answers are evidence, in the order of sitting."""
