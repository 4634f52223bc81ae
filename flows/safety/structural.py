"""Signs of danger in answers rather than in words (safety.md C2.4): they lead to the direct question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Literal

from flows.assessment.battery import BATTERY
from flows.assessment.facts import Facts
from flows.assessment.rule_parts import WhatIfs
from flows.assessment.sittings import facts_of
from flows.assessment.sketch import SCENARIOS, SKETCH
from flows.assessment.what_ifs import LOW, lifts_in
from flows.diary import Diary, Week
from flows.person import Person
from flows.safety.listening import Weighing

Sign = Literal["nothing_lifts", "everything_heavy", "heavy_weeks"]

A_WEEK = timedelta(days=7)
HEAVY = 9
"""Of 10, for O2, W1 and W2."""

FOLLOWED_EVERYWHERE = 4
"""The highest answer of O6."""

ASKED_AGAIN_AFTER = 4
"""Further weeks of the same after which heavy weeks are a new reason: a no is not doubted every Sunday."""


def signs_of_danger(facts: Facts, diary: Diary, what_ifs: WhatIfs) -> Iterator[Sign]:
    """Yield the signs that there are.

    - nothing_lifts: no scenario of the battery makes a Monday lighter; low mood answers like that.
    - everything_heavy: it has followed them into all they enjoy, and a workday weighs 9 or 10.
    - heavy_weeks: in the latest two weeks running, workdays and days off weigh 9 or 10.
    """
    if lifts_in(facts, what_ifs).flat == LOW:
        yield "nothing_lifts"
    if facts.number("O6") == FOLLOWED_EVERYWHERE and _is_heavy(facts.number("O2")):
        yield "everything_heavy"
    if any(_run_on_heavily(*two) for two in pairwise(diary.weeks[-2:])):
        yield "heavy_weeks"


def sign_of_danger(facts: Facts, diary: Diary, what_ifs: WhatIfs) -> Sign | None:
    """Return the first sign, or None."""
    return next(signs_of_danger(facts, diary, what_ifs), None)


def _run_on_heavily(one: Week, next_one: Week) -> bool:
    weights = (one.workday, one.day_off, next_one.workday, next_one.day_off)
    return next_one.monday - one.monday == A_WEEK and all(_is_heavy(weight) for weight in weights)


def _is_heavy(weight: int | None) -> bool:
    return weight is not None and weight >= HEAVY


def weighing_by(what_ifs: WhatIfs) -> Weighing:
    """Return what the coach weighs by: each sign with the answers it rests on, in codes and numbers.

    The same answers always give the same, so a reason that was asked about can be told from a new one.
    """

    def weighs(person: Person) -> frozenset[str]:
        facts, diary = _weighable(person), person.diary
        signs = signs_of_danger(facts, diary, what_ifs)
        return frozenset(f"{sign}:{_rests_on(sign, facts, diary)}" for sign in signs)

    return weighs


def and_earlier(weighs: frozenset[str], earlier: Iterable[str]) -> tuple[str, ...]:
    """Return what was asked about by now: these, and of earlier ones those of another sign."""
    signs = {_sign(each) for each in weighs}
    return tuple(sorted((*weighs, *(each for each in earlier if _sign(each) not in signs))))


def _sign(weighs: str) -> str:
    return weighs.partition(":")[0]


def _weighable(person: Person) -> Facts:
    """What the sittings found; scenarios only while none is still to come, since the next one may lift."""
    facts, there = facts_of(person.conversations), person.conversations
    sketch, battery = there.get(SKETCH.name), there.get(BATTERY.name)
    all_put = sketch is None or all(name in sketch.answers for name in SCENARIOS)
    if all_put and (battery is None or battery.done):
        return facts
    return replace(facts, answers={name: value for name, value in facts.answers.items() if name != "CF0"})


def _rests_on(sign: Sign, facts: Facts, diary: Diary) -> str:
    match sign:
        case "nothing_lifts":
            return _values(facts, ("CF0", *SCENARIOS))
        case "everything_heavy":
            return _values(facts, ("O2", "O6"))
    run = list(_heavy_run(diary))
    return f"{run[-1].monday}+{(len(run) - 2) // ASKED_AGAIN_AFTER}"


def _values(facts: Facts, names: Iterable[str]) -> str:
    return " ".join(f"{name}={value}" for name in names if (value := facts.number(name)) is not None)


def _heavy_run(diary: Diary) -> Iterator[Week]:
    """Yield the heavy weeks that follow each other without a gap, the latest first."""
    yield diary.weeks[-1]
    for before, after in pairwise(reversed(diary.weeks)):
        if not _run_on_heavily(after, before):
            return
        yield after
