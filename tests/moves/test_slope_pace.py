"""How long it may take, in people's own words: months, years and halves of them, or the day it is done by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.answers import Rejected, Value
from flows.engine.words import Ear
from flows.moves.slope_pace import Pace
from tests.coach.given import HOUSE, NOW

PACE = Pace("6", "12", "18", "24")


def heard(text: str, locale: str = "en") -> Value | Rejected:
    ear = Ear(HOUSE.coach.words[locale], HOUSE.coach.places, NOW, calendar=HOUSE.coach.calendar)
    return PACE.parse(text, "slope.pace", ear)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("18", "18"),
        ("18 months", "18"),
        ("in 18 months", "18"),
        ("eighteen months", "18"),
        ("a year and a half", "18"),
        ("one and a half years", "18"),
        ("1.5 years", "18"),
        ("A year", "12"),
        ("two years", "24"),
        ("half a year", "6"),
        ("three", "3"),
        ("about ten months", "10"),
        ("5 years", "60"),
    ],
)
def test_a_time_in_words_is_so_many_months(text: str, months: str) -> None:
    assert heard(text) == months


@pytest.mark.parametrize(
    ("text", "months"),
    [("anderthalb Jahre", "18"), ("1,5 Jahre", "18"), ("ein halbes Jahr", "6"), ("achtzehn Monate", "18")],
)
def test_a_time_in_german_is_understood_too(text: str, months: str) -> None:
    assert heard(text, "de") == months


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 August 2027", "2027-08-31"),
        ("by 31 August 2027", "2027-08-31"),
        ("29 February 2028", "2028-02-29"),
        ("February 2028", "2028-02-29"),
        ("by end of February 2027", "2027-02-28"),
        ("end of 2027", "2027-12-31"),
        ("2027", "2027-12-31"),
    ],
)
def test_a_day_is_that_day_and_a_month_or_a_year_its_last_one(text: str, day: str) -> None:
    assert heard(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "slopes.no_pace"),
        ("when my boss retires", "slopes.no_pace"),
        ("-3", "slopes.no_pace"),
        ("12 or 18", "slopes.no_pace"),
        ("0", "slopes.not_that_long"),
        ("100 months", "slopes.not_that_long"),
        ("31 December 2050", "slopes.not_that_long"),
        ("1 January 2020", "slopes.in_the_past"),
        ("today", "slopes.in_the_past"),
    ],
)
def test_what_is_no_time_ahead_gets_a_clear_question(text: str, reason: str) -> None:
    assert heard(text) == Rejected(reason)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_time_that_can_be_kept_or_a_reason(text: str) -> None:
    found = heard(text)

    assert isinstance(found, Rejected) or PACE.holds(found)
