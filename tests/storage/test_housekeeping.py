"""Updates are new once, the bot's notes hold, and what is old is thrown away in batches."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from bot.storage import DeadLetter, Keyring, Store
from tests.storage.given import ADA, AT, LATER, admitted, number_of, record


async def test_a_key_is_unseen_once(store: Store) -> None:
    async with store.transaction() as transaction:
        assert await transaction.unseen(["b", "a", "a"], AT) == {"a", "b"}
        assert await transaction.unseen(["b", "c"], AT) == {"c"}

    async with store.transaction() as transaction:
        assert await transaction.unseen(["a", "b", "c"], LATER) == set()


async def test_a_key_of_a_rolled_back_transaction_is_unseen_again(store: Store) -> None:
    async def fails() -> None:
        async with store.transaction() as transaction:
            await transaction.unseen(["a"], AT)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await fails()

    async with store.transaction() as transaction:
        assert await transaction.unseen(["a"], AT) == {"a"}


async def test_a_whole_backlog_of_keys_can_be_asked_at_once(store: Store) -> None:
    backlog = [f"telegram:1:{number}" for number in range(2500)]
    async with store.transaction() as transaction:
        await transaction.unseen(backlog[::2], AT)

        assert await transaction.unseen(backlog, AT) == set(backlog[1::2])


async def test_a_note_holds_until_it_is_changed(store: Store) -> None:
    async with store.transaction() as transaction:
        assert await transaction.get_state("webhook") is None
        await transaction.set_state("webhook", "one")
        await transaction.set_state("webhook", "two")
        await transaction.set_state("commands", "three")

    async with store.transaction() as transaction:
        assert await transaction.get_state("webhook") == "two"
        assert await transaction.set_state_once("webhook", "four") == "two"
        assert await transaction.set_state_once("halt", "four") == "four"


async def test_what_is_old_is_thrown_away_in_batches(store: Store, database_url: str) -> None:
    async with store.transaction() as transaction:
        await transaction.unseen([f"old {number}" for number in range(5)], AT)
        await transaction.unseen(["new"], LATER)

    batches = []
    for _ in range(4):
        async with store.transaction() as transaction:
            batches.append(await transaction.purge(LATER, limit=2))

    assert batches == [2, 2, 1, 0]
    assert number_of(database_url, "seen_update") == 1


async def test_a_batch_is_held_to_its_size_when_the_planner_looks_at_it_once_a_row(
    postgres_url: str, keyring: Keyring
) -> None:
    switched_off = ("hashjoin", "hashagg", "mergejoin", "sort", "material")
    plan = quote(" ".join(f"-c enable_{each}=off" for each in switched_off))
    store = await Store.open(f"{postgres_url}&options={plan}", keyring)
    async with store.transaction() as transaction:
        await transaction.unseen([f"old {number}" for number in range(5)], AT)

    async with store.transaction() as transaction:
        gone = await transaction.purge(LATER, limit=2)

    await store.close()
    assert gone == 2
    assert number_of(postgres_url, "seen_update") == 3


async def test_letters_and_kinds_of_records_have_their_own_time_to_go(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await transaction.bury([DeadLetter(at=at, reason="x", body=b"") for at in (AT, LATER)])
        await transaction.append([record(ada, "crisis", at=at) for at in (AT, LATER)])
        await transaction.append([record(ada, "weekly", at=AT)])

        gone = await transaction.purge(AT, letters_before=LATER, records_before={"crisis": LATER})

        left = [(each.kind, each.at) for each in await transaction.records(ada)]
        letters = await transaction.letters(None)
    assert gone == 2
    assert left == [("weekly", AT), ("crisis", LATER)]
    assert [each.at for each in letters] == [LATER]
