"""A batch costs the same number of statements for one person and for a hundred."""

from __future__ import annotations

import pytest

from bot.storage import PersonRow, Store, Transaction
from tests.storage.given import AT, LEASE, admitted, conversation, parcel, put, record, statements


async def one_batch(transaction: Transaction, addresses: list[str]) -> None:
    assert await transaction.unseen(addresses, AT)
    people = list((await transaction.people(addresses)).values())
    for each in people:
        each.sequence += 1
        each.conversations["checkin"] = conversation(body={"state": "note"})
    await transaction.save(people, AT)
    await transaction.append([record(each) for each in people])
    await transaction.put([parcel(each, each.sequence) for each in people])


@pytest.mark.parametrize("size", [1, 100])
async def test_a_batch_of_turns_takes_seven_statements(store: Store, size: int) -> None:
    addresses = [f"telegram:{number}" for number in range(size)]
    await admitted(store, *addresses)

    with statements(store) as seen:
        async with store.transaction() as transaction:
            await one_batch(transaction, addresses)

    assert len(seen) == 7


@pytest.mark.parametrize("size", [1, 100])
async def test_delivering_takes_two_statements_and_claiming_three(store: Store, size: int) -> None:
    people: list[PersonRow] = await admitted(store, *(f"telegram:{number}" for number in range(size)))
    await put(store, *(parcel(each, 1) for each in people))

    with statements(store) as claiming:
        async with store.transaction() as transaction:
            await transaction.claim(AT, LEASE, 100)
    with statements(store) as delivering:
        async with store.transaction() as transaction:
            await transaction.delivered([(each.id, 1) for each in people])

    assert (len(claiming), len(delivering)) == (3, 2)
