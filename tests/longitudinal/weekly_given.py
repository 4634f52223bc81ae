"""Somebody on a Sunday, with weeks behind them, who looks back at this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.diary import DrawnMap, Week
from flows.engine.answers import Value
from tests.coach.given import Chat, sketched, somebody

SUNDAY = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
A_WEEK = timedelta(weeks=1)

SAID: tuple[Value, ...] = (
    *(7, 3, ("nothing",), ("motions",), "The demo", "Sold it again", "Lunch with the team"),
    *("Tuesday after lunch", "a walk around the block"),
)


def on_a_sunday(chat: Chat | None = None, **diary: Any) -> Chat:
    """Somebody with a first map that leans towards the purpose, on a Sunday afternoon."""
    chat = chat or sketched()
    chat.now = SUNDAY
    kept = replace(chat.person.diary, **diary)
    chat.person = replace(chat.person, zone="Europe/Berlin", diary=kept)
    return chat


def looking_back(chat: Chat, *answers: Value) -> Chat:
    chat.commands("week")
    for answer in answers:
        chat.gives(answer)
    return chat


def without_a_map(situation: str = "employed") -> Chat:
    chat = somebody(situation)
    chat.person = replace(chat.person, open_flows=(), conversations={})
    return on_a_sunday(chat)


def week(monday: date = MONDAY - A_WEEK, workday: int | None = 5, **more: Any) -> Week:
    at = datetime.combine(monday + timedelta(days=6), SUNDAY.time(), UTC)
    return Week(monday, at, workday, **more)


def weeks(*workdays: int, off: int | None = None) -> tuple[Week, ...]:
    """Weeks with these numbers, the last one before this week."""
    first = MONDAY - len(workdays) * A_WEEK
    return tuple(
        week(first + number * A_WEEK, workday, day_off=off) for number, workday in enumerate(workdays)
    )


def harmed(chat: Chat) -> Chat:
    drawn = DrawnMap(SUNDAY, "1", 2, {}, {}, lead=("ENV",), answers={"e1": "3"})
    return on_a_sunday(chat, maps=(drawn,))
