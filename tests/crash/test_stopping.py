"""A stop is no crash: whatever it meets is sent once, or waits for the next start."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.storage import Store, Transaction
from tests.delivery.given import LEASE, NOW, Office, started
from tests.storage.given import number_of

GRACE = timedelta(seconds=1)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store, MovableClock(fixed=NOW))


async def left_over(office: Office) -> None:
    """Something waits that an earlier process had in its hands when it was killed."""
    await office.intake.take([started()])
    office.clock.offset += LEASE


async def test_what_is_being_claimed_when_a_stop_comes_is_sent_once(
    office: Office, database_url: str
) -> None:
    await left_over(office)
    running = asyncio.create_task(office.sender.run())
    await asyncio.sleep(0)  # now it claims

    await office.sender.stop(GRACE)
    await running

    assert len(office.postman.parcels) == 1
    assert number_of(database_url, "outbox") == 0


async def test_what_arrived_while_the_database_was_slow_is_written_down_before_the_end(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await left_over(office)
    delivered, arrived = Transaction.delivered, asyncio.Event()

    async def slowly(self: Transaction, *arguments: object) -> None:
        arrived.set()
        await asyncio.sleep(0.2)
        await delivered(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Transaction, "delivered", slowly)
    running = asyncio.create_task(office.sender.run())
    await asyncio.wait_for(arrived.wait(), 5)

    await office.sender.stop(timedelta(0))
    await running

    assert number_of(database_url, "outbox") == 0
