"""From events to answers in the outbox, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.arrivals import Departure, Seen
from bot.clock import MovableClock
from bot.parcels import Kind
from bot.storage import Keyring, Store, Transaction
from flows.engine.heard import Commanded, Tapped
from tests.delivery.given import NOW, Office, arrival, onboarded, started, wrote
from tests.storage.given import number_of, past_the_store, tamper


@pytest.fixture
async def other_store(store: Store, database_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    """What another process has open on the same database."""
    other = await Store.open(database_url, keyring)
    yield other
    await other.close()


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store, MovableClock(fixed=NOW))


async def test_an_event_is_answered(office: Office) -> None:
    await office.take(started())

    assert "I'm Tare" in office.postman.said_to(1)[0]


async def test_an_event_that_comes_twice_counts_once(office: Office) -> None:
    await onboarded(office)
    await office.take(wrote("skip", key="once"))
    before = list(office.postman.parcels)
    await office.take(wrote("skip", key="once"))

    assert office.postman.parcels == before


async def test_one_batch_takes_in_many_people_and_each_ones_events_in_order(office: Office) -> None:
    events = [started(chat) for chat in range(1, 21)]
    for text in ("english", "yes", "yes", "germany"):
        events += [wrote(text, chat) for chat in range(1, 21)]
    await office.take(*events)

    for chat in range(1, 21):
        assert "what does work look like" in office.postman.said_to(chat)[-1]
        assert len(office.postman.said_to(chat)) == 5


async def test_a_tap_changes_the_message_it_was_on(office: Office) -> None:
    await onboarded(office)
    await office.take(wrote("skip"))
    question = office.postman.last_question(1)
    token = question.rows[1][0].token
    await office.take(arrival(Tapped(token), seen=Seen(55, "How heavy?")))

    edit = [parcel for parcel in office.postman.parcels if parcel.kind is Kind.CHOSEN][-1]
    assert (edit.message, edit.rows) == (55, ())
    assert edit.html == "How heavy?\n\n\u2713 <b>6</b>"


async def test_a_typed_answer_shows_in_the_question_and_takes_its_buttons_off(office: Office) -> None:
    await office.take(started())
    await office.take(wrote("english"))

    edit = next(parcel for parcel in office.postman.parcels if parcel.kind is Kind.CHOSEN)
    assert (edit.message, edit.rows) == (100, ())
    assert edit.html == f"{office.postman.said_to(1)[0]}\n\n\u2713 <b>English</b>"


async def test_a_second_tap_at_the_same_time_counts_once_and_is_acknowledged(office: Office) -> None:
    await onboarded(office)
    await office.take(wrote("skip"))
    token = office.postman.last_question(1).rows[0][5].token
    first, second = arrival(Tapped(token)), arrival(Tapped(token))
    taken = await office.intake.take([first, second])

    assert set(taken.taps) == {first.tap, second.tap}
    assert sum(parcel.kind == Kind.QUESTION for parcel in taken.parcels) == 1


async def test_a_broken_event_is_parked_alone_and_the_person_is_told(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await onboarded(office, 1)
    await onboarded(office, 2)
    turn = type(office.house.coach).turn

    def stumble(self: Any, person: Any, heard: Any, now: Any) -> Any:
        if getattr(heard, "text", "") == "poison":
            raise ZeroDivisionError("poison")
        return turn(self, person, heard, now)

    monkeypatch.setattr(type(office.house.coach), "turn", stumble)
    await office.take(wrote("poison", 1), wrote("skip", 2))

    assert "Something went wrong on my side" in office.postman.said_to(1)[-1]
    assert "How heavy" in office.postman.said_to(2)[-1]
    assert reasons(database_url) == ["ZeroDivisionError at tests.delivery.test_intake"]


async def test_an_event_that_breaks_the_whole_batch_is_parked_and_the_others_are_taken(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await onboarded(office, 1)
    await onboarded(office, 2)
    append = Transaction.append

    async def refuse(self: Transaction, records: Any) -> None:
        if any(record.body.get("value") == "poison" for record in records):
            raise ValueError("a value that no table takes")
        await append(self, records)

    monkeypatch.setattr(Transaction, "append", refuse)
    poison = wrote("poison", 1)
    await office.take(poison, wrote("fresh air", 2))
    await office.take(poison)

    assert reasons(database_url) == ["ValueError at tests.delivery.test_intake"]
    assert "How heavy" in office.postman.said_to(2)[-1]


async def test_a_refusal_keeps_nothing_but_itself(office: Office, database_url: str) -> None:
    await office.take(started())
    for text in ("english", "yes", "no, thanks"):
        await office.take(wrote(text))

    assert "only that you said no" in office.postman.said_to(1)[-1]
    assert (number_of(database_url, "conversation"), number_of(database_url, "record")) == (0, 0)
    await office.take(wrote("hello?"))
    assert "You said no last time" in office.postman.said_to(1)[-1]


async def test_somebody_under_18_leaves_no_trace(office: Office, database_url: str) -> None:
    await office.take(started())
    await office.take(wrote("english"))
    await office.take(wrote("no, younger"))

    assert "I kept nothing of this" in office.postman.said_to(1)[-1]
    for table in ("person", "conversation", "record", "outbox", "dead_letter"):
        assert number_of(database_url, table) == 0


async def test_who_erases_everything_is_a_stranger_afterwards(office: Office, database_url: str) -> None:
    await onboarded(office)
    await office.take(arrival(Commanded("erase")))
    await office.take(wrote("delete everything"))

    assert number_of(database_url, "person") == 0
    await office.take(wrote("hi"))
    assert "I'm Tare" in office.postman.said_to(1)[-1]


async def test_a_person_who_blocked_the_coach_is_unreachable_until_they_write(office: Office) -> None:
    await onboarded(office)
    await office.intake.take([Departure("test:block", "test:1", reachable=False, reason="blocked")])
    assert await unreachable_reason(office) == "blocked"

    await office.take(wrote("skip"))
    assert await unreachable_reason(office) is None


async def test_a_block_by_somebody_unknown_makes_nobody_known(office: Office, database_url: str) -> None:
    await office.intake.take([Departure("test:block", "test:9", reachable=False)])

    assert number_of(database_url, "person") == 0


async def test_two_processes_that_hear_the_same_person_at_once_lose_nothing(
    store: Store, other_store: Store
) -> None:
    clock = MovableClock(fixed=NOW)
    one, other = Office(store, clock), Office(other_store, clock)
    await onboarded(one)
    await asyncio.gather(one.take(wrote("first words")), other.take(wrote("7")))
    await one.take(arrival(Commanded("answers")))

    assert "first words" in one.postman.said_to(1)[-1] or "7" in one.postman.said_to(1)[-1]


async def test_a_conversation_that_cannot_be_read_is_set_aside_and_the_person_is_told(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    tamper(database_url, "UPDATE conversation SET body = :raw WHERE flow = 'sketch'", {"raw": b"\x01garbled"})
    await office.take(wrote("7"))

    assert "could not be read" in office.postman.said_to(1)[-1]
    assert reasons(database_url) == ["unreadable conversation"]


async def unreachable_reason(office: Office) -> str | None:
    async with office.store.transaction() as transaction:
        return (await transaction.people(["test:1"]))["test:1"].unreachable_reason


def reasons(url: str) -> list[str]:
    """Why events were parked, without the line numbers."""
    with past_the_store(url) as connection:
        found = connection.execute(sql("SELECT reason FROM dead_letter ORDER BY id")).scalars()
        return [reason.partition(":")[0] for reason in found]
