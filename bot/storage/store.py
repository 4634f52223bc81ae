"""The store: opens transactions on a database that was checked once, at the start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.database import asynchronous_engine, in_our_words, is_sqlite, normalised, shown, sqlite_file
from bot.storage.errors import SchemaMissing, Unreadable, WrongKey
from bot.storage.housekeeping import Housekeeping
from bot.storage.keys import Keyring, place
from bot.storage.leaving import Leaving
from bot.storage.outbox import Outbox
from bot.storage.records import Records
from bot.storage.schema import refuse_other_than_newest, revision_of
from bot.storage.tables import person

KEY_CHECK = "key_check"  # the note in `bot_state` that only the right master key opens
KEY_CHECK_TEXT = b"This database belongs to this key."
KEY_CHECK_PLACE = place("bot_state", "value", 0, KEY_CHECK)


class Transaction(Leaving, Records, Outbox, Housekeeping):
    """Everything that can be read and written in one go. Keys of people are forgotten when it ends."""


class Store:
    """One database with the master key that belongs to it. Safe for many tasks at once."""

    def __init__(self, url: URL, engine: AsyncEngine, keyring: Keyring) -> None:
        self._url = url
        self._engine = engine
        self._keyring = keyring

    @classmethod
    async def open(cls, url: str, keyring: Keyring) -> Store:
        """Check tables and key, change nothing but the key's own mark in a new database.

        Raises `SchemaMissing`, `SchemaOutdated`, `SchemaNewer`, `WrongKey` or `StoreUnavailable`.
        """
        address = normalised(url)
        if is_sqlite(address) and not sqlite_file(address).exists():
            raise SchemaMissing(f"There is no database at {shown(address)} yet. Run: tare migrate")
        store = cls(address, asynchronous_engine(address), keyring)
        try:
            await store._check()
        except BaseException:
            await store.close()
            raise
        return store

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Committed, and on disk, when the block ends; rolled back when it raises.

        Raises `Overtaken` (repeat the whole block) or `StoreUnavailable`. When the connection breaks during
        the commit nobody can tell whether it happened: `unseen` tells when the block is repeated.
        """
        with in_our_words(self._url):
            async with self._engine.begin() as connection:
                yield Transaction(connection, self._keyring)

    async def close(self) -> None:
        await self._engine.dispose()

    async def _check(self) -> None:
        with in_our_words(self._url):
            async with self._engine.begin() as connection:
                refuse_other_than_newest(await connection.run_sync(revision_of))
                await self._check_key(connection)

    async def _check_key(self, connection: AsyncConnection) -> None:
        notes = Transaction(connection, self._keyring)
        mark = await notes.get_state(KEY_CHECK)
        if mark is None:
            if await connection.scalar(select(exists().select_from(person))):
                raise WrongKey(_mismatch(self._url, self._keyring))
            fresh = self._keyring.nobodys.seal(KEY_CHECK_TEXT, KEY_CHECK_PLACE).hex()
            mark = await notes.set_state_once(KEY_CHECK, fresh)
        try:
            self._keyring.nobodys.unseal(bytes.fromhex(mark), KEY_CHECK_PLACE)
        except (Unreadable, ValueError):
            raise WrongKey(_mismatch(self._url, self._keyring)) from None


def _mismatch(url: URL, keyring: Keyring) -> str:
    file = keyring.path or "in use"
    first = (
        f"The database {shown(url)} was written with another key than the one in {file}. Nothing was changed."
    )
    if keyring.created:
        return f"{first} That file was missing and has just been made new: put the old key file in its place."
    return f"{first} Put the key file that belongs to it there, or set TARE_KEY_FILE or TARE_DATABASE_URL."
