"""Signs of danger in answers rather than in words (safety.md C2.4): they lead to the direct question."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Literal

from flows.assessment.facts import Facts
from flows.assessment.rule_parts import WhatIfs
from flows.assessment.what_ifs import LOW, lifts_in
from flows.diary import Diary, Week

Sign = Literal["nothing_lifts", "everything_heavy", "heavy_weeks"]

A_WEEK = timedelta(days=7)
HEAVY = 9
"""Of 10, for O2, W1 and W2."""

FOLLOWED_EVERYWHERE = 4
"""The highest answer of O6."""


def sign_of_danger(facts: Facts, diary: Diary, what_ifs: WhatIfs) -> Sign | None:
    """Return the first sign, or None.

    - nothing_lifts: no scenario of the battery makes a Monday lighter; low mood answers like that.
    - everything_heavy: it has followed them into all they enjoy, and a workday weighs 9 or 10.
    - heavy_weeks: in the latest two weeks running, workdays and days off weigh 9 or 10.
    """
    if lifts_in(facts, what_ifs).flat == LOW:
        return "nothing_lifts"
    if facts.number("O6") == FOLLOWED_EVERYWHERE and _is_heavy(facts.number("O2")):
        return "everything_heavy"
    if any(_run_on_heavily(*two) for two in pairwise(diary.weeks[-2:])):
        return "heavy_weeks"
    return None


def _run_on_heavily(one: Week, next_one: Week) -> bool:
    weights = (one.workday, one.day_off, next_one.workday, next_one.day_off)
    return next_one.monday - one.monday == A_WEEK and all(_is_heavy(weight) for weight in weights)


def _is_heavy(weight: int | None) -> bool:
    return weight is not None and weight >= HEAVY
