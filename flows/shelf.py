"""All flows, by name."""

from __future__ import annotations

from collections.abc import Mapping

from flows.asides import ASIDES
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sketch import SKETCH
from flows.engine.flow import Flow

FLOWS: Mapping[str, Flow] = {flow.name: flow for flow in (ONBOARDING, SKETCH, *ASIDES)}

SITTINGS = ("sketch",)
"""The flows whose answers are evidence, in the order of sitting."""
