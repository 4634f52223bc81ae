"""All flows, by name."""

from __future__ import annotations

from collections.abc import Mapping

from flows.asides import ASIDES
from flows.assessment.again import AGAIN
from flows.assessment.checks import CHECKS
from flows.assessment.fit import FIT
from flows.assessment.how_answered import PACE_CHECK
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sittings import SITTINGS as IN_ORDER
from flows.engine.flow import Flow
from flows.longitudinal.chapters import CHAPTERS

_EVIDENCE = (*IN_ORDER, *AGAIN)
_OVER_WEEKS = tuple(flow for chapter in CHAPTERS for flow in chapter.flows)

FLOWS: Mapping[str, Flow] = {
    flow.name: flow for flow in (ONBOARDING, *_EVIDENCE, PACE_CHECK, CHECKS, FIT, *ASIDES, *_OVER_WEEKS)
}

SITTINGS = tuple(flow.name for flow in _EVIDENCE)
"""The flows whose answers are evidence, in the order of sitting; what was asked again stands last."""
