"""Erasing: the key goes, the rows go, and what remains of them opens with nothing."""

from __future__ import annotations

import pytest

from bot.storage import DeadLetter, Overtaken, PersonRow, Store
from bot.storage.bodies import conversation_place, opened
from tests.storage.given import (
    ADA,
    AT,
    BEN,
    LATER,
    admitted,
    claimed,
    conversation,
    loaded,
    number_of,
    parcel,
    past_the_store,
    record,
    saved,
    tamper,
)

EVERYTHING_OF_PEOPLE = ("conversation", "record", "outbox", "dead_letter")


async def with_a_past(store: Store, address: str) -> PersonRow:
    [row] = await admitted(store, address)
    async with store.transaction() as transaction:
        await saved(
            transaction,
            row,
            body={"zone": "Europe/Berlin"},
            sequence=2,
            conversations={"checkin": conversation(body={"state": "note"})},
        )
        await transaction.append([record(row)])
        await transaction.put([parcel(row, 1), parcel(row, 2)])
        await transaction.bury([DeadLetter(at=AT, reason="x", body=b"x", person_id=row.id)])
    return row


async def test_a_wiped_person_starts_again_with_what_is_kept(store: Store, database_url: str) -> None:
    await with_a_past(store, ADA)
    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        await transaction.wipe(ada, keep={"locale": "de"})

    found = await loaded(store, ADA)

    assert (found.id, found.body, found.sequence) == (ada.id, {"locale": "de"}, 2)
    assert found.conversations == {}
    assert not found.waiting
    assert [number_of(database_url, table) for table in EVERYTHING_OF_PEOPLE] == [0, 0, 0, 0]


async def test_wiping_leaves_other_people_alone(store: Store, database_url: str) -> None:
    ada, _ = await with_a_past(store, ADA), await with_a_past(store, BEN)
    async with store.transaction() as transaction:
        await transaction.wipe(ada)

    ben = await loaded(store, BEN)
    assert ben.conversations["checkin"].body == {"state": "note"}
    assert [number_of(database_url, table) for table in EVERYTHING_OF_PEOPLE] == [1, 1, 2, 1]


async def test_after_wiping_a_copy_of_the_old_rows_does_not_open(store: Store, database_url: str) -> None:
    ada = await with_a_past(store, ADA)
    with past_the_store(database_url) as connection:
        copied = connection.exec_driver_sql("SELECT body FROM conversation").scalar_one()
    place = conversation_place(ada.id, "checkin")
    assert opened(ada.key, copied, place) == ({"state": "note"}, None)

    async with store.transaction() as transaction:
        await transaction.wipe(ada)

    assert opened((await loaded(store, ADA)).key, copied, place)[0] == {}


async def test_a_wiped_person_can_go_on_in_the_same_transaction(store: Store) -> None:
    ada = await with_a_past(store, ADA)
    async with store.transaction() as transaction:
        await transaction.wipe(ada)
        await saved(transaction, ada, sequence=3, conversations={"hello": conversation("hello")})
        await transaction.put([parcel(ada, 3)])

    assert [each.body for each in await claimed(store)] == [{"text": "number 3"}]
    assert set((await loaded(store, ADA)).conversations) == {"hello"}


async def test_what_was_not_delivered_can_be_kept_when_wiping(store: Store) -> None:
    ada = await with_a_past(store, ADA)
    async with store.transaction() as transaction:
        await transaction.wipe(ada, parcels=False)
        assert ada.waiting

    assert [each.body for each in await claimed(store)] == [{"text": "number 1"}, {"text": "number 2"}]


async def test_a_kept_parcel_that_cannot_be_read_does_not_stop_the_others(
    store: Store, database_url: str
) -> None:
    ada = await with_a_past(store, ADA)
    tamper(database_url, "UPDATE outbox SET body = :junk WHERE seq = 1", {"junk": b"junk"})
    async with store.transaction() as transaction:
        await transaction.wipe(ada, parcels=False)

    assert [each.unreadable for each in await claimed(store)] == [True, False]


async def test_wiping_an_older_row_is_overtaken(store: Store) -> None:
    stale = await with_a_past(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, (await transaction.people([ADA]))[ADA], body={"newer": True})

    with pytest.raises(Overtaken):
        async with store.transaction() as transaction:
            await transaction.wipe(stale)

    assert (await loaded(store, ADA)).conversations


async def test_forgetting_leaves_nothing(store: Store, database_url: str) -> None:
    ada = await with_a_past(store, ADA)
    await with_a_past(store, BEN)

    async with store.transaction() as transaction:
        await transaction.forget(ada)

    assert [number_of(database_url, table) for table in ("person", *EVERYTHING_OF_PEOPLE)] == [1, 1, 1, 2, 1]


async def test_who_comes_back_after_being_forgotten_is_a_stranger(store: Store) -> None:
    ada = await with_a_past(store, ADA)
    async with store.transaction() as transaction:
        await transaction.forget(ada)

    [again] = await admitted(store, ADA)

    assert again.id != ada.id
    assert (again.body, again.sequence, again.created_at) == ({}, 0, AT)
    assert await claimed(store, LATER) == []
