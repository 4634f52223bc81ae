"""The patterns of an energy log: each with what just makes it, and with what just misses it (A7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from flows.diary import Diary, Entry, LogRun
from flows.longitudinal.patterns import coverage, energy_log, middle

FIRST = date(2026, 3, 2)


def log(*runs: tuple[Any, ...], nights: dict[int, int] | None = None, a_day: int = 3) -> Diary:
    """A log from (how many, what, how it left them, other fields), so many entries a day."""
    entries: list[Entry] = []
    for count, what, left, *more in runs:
        for _ in range(count):
            number = len(entries)
            day = FIRST + timedelta(days=number // a_day)
            entry = Entry(number + 1, day, 15, what, left)
            entries.append(replace(entry, **(more[0] if more else {})))
    kept = {FIRST + timedelta(days=day): hours for day, hours in (nights or {}).items()}
    return Diary(entries=tuple(entries), nights=kept, log=LogRun(FIRST, (720, 1020)))


def letters(diary: Diary) -> str:
    found = energy_log(diary)
    assert found is not None
    return "".join(found.letters)


EARLY, LATE = {"hour": 10}, {"hour": 18}
BOSS, TEAM, ALONE = {"who": "boss"}, {"who": "team"}, {"who": "alone"}
NO, YES, NEUTRAL = {"glad": "no"}, {"glad": "yes"}, {"glad": "neutral"}
TOLD = {"recall": True}

SHOWN: dict[str, tuple[str, Diary]] = {
    "a: meetings drain, making gives and is a fifth": (
        "a",
        log((8, "meetings", -1), (8, "planning", 0), (4, "making", 1)),
    ),
    "a: three kinds of draining work": (
        "a",
        log((4, "meetings", -2), (4, "leading", -1), (9, "paperwork", -1), (4, "coding", 2)),
    ),
    "b: nothing gives, and evenings are worse than mornings": (
        "b",
        log((4, "meetings", 0, EARLY), (4, "writing", -1, LATE), (2, "talking", -1, LATE)),
    ),
    "b: nothing gives, and it is worse after short nights": (
        "b",
        log((6, "meetings", -1), (6, "writing", 0), nights={0: 5, 1: 5, 2: 6, 3: 7}),
    ),
    "c: with the boss it drains in two kinds of work": (
        "c",
        log((2, "meetings", -1, BOSS), (2, "planning", -1, BOSS), (4, "meetings", 0, TEAM)),
    ),
    "d: the same work, disowned and owned": ("d", log((4, "writing", -1, NO), (4, "writing", 0, YES))),
    "d: neutral is no shame": ("d", log((4, "writing", -1, NO), (4, "writing", 0, NEUTRAL))),
    "e: four sharp drains in decent days": (
        "e",
        log(*[run for _ in range(4) for run in ((1, "meetings", -2), (3, "writing", 0))], a_day=4),
    ),
    "f: two kinds of work drain alike": ("f", log((4, "meetings", -1), (4, "writing", -1))),
    "f: half a step apart is alike": (
        "f",
        log((4, "meetings", -1), (2, "writing", -1), (2, "writing", -2)),
    ),
}

MISSED: dict[str, tuple[str, Diary]] = {
    "a: three entries that give": ("a", log((12, "meetings", -1), (3, "making", 2))),
    "a: three entries that drain": ("a", log((3, "meetings", -1), (17, "planning", 0), (4, "making", 1))),
    "a: what gives is more than a fifth": (
        "a",
        log((8, "meetings", -1), (7, "planning", 0), (4, "making", 1)),
    ),
    "a: nothing gives": ("a", log((8, "meetings", -1), (8, "planning", 0), (4, "making", 0))),
    "a: what gives does so now and then": (
        "a",
        log((8, "meetings", -1), (8, "planning", 0), (2, "making", 1), (2, "making", 0)),
    ),
    "a: what gives has two entries each": (
        "a",
        log((16, "meetings", -1), (2, "making", 2), (2, "learning", 2)),
    ),
    "b: something gives": (
        "b",
        log((4, "meetings", 0, EARLY), (8, "writing", -1, LATE), (3, "making", 1, EARLY)),
    ),
    "b: three entries in the morning": ("b", log((3, "meetings", 0, EARLY), (8, "writing", -1, LATE))),
    "b: it stays the same all day": ("b", log((6, "meetings", -1, EARLY), (6, "writing", -1, LATE))),
    "b: it is lighter in the evening": ("b", log((6, "meetings", -2, EARLY), (6, "writing", -1, LATE))),
    "b: on the whole it does not drain": ("b", log((6, "meetings", 0, EARLY), (4, "writing", -1, LATE))),
    "b: six hours are no short night": (
        "b",
        log((6, "meetings", -1), (6, "writing", 0), nights={0: 6, 1: 6, 2: 6, 3: 7}),
    ),
    "b: nights that nobody told": ("b", log((6, "meetings", -1), (6, "writing", 0), nights={0: 5, 1: 5})),
    "b: hours of what was remembered": (
        "b",
        log((9, "meetings", 0, {**EARLY, **TOLD}), (9, "writing", -1, LATE)),
    ),
    "c: one kind of work": ("c", log((4, "meetings", -1, BOSS), (4, "meetings", 0, TEAM))),
    "c: three entries with the boss": (
        "c",
        log((2, "meetings", -2, BOSS), (1, "planning", -2, BOSS), (4, "meetings", 0, TEAM)),
    ),
    "c: three entries with others": (
        "c",
        log((2, "meetings", -1, BOSS), (2, "planning", -1, BOSS), (3, "meetings", 0, TEAM)),
    ),
    "c: no lower than with others": (
        "c",
        log((2, "meetings", -1, BOSS), (2, "planning", -1, BOSS), (4, "meetings", -1, TEAM)),
    ),
    "c: lower, but it does not drain": (
        "c",
        log((2, "meetings", 0, BOSS), (2, "planning", 0, BOSS), (4, "meetings", 1, TEAM)),
    ),
    "c: only one of two kinds of work is lower": (
        "c",
        log((3, "meetings", -2, BOSS), (2, "planning", 0, BOSS), (4, "meetings", 0, TEAM)),
    ),
    "c: being alone is nobody's doing": (
        "c",
        log((2, "meetings", -1, ALONE), (2, "planning", -1, ALONE), (4, "meetings", 0, TEAM)),
    ),
    "c: entries without a tag are on no side": (
        "c",
        log((2, "meetings", -1, BOSS), (2, "planning", -1, BOSS), (4, "meetings", 0)),
    ),
    "d: three disowned": ("d", log((3, "writing", -2, NO), (4, "writing", 0, YES))),
    "d: three owned": ("d", log((4, "writing", -2, NO), (3, "writing", 0, YES))),
    "d: both drain": ("d", log((4, "writing", -2, NO), (4, "writing", -1, YES))),
    "d: neither drains": ("d", log((4, "writing", 0, NO), (4, "writing", 1, YES))),
    "d: another kind of work": ("d", log((4, "writing", -1, NO), (4, "planning", 1, YES))),
    "d: half a step": ("d", log((2, "writing", 0, NO), (2, "writing", -1, NO), (4, "writing", 0, YES))),
    "e: three sharp drains": (
        "e",
        log(*[run for _ in range(3) for run in ((1, "meetings", -2), (4, "writing", 0))], a_day=5),
    ),
    "e: sharp drains are not few": (
        "e",
        log(
            *[run for _ in range(4) for run in ((1, "meetings", -2), (2, "writing", 0))],
            (2, "x", 0),
            a_day=14,
        ),
    ),
    "e: what else was entered drains, on days with a single entry": (
        "e",
        log((4, "meetings", -2), (12, "writing", -1), (2, "making", 0, {"day": FIRST}), a_day=1),
    ),
    "e: three of eight days are bad": (
        "e",
        log((4, "meetings", -2), (2, "writing", -1), (10, "writing", 0), a_day=2),
    ),
    "e: the rest drains too": (
        "e",
        log(*[run for _ in range(4) for run in ((1, "meetings", -2), (3, "writing", -1))], a_day=4),
    ),
    "f: one kind of work": ("f", log((8, "meetings", -1))),
    "f: three entries of the second": ("f", log((4, "meetings", -1), (3, "writing", -1))),
    "f: neither takes nor gives": ("f", log((4, "meetings", 0), (4, "writing", 0))),
    "f: they drain now and then": (
        "f",
        log((2, "meetings", -1), (2, "meetings", 0), (2, "writing", -1), (2, "writing", 0)),
    ),
    "f: a step apart": ("f", log((4, "meetings", -1), (4, "writing", -2))),
    "f: one does not drain": ("f", log((4, "meetings", -1), (4, "writing", 0))),
    "f: they are under half of the log": (
        "f",
        log((4, "meetings", -1), (4, "writing", -1), *((1, f"own {n}", 1) for n in range(9))),
    ),
}


@pytest.mark.parametrize(("letter", "diary"), SHOWN.values(), ids=SHOWN)
def test_a_pattern_is_found(letter: str, diary: Diary) -> None:
    assert letter in letters(diary)


@pytest.mark.parametrize(("letter", "diary"), MISSED.values(), ids=MISSED)
def test_what_just_misses_a_pattern_does_not_show_it(letter: str, diary: Diary) -> None:
    assert letter not in letters(diary)


@pytest.mark.parametrize(
    ("diary", "expected"),
    [
        (log((1, "meetings", 0)), 0.0),
        (log((2, "meetings", 0)), 1 / 8),
        (log((16, "meetings", 0), a_day=2), 1.0),
        (log((28, "meetings", 0), a_day=2), 1.0),
        (log((14, "meetings", 0), a_day=1), 0.0),
        (log((3, "meetings", 0, TOLD)), 0.0),
        (log((4, "meetings", 0, TOLD), a_day=4), 1 / 8),
        (log((1, "meetings", 0), (2, "meetings", 0, TOLD)), 1 / 8),
    ],
    ids=["one", "a day", "eight days", "fourteen days", "one a day", "told 3", "told 4", "one and two told"],
)
def test_coverage_counts_days_with_two_entries_up_to_eight(diary: Diary, expected: float) -> None:
    found = energy_log(diary)

    assert found is not None
    assert found.coverage == pytest.approx(expected)


def test_what_is_remembered_weighs_half_in_a_median() -> None:
    entries = log((2, "meetings", 0), (3, "meetings", -2, TOLD)).entries

    assert middle(entries) == 0
    assert middle([*entries, *entries[-1:] * 2]) == -2


def test_what_is_remembered_makes_half_a_side() -> None:
    assert "d" not in letters(log((7, "writing", -2, {**NO, **TOLD}), (4, "writing", 0, YES)))
    assert "d" in letters(log((8, "writing", -2, {**NO, **TOLD}), (4, "writing", 0, YES)))


def test_without_an_entry_there_is_no_log_at_all() -> None:
    assert energy_log(Diary()) is None
    assert energy_log(Diary(log=LogRun(FIRST, (720,)))) is None


def test_a_new_log_speaks_for_itself_and_leaves_the_old_one_as_it_was_until_it_has_begun() -> None:
    old = log((4, "meetings", -1), (4, "writing", -1), a_day=2)
    later = LogRun(FIRST + timedelta(days=42), (720, 1020))
    begun_again = replace(old, log=later)
    fresh = Entry(99, later.started, 12, "making", 2)

    assert energy_log(begun_again) == energy_log(old)
    assert letters(replace(begun_again, entries=(*old.entries, fresh))) == ""
    assert coverage([fresh]) == 0


def test_entries_of_one_day_late_in_the_log_count_and_those_after_its_end_do_not() -> None:
    entries: Sequence[Entry] = [
        Entry(n, FIRST + timedelta(days=day), 12, "writing", 0) for n, day in enumerate((13, 13, 14, 14), 1)
    ]

    found = energy_log(Diary(entries=tuple(entries), log=LogRun(FIRST, (720, 1020))))

    assert found is not None
    assert found.coverage == pytest.approx(1 / 8)
