"""What it costs to find nudges that are due among many that wait, on SQLite: it should not grow with them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from time import perf_counter

from sqlalchemy import text

from bench import Figure, median
from bot.clock import real_time
from bot.storage import Keyring, NudgeRow, SettledNudge, Store, migrate
from bot.storage.database import normalised, synchronous_engine
from bot.storage.nudges import Due
from bot.storage.tables import microseconds

SIZES = (1_000, 100_000, 1_000_000)
AT_ONCE, ROUNDS = 100, 10
LOOKS = 200
A_WEEK = timedelta(weeks=1)

PEOPLE = """
WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :size)
INSERT INTO person (id, lookup, wrapped_key, status, version, sequence, body, created_at, heard_at)
SELECT i, CAST(printf('%032d', i) AS BLOB), x'00', 'active', 1, 0, x'00', :now, :now FROM number
"""
NUDGES = """
INSERT INTO nudge (person_id, kind, slot, status, due_at, until, created_at)
SELECT id, 'weekly', '2026-W10', 'waiting', :now + 3600000000 + (id * 7919 % :size) * :gap, :now * 2, :now
FROM person
"""


def figures(sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """Measure with so many people, each with a nudge in the coming week; what is due comes on top."""
    for size in sizes:
        filled, looks, claims = asyncio.run(_measured(size))
        each = median(claims) / AT_ONCE
        yield Figure(f"{size:,} waiting nudges and their people: put there", filled, "s")
        yield Figure(f"{size:,}: a look when nothing is due, median", median(looks) * 1e6, "µs", "flat")
        yield Figure(f"{size:,}: claimed, settled, planned anew, a nudge", each * 1e6, "µs", "flat")


async def _measured(size: int) -> tuple[float, list[float], list[float]]:
    """Return how long it took to fill the database, to look, and to claim, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/due.db"
        await asyncio.to_thread(migrate, url)
        store = await Store.open(url, Keyring.generate())
        try:
            filled = await asyncio.to_thread(fill, url, size)
            looks = [await _look(store) for _ in range(LOOKS)]
            await _make_due(store)
            return filled, looks, [await _claim(store) for _ in range(ROUNDS)]
        finally:
            await store.close()


def fill(url: str, size: int) -> float:
    """Put in people and nudges in bulk; nobody has their keys, and nobody needs them. Returns seconds."""
    engine, now, began = synchronous_engine(normalised(url)), microseconds(real_time()), perf_counter()
    gap = A_WEEK // timedelta(microseconds=1) // size
    with engine.begin() as connection:
        connection.execute(text(PEOPLE), {"size": size, "now": now})
        connection.execute(text(NUDGES), {"size": size, "now": now, "gap": gap})
    engine.dispose()
    return perf_counter() - began


async def _look(store: Store) -> float:
    began = perf_counter()
    async with store.transaction() as transaction:
        await transaction.claim_due(real_time(), AT_ONCE)
    return perf_counter() - began


async def _make_due(store: Store) -> None:
    now = real_time()
    async with store.transaction() as transaction:
        people = await transaction.admit([f"bench:{number}" for number in range(AT_ONCE * ROUNDS)], now)
        await transaction.plan(
            {row.id: [_nudge(row.id, "due", timedelta(0))] for row in people.values()}, now
        )


async def _claim(store: Store) -> float:
    began = perf_counter()
    async with store.transaction() as transaction:
        claimed: list[Due] = await transaction.claim_due(real_time(), AT_ONCE)
        await transaction.settle([SettledNudge(each, "sent") for due in claimed for each in due.nudges])
        plans = {due.person.id: [_nudge(due.person.id, "next", A_WEEK)] for due in claimed}
        await transaction.plan(plans, real_time())
    return perf_counter() - began


def _nudge(person_id: int, slot: str, ahead: timedelta) -> NudgeRow:
    due = real_time() + ahead
    return NudgeRow(person_id=person_id, kind="weekly", slot=slot, due_at=due, until=due + A_WEEK)
