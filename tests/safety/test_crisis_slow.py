"""A slow database, a repeated update, a nudge in the same second: the first answer comes first, and once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.arrivals import Arrival, Seen
from bot.clock import MovableClock
from bot.house import House
from bot.intake import Intake
from bot.pacing import Pace, Rate
from bot.sender import Sender
from bot.storage.store import Store, Transaction
from flows.engine.heard import Corrected, Sent, Tapped
from flows.engine.tokens import order_token
from tests.delivery.given import NOW, SUNDAY_EVENING, Office, arrival, onboarded, sundays, wrote
from tests.rights.given import person_of
from tests.safety.crisis_given import listening

SLOWER = 0.1
"""Seconds that every transaction takes longer: 2 s, twenty times as fast as in life; so is the lease."""

LEASE = timedelta(seconds=1.5)

EXPLICIT = "I want to die"
FIRST = "I'm glad you wrote that"
SAFE = "Are you safe right now?"
SUNDAY = "I keep your place"
FIVE = 5
"""Messages of the first answer."""

Opening = Callable[[], AbstractAsyncContextManager[Transaction]]


def slowly(opening: Opening) -> Opening:
    @asynccontextmanager
    async def transaction() -> AsyncIterator[Transaction]:
        async with opening() as opened:
            yield opened
            await asyncio.sleep(SLOWER)

    return transaction


def an_office(store: Store, at: datetime = NOW) -> Office:
    """An office whose coach hears fixed sentences, and which writes to everybody on Sunday evenings."""
    office = Office(store, MovableClock(fixed=at))
    coach = replace(listening(), kinds=(sundays(),))
    office.house = House(coach, office.house.voices)
    office.sender = Sender(store, office.postman, office.clock, Pace(Rate(0), 0, 1), LEASE)
    office.intake = Intake(store, coach, office.house.voices, office.clock, LEASE, office.sender.held)
    return office


async def talking(store: Store, monkeypatch: pytest.MonkeyPatch, at: datetime = NOW) -> Office:
    """Somebody with the first question open, and from here on a slow database."""
    office = an_office(store, at)
    await onboarded(office)
    office.postman.parcels.clear()
    monkeypatch.setattr(store, "transaction", slowly(store.transaction))
    return office


async def delivered(office: Office, *events: Arrival, count: int = FIVE) -> None:
    """Take events in, and deliver until so much was said: what a lease ran out for is found again."""
    await office.take(*events)
    async with asyncio.timeout(20):
        while len(said(office)) < count:
            await office.sender.once()


def said(office: Office) -> list[str]:
    return office.postman.said_to(1)


async def test_the_first_answer_comes_whole_in_order_and_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)

    await delivered(office, wrote(EXPLICIT))
    await office.sender.once()

    assert len(said(office)) == FIVE
    assert said(office)[0].startswith(FIRST)
    assert said(office)[-1].startswith(SAFE)


async def test_what_is_written_while_it_is_on_its_way_is_answered_after_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)

    await asyncio.gather(office.take(wrote(EXPLICIT)), later(office, wrote("hello?")))
    await delivered(office, count=FIVE + 1)

    assert said(office)[0].startswith(FIRST)
    assert said(office)[FIVE - 1].startswith(SAFE)
    assert len([each for each in said(office) if each.startswith(FIRST)]) == 1
    assert len(said(office)) > FIVE


async def later(office: Office, event: Arrival) -> None:
    await asyncio.sleep(SLOWER / 2)
    await office.take(event)


async def test_a_message_that_telegram_repeats_is_answered_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)
    event = wrote(EXPLICIT, key="test:again")

    await asyncio.gather(office.take(event), later(office, event))
    await delivered(office, event)

    assert len([each for each in said(office) if each.startswith(FIRST)]) == 1
    assert len(said(office)) == FIVE


async def test_two_explicit_messages_at_once_are_one_first_answer_and_one_shorter(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)

    await delivered(office, wrote(EXPLICIT), wrote(EXPLICIT), count=FIVE + 1)

    assert [each.startswith(FIRST) for each in said(office)].count(True) == 1
    assert said(office)[0].startswith(FIRST)


async def test_a_nudge_that_is_due_while_the_words_are_taken_in_does_not_come(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)
    office.clock.set(SUNDAY_EVENING)

    taking = asyncio.create_task(office.take(wrote(EXPLICIT)))
    await asyncio.sleep(SLOWER / 2)
    await office.nudge()
    await taking
    await office.nudge()
    await delivered(office)

    assert said(office)[0].startswith(FIRST)
    assert not [each for each in said(office) if SUNDAY in each]
    assert (await person_of(store)).crisis.on


async def test_without_these_words_that_nudge_would_have_come(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)
    office.clock.set(SUNDAY_EVENING)

    await office.nudge()

    assert [each for each in said(office) if SUNDAY in each]


def tap(step: str, message: int) -> Arrival:
    return arrival(Tapped(order_token("crisis", step)), seen=Seen(message, ""))


async def test_a_button_that_is_tapped_twice_at_once_does_no_harm(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)
    await delivered(office, wrote(EXPLICIT))
    office.postman.parcels.clear()

    await delivered(office, tap("safe.no", 105), tap("safe.no", 105))

    assert "112" in said(office)[0]
    assert all(one != other for one, other in zip(said(office), said(office)[1:], strict=False))
    assert (await person_of(store)).crisis.on


async def test_an_edit_that_becomes_explicit_is_answered_and_a_voice_note_is_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await talking(store, monkeypatch)
    await delivered(office, wrote("The meetings."), count=1)
    office.postman.parcels.clear()

    await delivered(office, arrival(Corrected(EXPLICIT, 900)))
    await delivered(office, arrival(Sent("voice")), count=FIVE + 2)

    assert said(office)[0].startswith(FIRST)
    assert len(said(office)) > FIVE
    assert EXPLICIT not in str(await person_of(store))
