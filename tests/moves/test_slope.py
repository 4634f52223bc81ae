"""A slope as a chat: every answer that people give, what follows from it, and what does not add up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import drawn
from flows.diary import Diary, Slope, Stage
from flows.engine.answers import Answer
from flows.moves.slope_answers import plan_of
from flows.moves.slope_flow import SLOPE
from flows.moves.slope_plan import Part, staged, way_back
from flows.moves.slope_words import against_the_floor
from flows.person import begun
from tests.coach.given import bubbles, prompts, words
from tests.longitudinal.given import with_diary
from tests.moves.slope_given import ALL, WORKER, plan, planned, planning


def test_a_plan_is_kept_with_its_months_its_days_and_its_money() -> None:
    chat = planned(*WORKER)

    kept = plan(chat)

    assert [(stage.kind, stage.months, stage.income) for stage in kept.stages] == [
        ("hours", 5, 496_000),
        ("contract", 5, 430_000),
        ("projects", 4, 370_000),
        ("elsewhere", 4, 520_000),
    ]
    assert (kept.stages[0].first, kept.stages[-1].last) == (date(2026, 4, 1), date(2027, 9, 30))
    assert (kept.income, kept.floor, kept.savings, kept.asked) == (620_000, 400_000, 900_000, 18)
    assert [each.body["event"] for each in chat.remembered("slope")] == ["planned"]
    assert chat.remembered("slope")[0].body["stages"][0]["last"] == "2026-08-31"
    assert chat.person.foreground is None


def test_nobody_is_asked_more_than_nine_questions() -> None:
    chat = planned(*WORKER)

    asked = [foot.facts["number"] for reply in chat.replies for say in reply.says if (foot := say.foot)]
    assert sorted(set(asked)) == [*range(1, 10)]  # type: ignore[type-var]
    assert chat.person.foreground is None


def test_every_question_can_be_skipped_and_what_is_open_stays_open() -> None:
    chat = planned(*[None] * 8)

    kept = plan(chat)

    assert (kept.income, kept.floor, kept.savings, kept.asked) == (None, None, None, None)
    assert [stage.income for stage in kept.stages] == [None] * 4
    assert sum(stage.months for stage in kept.stages) == 18
    assert prompts(chat.replies[-1]) == ("slopes.plan", "slopes.only_time", "slopes.next")


def test_without_a_step_nothing_is_planned() -> None:
    chat = planning()

    chat.gives(None)

    assert chat.person.diary.slope is None
    assert prompts(chat.replies[-1])[-1] == "slopes.none"


def test_only_the_steps_that_were_picked_are_asked_about() -> None:
    chat = planned("a year", "2400", "1800", "none", "80%", "2600", stages=("hours", "elsewhere"))

    assert [(stage.kind, stage.months) for stage in plan(chat).stages] == [("hours", 6), ("elsewhere", 6)]


def test_the_plan_is_a_picture_and_its_words_say_the_same() -> None:
    chat = planned(*WORKER)

    first, *_ = bubbles(chat.replies[-1])

    assert first.card is not None
    told = first.html
    for part in ("1. <b>Fewer hours</b>: April to August 2026", "$4,960 a month, $960 above the floor"):
        assert part in told
    assert (
        "3. <b>Small projects beside it</b>: February to May 2027. $3,700 a month, $300 below the floor"
        in told
    )
    assert "Floor: $4,000 a month." in told
    assert len(told) < 1024


def test_savings_that_carry_the_short_months_are_told_with_what_stays() -> None:
    reply = planned(*WORKER).replies[-1]

    told = words(reply)

    assert "4 months are below the floor, $1,200 in all" in told
    assert "Your savings carry that, and $7,800 stays." in told


def test_when_nothing_is_short_that_is_said_in_a_line() -> None:
    reply = planned("a year", "2400", "1500", "none", "80%", "2600", stages=("hours", "elsewhere")).replies[
        -1
    ]

    assert prompts(reply) == ("slopes.plan", "slopes.fits", "slopes.next")


def test_what_does_not_add_up_is_told_by_how_much_for_how_long_and_what_would_help() -> None:
    answers = ("12", "3.000 €", "2.500 €", "500 €", "2.600 €", "1.000 €", "3.000 €")
    chat = planned(*answers, stages=("hours", "projects", "elsewhere"))

    told = words(chat.replies[-1])

    assert [stage.months for stage in plan(chat).stages] == [7, 1, 4]
    assert "Small projects beside it: 1.500\u00a0€ a month, 1 month" in told
    assert "1.000\u00a0€ stays missing, in 1 month." in told
    assert "the first stage 3 months longer, keeping the 100\u00a0€ a month above the floor" in told
    assert "starting 2 months later, keeping the 500\u00a0€ a month above the floor" in told
    assert "a floor of 1.500\u00a0€ a month" in told
    assert "1.000\u00a0€ more put aside" in told


def test_a_last_stage_below_the_floor_is_told_to_stay_so() -> None:
    reply = planned("12", "2400", "2000", "20000", "90%", "1500", stages=("hours", "elsewhere")).replies[-1]

    assert "slopes.stays_below" in prompts(reply)
    assert "every month would be 500 below the floor" in words(reply)


def test_a_stage_of_open_income_is_named_and_not_called_safe() -> None:
    reply = planned("12", "2400", "2000", "none", "90%", None, stages=("hours", "elsewhere")).replies[-1]

    assert prompts(reply)[1] == "slopes.fits_unless"
    assert "Open is what this brings: my craft, elsewhere." in words(reply)


stage_incomes = st.lists(st.none() | st.integers(0, 5_000), min_size=1, max_size=4)


@given(stage_incomes, st.integers(0, 5_000), st.none() | st.integers(0, 50_000), st.integers(1, 12))
def test_no_month_below_the_floor_goes_unsaid(
    incomes: list[int | None], floor: int, savings: int | None, months: int
) -> None:
    parts = [Part(kind, income) for kind, income in zip(ALL, incomes, strict=False)]
    kept = Slope(
        date(2026, 3, 2), staged(date(2026, 4, 1), parts, [months] * len(parts)), "", None, floor, savings
    )

    told = {say.prompt for say in against_the_floor(kept, kept.made)}

    known = [income for income in incomes if income is not None]
    assert bool({"slopes.missing", "slopes.carried"} & told) == any(income < floor for income in known)
    assert ("slopes.stays_below" in told) == (incomes[-1] is not None and incomes[-1] < floor)
    if None in incomes:
        assert {"slopes.only_time", "slopes.fits_unless", "slopes.also_open"} & told
    lacking = sum(max(0, floor - income) * months for income in known) - (savings or 0)
    assert ("slopes.missing" in told) == (lacking > 0)
    assert bool({"slopes.ways", "slopes.ways_until"} & told) == (lacking > 0)


def test_a_day_that_comes_before_every_stage_has_its_month_is_told() -> None:
    chat = planned("30 April 2026", "2400", "1000", "none", *["80%"] * 4)

    assert [stage.months for stage in plan(chat).stages] == [1, 1, 1, 1]
    assert "so this ends in July 2026, later than you asked" in words(chat.replies[-1])


def test_a_plan_until_a_day_is_over_by_then() -> None:
    chat = planned("29 February 2028", "2400", "1000", "none", "80%", "90%", stages=("hours", "elsewhere"))

    assert plan(chat).stages[-1].last == date(2028, 2, 29)


days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@given(days, st.integers(1, 60), st.sets(st.sampled_from(ALL), min_size=1))
def test_whatever_day_it_is_planned_on_it_starts_with_a_month_and_its_days_follow(
    today: date, months: int, kinds: set[str]
) -> None:
    chosen = tuple(kind for kind in ALL if kind in kinds)
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    _, conversation = begun(with_diary(Diary()).person, SLOPE, now)
    answers = {"stages": Answer(chosen, 0), "pace": Answer(str(months), 0)}
    found = plan_of(replace(conversation, answers=answers), today)

    assert found is not None
    assert found.stages[0].first.day == 1
    assert today <= found.stages[0].first <= today + timedelta(days=31)
    for stage in found.stages:
        assert (stage.last + timedelta(days=1)).day == 1
    for before, after in pairwise(found.stages):
        assert after.first == before.last + timedelta(days=1)


def test_the_picture_can_be_drawn() -> None:
    card = bubbles(planned(*WORKER).replies[-1])[0].card

    assert card is not None
    assert asyncio.run(drawn(card)).startswith(b"\x89PNG")


def test_a_stage_of_another_release_still_has_a_way_back() -> None:
    stage = Stage("sabbatical", date(2026, 4, 1), date(2026, 6, 30), 3)

    assert way_back(stage) == date(2026, 5, 1)
