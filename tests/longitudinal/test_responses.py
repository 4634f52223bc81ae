"""What came of a trial or a break, from the weeks themselves (A7): tables of weeks and their outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.assessment.facts import Trial
from flows.diary import Break, Diary, Felt, Kept, PlannedTrial, Week
from flows.longitudinal.responses import logged_trials, remembered_trials, response, rested

START = date(2026, 3, 2)  # a Monday
HOLIDAY = -1
"""A week with a holiday in it; None is a week that nobody looked back at."""


def weeks(before: Sequence[int | None], during: Sequence[int | None]) -> tuple[Week, ...]:
    """Weeks around the start: the last of `before` ends on the day before it."""
    first = START - timedelta(weeks=len(before))
    return tuple(
        Week(
            monday=(monday := first + timedelta(weeks=number)),
            at=datetime.combine(monday + timedelta(days=6), datetime.min.time(), UTC),
            workday=0 if heaviness == HOLIDAY else heaviness,
            changes=("holiday",) if heaviness == HOLIDAY else (),
        )
        for number, heaviness in enumerate((*before, *during))
        if heaviness is not None
    )


def a_trial(kind: str = "load", lasts: int = 4, **more: object) -> PlannedTrial:
    ends = START + timedelta(weeks=lasts)
    facts: dict[str, object] = {"ended": ends, "checks": (Kept(ends, 4, 100),)} | more
    return PlannedTrial(id=1, kind=kind, started=START, ends=ends, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "during", "outcome"),
    [
        ([8, 8, 8], [7, 6, 5, 5], "held"),
        ([8, 8, 8], [7, 6, 5, 5, 5, 5, 5, 4], "held"),
        ([8, 8, 8], [8, 8, 8, 8], "none"),
        ([8, 8, 8], [7, 7, 7, 7], "none"),
        ([8, 8, 8], [5, 5, 7, 8], "temp"),
        ([8, 8, 8], [7, 5, 5, 5, 7, 8, 8, 8], "temp"),
        ([8, 8, 8], [5, 8, 8, 8], "none"),
        ([6, 6, 6], [7, 8, 8, 9], "worse"),
        ([8, 8, 8], [5, 5, 5, 6], ""),
        ([8, 8, 8], [5, 5, None, None], ""),
        ([8, 8, 8], [5, None, None, 8], "none"),
        ([8, HOLIDAY, 8, 8], [HOLIDAY, 5, 5, 5], "held"),
        ([8, 8, 8], [8, HOLIDAY, HOLIDAY, 8], "none"),
        ([4, 9, 4, 9], [5, 5, 5, 5], "none"),
        ([3, 3, 3], [2, 2, 1, 1], "held"),
        ([3, 3, 3], [2, 2, 2, 2], "none"),
        ([None, 8, 8], [5, 5, 5, 5, 8, 8, 5, 5], "held"),
        ([8, 8, 8], [5, 5, 5, 5, 8, 8, 8, 8, 5, 5, 5], "temp"),
    ],
    ids=str,
)
def test_the_weeks_say_what_a_trial_did(
    before: Sequence[int | None], during: Sequence[int | None], outcome: str
) -> None:
    found = response(a_trial(), weeks(before, during))

    assert found is not None
    assert found.outcome == outcome


@pytest.mark.parametrize(("before", "during"), [([], [5, 5, 5, 5]), ([8, 8, 8], []), ([HOLIDAY], [5, 5])])
def test_without_weeks_on_both_sides_nothing_is_said(
    before: Sequence[int | None], during: Sequence[int | None]
) -> None:
    assert response(a_trial(), weeks(before, during)) is None


def test_fewer_than_two_weeks_before_make_a_short_baseline() -> None:
    short, long = (response(a_trial(), weeks(before, [5, 5, 5, 5])) for before in ([8], [8, 8]))

    assert short is not None
    assert long is not None
    assert (short.short_baseline, long.short_baseline) == (True, False)


def test_on_the_severe_track_less_load_is_judged_after_twelve_weeks() -> None:
    slow = weeks([9, 9, 9], [9, 9, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5])

    judged = [response(a_trial(lasts=lasts), slow) for lasts in (4, 12)]

    assert [found.outcome for found in judged if found] == ["none", "held"]


def test_a_new_employer_is_judged_after_the_honeymoon() -> None:
    honeymoon = weeks([8, 8, 8], [5, 4, 4, 4, 4, 4, 4, 4, *[8] * 18])

    found = response(a_trial("employer", 26), honeymoon)

    assert found is not None
    assert found.outcome == "temp"


@pytest.mark.parametrize(
    ("trial", "expected"),
    [
        (a_trial(), Trial("load", "held", 1.0, still_heavy=True)),
        (a_trial(checks=(Kept(START, 1, 50), Kept(START, 4, 50))), Trial("load", "held", 0.5, None, True)),
        (a_trial(ended=START + timedelta(weeks=2)), Trial("load", "held", 0.5, None, True)),
        (
            a_trial(checks=(Kept(START, 4, 100, ("other",)),)),
            Trial("load", "held", 1.0, None, True, two_at_once=True),
        ),
        (
            a_trial(checks=(Kept(START, 4, 100, ("life",)),)),
            Trial("load", "held", 1.0, None, True, life_event=True),
        ),
    ],
    ids=["full", "half kept", "half as long", "two changes", "something in life"],
)
def test_the_rule_is_told_how_fair_a_trial_was(trial: PlannedTrial, expected: Trial) -> None:
    diary = Diary(weeks=weeks([8, 8, 8], [7, 6, 5, 5]), trials=(trial,))

    assert logged_trials(diary) == (expected,)


def test_a_trial_that_runs_or_that_the_weeks_do_not_decide_tells_the_rule_nothing() -> None:
    running = Diary(weeks=weeks([8, 8], [5, 5, 5, 5]), trials=(a_trial(ended=None),))
    undecided = Diary(weeks=weeks([8, 8], [5, 5, 5, 6]), trials=(a_trial(),))

    assert (logged_trials(running), logged_trials(undecided)) == ((), ())


def test_what_the_next_trial_brought_is_not_told_of_the_one_before() -> None:
    faded = a_trial("load")
    began = START + timedelta(weeks=4)
    held = PlannedTrial(2, "purpose", began, began + timedelta(weeks=4), ended=began + timedelta(weeks=4))
    diary = Diary(weeks=weeks([8, 8, 8], [5, 5, 8, 8, 7, 5, 3, 3]), trials=(faded, held))

    assert [(each.kind, each.outcome) for each in logged_trials(diary)] == [
        ("load", "temp"),
        ("purpose", "held"),
    ]


def test_what_is_only_remembered_counts_as_a_past_attempt() -> None:
    diary = Diary(trials=(a_trial(recalled=True, outcome="temp", dose=0.5),))

    assert remembered_trials(diary) == (Trial("load", "temp", 0.5),)
    assert logged_trials(diary) == ()


LAST = START + timedelta(days=8)


def a_break(*felt: tuple[str, int, int], days: int = 9, **more: object) -> Break:
    """A break that ends on a fixed day; `felt`: when, days after the return, heaviness."""
    seen = tuple(Felt(when, LAST + timedelta(days=after), heaviness) for when, after, heaviness in felt)
    first = LAST - timedelta(days=days - 1)
    return Break(1, "holiday", first, LAST, seen, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("felt", "outcome", "ordinary"),
    [
        ([("mid", -4, 2), ("day2", 2, 7), ("day10", 10, 8)], "temp", False),
        ([("mid", -4, 2), ("day2", 2, 4), ("day10", 10, 4), ("week3", 21, 8)], "", True),
        ([("mid", -4, 2), ("day2", 2, 3), ("week3", 21, 4), ("week6", 42, 4)], "held", False),
        ([("mid", -4, 2), ("day2", 2, 3), ("week3", 21, 4)], "", False),
        ([("mid", -4, 7), ("day2", 2, 8)], "none", False),
    ],
    ids=["back at once", "back in week three", "still lighter in week six", "too early to say", "never left"],
)
def test_a_break_is_read_by_when_the_weight_came_back(
    felt: list[tuple[str, int, int]], outcome: str, ordinary: bool
) -> None:
    found = rested(a_break(*felt), weeks([8, 8, 8], []))

    assert found is not None
    assert (found.outcome, found.ordinary_fade) == (outcome, ordinary)


def test_a_break_becomes_a_trial_of_rest_with_the_load_on_return() -> None:
    quick = a_break(("mid", -4, 2), ("day2", 2, 8), load="ord")
    diary = Diary(weeks=weeks([8, 8, 8], []), breaks=(quick,))

    assert logged_trials(diary) == (Trial("rest", "temp", 1.0, "ord"),)


def test_three_days_off_are_less_than_a_fair_dose_and_being_ill_is_no_rest() -> None:
    short = a_break(("mid", -1, 2), ("day2", 2, 8), days=3, load="ord")
    ill = Break(2, "sick", short.first, short.last, short.felt, "ord")
    (weekend, sick) = logged_trials(Diary(weeks=weeks([8, 8, 8], []), breaks=(short, ill)))

    assert weekend.dose < 0.5
    assert sick.life_event
