"""Several processes on one database: in turn for one person, side by side for different people."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from bot.storage import Keyring, Overtaken, Store, StoreUnavailable
from tests.storage.given import (
    ADA,
    AT,
    BEN,
    LEASE,
    PATIENCE,
    admitted,
    claimed,
    loaded,
    parcel,
    put,
    saved,
    somebody_waits_for_a_lock,
)


async def counted_up(store: Store, address: str) -> None:
    async with store.transaction() as transaction:
        row = (await transaction.people([address]))[address]
        await asyncio.sleep(0)
        await saved(transaction, row, body={"count": row.body.get("count", 0) + 1})


async def unseen(store: Store, keys: list[str]) -> set[str]:
    async with store.transaction() as transaction:
        return await transaction.unseen(keys, AT)


async def loaded_all(store: Store, addresses: list[str]) -> int:
    async with store.transaction() as transaction:
        return len(await transaction.people(addresses))


async def test_events_of_one_person_count_one_after_the_other(store: Store, other_store: Store) -> None:
    await admitted(store, ADA)

    await asyncio.gather(*(counted_up(each, ADA) for each in (store, other_store) * 5))

    assert (await loaded(store, ADA)).body == {"count": 10}


async def test_two_processes_admit_the_same_strangers_once(store: Store, other_store: Store) -> None:
    ones, others = await asyncio.gather(admitted(store, ADA, BEN), admitted(other_store, BEN, ADA))

    assert [each.id for each in ones] == [each.id for each in reversed(others)]


async def test_an_update_that_arrives_twice_at_once_is_unseen_for_one(
    store: Store, other_store: Store
) -> None:
    keys = [f"telegram:1:{number}" for number in range(50)]
    one, other = await asyncio.gather(unseen(store, keys), unseen(other_store, keys[::-1]))

    assert one | other == set(keys)
    assert one & other == set()


async def test_two_processes_deliver_every_parcel_once_and_in_order(store: Store, other_store: Store) -> None:
    people = await admitted(store, *(f"telegram:{number}" for number in range(40)))
    await put(store, *(parcel(each, seq) for each in people for seq in (1, 2, 3)))
    sent: list[tuple[int, int]] = []

    async def send(each: Store) -> None:
        while haul := await claimed(each, limit=7):
            keys = [(parcel.person_id, parcel.seq) for parcel in haul]
            sent.extend(keys)
            async with each.transaction() as transaction:
                await transaction.delivered(keys)

    await asyncio.gather(*(send(each) for each in (store, other_store) * 3))

    assert len(sent) == len(people) * 3
    for each in people:
        assert [seq for person_id, seq in sent if person_id == each.id] == [1, 2, 3]


async def test_of_one_person_only_one_process_has_parcels(postgres_url: str, keyring: Keyring) -> None:
    one, other = await Store.open(postgres_url, keyring), await Store.open(postgres_url, keyring)
    ada, ben = await admitted(one, ADA, BEN)
    await put(one, *(parcel(ada, seq) for seq in (1, 2, 3)), parcel(ben, 1))

    async with one.transaction() as holding:
        hers = await holding.claim(AT, LEASE, limit=1)
        others = await claimed(other)

    assert [(each.person_id, each.seq) for each in hers] == [(min(ada.id, ben.id), 1)]
    assert {each.person_id for each in others} == {max(ada.id, ben.id)}
    await one.close()
    await other.close()


async def test_a_second_transaction_of_the_same_person_waits_and_sees_what_the_first_did(
    postgres_url: str, keyring: Keyring
) -> None:
    store = await Store.open(postgres_url, keyring)
    await admitted(store, ADA)
    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        second = asyncio.create_task(loaded(store, ADA))
        assert await somebody_waits_for_a_lock(postgres_url)
        ada.sequence = 1
        await saved(transaction, ada, body={"first": True})
        await transaction.put([parcel(ada, 1)])

    found = await second
    assert (found.body, found.version, found.waiting) == ({"first": True}, 2, True)
    await store.close()


async def test_transactions_of_different_people_do_not_wait(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        await saved(transaction, (await transaction.people([ADA]))[ADA], body={"first": True})
        await put(store, parcel(await loaded(store, BEN), 1))

        async with asyncio.timeout(PATIENCE):
            await counted_up(store, BEN)

    assert (await loaded(store, BEN)).body == {"count": 1}
    await store.close()


async def test_people_are_locked_in_the_order_of_their_ids(postgres_url: str, keyring: Keyring) -> None:
    """Two batches with the same people then wait for each other at the first one, never crosswise."""
    store = await Store.open(postgres_url, keyring)
    addresses = [f"telegram:{number}" for number in range(20)]
    *before, last = sorted(row.id for row in await admitted(store, *addresses))
    async with await psycopg.AsyncConnection.connect(postgres_url) as rival:
        await rival.execute("SELECT 1 FROM person WHERE id = %s FOR UPDATE", [last])
        waiting = asyncio.create_task(loaded_all(store, addresses))
        assert await somebody_waits_for_a_lock(postgres_url)
        free = "SELECT id FROM person WHERE id = ANY(%s) FOR UPDATE SKIP LOCKED"
        assert await (await rival.execute(free, [before])).fetchall() == []

    assert await waiting == len(addresses)
    await store.close()


async def test_keys_are_remembered_in_one_order(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    insert = "INSERT INTO seen_update VALUES (%s, 0)"
    async with await psycopg.AsyncConnection.connect(postgres_url) as rival:
        await rival.execute(insert, ["b"])
        waiting = asyncio.create_task(unseen(store, ["b", "a"]))
        assert await somebody_waits_for_a_lock(postgres_url)
        async with await psycopg.AsyncConnection.connect(postgres_url) as third:
            await third.execute("SET lock_timeout = 50")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                await third.execute(insert, ["a"])

    assert await waiting == {"a"}
    await store.close()


async def test_two_transactions_that_wait_for_each_other_end_with_one_overtaken(
    postgres_url: str, keyring: Keyring
) -> None:
    store = await Store.open(postgres_url, keyring)
    await admitted(store, ADA, BEN)
    both_hold_one = asyncio.Barrier(2)

    async def hold(first: str, second: str) -> str:
        async with store.transaction() as transaction:
            await transaction.people([first])
            await both_hold_one.wait()
            await transaction.people([second])
        return first

    ended = await asyncio.gather(hold(ADA, BEN), hold(BEN, ADA), return_exceptions=True)

    assert sorted(type(each).__name__ for each in ended) == [Overtaken.__name__, str.__name__]
    await store.close()


async def test_a_cancelled_transaction_is_rolled_back_and_frees_the_store(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    inside = asyncio.Event()

    async def never_ends() -> None:
        async with store.transaction() as transaction:
            await saved(transaction, ada, body={"half": "done"})
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert (await loaded(store, ADA)).body == {}


async def test_a_connection_that_was_cut_is_replaced(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    await admitted(store, ADA)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as other:
        await other.execute(cut, [other.info.dbname, other.info.backend_pid])

    with pytest.raises(StoreUnavailable, match="TARE_DATABASE_URL"):
        await loaded(store, ADA)

    assert (await loaded(store, ADA)).status == "new"
    await store.close()
