"""What tests of the weeks start from: somebody at the end of the sittings, with weeks behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flows.diary import Diary, Week
from tests.coach.given import NOW, Chat, somebody

MONDAY = date(2026, 3, 2)


def with_diary(diary: Diary, **person: object) -> Chat:
    """A chat of somebody who has agreed to be here, with this diary, in Berlin."""
    chat = somebody()
    facts: dict[str, object] = {
        "diary": diary,
        "zone": "Europe/Berlin",
        "open_flows": (),
        "conversations": {},
    }
    chat.person = replace(chat.person, **(facts | person))  # type: ignore[arg-type]
    return chat


def weeks_before(*heaviness: int, until: date = MONDAY) -> tuple[Week, ...]:
    """Weeks with these numbers; the last one ends on the day before."""
    first = until - timedelta(weeks=len(heaviness))
    return tuple(
        Week(monday=(monday := first + timedelta(weeks=number)), at=evening(monday), workday=each)
        for number, each in enumerate(heaviness)
    )


def evening(monday: date) -> datetime:
    """The Sunday evening of a week."""
    return datetime.combine(monday + timedelta(days=6), NOW.time(), UTC)
