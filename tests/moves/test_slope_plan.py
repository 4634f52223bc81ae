"""The arithmetic of a slope, with months of every length: nothing overlaps, and no month is short unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.diary import Slope
from flows.moves.slope_plan import (
    KINDS,
    Part,
    first_of_a_month,
    floor_that_fits,
    later,
    later_start,
    longer_first_stage,
    parted,
    prolonged,
    reckoned,
    staged,
    way_back,
    whole_months,
)

A_DAY = timedelta(days=1)

days = st.dates(date(1999, 1, 1), date(2101, 12, 31))
amounts = st.integers(0, 900_000)
incomes = st.none() | amounts


@st.composite
def slopes(draw: st.DrawFn) -> Slope:
    """Any slope that the planner makes: one to four stages, some of them of unknown income."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True))
    parts = [Part(kind, draw(incomes)) for kind in sorted(kinds, key=KINDS.index)]
    floor, savings = draw(incomes), draw(st.none() | amounts)
    spans = parted(draw(st.integers(0, 60)), parts, floor, savings or 0)
    start = draw(days)
    return Slope(start, staged(start, parts, spans), "", None, floor, savings)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one_there_is(day: date, months: int, then: date) -> None:
    assert later(day, months) == then


@pytest.mark.parametrize(
    ("start", "until", "months"),
    [
        (date(2026, 12, 1), date(2028, 5, 31), 18),
        (date(2026, 12, 1), date(2028, 6, 15), 18),
        (date(2026, 12, 1), date(2028, 5, 30), 17),
        (date(2026, 12, 1), date(2026, 12, 30), 0),
        (date(2026, 12, 1), date(2026, 12, 31), 1),
        (date(2027, 12, 1), date(2028, 2, 28), 2),
        (date(2027, 12, 1), date(2028, 2, 29), 3),
        (date(2026, 12, 1), date(2020, 1, 1), 0),
    ],
)
def test_only_whole_months_count_towards_a_day(start: date, until: date, months: int) -> None:
    assert whole_months(start, until) == months


@given(days, days)
def test_the_months_until_a_day_are_over_by_then_and_one_more_is_not(start: date, until: date) -> None:
    months = whole_months(start, until)

    assert months == 0 or later(start, months) - A_DAY <= until
    assert later(start, months + 1) - A_DAY > until


@given(days)
def test_it_starts_on_the_first_of_a_month_and_never_before_today(today: date) -> None:
    start = first_of_a_month(today)

    assert start.day == 1
    assert timedelta(0) <= start - today < timedelta(days=31)


@given(slopes())
def test_stages_follow_each_other_without_a_gap_and_never_overlap(slope: Slope) -> None:
    assert slope.stages[0].first == slope.made
    for stage in slope.stages:
        assert stage.months >= 1
        assert stage.first < stage.last
    for before, after in pairwise(slope.stages):
        assert after.first - before.last == A_DAY


@given(slopes())
def test_the_days_are_those_of_its_months_through_every_month_end(slope: Slope) -> None:
    gone = 0
    for stage in slope.stages:
        assert stage.first == later(slope.made, gone)
        gone += stage.months
        assert stage.last + A_DAY == later(slope.made, gone)


@given(st.integers(0, 60), st.lists(incomes, min_size=1, max_size=4), incomes, amounts)
def test_the_months_add_up_to_what_was_asked_for_or_to_one_a_stage(
    months: int, brings: list[int | None], floor: int | None, savings: int
) -> None:
    spans = parted(
        months, [Part(kind, income) for kind, income in zip(KINDS, brings, strict=False)], floor, savings
    )

    assert min(spans) >= 1
    assert sum(spans) == max(months, len(brings))


@given(st.integers(0, 60), st.lists(amounts, min_size=1, max_size=4), amounts, amounts)
def test_moving_months_never_makes_more_of_them_short_than_even_stages_would(
    months: int, brings: list[int], floor: int, savings: int
) -> None:
    parts = [Part(kind, income) for kind, income in zip(KINDS, brings, strict=False)]

    def missing(spans: tuple[int, ...]) -> int:
        return sum(max(0, floor - income) * span for income, span in zip(brings, spans, strict=True))

    assert missing(parted(months, parts, floor, savings)) <= missing(parted(months, parts, None, 0))


@given(slopes())
def test_no_month_is_below_the_floor_unseen(slope: Slope) -> None:
    """Month by month, as somebody would count it on paper."""
    found, purse, dry, missing = reckoned(slope), slope.savings or 0, 0, 0
    short = 0
    for stage in slope.stages:
        for _ in range(stage.months):
            gap = max(0, (slope.floor or 0) - stage.income) if stage.income is not None else 0
            short, missing = short + (gap > 0), missing + gap
            dry, purse = (dry + 1, purse) if gap > purse else (dry, purse - gap)

    assert (found.months, found.total, found.uncovered) == (short, missing, dry)
    assert (found.lacking == 0) == (dry == 0)
    assert found.lacking == max(0, missing - (slope.savings or 0))


@given(slopes())
def test_a_stage_that_nobody_knows_the_income_of_is_named_where_there_is_a_floor(slope: Slope) -> None:
    nameless = tuple(place for place, stage in enumerate(slope.stages) if stage.income is None)

    assert reckoned(slope).unknown == (nameless if slope.floor is not None else ())


@given(slopes())
def test_what_stays_short_after_the_end_is_told(slope: Slope) -> None:
    last = slope.stages[-1].income
    gap = 0 if last is None or slope.floor is None else max(0, slope.floor - last)

    assert reckoned(slope).goes_on_below == gap


@given(slopes())
def test_the_floor_that_would_fit_does_and_the_next_one_does_not(slope: Slope) -> None:
    fitting = floor_that_fits(slope)

    assert reckoned(replace(slope, floor=fitting)).lacking == 0
    if slope.floor is not None and fitting + 100 <= slope.floor:
        assert reckoned(replace(slope, floor=fitting + 100)).lacking > 0


@given(slopes())
def test_a_longer_first_stage_makes_up_for_what_is_missing_and_a_shorter_one_does_not(slope: Slope) -> None:
    more = longer_first_stage(slope)
    if more is None or slope.floor is None:
        return

    first, lacking = slope.stages[0], reckoned(slope).lacking
    above = (first.income or 0) - slope.floor
    assert above * (first.months + more) >= lacking
    assert more == 0 or above * (first.months + more - 1) < lacking


@given(slopes(), amounts)
def test_a_later_start_makes_up_for_what_is_missing_and_an_earlier_one_does_not(
    slope: Slope, income: int
) -> None:
    slope = replace(slope, income=income)
    more = later_start(slope)
    if more is None or slope.floor is None:
        return

    assert (income - slope.floor) * more >= reckoned(slope).lacking
    assert more == 0 or (income - slope.floor) * (more - 1) < reckoned(slope).lacking


@given(slopes(), st.integers(0, 3), st.integers(1, 12))
def test_a_longer_stage_moves_the_later_ones_and_touches_none_before(
    slope: Slope, which: int, months: int
) -> None:
    place = which % len(slope.stages)
    longer = prolonged(slope, place, months)

    assert longer.stages[:place] == slope.stages[:place]
    assert longer.stages[place].months == slope.stages[place].months + months
    assert longer.stages[-1].last + A_DAY == later(slope.made, sum(stage.months for stage in longer.stages))
    for before, after in pairwise(longer.stages):
        assert after.first - before.last == A_DAY


@given(slopes())
def test_every_stage_has_a_way_back_that_opens_while_it_lasts_or_right_after(slope: Slope) -> None:
    for stage in slope.stages:
        assert stage.first < way_back(stage) <= stage.last + A_DAY


def test_short_stages_give_their_months_to_the_one_that_holds() -> None:
    parts = [Part("hours", 200_000), Part("projects", 120_000)]

    assert parted(12, parts, 180_000, 0) == (11, 1)
    assert parted(12, parts, 180_000, 240_000) == (8, 4)
    assert parted(12, parts, 180_000, 10**9) == (6, 6)
    assert parted(12, parts, None, 0) == (6, 6)
