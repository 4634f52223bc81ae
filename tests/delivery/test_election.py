"""One process at a time sends what nobody asked for, and somebody always does."""

from __future__ import annotations

import asyncio

import pytest

from bot import election
from bot.election import Election
from bot.storage import Store
from tests.storage.given import statements, tamper


async def test_alone_on_sqlite_one_is_elected_without_a_statement(store: Store) -> None:
    with statements(store) as seen:
        assert await Election(store, "nudges").won()

    assert len(seen) == (1 if store.shared else 0)


async def test_of_two_one_is_elected_and_stays_without_asking_each_time(
    two_stores: tuple[Store, Store],
) -> None:
    one, other = (Election(each, "nudges") for each in two_stores)
    assert [await one.won(), await other.won()] == [True, False]
    with statements(two_stores[0]) as seen:
        assert await one.won()

    assert seen == []
    assert not await other.won()


async def test_different_offices_have_their_own_elections(two_stores: tuple[Store, Store]) -> None:
    one, other = (Election(each, name) for each, name in zip(two_stores, "ab", strict=True))

    assert [await one.won(), await other.won()] == [True, True]


async def test_when_it_dies_another_one_is_elected_after_its_term_and_it_is_told_if_it_lives(
    two_stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(election, "TERM", 0.2)
    monkeypatch.setattr(election, "STANDS_AGAIN", 0.1)
    slept, other = (Election(each, "nudges") for each in two_stores)
    assert await slept.won()
    await asyncio.sleep(0.25)

    assert await other.won()
    assert not await slept.won()


async def test_who_goes_leaves_it_to_others_at_once(two_stores: tuple[Store, Store]) -> None:
    one, other = (Election(each, "nudges") for each in two_stores)
    assert await one.won()
    assert not await other.won()
    await other.resign()
    assert not await other.won()

    await one.resign()
    assert await other.won()


async def test_a_database_clock_that_went_back_makes_nobody_president_for_life(
    two_stores: tuple[Store, Store], postgres_url: str
) -> None:
    one, other = (Election(each, "nudges") for each in two_stores)
    assert await one.won()
    tamper(postgres_url, "UPDATE elected SET until = until + 3600000000")

    assert await other.won()
