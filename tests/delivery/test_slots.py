"""One pace for all processes: slots from one row, a halt that everybody hears of, and nothing of it alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.pacing import Pace, Rate
from bot.parcels import Halted, Kind, Outcome, Parcel
from bot.sender import Sender
from bot.slots import AHEAD, Slots
from bot.storage import Store
from tests.delivery.given import LEASE, NOW, Postman, ready
from tests.storage.given import statements, tamper

AN_HOUR = 3600
NEVER = 1e12


def slots(store: Store, per_second: float, burst: int = 1) -> Slots:
    return Slots(store, Pace(Rate(per_second, burst), 0, 1))


async def sent(each: Slots, count: int, urgency: int = 0) -> list[float]:
    """Let so many messages wait for their turn, and return when each went."""

    async def one(chat: int) -> float:
        await each.turn(Parcel(Kind.LINE, chat), urgency, NEVER)
        return time.monotonic()

    return await asyncio.gather(*(one(chat) for chat in range(count)))


async def test_alone_on_sqlite_the_pace_costs_no_statement_and_shared_one_for_all_that_wait(
    store: Store,
) -> None:
    each = slots(store, 1000)
    with statements(store) as seen:
        await sent(each, 20)

    assert len(seen) == (1 if store.shared else 0)


async def test_without_a_rate_nothing_is_asked_of_anybody(two_stores: tuple[Store, Store]) -> None:
    with statements(two_stores[0]) as seen:
        await sent(slots(two_stores[0], 0), 20)

    assert seen == []


async def test_two_processes_together_keep_the_rate_of_one(two_stores: tuple[Store, Store]) -> None:
    one, other = (slots(each, 100) for each in two_stores)
    begun = time.monotonic()
    times = await asyncio.gather(sent(one, 30), sent(other, 30))

    assert max(map(max, times)) - begun >= 59 / 100
    together = sorted(times[0] + times[1])
    assert max(sum(at <= each < at + 0.2 for each in together) for at in together) <= 20 + 5


async def test_a_burst_after_a_silence_goes_at_once(two_stores: tuple[Store, Store]) -> None:
    each = slots(two_stores[0], 10, burst=3)
    begun = time.monotonic()
    times = await sent(each, 4)

    assert sorted(times)[2] - begun < 0.1 <= sorted(times)[3] - begun


async def test_replies_go_before_nudges_and_wait_for_no_slots_of_theirs(
    two_stores: tuple[Store, Store],
) -> None:
    """What is reserved for nudges elsewhere is a quarter of a second at most."""
    nudging, replying = (slots(each, 40) for each in two_stores)
    nudges = asyncio.create_task(sent(nudging, 30, urgency=1))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    [at] = await sent(replying, 1)
    nudges.cancel()

    assert at - begun < 0.3 + 0.1


async def test_slots_that_were_not_used_in_time_are_lost(
    two_stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slots.KEEPS", 0.05)
    each = slots(two_stores[0], 100)
    waiting = asyncio.create_task(sent(each, 10))
    await asyncio.sleep(0.02)
    waiting.cancel()
    await asyncio.sleep(0.3)
    with statements(two_stores[0]) as seen:
        await sent(each, 1)

    assert len(seen) == 1


async def test_a_database_clock_that_went_back_holds_nobody_up(store: Store, database_url: str) -> None:
    async with store.transaction() as transaction:
        await transaction.halt(5)
        before = (await transaction.reserve(1, 0.1)).starts_in
    hour = AN_HOUR * 10**6
    tamper(database_url, f"UPDATE pace SET on_time = on_time + {hour}, halted_until = halted_until + {hour}")
    async with store.transaction() as transaction:
        reserved = await transaction.reserve(1, 0.1)

    assert reserved.starts_in <= before + AHEAD
    assert reserved.halt.left <= 5


async def test_of_two_halts_the_longer_one_counts(store: Store) -> None:
    async with store.transaction() as transaction:
        for seconds in (3, 60, 5):
            await transaction.halt(seconds)
        assert 59 < (await transaction.halted()).left <= 60


@asynccontextmanager
async def working(store: Store, fates: tuple[Outcome, ...] = ()) -> AsyncIterator[Sender]:
    postman = Postman()
    postman.fates.extend(fates)
    sender = Sender(store, postman, MovableClock(fixed=NOW), Pace(Rate(30, 3), 0, 1), LEASE)
    running = asyncio.create_task(sender.run())
    yield sender
    await sender.stop(timedelta(0))
    await running


async def soon(true: Callable[[], bool], within: float) -> bool:
    for _ in range(round(within / 0.02)):
        if true():
            break
        await asyncio.sleep(0.02)
    return true()


async def test_a_halt_is_heard_of_by_another_process_within_a_second(
    two_stores: tuple[Store, Store],
) -> None:
    one, other = two_stores
    async with working(one, (Halted(timedelta(seconds=60)),)) as told, working(other) as hears:
        told.hand([ready(1, urgency=0)])
        await told.drained()
        assert await soon(lambda: hears.room_for_nudges == 0, 1.5)


async def test_a_halt_survives_a_restart(store: Store, other_store: Store) -> None:
    async with working(store, (Halted(timedelta(seconds=60)),)) as told:
        told.hand([ready(1, urgency=0)])
        await told.drained()

    async with working(other_store) as started_anew:
        assert await soon(lambda: started_anew.room_for_nudges == 0, 3)


async def test_a_halt_ends_here_when_it_is_over_and_is_not_begun_again(store: Store) -> None:
    each = slots(store, 0)
    async with store.transaction() as transaction:
        await transaction.halt(0.1)
        halt = await transaction.halted()
    each.heard_of(halt)
    assert each.halt_left() > 0
    await asyncio.sleep(0.12)
    each.heard_of(halt)

    assert each.halt_left() == 0
