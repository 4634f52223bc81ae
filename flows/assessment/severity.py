"""The severe track (BR7): so heavy for so long that all is judged more slowly and a doctor is named."""

from __future__ import annotations

from flows.assessment.facts import Facts

HEAVY = 8
LONG = ("6-24", "gt2", "always")
"""Answers to O3 that say more than half a year."""

FOLLOWED = 3


def is_severe(facts: Facts) -> bool:
    """Return whether a workday weighs at least 8 since more than half a year, or it followed them home."""
    heaviness, followed = facts.number("O2"), facts.number("O6")
    heavy_for_long = heaviness is not None and heaviness >= HEAVY and facts.code("O3") in LONG
    return heavy_for_long or (followed is not None and followed >= FOLLOWED)
