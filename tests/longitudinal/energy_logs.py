"""Somebody who keeps an energy log, and what is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from flows.diary import Diary, Entry, LogRun
from flows.reply import Reply
from tests.coach.given import Chat, buttons_of, names_of
from tests.longitudinal.given import with_diary

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 4, 11, 10, tzinfo=UTC)
"""Wednesday, 12:10 in Berlin: the third day of the log."""


def keeping(*entries: Entry, started: date = MONDAY, now: datetime = NOON, **diary: object) -> Chat:
    """Somebody in Berlin whose log runs."""
    log = LogRun(started, (12 * 60, 17 * 60), insights=(3,))
    chat = with_diary(replace(Diary(entries=entries, log=log), **diary))  # type: ignore[arg-type]
    chat.now = now
    return chat


def entry(number: int, what: str, left: int, day: int = 2, hour: int = 12, **more: object) -> Entry:
    return replace(Entry(number, date(2026, 3, day), hour, what, left), **more)  # type: ignore[arg-type]


def entries(chat: Chat) -> list[tuple[str, int]]:
    return [(each.what, each.left) for each in chat.person.diary.entries]


def buttons(reply: Reply) -> list[str]:
    return [names_of(button)[-1] for button in buttons_of(reply)]
