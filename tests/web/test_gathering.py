"""What is pushed one by one is committed together, and each is told what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from bot.channels.telegram_events import Batch, Unparsed
from bot.storage import Overtaken, StoreUnavailable
from bot.web.gathering import MOST, Gathering


def update(name: str) -> Batch:
    return Batch(unparsed=[Unparsed(name, "")])


def names(batch: Batch) -> list[str]:
    return [each.key for each in batch.unparsed]


class Database:
    """Commits, as slowly as the test likes, unless `objects` raises."""

    def __init__(self, objects: Callable[[list[str]], None] = lambda names: None) -> None:
        self.commits: list[list[str]] = []
        self.gate = asyncio.Event()
        self.objects = objects

    async def take(self, batch: Batch, since: float) -> None:
        del since
        await self.gate.wait()
        self.objects(names(batch))
        self.commits.append(names(batch))


@asynccontextmanager
async def gathering(database: Database) -> AsyncIterator[Gathering]:
    gathers = Gathering(database.take)
    running = asyncio.create_task(gathers.run())
    yield gathers
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_what_comes_during_a_commit_goes_into_the_next_one_in_order() -> None:
    database = Database()
    async with gathering(database) as gathers:
        first = asyncio.create_task(gathers.taken(update("0")))
        await asyncio.sleep(0.01)
        others = [asyncio.create_task(gathers.taken(update(str(each)))) for each in range(1, 30)]
        await asyncio.sleep(0.01)
        database.gate.set()
        await asyncio.gather(first, *others)

    assert database.commits == [["0"], [str(each) for each in range(1, 30)]]


async def test_a_commit_holds_at_most_a_hundred() -> None:
    database = Database()
    database.gate.set()
    async with gathering(database) as gathers:
        await asyncio.gather(*(gathers.taken(update(str(each))) for each in range(250)))

    assert [len(commit) for commit in database.commits] == [MOST, MOST, 50]


async def test_nobody_is_told_before_the_commit() -> None:
    database = Database()
    async with gathering(database) as gathers:
        waiting = asyncio.create_task(gathers.taken(update("a")))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        database.gate.set()
        await waiting


@pytest.mark.parametrize("trouble", [StoreUnavailable("away"), Overtaken("again")])
async def test_when_the_database_cannot_everybody_is_told_and_nothing_is_tried_alone(
    trouble: Exception,
) -> None:
    tries: list[list[str]] = []

    def away(names: list[str]) -> None:
        tries.append(names)
        raise trouble

    database = Database(away)
    database.gate.set()
    async with gathering(database) as gathers:
        ends = await asyncio.gather(*(gathers.taken(update(name)) for name in "abc"), return_exceptions=True)

    assert ends == [trouble, trouble, trouble]
    assert tries == [["a", "b", "c"]]


async def test_one_that_breaks_the_batch_fails_alone() -> None:
    def poisoned(names: list[str]) -> None:
        if "b" in names:
            raise ZeroDivisionError

    database = Database(poisoned)
    database.gate.set()
    async with gathering(database) as gathers:
        ends = await asyncio.gather(*(gathers.taken(update(name)) for name in "abc"), return_exceptions=True)

    assert [type(end) for end in ends] == [type(None), ZeroDivisionError, type(None)]
    assert database.commits == [["a"], ["c"]]


async def test_who_hangs_up_is_committed_all_the_same_and_disturbs_nobody() -> None:
    database = Database()
    async with gathering(database) as gathers:
        gone, stays = (asyncio.create_task(gathers.taken(update(name))) for name in "ab")
        await asyncio.sleep(0.01)
        gone.cancel()
        database.gate.set()
        await stays

    assert database.commits == [["a", "b"]]
