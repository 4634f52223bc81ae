"""A message is in one hand at a time: leases end after deliveries, and say whose they are."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.lease import Lease
from bot.pacing import Pace, Rate
from bot.parcels import Outcome, Parcel
from bot.sender import Sender
from bot.storage import Store
from tests.delivery.given import LEASE, NOW, Office, Postman, onboarded, started, wrote
from tests.storage.given import number_of

SHORT = timedelta(seconds=0.6)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(fixed=NOW)


@pytest.fixture
def office(store: Store, clock: MovableClock) -> Office:
    return Office(store, clock)


@pytest.fixture
def other_office(other_store: Store, clock: MovableClock) -> Office:
    """Another process on the same database."""
    return Office(other_store, clock)


@pytest.mark.parametrize("length", [5, 30, 600])
def test_a_delivery_that_begins_as_late_as_it_may_ends_before_the_lease(length: float) -> None:
    lease = Lease(length)
    begins_by = length - lease.needed

    assert begins_by > 0
    assert begins_by + lease.delivery < length


@dataclass
class Hanging(Postman):
    """Takes everything and never says what became of it."""

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        await asyncio.Event().wait()
        raise AssertionError


async def test_a_delivery_that_hangs_is_cut_off_before_its_lease_ends_and_tried_again(
    office: Office, clock: MovableClock, database_url: str
) -> None:
    office.sender = Sender(office.store, Hanging(), clock, Pace(Rate(0), 0, 1), SHORT)
    begun = time.monotonic()
    await office.take(started())
    assert time.monotonic() - begun < SHORT.total_seconds()
    assert number_of(database_url, "outbox") == 1

    clock.offset += timedelta(seconds=2)
    office.sender = Office(office.store, clock, office.postman).sender
    await office.sender.once()
    assert len(office.postman.parcels) == 1


async def test_what_has_too_little_left_of_its_lease_is_not_begun_but_given_back(
    office: Office, other_office: Office, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    taken = await office.intake.take([started()])
    clock.offset += LEASE / 2
    running = asyncio.create_task(office.sender.run())
    office.postman.busy_until = asyncio.Event()
    office.sender.hand(taken.parcels)
    await office.sender.drained()
    await office.sender.stop(timedelta(0))
    await running
    await other_office.sender.once()

    assert len(other_office.postman.parcels) == 1
    assert "taken over" not in caplog.text


async def test_who_lost_a_message_to_another_process_writes_nothing_down_about_it(
    office: Office, other_office: Office, clock: MovableClock, database_url: str
) -> None:
    await onboarded(office)
    taken = await office.intake.take([wrote("skip")])
    late = taken.parcels[-1]
    clock.offset += LEASE
    async with other_office.store.transaction() as transaction:
        *_, theirs = await transaction.claim(clock(), LEASE, 10)

    async with office.store.transaction() as transaction:
        shown = await transaction.shown_message("test:1")
        await transaction.delivered([(late.person_id, late.seq)], {(late.person_id, late.seq): 999})
        await transaction.postpone([late])
    async with office.store.transaction() as transaction:
        assert await transaction.claim(clock(), LEASE, 10) == []
        assert await transaction.shown_message("test:1") == shown != 999

    async with other_office.store.transaction() as transaction:
        await transaction.delivered([(theirs.person_id, theirs.seq)], {(theirs.person_id, theirs.seq): 7})
        assert await transaction.shown_message("test:1") == 7
    assert number_of(database_url, "outbox") == len(taken.parcels) - 1


async def test_who_was_late_may_still_write_down_what_nobody_has_taken_over(
    office: Office, clock: MovableClock, database_url: str
) -> None:
    taken = await office.intake.take([started()])
    clock.offset += 10 * LEASE
    async with office.store.transaction() as transaction:
        await transaction.delivered([(row.person_id, row.seq) for row in taken.parcels])

    assert number_of(database_url, "outbox") == 0


async def test_what_a_dead_process_had_is_found_as_soon_as_its_lease_is_over(
    office: Office, other_office: Office, clock: MovableClock
) -> None:
    await office.intake.take([started()])  # and then it dies
    running = asyncio.create_task(other_office.sender.run())
    await asyncio.sleep(0.05)
    assert other_office.postman.parcels == []

    clock.offset += LEASE
    for _ in range(40):
        other_office.sender.wake()
        await asyncio.sleep(0.01)
    assert len(other_office.postman.parcels) == 1
    await other_office.sender.stop(timedelta(0))
    await running
