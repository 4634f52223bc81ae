"""A share of the week, in whatever way somebody writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.answers import Rejected
from flows.engine.words import Ear
from flows.moves.decisions_flow import DECIDE
from flows.moves.decisions_share import Share, in_hours
from tests.coach.given import HOUSE, NOW

SHARES = {
    **{
        "3": 30,
        "0": 0,
        "10": 100,
        "seven": 70,
        "3.5": 35,
        "3 of 10": 30,
        "about 4 hours": 40,
        "30": 30,
        "30 %": 30,
    },
    **{
        "33 percent": 35,
        "a third": 35,
        "half": 50,
        "about half": 50,
        "three quarters": 75,
        "none of them": 0,
    },
}


@pytest.mark.parametrize(("text", "share"), SHARES.items())
def test_a_share_is_understood_in_tens_in_hundreds_and_in_words(text: str, share: int) -> None:
    assert parsed(text) == share


@pytest.mark.parametrize(
    "text", ["12", "-3", "101", "300 %", "40 hours", "3 or 4", "many", "2 meetings", "", "?"]
)
def test_what_is_no_share_is_asked_again(text: str) -> None:
    assert isinstance(parsed(text), Rejected)


def parsed(text: str) -> object:
    ear = Ear(HOUSE.voices["en"].catalogue.words, HOUSE.coach.places, NOW)
    return DECIDE.questions["energy_now"].parse(text, "decide.energy_now", ear)


@pytest.mark.parametrize(("share", "told"), [(0, 0), (30, 3), (35, "3½"), (5, "½"), (100, 10)])
def test_a_share_is_told_in_hours_out_of_ten(share: int, told: int | str) -> None:
    assert in_hours(share) == told


@given(st.text(max_size=60))
def test_a_stranger_is_heard_at_a_share(text: str) -> None:
    found = parsed(text)

    assert isinstance(found, Rejected) or Share().holds(found)  # type: ignore[arg-type]
