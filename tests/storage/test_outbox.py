"""The outbox: in order for each person, never in two hands, never lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.storage import LEAVING, DeadLetter, ParcelRow, Store
from tests.storage.given import (
    ADA,
    AT,
    BEN,
    CLEO,
    LATER,
    LEASE,
    admitted,
    claimed,
    loaded,
    number_of,
    parcel,
    put,
    saved,
    tamper,
)

SECOND = timedelta(seconds=1)


def numbers(parcels: Iterable[ParcelRow]) -> list[int]:
    return [each.seq for each in parcels]


def keys(parcels: Iterable[ParcelRow]) -> list[tuple[int, int]]:
    return [(each.person_id, each.seq) for each in parcels]


async def delivered(store: Store, *parcels: ParcelRow) -> None:
    async with store.transaction() as transaction:
        await transaction.delivered(keys(parcels))


async def postponed(store: Store, *parcels: ParcelRow) -> None:
    async with store.transaction() as transaction:
        await transaction.postpone(parcels)


async def test_a_claimed_parcel_is_the_one_that_was_put(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    put_in = replace(parcel(ada, 1, urgency=1), attempts=2, body={"chat": 7312345678, "text": "Hallo ä"})
    await put(store, put_in)

    [found] = await claimed(store)

    assert found == replace(put_in, lease_until=AT + LEASE)


async def test_what_is_not_due_stays(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1, due_at=LATER))

    assert await claimed(store, LATER - SECOND) == []
    assert numbers(await claimed(store, LATER)) == [1]


async def test_a_leased_parcel_is_nobody_elses_until_the_lease_ends(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1))
    await claimed(store, AT)

    assert await claimed(store, AT + LEASE - SECOND) == []
    assert numbers(await claimed(store, AT + LEASE)) == [1]


async def test_a_parcel_can_be_put_already_leased(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1, lease_until=AT + LEASE))

    assert await claimed(store, AT) == []
    assert numbers(await claimed(store, AT + LEASE)) == [1]


async def test_a_person_gets_parcels_in_the_order_they_were_put(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1, urgency=1), parcel(ada, 2), parcel(ada, 3, due_at=AT - LEASE))

    assert numbers(await claimed(store)) == [1, 2, 3]


async def test_nothing_overtakes_an_earlier_parcel_that_is_not_free(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await put(store, parcel(ada, 1), parcel(ada, 2, due_at=LATER), parcel(ada, 3))
    await put(store, parcel(ben, 1, lease_until=LATER), parcel(ben, 2))

    assert keys(await claimed(store)) == [(ada.id, 1)]


async def test_what_comes_behind_a_claimed_parcel_waits_for_it(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1))
    first = await claimed(store)
    await put(store, parcel(ada, 2))

    assert await claimed(store) == []

    await delivered(store, *first)
    assert numbers(await claimed(store)) == [2]


async def test_replies_go_before_nudges_and_the_oldest_first(store: Store) -> None:
    ada, ben, cleo = await admitted(store, ADA, BEN, CLEO)
    await put(store, parcel(ada, 1, urgency=1, due_at=AT - LEASE))
    await put(store, parcel(ben, 1, due_at=AT), parcel(cleo, 1, due_at=AT - SECOND))

    assert keys(await claimed(store)) == [(cleo.id, 1), (ben.id, 1), (ada.id, 1)]


async def test_with_little_room_an_older_nudge_lets_a_reply_go_first(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await put(store, parcel(ada, 1, urgency=1, due_at=AT - LEASE), parcel(ben, 1))

    assert keys(await claimed(store, limit=1)) == [(ben.id, 1)]


async def test_a_limited_claim_serves_everybody_once_before_anybody_twice(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await put(store, *(parcel(ada, seq) for seq in (1, 2, 3)))
    await put(store, *(parcel(ben, seq, due_at=AT + SECOND) for seq in (1, 2, 3)))

    some = await claimed(store, LATER, limit=3)

    assert keys(some) == [(ada.id, 1), (ben.id, 1), (ada.id, 2)]
    assert await claimed(store, LATER) == []


async def test_what_arrived_is_gone(store: Store, database_url: str) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await put(store, parcel(ada, 1), parcel(ada, 2), parcel(ben, 1))

    await delivered(store, parcel(ada, 1), parcel(ben, 1), parcel(ben, 99))

    assert number_of(database_url, "outbox") == 1
    assert keys(await claimed(store)) == [(ada.id, 2)]


async def test_what_a_person_sees_now_is_remembered_with_the_delivery(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    assert ada.shown_message is None
    await put(store, parcel(ada, 1), parcel(ben, 1))

    async with store.transaction() as transaction:
        await transaction.delivered([(ada.id, 1), (ben.id, 1)], shown={(ada.id, 1): 77})

    found = await loaded(store, ADA)
    assert (found.shown_message, found.version) == (77, ada.version)
    assert (await loaded(store, BEN)).shown_message is None


async def test_a_postponed_parcel_comes_back_later_with_its_attempts(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1), parcel(ada, 2))
    first, second = await claimed(store)

    await postponed(store, replace(first, due_at=AT + SECOND, attempts=1), second)

    assert await claimed(store, AT) == []
    again = await claimed(store, AT + SECOND)
    assert [(each.seq, each.attempts) for each in again] == [(1, 1), (2, 0)]


async def test_leases_of_an_earlier_run_are_released(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1))
    await claimed(store)

    async with store.transaction() as transaction:
        await transaction.release_leases()

    assert numbers(await claimed(store)) == [1]


async def test_what_was_in_other_hands_is_told_from_what_nobody_had(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await put(store, parcel(ada, 1))
    first = await claimed(store)
    async with store.transaction() as transaction:
        await transaction.release_leases()
    await put(store, parcel(ben, 1))

    again = await claimed(store)
    assert [each.taken_over for each in first] == [False]
    assert {each.person_id: each.taken_over for each in again} == {ada.id: True, ben.id: False}


async def test_who_is_leaving_goes_when_the_last_parcel_has_arrived(store: Store, database_url: str) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        await saved(transaction, ada, status=LEAVING)
        await transaction.put([parcel(ada, 1), parcel(ada, 2), parcel(ben, 1)])

    await delivered(store, parcel(ada, 1), parcel(ben, 1))
    assert number_of(database_url, "person") == 2

    await delivered(store, parcel(ada, 2))
    async with store.transaction() as transaction:
        assert set(await transaction.people([ADA, BEN])) == {BEN}


async def test_a_parcel_that_cannot_be_read_is_marked_and_can_be_set_aside(
    store: Store, database_url: str
) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1), parcel(ada, 2))
    tamper(database_url, "UPDATE outbox SET body = :junk WHERE seq = 1", {"junk": b"junk"})

    broken, whole = await claimed(store)
    assert (broken.unreadable, broken.body, broken.raw) == (True, {}, b"junk")
    assert not whole.unreadable
    async with store.transaction() as transaction:
        letter = DeadLetter(at=AT, reason="unreadable", body=broken.set_aside(), person_id=ada.id)
        await transaction.bury([letter])
        await transaction.delivered(keys([broken]))

    async with store.transaction() as transaction:
        assert await transaction.letters(ada) == [letter]


async def test_nothing_is_waiting_for_somebody_unreachable(store: Store, database_url: str) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await put(store, parcel(ada, 1), parcel(ada, 2, due_at=LATER), parcel(ben, 1))

    async with store.transaction() as transaction:
        await transaction.unreachable(ada.id, "blocked", LATER)

    found = await loaded(store, ADA)
    assert (found.unreachable_since, found.unreachable_reason) == (LATER, "blocked")
    assert found.status == ada.status
    assert keys(await claimed(store, LATER)) == [(ben.id, 1)]


async def test_somebody_unreachable_can_come_back(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    for come_back in (True, False):
        async with store.transaction() as transaction:
            await transaction.unreachable(ada.id, "blocked", LATER)
        async with store.transaction() as transaction:
            if come_back:
                await transaction.reachable(ada.id)
            else:
                row = (await transaction.people([ADA]))[ADA]
                await saved(transaction, row, unreachable_since=None, unreachable_reason=None)

        found = await loaded(store, ADA)
        assert (found.unreachable_since, found.unreachable_reason) == (None, None)


async def test_who_was_leaving_and_cannot_be_reached_is_erased(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, status=LEAVING)
        await transaction.put([parcel(ada, 1)])

    async with store.transaction() as transaction:
        await transaction.unreachable(ada.id, "blocked", LATER)

    assert number_of(database_url, "person") == 0
    assert number_of(database_url, "outbox") == 0


async def test_somebody_unknown_can_be_neither_unreachable_nor_back(store: Store) -> None:
    async with store.transaction() as transaction:
        await transaction.unreachable(1, "blocked", AT)
        await transaction.reachable(1)
        await transaction.delivered([(1, 1)])
        await transaction.postpone([])
