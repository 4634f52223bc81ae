"""Days in people's own words, in English and German, seen from a Saturday."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.days import Almanac
from flows.engine.words import Ear
from tests.coach.given import HOUSE

SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def ear(locale: str = "en", country: str | None = "GB", zone: str = "UTC") -> Ear:
    coach = HOUSE.coach
    return Ear(coach.words[locale], coach.places, SATURDAY, country, zone=zone)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", date(2026, 11, 21)),
        ("Tomorrow", date(2026, 11, 22)),
        ("monday", date(2026, 11, 23)),
        ("next Monday", date(2026, 11, 23)),
        ("Saturday", date(2026, 11, 28)),
        ("in two weeks", date(2026, 12, 5)),
        ("from 12 August", date(2027, 8, 12)),
        ("Dec 24", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)),
        ("8/12", date(2026, 12, 8)),
        ("2027-01-03", date(2027, 1, 3)),
        ("the 3rd", date(2026, 12, 3)),
        ("last Friday", date(2026, 11, 20)),
    ],
)
def test_a_day_to_come_is_read_in_english(text: str, meant: date) -> None:
    assert Almanac().day(text, ear(), ahead=True) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("heute", date(2026, 11, 21)),
        ("übermorgen", date(2026, 11, 23)),
        ("nächsten Montag", date(2026, 11, 23)),
        ("ab Freitag", date(2026, 11, 27)),
        ("am 24. Dezember", date(2026, 12, 24)),
        ("12.8.", date(2027, 8, 12)),
        ("in zwei Wochen", date(2026, 12, 5)),
        ("letzten Freitag", date(2026, 11, 20)),
    ],
)
def test_a_day_to_come_is_read_in_german(text: str, meant: date) -> None:
    assert Almanac().day(text, ear("de", "DE"), ahead=True) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Friday", date(2026, 11, 20)), ("12 August", date(2026, 8, 12)), ("yesterday", date(2026, 11, 20))],
)
def test_of_a_day_that_is_over_the_last_one_is_meant(text: str, meant: date) -> None:
    assert Almanac().day(text, ear(), ahead=False) == meant


def test_in_the_united_states_the_month_stands_first() -> None:
    assert Almanac().day("8/12", ear(country="US"), ahead=True) == date(2027, 8, 12)


def test_today_is_the_day_it_is_where_the_person_is() -> None:
    late = ear(zone="Pacific/Kiritimati")

    assert Almanac().day("tomorrow", late, ahead=True) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "maybe later", "\U0001f3d6", "{{ day }}", "<b>x</b>", "x" * 4000, "after the launch"],
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert Almanac().day(text, ear(), ahead=True) is None
