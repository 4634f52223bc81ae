"""A first message that is in the outbox does not come any more to who is in danger or wants none."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

import pytest

from bot.arrivals import Arrival, Departure
from bot.batch import Taken
from bot.clock import MovableClock
from bot.doors import Doors
from bot.house import House, furnish
from bot.intake import Intake
from bot.outcomes import NUDGES_AT_ONCE
from bot.parcels import Outcome, Parcel
from bot.reception import Reception
from bot.storage import Keyring, ParcelRow, Store, StoreUnavailable, Transaction
from flows.engine.heard import Commanded, Heard, Tapped, Wrote
from flows.engine.tokens import order_token
from tests.delivery.given import (
    LEASE,
    NOW,
    SUNDAY_EVENING,
    Office,
    Postman,
    arrival,
    onboarded,
    sundays,
    waiting,
    wrote,
)
from tests.storage.given import number_of, statements

NUDGE = "/continue whenever you like"
DANGER = Wrote("I want to die")
FIRST_ANSWER = "glad you wrote that"

the_listening_house = cache(lambda: furnish(listens=True))


class Listening(Office):
    """A process that hears danger, and wants to write to everybody on Sundays."""

    def __init__(self, store: Store, clock: MovableClock, keyring: Keyring, postman: Postman) -> None:
        super().__init__(store, clock, postman)
        house: House = the_listening_house()
        self.house = replace(house, coach=replace(house.coach, kinds=(sundays(),)))
        doors = Reception(Doors(keyring.lookup, watched=True, fresh_for=0))
        self.intake = Intake(
            store, self.house.coach, self.house.voices, clock, LEASE, self.sender.held, doors
        )

    async def takes(self, *events: Arrival | Departure) -> Taken:
        """Take events in and hand on what follows, as a process does; nothing is awaited."""
        taken = await self.intake.take(list(events))
        self.sender.hand(taken.parcels, taken.hushed)
        return taken

    async def decides(self) -> list[ParcelRow]:
        """Decide what is due, and have it in hand, about to be handed on."""
        return (await self.intake.nudge()).parcels

    async def sends(self, nudges: list[ParcelRow]) -> None:
        """Hand on nudges that were decided a while ago, and deliver all that waits."""
        self.sender.hand(nudges)
        await self.sender.once()

    @property
    def said(self) -> list[str]:
        return self.postman.said_to(1)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(fixed=NOW)


@pytest.fixture
async def office(store: Store, clock: MovableClock, keyring: Keyring) -> Listening:
    """Ada has told where she works, and it is the second at which she is written to."""
    office = Listening(store, clock, keyring, Postman())
    await onboarded(office)
    clock.set(SUNDAY_EVENING)
    office.postman.parcels.clear()
    return office


@pytest.fixture
def another(office: Listening, other_store: Store, keyring: Keyring) -> Listening:
    """Another process on the same database."""
    return Listening(other_store, office.clock, keyring, Postman())


async def test_without_a_word_it_comes(office: Listening) -> None:
    await office.sends(await office.decides())

    assert NUDGE in office.said[-1]


async def test_the_first_answer_in_a_crisis_comes_without_what_was_in_the_outbox(office: Listening) -> None:
    nudges = await office.decides()
    await office.takes(arrival(DANGER))
    await office.sends(nudges)

    assert FIRST_ANSWER in office.said[0]
    assert not any(NUDGE in each for each in office.said)


async def test_what_is_in_hand_is_dropped_before_the_answer_is_handed_on(
    office: Listening, database_url: str
) -> None:
    nudges = await office.decides()
    taken = await office.intake.take([arrival(DANGER)])
    office.sender.hand(nudges)
    office.sender.hand(taken.parcels, taken.hushed)
    assert office.sender.held(nudges[0].person_id) is None
    await office.sender.once()

    assert FIRST_ANSWER in office.said[0]
    assert number_of(database_url, "outbox") == 0


async def test_what_is_due_in_the_second_of_the_words_is_not_decided_after_them(
    office: Listening, database_url: str
) -> None:
    await office.takes(arrival(DANGER))
    assert await office.decides() == []
    await office.sender.once()

    assert FIRST_ANSWER in office.said[0]
    assert not any(NUDGE in each for each in office.said)
    assert number_of(database_url, "outbox") == 0


WANTS_NO_MORE: list[list[Heard]] = [
    [DANGER],
    [Tapped(order_token("crisis", "safe.no"))],
    [Commanded("pause")],
    [Commanded("done"), Wrote("leave it here")],
    [Commanded("erase"), Wrote("delete everything")],
    [Commanded("withdraw"), Wrote("just a pause")],
]


@pytest.mark.parametrize("heards", WANTS_NO_MORE, ids=lambda heards: repr(heards[0]))
@pytest.mark.parametrize("commits", ["in one batch", "one by one"])
async def test_who_is_in_danger_or_wants_no_more_gets_nothing_that_another_process_has_in_hand(
    office: Listening, another: Listening, heards: list[Heard], commits: str
) -> None:
    nudges = await another.decides()
    events = [arrival(heard) for heard in heards]
    for portion in [events] if commits == "in one batch" else [[each] for each in events]:
        await office.takes(*portion)
    await asyncio.gather(another.sends(nudges), office.sender.once())

    said = office.said + another.said
    assert said
    assert not any(NUDGE in each for each in said)


async def test_who_blocks_the_coach_and_comes_back_at_once_does_not_get_it(
    office: Listening, another: Listening
) -> None:
    nudges = await another.decides()
    await office.takes(Departure("test:block", "test:1", reachable=False, reason="blocked"))
    await office.takes(Departure("test:back", "test:1", reachable=True, reason=""))
    await another.sends(nudges)
    await office.sender.once()

    assert office.said + another.said == []


async def test_who_is_turned_away_does_not_get_it(office: Listening, keyring: Keyring) -> None:
    nudges = await office.decides()
    async with office.store.transaction() as transaction:
        await transaction.block(keyring.lookup("test:1"), office.clock())
    await office.takes(wrote("hello"))
    await office.sends(nudges)

    assert not any(NUDGE in each for each in office.said)


async def test_an_answer_to_anything_else_comes_after_it(office: Listening) -> None:
    nudges = await office.decides()
    await office.takes(wrote("the meetings"))
    await office.sends(nudges)
    await office.sender.once()

    assert NUDGE in office.said[0]
    assert len(office.said) > 1


async def test_others_get_theirs(office: Listening) -> None:
    office.clock.set(NOW)
    await onboarded(office, chat=2)
    office.clock.set(SUNDAY_EVENING)
    office.postman.parcels.clear()
    nudges = await office.decides()
    await office.takes(arrival(DANGER))
    await office.sends(nudges)

    assert NUDGE in office.postman.said_to(2)[-1]
    assert not any(NUDGE in each for each in office.said)


@dataclass
class Slow(Postman):
    """Delivers replies at once, and nudges only when it may; `begun` are the chats of those."""

    may: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[int] = field(default_factory=list)

    async def deliver(self, parcel: Parcel) -> Outcome:
        if NUDGE in parcel.html or "words for" in parcel.html:
            self.begun.append(parcel.chat)
            await self.may.wait()
        return await super().deliver(parcel)

    async def until_begun(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.begun) < count:  # noqa: ASYNC110 - a list has no event
                await asyncio.sleep(0.01)


@pytest.fixture
async def slow_office(office: Listening, keyring: Keyring) -> Listening:
    return Listening(office.store, office.clock, keyring, Slow())


async def test_an_answer_waits_for_no_turn_of_a_nudge(slow_office: Listening) -> None:
    postman = slow_office.postman
    assert isinstance(postman, Slow)
    others = await waiting(slow_office.store, range(100, 100 + NUDGES_AT_ONCE), urgency=1)
    slow_office.sender.hand([replace(row, lease_until=slow_office.clock() + LEASE) for row in others])
    await postman.until_begun(NUDGES_AT_ONCE)
    slow_office.sender.hand(await slow_office.decides())
    await asyncio.sleep(0.05)

    delivering = asyncio.create_task(slow_office.sender.once())
    await slow_office.takes(arrival(DANGER))
    async with asyncio.timeout(10):
        while len(slow_office.said) < 5:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.01)

    assert FIRST_ANSWER in slow_office.said[0]
    postman.may.set()
    await delivering
    assert 1 not in postman.begun


async def test_one_that_is_on_the_wire_arrives_before_the_answer_and_once(
    slow_office: Listening, database_url: str
) -> None:
    postman = slow_office.postman
    assert isinstance(postman, Slow)
    slow_office.sender.hand(await slow_office.decides())
    delivering = asyncio.create_task(slow_office.sender.once())
    await postman.until_begun(1)
    await slow_office.takes(arrival(DANGER))
    await asyncio.sleep(0.05)
    assert slow_office.said == []

    postman.may.set()
    await delivering
    assert NUDGE in slow_office.said[0]
    assert FIRST_ANSWER in slow_office.said[1]
    assert postman.begun == [1]
    assert number_of(database_url, "outbox") == 0


async def test_it_does_not_go_while_nobody_can_tell_whether_it_may(
    office: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(self: Transaction, parcel: object) -> bool:
        raise StoreUnavailable("away")

    nudges = await office.decides()
    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "still_ours", away)
        await office.sends(nudges)
    assert office.said == []

    office.clock.offset += timedelta(seconds=2)
    await office.sender.once()
    assert NUDGE in office.said[-1]


async def test_one_that_somebody_else_has_taken_over_is_theirs(office: Listening, another: Listening) -> None:
    await office.intake.nudge()
    async with office.store.transaction() as transaction:
        [row] = await transaction.claim(office.clock() + LEASE, LEASE, 1)
        assert await transaction.still_ours(row)
    async with another.store.transaction() as transaction:
        [row] = await transaction.claim(office.clock() + 3 * LEASE, LEASE, 1)
        assert await transaction.still_ours(row)
    async with office.store.transaction() as transaction:
        assert not await transaction.still_ours(row)


async def test_a_reply_costs_no_look(office: Listening) -> None:
    looks = []
    due = await office.decides()
    with statements(office.store) as seen:
        await office.sends(due)
    looks.append(sum(each.startswith("SELECT outbox.seq \nFROM") for each in seen))
    await office.takes(wrote("the meetings"))
    with statements(office.store) as seen:
        await office.sender.once()
    looks.append(sum(each.startswith("SELECT outbox.seq \nFROM") for each in seen))

    assert [look > 0 for look in looks] == [True, False]


async def test_somebody_for_whom_nothing_waits_costs_no_statement(office: Listening) -> None:
    with statements(office.store) as seen:
        await office.takes(arrival(DANGER))

    assert not any(each.startswith("DELETE FROM outbox") for each in seen)
