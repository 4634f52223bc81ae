"""`tare` as it is, with one nudge for everybody: `python -m tests.crash.nudged_bot`.

Whose it is and when it is due stands in the database; everything in between is the program's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from bot import cli, house
from flows.engine.say import Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.local_time import zone_of
from flows.person import Person
from flows.reply import Visit

KIND, SLOT = "once", "once"
AN_HOUR = 60
LAST_MINUTE = 24 * 60 - 1


def noon_zone(now: datetime) -> str:
    """Return a zone where it is about noon, far from anybody's quiet hours."""
    behind = now.astimezone(UTC).hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "Etc/GMT"


def _wanted(person: Person, now: datetime) -> Iterator[Wanted]:
    day = now.astimezone(zone_of(person.zone)).date()
    yield Wanted(KIND, SLOT, day, 9 * AN_HOUR, 20 * AN_HOUR, capped=False)


def _offered(visit: Visit, wanted: Wanted) -> Say | None:
    del visit, wanted
    return Say("coach.later")


def _as_soon_as_may_be(begins: datetime, ends: datetime, seed: int, kind: str, slot: str) -> datetime:
    del ends, seed, kind, slot
    return begins


def _furnished(**settings: Any) -> house.House:
    usual = _furnish(**settings)
    kinds = (NudgeKind(KIND, 1, _wanted, _offered),)
    return replace(usual, coach=replace(usual.coach, kinds=kinds))


_furnish = house.furnish

if __name__ == "__main__":
    with (
        patch("bot.house.furnish", _furnished),
        patch("flows.nudging.spread", _as_soon_as_may_be),
    ):
        cli.main()
