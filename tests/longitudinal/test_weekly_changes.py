"""Which week is meant, and coming back to one: going on with it, changing it, leaving it behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.diary import Diary
from flows.longitudinal.weekly_lines import ENOUGH
from flows.longitudinal.weekly_weeks import week_meant
from tests.coach.given import prompts, words
from tests.longitudinal.weekly_given import (
    A_WEEK,
    MONDAY,
    SAID,
    SUNDAY,
    looking_back,
    on_a_sunday,
    week,
)


def test_coming_again_in_the_same_week_shows_what_was_said() -> None:
    chat = looking_back(on_a_sunday(), *SAID)

    reply = chat.commands("week")

    assert prompts(reply) == ("weekly.said",)
    assert "A normal workday: <b>7</b>" in words(reply)
    assert "Lunch with the team" in words(reply)
    assert chat.person.foreground is None


def test_one_answer_is_changed_and_the_others_stay() -> None:
    chat = looking_back(on_a_sunday(), *SAID)
    before = chat.person.diary.weeks[0]
    chat.commands("week")

    chat.taps("week:W1.2026-03-02")
    reply = chat.gives(5)

    assert chat.person.diary.weeks == (replace(before, workday=5),)
    assert prompts(reply) == ("engine.changed", "weekly.done")
    assert [each.body["workday"] for each in chat.remembered("week")] == [7, 5]


def test_what_was_left_open_can_be_said_later() -> None:
    chat = looking_back(on_a_sunday(), 7, 3, (ENOUGH,))
    chat.commands("week")

    chat.taps("week:pro.2026-03-02")
    chat.says("The casino again.")

    (kept,) = chat.person.diary.weeks
    assert (kept.workday, kept.pro, kept.lead) == (7, "The casino again.", "VAL")
    assert chat.person.foreground is None


def test_a_number_typed_after_the_list_opens_that_answer() -> None:
    chat = looking_back(on_a_sunday(), *SAID)
    chat.commands("week")

    reply = chat.says("2")

    assert prompts(reply) == ("engine.you_said", "week.W2")


def test_a_week_of_long_ago_can_still_be_changed_and_keeps_its_place() -> None:
    old = week(MONDAY - 6 * A_WEEK, 8, pro="Then", lead="CAP", others="They noticed", moved="Reorg")
    chat = on_a_sunday(weeks=(old, week()))

    chat.commands("week", f"W1.{old.monday}")
    chat.gives(4)

    assert chat.person.diary.weeks == (replace(old, workday=4), week())


@pytest.mark.parametrize(
    "argument", ["W1.2020-01-06", "W1.", "W1.x", "2020-01-06", "nonsense", "W9.2026-03-02"]
)
def test_a_week_that_nobody_kept_opens_this_one(argument: str) -> None:
    assert prompts(on_a_sunday().commands("week", argument))[-1] == "week.W1"


def test_left_in_the_middle_it_goes_on_where_it_was() -> None:
    chat = looking_back(on_a_sunday(), 7)
    chat.commands("later")
    chat.waits(hours=1)

    assert prompts(chat.commands("week")) == ("week.W2",)
    assert chat.foreground.number("W1") == 7


def test_a_week_left_in_the_middle_is_kept_when_the_next_one_begins() -> None:
    chat = looking_back(on_a_sunday(), 7, 2)
    chat.waits(days=7)

    reply = chat.commands("week")

    assert prompts(reply)[-1] == "week.W1"
    (kept,) = chat.person.diary.weeks
    assert (kept.monday, kept.workday, kept.day_off, kept.prompt) == (MONDAY, 7, 2, "")
    assert [each.body["workday"] for each in chat.remembered("week")] == [7]
    assert chat.foreground.about["before"] == "7"


@pytest.mark.parametrize(
    ("now", "weekday", "expected"),
    [
        ("2026-03-08T17:00", None, "2026-03-02"),
        ("2026-03-09T06:00", None, "2026-03-02"),
        ("2026-03-10T10:30", None, "2026-03-02"),
        ("2026-03-10T10:59", None, "2026-03-02"),
        ("2026-03-10T11:00", None, "2026-03-09"),
        ("2026-03-10T18:00", 1, "2026-03-02"),
        ("2026-03-10T18:00", 2, "2026-03-09"),
        ("2026-03-11T18:00", 1, "2026-03-09"),
        ("2026-03-08T22:59", None, "2026-03-02"),
        ("2026-03-31T09:59", None, "2026-03-23"),
        ("2026-03-31T10:00", None, "2026-03-30"),
        ("2027-01-02T12:00", None, "2026-12-28"),
    ],
)
def test_which_week_is_meant_in_berlin(now: str, weekday: int | None, expected: str) -> None:
    person = on_a_sunday(rhythm=replace(Diary().rhythm, weekday=weekday)).person

    assert week_meant(person, datetime.fromisoformat(now).replace(tzinfo=UTC)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-02-23", "2026-02-23"),
        ("2026-02-16", "2026-02-16"),
        ("2026-02-09", "2026-03-02"),
        ("2026-03-09", "2026-03-02"),
        ("2026-03-04", "2026-03-02"),
        ("x", "2026-03-02"),
    ],
)
def test_an_offer_names_its_week_for_two_weeks(named: str, expected: str) -> None:
    assert week_meant(on_a_sunday().person, SUNDAY, named) == date.fromisoformat(expected)


def test_on_a_monday_it_says_which_week_it_is_about() -> None:
    chat = on_a_sunday()
    chat.waits(days=1)

    reply = chat.commands("week")

    assert prompts(reply)[0] == "weekly.opening_before"
    assert "Monday, March 2" in words(reply)
