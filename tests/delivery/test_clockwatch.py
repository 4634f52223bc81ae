"""A clock that jumps while the bot works: it is said in the log, and nothing waits for hours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.pacing import Pace, Rate
from bot.parcels import Failed
from bot.sender import Sender
from bot.storage import Store
from tests.delivery.given import Office, started

AN_HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=0.4)


@pytest.fixture
def office(store: Store) -> Office:
    """With a clock that goes on by itself."""
    office = Office(store, MovableClock())
    office.sender = Sender(store, office.postman, office.clock, Pace(Rate(0), 0, 1), LEASE)
    return office


@asynccontextmanager
async def working(office: Office) -> AsyncIterator[None]:
    running = asyncio.create_task(office.sender.run())
    await asyncio.sleep(0.05)
    yield
    await office.sender.stop(timedelta(0))
    await running


async def delivered(office: Office, count: int, within: float) -> bool:
    give_up = time.monotonic() + within
    while len(office.postman.parcels) < count and time.monotonic() < give_up:
        office.sender.wake()
        await asyncio.sleep(0.05)
    return len(office.postman.parcels) == count


async def test_what_was_leased_before_the_clock_went_back_is_found_a_lease_later(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.intake.take([started()])  # by a process that dies
    async with working(office):
        office.clock.offset -= AN_HOUR
        assert await delivered(office, 1, within=2)

    assert "the clock of this machine went back: 3600 s" in caplog.text
    assert "messages that waited for a time far ahead, and are free now: 1" in caplog.text


async def test_what_waits_after_a_failure_does_not_wait_an_hour_more_when_the_clock_goes_back(
    office: Office,
) -> None:
    office.postman.fates.append(Failed("502"))
    async with working(office):
        office.sender.hand((await office.intake.take([started()])).parcels)
        await office.sender.drained()
        office.clock.offset -= AN_HOUR
        assert await delivered(office, 1, within=2.5)


async def test_what_was_written_while_the_clock_was_ahead_is_found_after_a_restart(office: Office) -> None:
    office.clock.offset += AN_HOUR
    await office.intake.take([started()])
    office.clock.offset -= AN_HOUR
    async with working(office):
        assert await delivered(office, 1, within=2)


async def test_a_clock_that_goes_forward_frees_leases_early_and_nothing_is_lost(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.intake.take([started()])
    async with working(office):
        office.clock.offset += AN_HOUR
        assert await delivered(office, 1, within=1)

    assert "the clock of this machine went forward: 3600 s" in caplog.text


async def test_what_is_in_hand_when_the_clock_jumps_is_sent_once(office: Office) -> None:
    office.postman.busy_until = asyncio.Event()
    async with working(office):
        office.sender.hand((await office.intake.take([started()])).parcels)
        await asyncio.sleep(0.02)
        office.clock.offset -= AN_HOUR
        office.sender.wake()
        await asyncio.sleep(0.05)
        office.postman.busy_until.set()
        assert await delivered(office, 1, within=1)
        await asyncio.sleep(2 * LEASE.total_seconds())

    assert len(office.postman.parcels) == 1
