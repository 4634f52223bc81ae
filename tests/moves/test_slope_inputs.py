"""What people type into a slope: nonsense gets a clear question, and nothing is added up unasked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.moves.slope_flow import SLOPE
from tests.coach.given import bubbles, prompts, words
from tests.moves.slope_given import ALL, plan, planned, planning


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("enough", "money.none"),
        ("two thousand", "money.none"),
        ("10^12", "money.none"),
        ("1000000000000", "money.too_much"),
        ("-2400", "money.negative"),
        ("2000 or 2500", "money.several"),
        ("30k a year", "money.not_monthly"),
        ("60%", "money.none"),
    ],
)
def test_what_is_no_income_gets_a_clear_question_and_stays_asked(text: str, reason: str) -> None:
    chat = planned("18")

    reply = chat.says(text)

    assert prompts(reply) == (reason, "slope.income")
    assert chat.foreground.state == "income"


def test_a_floor_above_the_income_is_asked_about_and_can_be_meant() -> None:
    chat = planned("18", "2.400 €", "2.800 €")

    assert "The floor, 2.800 €, is above what comes in now, 2.400 €." in words(chat.replies[-1])

    chat.taps("so")
    assert chat.foreground.state == "savings"


def test_another_floor_takes_the_place_of_the_one_above_the_income() -> None:
    chat = planned("18", "2.400 €", "2.800 €", "1.800", "none", "80%", stages=("hours",))

    assert plan(chat).floor == 180_000

    chat.commands("slope_change", "floor")
    assert "Your answer so far: 1.800." in words(chat.replies[-1])


def test_two_currencies_are_never_added_up_unasked() -> None:
    one, other = (planned("12", "2400 €", "$1500", "none", "80%", stages=("hours",)) for _ in range(2))
    assert "You wrote € and $" in words(one.replies[-1])

    one.taps("first")
    other.taps("out")

    assert plan(one).floor == 150_000
    assert prompts(one.replies[-1])[0] == "slopes.one_sign"
    assert plan(other).floor is None
    assert prompts(other.replies[-1])[0] == "slopes.left_out"


@pytest.mark.parametrize(
    ("text", "income"),
    [("60%", 144_000), ("half", 120_000), ("p60", None), ("As much as now", 240_000), ("1.900", 190_000)],
)
def test_a_stage_brings_an_amount_or_a_share_of_now(text: str, income: int | None) -> None:
    chat = planned("12", "2.400 €", "1.000 €", "none", text, stages=("hours",))

    if income is None:
        assert chat.foreground.state == "hours_brings"
    else:
        assert plan(chat).stages[0].income == income


@pytest.mark.parametrize(("text", "reason"), [("-20%", "money.negative"), ("900%", "money.too_much_share")])
def test_a_share_that_cannot_be_is_asked_about(text: str, reason: str) -> None:
    reply = planned("12", "2.400 €", "1.000 €", "none", text, stages=("hours",)).replies[-1]

    assert prompts(reply)[0] == reason


bits = st.sampled_from(
    [
        "18",
        "€2,400",
        "2.400 €",
        "60%",
        "none",
        "$5",
        "-1",
        "skip",
        "back",
        "why?",
        "yes",
        "half",
        "soon",
        "10^12",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(bits | st.text(max_size=12), max_size=25))
def test_whatever_strangers_type_the_planner_answers_and_keeps_its_sums(typed: list[str]) -> None:
    chat = planning(*ALL)

    for text in typed:
        if chat.person.foreground is None or chat.foreground.flow != SLOPE.name:
            break
        assert chat.says(text).says

    kept = chat.person.diary.slope
    if kept is not None:
        assert all(stage.months >= 1 and (stage.income or 0) >= 0 for stage in kept.stages)
        assert bubbles(chat.commands("slope"))


def test_words_of_the_person_are_never_part_of_a_template() -> None:
    chat = planned("12", "2400 ${{ 7 * 7 }}")

    assert prompts(chat.replies[-1])[0].startswith("money.")
