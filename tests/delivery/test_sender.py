"""From the outbox to people: order, doubt, failure, crash, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.outcomes import NUDGES_AT_ONCE
from bot.pacing import Pace, Rate
from bot.parcels import Failed, Halted, Kind, Outcome, Parcel, Refused, Unreachable, Unsure
from bot.sender import NUDGES_IN_HAND, Sender
from bot.storage import Keyring, Store
from flows.engine.heard import Commanded
from tests.delivery.given import (
    LEASE,
    NOW,
    Office,
    Postman,
    arrival,
    onboarded,
    ready,
    started,
    waiting,
    wrote,
)
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
        waiting.append(await asyncio.to_thread(number_of, database_url, "outbox"))
        return await deliver(parcel)

    office.postman.deliver = counted  # type: ignore[method-assign]
    await onboarded(office)
    waiting.clear()
    await office.take(arrival(Commanded("sos")))

    assert waiting == [5, 4, 3, 2, 1]


@dataclass
class Crowded(Postman):
    """Notes how many deliveries were on their way at the same time."""

    now: int = 0
    most: int = 0

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.1)  # longer than the look at a nudge takes
        self.now -= 1
        return await super().deliver(parcel)


@pytest.mark.parametrize(("urgency", "most"), [(0, 30), (1, NUDGES_AT_ONCE)])
async def test_replies_go_side_by_side_and_of_nudges_only_a_few(
    store: Store, clock: MovableClock, urgency: int, most: int
) -> None:
    office = Office(store, clock, Crowded())
    office.sender.hand(await waiting(store, range(1, 31), urgency))
    await office.sender.once()

    assert isinstance(office.postman, Crowded)
    assert (office.postman.most, len(office.postman.parcels)) == (most, 30)


async def test_a_reply_overtakes_nudges_that_wait_for_the_rate(store: Store, clock: MovableClock) -> None:
    office = Office(store, clock)
    office.sender = Sender(store, office.postman, clock, Pace(Rate(40, 1), 0, 1), LEASE)
    office.sender.hand(await waiting(store, range(1, 13), urgency=1))
    running = asyncio.create_task(office.sender.once())
    await asyncio.sleep(0.12)
    before = len(office.postman.parcels)
    replies = range(100, 112)
    office.sender.hand([ready(number, urgency=0) for number in replies])
    await running

    order = [parcel.chat for parcel in office.postman.parcels]
    assert len(order) == 24
    assert set(replies) <= set(order[before : before + 13])  # one nudge was on its way already


async def test_what_was_in_hand_for_longer_than_its_lease_is_left_to_whoever_looks(
    office: Office, after_a_crash: Office, clock: MovableClock
) -> None:
    taken = await office.intake.take([started()])
    clock.offset += LEASE
    office.sender.hand(taken.parcels)
    await office.sender.drained()
    assert office.postman.parcels == []

    await after_a_crash.sender.once()
    assert len(after_a_crash.postman.parcels) == 1


async def test_who_has_much_in_hand_or_is_halted_has_no_room_for_nudges(
    store: Store, clock: MovableClock
) -> None:
    office = Office(store, clock)
    office.postman.busy_until = asyncio.Event()
    assert office.sender.room_for_nudges == NUDGES_IN_HAND

    office.sender.hand(await waiting(store, range(1, 100), urgency=1))
    assert office.sender.room_for_nudges == 0

    office.postman.busy_until.set()
    await office.sender.once()
    assert office.sender.room_for_nudges == NUDGES_IN_HAND
    office.postman.fates.append(Halted(timedelta(seconds=60)))
    office.sender.hand([ready(1, urgency=0)])
    await office.sender.once()
    assert office.sender.room_for_nudges == 0


async def test_what_may_come_twice_after_a_crash_is_said_once_with_how_much(
    office: Office, after_a_crash: Office, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    await office.intake.take([started(1), started(2)])
    clock.offset += LEASE
    await after_a_crash.sender.once()
    await after_a_crash.sender.once()

    said = [record.getMessage() for record in caplog.records if "taken over" in record.getMessage()]
    assert said == [
        "messages taken over that were in other hands: 2; replies that may come twice: 2, nudges: 0"
    ]


async def test_what_waited_in_nobody_s_hands_is_not_said_to_come_twice(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.postman.fates.append(Failed("no connection"))
    await office.take(started())
    office.clock.offset += timedelta(seconds=5)
    await office.sender.once()

    assert len(office.postman.parcels) == 1
    assert "taken over" not in caplog.text
