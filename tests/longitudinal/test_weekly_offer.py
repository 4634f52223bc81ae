"""The weekly offer comes when they chose, for the week it means, and not when that week is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from flows.diary import Rhythm, Week
from flows.engine.heard import Tapped
from flows.engine.words import Ear
from flows.longitudinal.chapter import Wanted
from flows.longitudinal.local_time import WINDOWS
from flows.longitudinal.weekly_offer import meant_on, offered, part_of_day, wanted
from flows.nudging import planned
from flows.person import Person, Standing
from flows.reply import Visit
from tests.coach.given import Chat, buttons_of, prompts, sketched, words

SUNDAY = datetime(2026, 3, 8, 12, tzinfo=UTC)
MONDAY = date(2026, 3, 2)


def whoever_looks_back(weekday: int | None = 6, window: str = "evening", **diary: Any) -> Chat:
    chat = sketched()
    kept = replace(chat.person.diary, rhythm=Rhythm(weekday, window), **diary)
    chat.person = replace(chat.person, zone="Europe/Berlin", diary=kept)
    chat.now = SUNDAY
    return chat


def week(monday: date) -> Week:
    return Week(monday, SUNDAY, workday=5)


def slots(person: Person, now: datetime = SUNDAY) -> list[str]:
    return [each.slot for each in wanted(person, now)]


def test_nothing_is_wanted_before_a_day_was_chosen() -> None:
    assert slots(whoever_looks_back(None).person) == []


def test_the_next_three_chosen_days_are_wanted_in_their_part_of_the_day() -> None:
    found = list(wanted(whoever_looks_back().person, SUNDAY))

    assert [each.day for each in found] == [date(2026, 3, 8), date(2026, 3, 15), date(2026, 3, 22)]
    assert {(each.begins, each.ends) for each in found} == {WINDOWS["evening"]}
    assert all(each.capped and each.kind == "weekly" for each in found)


def test_a_week_that_is_done_is_not_wanted_any_more() -> None:
    assert slots(whoever_looks_back(weeks=(week(MONDAY),)).person)[0] == "2026-03-09"


@pytest.mark.parametrize(
    ("hour", "first"), [(12, "2026-03-02"), (19, "2026-03-02"), (20, "2026-03-09"), (21, "2026-03-09")]
)
def test_a_part_of_the_day_that_is_over_is_over(hour: int, first: str) -> None:
    now = SUNDAY.replace(hour=hour, minute=1)

    assert slots(whoever_looks_back().person, now)[0] == first


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        (date(2026, 3, 8), MONDAY),
        (date(2026, 3, 9), MONDAY),
        (date(2026, 3, 10), MONDAY),
        (date(2026, 3, 11), date(2026, 3, 9)),
        (date(2026, 1, 4), date(2025, 12, 29)),
    ],
)
def test_mondays_and_tuesdays_look_back_at_the_week_before(day: date, meant: date) -> None:
    assert meant_on(day) == meant


@pytest.mark.parametrize("weekday", range(7))
def test_whatever_day_was_chosen_every_week_is_meant_once(weekday: int) -> None:
    person = whoever_looks_back(weekday).person
    met = {slot for days in range(28) for slot in slots(person, SUNDAY + timedelta(days=days))}
    mondays = sorted(date.fromisoformat(slot) for slot in met)

    assert {later - earlier for earlier, later in pairwise(mondays)} == {timedelta(weeks=1)}


def test_the_offer_names_the_evening_and_leads_to_its_week() -> None:
    chat = whoever_looks_back()
    (nudge, *_) = [each for each in planned(chat.person, chat.now) if each.kind == "weekly"]
    chat.now = nudge.due

    nudging = chat.coach.nudge(chat.person, nudge, nudge.due)

    assert nudging.outcome == "sent"
    assert words(nudging.reply).startswith("Sunday evening. Five minutes to look back at the week?")
    labels = [str(getattr(button.label, "code", "")) for button in buttons_of(nudging.reply)]
    assert [label for label in labels if label != "today"] == ["start", "tomorrow", "week"]
    chat.person = nudging.reply.person
    start = next(iter(buttons_of(nudging.reply)))
    assert prompts(chat.hears(Tapped(start.token)))[-1] == "week.W1"
    assert chat.foreground.about["monday"] == "2026-03-02"


def test_an_offer_put_off_to_tuesday_is_still_about_its_week() -> None:
    chat = whoever_looks_back()
    chat.now = datetime(2026, 3, 10, 18, tzinfo=UTC)

    chat.commands("week", "2026-03-02")

    assert chat.foreground.about["monday"] == "2026-03-02"


def test_a_week_that_was_done_by_then_is_not_offered() -> None:
    nudge = planned(whoever_looks_back().person, SUNDAY)[0]
    done = whoever_looks_back(weeks=(week(MONDAY),))
    there = Wanted("weekly", nudge.slot, date(2026, 3, 8), 0, 60)
    ear = Ear(done.coach.words["en"], done.coach.places, SUNDAY)

    assert done.coach.nudge(done.person, nudge, nudge.due).outcome == "dropped"
    assert offered(Visit(done.person, ear, SUNDAY), there) is None
    assert offered(Visit(whoever_looks_back().person, ear, SUNDAY), there) is not None


def test_nobody_who_paused_is_offered_anything() -> None:
    chat = whoever_looks_back()
    chat.person = replace(chat.person, standing=Standing.PAUSED)

    assert not planned(chat.person, chat.now)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "morning"),
        (8, "morning"),
        (11, "noon"),
        (13, "noon"),
        (14, "afternoon"),
        (17, "afternoon"),
        (18, "evening"),
    ],
)
def test_what_a_part_of_the_day_is_called(hour: int, part: str) -> None:
    assert part_of_day(hour * 60) == part


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en", "Sunday evening. Five minutes"), ("de", "Sonntagabend. Fünf Minuten")],
)
def test_the_offer_sounds_like_a_person_in_every_language(locale: str, expected: str) -> None:
    chat = whoever_looks_back()
    chat.person = replace(chat.person, locale=locale)
    nudge = planned(chat.person, SUNDAY)[0]

    said = words(chat.coach.nudge(chat.person, nudge, nudge.due).reply, locale)

    assert said.startswith(expected)


def test_whoever_we_did_not_get_to_in_time_is_told_so_with_the_next_one_and_only_then() -> None:
    chat = whoever_looks_back()
    first, second, third = (each for each in planned(chat.person, SUNDAY) if each.kind == "weekly")

    missed = chat.coach.nudge(chat.person, first, first.until + timedelta(minutes=1))
    told = chat.coach.nudge(missed.reply.person, second, second.due)
    after = chat.coach.nudge(told.reply.person, third, third.due)

    assert (missed.outcome, missed.why, missed.reply.says) == ("dropped", "late", ())
    assert "I couldn't get to you last time" in words(told.reply)
    assert "couldn't get to you" not in words(after.reply)
