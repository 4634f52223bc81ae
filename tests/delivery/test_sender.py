"""From the outbox to people: order, doubt, failure, crash, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.parcels import Failed, Halted, Kind, Outcome, Parcel, Refused, Unreachable, Unsure
from bot.storage import Keyring, Store
from flows.engine.heard import Commanded
from tests.delivery.given import LEASE, NOW, Office, arrival, onboarded, started, wrote
from tests.storage.given import number_of


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(fixed=NOW)


@pytest.fixture
def office(store: Store, clock: MovableClock) -> Office:
    return Office(store, clock)


@pytest.fixture
async def after_a_crash(
    store: Store, database_url: str, keyring: Keyring, clock: MovableClock
) -> AsyncIterator[Office]:
    """The process that is started when the first one is gone."""
    other = await Store.open(database_url, keyring)
    yield Office(other, clock)
    await other.close()


async def test_what_arrived_leaves_the_outbox(office: Office, database_url: str) -> None:
    await office.take(started())

    assert number_of(database_url, "outbox") == 0


async def test_what_was_committed_before_a_crash_is_delivered_after_it(
    office: Office, after_a_crash: Office, clock: MovableClock
) -> None:
    await office.intake.take([started()])
    clock.offset += LEASE
    await after_a_crash.sender.once()

    assert "I'm Tare" in after_a_crash.postman.said_to(1)[0]


async def test_nobody_else_takes_what_is_leased(office: Office, after_a_crash: Office) -> None:
    await office.intake.take([started()])
    await after_a_crash.sender.once()

    assert after_a_crash.postman.parcels == []


@pytest.mark.parametrize(
    "fate", [Failed("502"), Unsure(), Halted(timedelta(seconds=5)), RuntimeError("a bug in a channel")]
)
async def test_a_question_that_may_not_have_arrived_is_sent_again_later(
    office: Office, clock: MovableClock, fate: Outcome | Exception
) -> None:
    office.postman.fates.append(fate)
    await office.take(started())
    assert office.postman.parcels == []

    office.sender = Office(office.store, clock, office.postman).sender
    clock.offset += timedelta(seconds=6)
    await office.sender.once()
    assert [parcel.kind for parcel in office.postman.parcels] == [Kind.QUESTION]


async def test_a_line_that_may_have_arrived_is_not_sent_again(office: Office, clock: MovableClock) -> None:
    await onboarded(office)
    office.postman.fates.append(Unsure())
    await office.take(arrival(Commanded("pause")))
    clock.offset += timedelta(hours=1)
    await office.sender.once()

    assert not any("won't write first" in words for words in office.postman.said_to(1))


async def test_what_comes_behind_a_failure_waits_for_it(office: Office, clock: MovableClock) -> None:
    office.postman.fates.append(Failed("502"))
    await office.take(started())
    await office.take(wrote("english"))
    assert office.postman.said_to(1) == []

    clock.offset += timedelta(seconds=30)
    await office.sender.once()
    assert [words[:9] for words in office.postman.said_to(1)] == ["I'm Tare,", "Are you 1"]


async def test_one_person_who_fails_holds_nobody_else_up(office: Office) -> None:
    office.postman.fates.append(Failed("502"))
    taken = await office.intake.take([started(1), started(2)])
    office.sender.hand(taken.parcels)
    await office.sender.once()

    assert (len(office.postman.said_to(1)), len(office.postman.said_to(2))) == (0, 1)


async def test_who_cannot_be_reached_is_remembered_and_their_outbox_emptied(
    office: Office, database_url: str
) -> None:
    office.postman.fates.append(Unreachable("blocked"))
    await office.take(started())

    assert number_of(database_url, "outbox") == 0
    async with office.store.transaction() as transaction:
        assert (await transaction.people(["test:1"]))["test:1"].unreachable_reason == "blocked"


async def test_what_will_never_arrive_is_set_aside_and_the_next_one_goes(
    office: Office, database_url: str
) -> None:
    office.postman.fates.append(Refused("a mistake of ours"))
    await office.take(started())
    await office.take(wrote("english"))

    assert "Are you 18" in office.postman.said_to(1)[-1]
    assert number_of(database_url, "dead_letter") == 1


async def test_a_parcel_that_keeps_failing_is_given_up_in_the_end(
    office: Office, clock: MovableClock, database_url: str
) -> None:
    office.postman.fates.extend([Failed("502")] * 50)
    await office.take(started())
    for _ in range(50):
        clock.offset += timedelta(hours=1)
        await office.sender.once()

    assert number_of(database_url, "outbox") == 0
    assert number_of(database_url, "dead_letter") == 1


async def test_a_halt_stops_everything_for_everybody(office: Office) -> None:
    office.postman.fates.append(Halted(timedelta(seconds=60)))
    await office.take(started(1))
    await office.take(started(2))

    assert office.postman.parcels == []


async def test_a_stopped_sender_gives_back_what_it_could_not_deliver(
    office: Office, after_a_crash: Office
) -> None:
    office.postman.busy_until = asyncio.Event()
    running = asyncio.create_task(office.sender.run())
    taken = await office.intake.take([started()])
    office.sender.hand(taken.parcels)
    await asyncio.sleep(0)
    await office.sender.stop(timedelta(seconds=0))
    await running
    await after_a_crash.sender.once()

    assert "I'm Tare" in after_a_crash.postman.said_to(1)[0]


async def test_the_next_message_waits_until_the_last_one_is_written_down(
    office: Office, database_url: str
) -> None:
    waiting: list[int] = []
    deliver = office.postman.deliver

    async def counted(parcel: Parcel) -> Outcome:
        waiting.append(number_of(database_url, "outbox"))
        return await deliver(parcel)

    office.postman.deliver = counted  # type: ignore[method-assign]
    await onboarded(office)
    waiting.clear()
    await office.take(arrival(Commanded("sos")))

    assert waiting == [5, 4, 3, 2, 1]
