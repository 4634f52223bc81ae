"""A question about a day: usual ones as buttons, others in words, and never one that was not meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.engine.answers import Rejected
from flows.engine.days import DayOf, day_named
from flows.engine.say import Label, OnDay
from flows.engine.words import Ear
from tests.coach.given import HOUSE

FRIDAY = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
QUESTION = DayOf("yesterday", "today", "tomorrow", "monday")


def ear(zone: str | None = None) -> Ear:
    return Ear(HOUSE.coach.words["en"], HOUSE.coach.places, FRIDAY, zone=zone)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("yesterday", "2026-11-19"),
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("monday", "2026-11-23"),
    ],
)
def test_a_button_means_its_day(code: str, day: str) -> None:
    assert QUESTION.accept(code, ear()) == day


def test_today_is_the_day_on_the_persons_wall() -> None:
    assert QUESTION.accept("today", ear("Europe/Berlin")) == "2026-11-21"
    assert QUESTION.accept("today", ear("Nowhere/Gone")) == "2026-11-20"


def test_on_a_monday_the_button_means_the_next_one() -> None:
    monday = Ear(HOUSE.coach.words["en"], HOUSE.coach.places, datetime(2026, 11, 23, 9, tzinfo=UTC))

    assert QUESTION.accept("monday", monday) == "2026-11-30"


@pytest.mark.parametrize("text", ["2026-12-24", " 2026-12-24 "])
def test_a_day_in_figures_is_understood(text: str) -> None:
    assert QUESTION.parse(text, "trial.start", ear()) == "2026-12-24"


@pytest.mark.parametrize("text", ["", "soon", "\U0001f3d6", "1995-01-01", "2999-01-01", "{{ day }}"])
def test_what_is_no_day_or_far_away_is_asked_about(text: str) -> None:
    assert QUESTION.parse(text, "trial.start", ear()) == Rejected("engine.no_day")


@pytest.mark.parametrize("code", ["2026-12-24", "someday", ""])
def test_a_forged_button_means_nothing(code: str) -> None:
    assert isinstance(QUESTION.accept(code, ear()), Rejected)


def test_an_answer_is_shown_as_a_day() -> None:
    assert QUESTION.label("trial.start", "2026-11-21") == OnDay(date(2026, 11, 21))
    assert QUESTION.label("trial.start", "today") == Label("trial.start", "today")


@pytest.mark.parametrize("value", ["someday", "2026-13-01", 7, ("2026-11-21",)])
def test_a_stored_value_that_is_no_day_does_not_answer(value: object) -> None:
    assert not QUESTION.holds(value)  # type: ignore[arg-type]
    assert day_named({"start": value}, "start") is None  # type: ignore[dict-item]
