"""What SQLite was asked for is really in force."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import Keyring, Store
from bot.storage.store import Transaction
from tests.storage.given import ADA, AT, admitted

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 10_000,
}


@pytest.fixture
async def sqlite_store(sqlite_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    store = await Store.open(sqlite_url, keyring)
    yield store
    await store.close()


async def pragma(transaction: Transaction, name: str) -> object:
    return (await transaction._connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()


@pytest.mark.parametrize("name", PROMISED)
async def test_a_setting_is_in_force(sqlite_store: Store, name: str) -> None:
    async with sqlite_store.transaction() as transaction:
        assert await pragma(transaction, name) == PROMISED[name]


async def test_a_transaction_has_the_write_lock_from_its_start(sqlite_store: Store, sqlite_url: str) -> None:
    rival = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)

    async with sqlite_store.transaction():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            rival.execute("BEGIN IMMEDIATE")

    rival.execute("BEGIN IMMEDIATE")
    rival.close()


async def test_readers_are_not_kept_waiting(sqlite_store: Store, sqlite_url: str) -> None:
    reader = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0)
    async with sqlite_store.transaction() as transaction:
        await transaction.admit([ADA], AT)

        assert reader.execute("SELECT count(*) FROM person").fetchone() == (0,)

    assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,)
    reader.close()


async def test_many_tasks_queue_for_the_one_writer(sqlite_store: Store) -> None:
    await asyncio.gather(*(admitted(sqlite_store, f"telegram:{number}") for number in range(50)))

    async with sqlite_store.transaction() as transaction:
        assert len(await transaction.people([f"telegram:{number}" for number in range(50)])) == 50


async def test_the_journals_are_as_private_as_the_file(sqlite_store: Store, sqlite_url: str) -> None:
    await admitted(sqlite_store, ADA)

    directory = Path(sqlite_url.removeprefix("sqlite:///")).parent
    modes = {each.name: each.stat().st_mode & 0o777 for each in directory.glob("tare.db*")}
    assert modes == {"tare.db": 0o600, "tare.db-wal": 0o600, "tare.db-shm": 0o600}
