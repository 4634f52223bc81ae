"""How often the database is asked how things stand, and what is known when it does not answer."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.metrics import Lookout, lookout
from bot.metrics.names import LETTERS
from bot.storage import StoreUnavailable
from bot.storage.tables import microseconds
from tests.delivery.given import NOW

NOTHING: dict[str, int | None] = {
    **{"parcels": 0, "put off": 0, "nudges due": 0, "nudges late": 0},
    **{"first reply": None, "first nudge": None, "first nudge due": None},
}


@dataclass
class Database:
    """Finds this, and counts how often it was asked."""

    found: Mapping[str, int | None] | Exception
    asked: int = 0

    async def ask(self, moment: datetime) -> Mapping[str, int | None]:
        assert moment == NOW
        self.asked += 1
        await asyncio.sleep(0)
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


def looking_at(database: Database) -> Lookout:
    return Lookout(database.ask, lambda: NOW)


async def test_however_many_ask_at_once_the_database_is_asked_once() -> None:
    database = Database({**NOTHING, "parcels": 3})
    seen = looking_at(database)

    answers = await asyncio.gather(*(seen.standing() for _ in range(20)))

    assert [each.parcels for each in answers] == [3] * 20
    assert database.asked == 1


async def test_an_answer_that_is_old_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(NOTHING)
    seen = looking_at(database)
    await seen.standing()
    monkeypatch.setattr(lookout, "FRESH_FOR", 0.0)
    await seen.standing()

    assert database.asked == 2


@pytest.mark.parametrize("trouble", [StoreUnavailable("away"), TimeoutError()])
async def test_while_the_database_is_away_nothing_is_known_and_it_is_not_pressed(trouble: Exception) -> None:
    database = Database(trouble)
    seen = looking_at(database)
    first, second = await seen.standing(), await seen.standing()

    assert math.isnan(first.parcels)
    assert math.isnan(first.nudges_late)
    assert first is second
    assert database.asked == 1


async def test_times_become_seconds_and_what_is_still_to_come_is_not_overdue() -> None:
    ago, ahead = NOW - timedelta(minutes=2), NOW + timedelta(hours=1)
    times = {"first reply": microseconds(ago), "first nudge": microseconds(ahead), "first nudge due": None}
    standing = await looking_at(Database({**NOTHING, **times, "letters given up": 2})).standing()

    assert standing.overdue == {"reply": 120.0, "nudge": 0.0}
    assert standing.nudges_overdue == 0.0
    assert standing.letters == {**dict.fromkeys(LETTERS, 0), "given up": 2}
