"""The store: opens transactions on a database that was checked once, at the start."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import URL, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.database import asynchronous_engine, in_our_words, is_sqlite, normalised, shown, sqlite_file
from bot.storage.delivered import Delivered
from bot.storage.doorkeeping import Doorkeeping
from bot.storage.erasures import ErasedList, Erasure
from bot.storage.errors import (
    KeyFileError,
    KeyMissing,
    Overtaken,
    SchemaMissing,
    StoreUnavailable,
    Unreadable,
    WrongKey,
)
from bot.storage.keys import Keyring
from bot.storage.leaving import Leaving
from bot.storage.looking import Looking
from bot.storage.nudges import Nudges
from bot.storage.outage import Outage
from bot.storage.outbox import Outbox
from bot.storage.paces import Paces
from bot.storage.records import Records
from bot.storage.resurrection import Resurrection
from bot.storage.rotation import KEY_CHECK, KEY_CHECK_PLACE, KEY_CHECK_TEXT, Rotation
from bot.storage.schema import refuse_other_than_newest, revision_of
from bot.storage.session import MASTER_KEY
from bot.storage.sqlite import patiently
from bot.storage.tables import person

log = logging.getLogger(__name__)


class Transaction(
    Leaving,
    Nudges,
    Records,
    Outbox,
    Paces,
    Rotation,
    Resurrection,
    Looking,
    Delivered,
    Doorkeeping,
):
    """Everything that can be read and written in one go. Keys of people are forgotten when it ends."""


class Store:
    """One database with the master key that belongs to it. Safe for many tasks at once.

    `owner` is the name of this process on whatever it holds there, another one after each start. `troubles`
    counts transactions that ended without a commit.
    """

    def __init__(self, url: URL, engine: AsyncEngine, keyring: Keyring) -> None:
        self.owner = 1 + secrets.randbelow(2**63 - 1)
        self.troubles = {"unavailable": 0, "overtaken": 0}
        self._outage = Outage()
        self._url = url
        self._engine = engine
        self._keyring = keyring
        self._list = ErasedList.beside(keyring.path)

    @classmethod
    async def open(cls, url: str, keyring: Keyring, *, no_backup: bool = False) -> Store:
        """Check tables and key; whoever was erased and is there all the same, out of a backup, is deleted.

        Raises `SchemaMissing`, `SchemaOutdated`, `SchemaNewer`, `WrongKey`, `ErasuresMissing`, `KeyFileError`
        or `StoreUnavailable`. With `no_backup` somebody vouches that this database is the one that ran last:
        a list of erasures that is lost is made anew from it.
        """
        address = normalised(url)
        if is_sqlite(address) and not sqlite_file(address).exists():
            raise SchemaMissing(f"There is no database at {shown(address)} yet. Run: tare migrate")
        store = cls(address, asynchronous_engine(address), keyring)
        try:
            await store._check(no_backup=no_backup)
        except BaseException:
            await store.close()
            raise
        return store

    @property
    def shared(self) -> bool:
        """Whether other processes may use the same database now. An SQLite file belongs to one."""
        return not is_sqlite(self._url)

    @asynccontextmanager
    async def transaction(self, *, patient: bool = False) -> AsyncIterator[Transaction]:
        """Committed, and on disk, when the block ends; rolled back when it raises.

        `patient`: it may take long, and on SQLite nobody else is held up meanwhile; for what reads or deletes
        more than some rows by their keys.

        Raises `Overtaken` (repeat the whole block) or `StoreUnavailable`. When the connection breaks during
        the commit nobody can tell whether it happened: `unseen` tells when the block is repeated.
        """
        try:
            with in_our_words(self._url):
                async with self._engine.begin() as connection:
                    transaction = Transaction(connection, self._keyring, self.owner)
                    if patient and not self.shared:
                        async with patiently(connection):
                            yield transaction
                    else:
                        yield transaction
        except StoreUnavailable as error:
            self._outage.met(error)
            self.troubles["unavailable"] += 1
            raise
        except Overtaken as error:
            log.info("somebody else was faster, and a transaction is begun again: %s", error)
            self.troubles["overtaken"] += 1
            raise
        self._outage.over()
        if transaction.erased and self._list is not None:
            await self._write_down(self._list, transaction.erased)

    async def _write_down(self, listed: ErasedList, erased: Sequence[Erasure]) -> None:
        """Add them to the list. What cannot be written now, or is cut off, is added at the next start."""
        try:
            await asyncio.to_thread(listed.add, erased)
        except KeyFileError as error:
            log.error("%s", error)

    async def close(self) -> None:
        await self._engine.dispose()

    async def _check(self, *, no_backup: bool) -> None:
        with in_our_words(self._url):
            async with self._engine.begin() as connection:
                refuse_other_than_newest(await connection.run_sync(revision_of))
                await self._check_key(connection)
                transaction = Transaction(connection, self._keyring)
                await transaction.set_state_once(MASTER_KEY, str(self._keyring.newest))
                if self._list is not None:
                    await transaction.bury_again(self._list, no_backup=no_backup)

    async def _check_key(self, connection: AsyncConnection) -> None:
        notes = Transaction(connection, self._keyring)
        mark = await notes.get_state(KEY_CHECK)
        if mark is None:
            if await connection.scalar(select(exists().select_from(person))):
                raise WrongKey(_mismatch(self._url, self._keyring))
            nobodys = self._keyring.master(self._keyring.newest).nobodys
            fresh = nobodys.seal(KEY_CHECK_TEXT, KEY_CHECK_PLACE).hex()
            mark = await notes.set_state_once(KEY_CHECK, fresh)
        try:
            self._keyring.unseal_nobodys(bytes.fromhex(mark), KEY_CHECK_PLACE)
        except (Unreadable, KeyMissing, ValueError):
            raise WrongKey(_mismatch(self._url, self._keyring)) from None


def _mismatch(url: URL, keyring: Keyring) -> str:
    file = keyring.path or "in use"
    first = (
        f"The database {shown(url)} was written with another key than the one in {file}. Nothing was changed."
    )
    if keyring.created:
        return f"{first} That file was missing and has just been made new: put the old key file in its place."
    return f"{first} Put the key file that belongs to it there, or set TARE_KEY_FILE or TARE_DATABASE_URL."
