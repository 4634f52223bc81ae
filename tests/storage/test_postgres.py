"""What PostgreSQL was asked for is really in force, directly and through a proxy that pools transactions."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.clock import MovableClock
from bot.storage import Keyring, Overtaken, Store, StoreUnavailable, postgres
from bot.storage.postgres import ALIVE, CONNECTIONS, MORE_CONNECTIONS, TIMEOUTS
from tests.delivery.given import NOW, Office, onboarded
from tests.servers.pooler import pooling
from tests.storage.given import ADA, admitted, loaded, number_of


async def setting(store: Store, name: str) -> str:
    async with store.transaction() as transaction:
        [[value]] = await transaction._rows(text("SELECT current_setting(:name)"), {"name": name})
        return str(value)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Timeouts as a test can wait for them."""
    monkeypatch.setattr(postgres, "TIMEOUTS", {"statement_timeout": "200ms", "lock_timeout": "100ms"})


@pytest.mark.parametrize("name", TIMEOUTS)
async def test_a_timeout_is_in_force(postgres_url: str, keyring: Keyring, name: str) -> None:
    store = await Store.open(postgres_url, keyring)
    in_force = await setting(store, name)
    await store.close()

    assert in_force in (TIMEOUTS[name], {"60s": "1min"}.get(TIMEOUTS[name]))


async def test_an_address_has_the_last_word_about_options(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(f"{postgres_url}&options=-c%20statement_timeout%3D7s", keyring)
    assert await setting(store, "statement_timeout") == "7s"
    await store.close()


async def test_a_server_that_vanishes_is_noticed_in_less_than_half_a_minute(
    postgres_url: str, keyring: Keyring
) -> None:
    store = await Store.open(postgres_url, keyring)
    async with store._engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        told = driver.info.get_parameters()
    await store.close()

    assert {name: int(told[name]) for name in ALIVE} == ALIVE
    silent = ALIVE["keepalives_idle"] + ALIVE["keepalives_interval"] * ALIVE["keepalives_count"]
    assert max(silent, ALIVE["tcp_user_timeout"] / 1000) < 30


async def test_no_more_connections_are_opened_than_are_meant(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    people = await admitted(store, *(f"telegram:{number}" for number in range(3)))
    most = 0

    async def look() -> None:
        nonlocal most
        async with store.transaction() as transaction:
            await transaction.next_people(people[0].id, 0)
            most = max(most, store._engine.pool.checkedout())  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)

    await asyncio.gather(*(look() for _ in range(40)))
    await store.close()

    assert most == CONNECTIONS + MORE_CONNECTIONS


@pytest.mark.usefixtures("short")
async def test_who_waits_for_a_lock_for_too_long_begins_again(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    await admitted(store, ADA)
    async with await psycopg.AsyncConnection.connect(postgres_url) as rival:
        await rival.execute("SELECT 1 FROM person FOR UPDATE")
        with pytest.raises(Overtaken):
            await loaded(store, ADA)

    assert (await loaded(store, ADA)).status == "new"
    await store.close()


@pytest.mark.usefixtures("short")
async def test_a_statement_that_takes_too_long_ends(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable, match="statement timeout"):
        async with store.transaction() as transaction:
            await transaction._rows(text("SELECT pg_sleep(5)"), {})
    await store.close()

    assert time.monotonic() - begun < 2


async def test_everything_works_through_a_proxy_that_pools_transactions(
    postgres_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    async with pooling(postgres_url, tmp_path) as (pooler, url):
        store = await Store.open(url, keyring)
        office = Office(store, MovableClock(fixed=NOW))
        for chats in (range(1, 5), range(5, 9)):
            await asyncio.gather(*(onboarded(office, chat) for chat in chats))
        async with store.transaction() as transaction:
            assert await transaction.elect("nudges", 3)
            await transaction.reserve(1, 0.1)
        await store.close()

    assert pooler.refused > 0
    assert number_of(postgres_url, "person") == 8
    assert number_of(postgres_url, "outbox") == 0
    assert [office.postman.last_question(chat).chat for chat in range(1, 9)] == [*range(1, 9)]


@pytest.mark.parametrize("name", TIMEOUTS)
async def test_behind_a_proxy_timeouts_are_in_force_in_each_transaction_and_leave_nothing_behind(
    postgres_url: str, keyring: Keyring, tmp_path: Path, name: str
) -> None:
    async with pooling(postgres_url, tmp_path, size=1) as (_, url):
        store = await Store.open(url, keyring)
        ours = [await setting(store, name) for _ in range(2)]
        async with await psycopg.AsyncConnection.connect(url) as somebody_else:
            found = await (await somebody_else.execute(f"SHOW {name}".encode())).fetchone()
        await store.close()

    assert ours[0] == ours[1] in (TIMEOUTS[name], {"60s": "1min"}.get(TIMEOUTS[name]))
    assert found not in ((ours[0],), None)
