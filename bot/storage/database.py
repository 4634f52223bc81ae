"""The two databases behind one face: addresses, connections, and what their errors mean for us."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import DatabaseError as DamagedOrLocked
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import Overtaken, StoreError, StoreUnavailable
from bot.storage.postgres import postgres_arguments, postgres_engine
from bot.storage.sqlite import connecting

SQLITE_PRAGMAS = (
    "busy_timeout = 10000",  # milliseconds, against other processes; inside one the pool queues
    "synchronous = FULL",  # what Telegram was told has arrived survives a power cut
    "secure_delete = ON",  # what is erased is overwritten
)
SOMEBODY_WAS_FASTER = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available


def normalised(url: str) -> URL:
    """The address with the driver that Tare uses. Takes `sqlite:///file` and `postgresql://...`."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnavailable(f"The database address is not an address. {EXAMPLES}") from None
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite+aiosqlite")
    if kind in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreUnavailable(f"Tare cannot keep anything in {shown(parsed)}. {EXAMPLES}")


EXAMPLES = (
    "Set TARE_DATABASE_URL to something like sqlite:///tare.db or postgresql://tare:password@localhost/tare."
)


def shown(url: URL) -> str:
    """The address for people to read, without its password."""
    return url.set(drivername=url.drivername.partition("+")[0]).render_as_string(hide_password=True)


def is_sqlite(url: URL) -> bool:
    return url.drivername.startswith("sqlite")


def sqlite_file(url: URL) -> Path:
    return Path(url.database or "")


def asynchronous_engine(url: URL) -> AsyncEngine:
    """For the bot. On SQLite one connection, so that transactions queue fairly instead of polling a lock."""
    if not is_sqlite(url):
        return postgres_engine(url)
    engine = create_async_engine(
        url,
        hide_parameters=True,
        connect_args={"async_creator_fn": connecting},
        pool_size=1,
        max_overflow=0,
    )
    _hold_sqlite(engine.sync_engine, "foreign_keys = ON")
    return engine


def synchronous_engine(url: URL) -> Engine:
    """For migrations. On PostgreSQL they may take their time.

    On SQLite a migration rebuilds a table by dropping the old one. With foreign keys on, dropping `person`
    would delete everything that belongs to people, so they are off here and checked at the end.
    """
    if not is_sqlite(url):
        return create_engine(url, hide_parameters=True, connect_args=postgres_arguments(url))
    engine = create_engine(url.set(drivername="sqlite"), hide_parameters=True)
    _hold_sqlite(engine, "foreign_keys = OFF")
    return engine


def _hold_sqlite(engine: Engine, *more_pragmas: str) -> None:
    """Say BEGIN ourselves: a transaction takes the write lock at its start, so it never fails half way."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*SQLITE_PRAGMAS, *more_pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        _keep_write_ahead_log(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _keep_write_ahead_log(cursor: Any) -> None:
    """The first change of a new file to WAL does not wait for a lock, so we wait for it ourselves."""
    for _ in range(10):
        with suppress(sqlite3.OperationalError):
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("COMMIT")


@contextmanager
def in_our_words(url: URL) -> Iterator[None]:
    """Turn what a driver raises into our errors. What is our own mistake stays as it is."""
    try:
        yield
    except PoolTimeout as busy:
        raise unavailable(url, "all connections are busy") from busy
    except DBAPIError as error:
        if meaning := _meaning(url, error):
            raise meaning from error
        raise


def _meaning(url: URL, error: DBAPIError) -> StoreError | None:
    if getattr(error.orig, "sqlstate", None) in SOMEBODY_WAS_FASTER:
        return Overtaken("two transactions waited for each other and the database chose the other one")
    out_of_reach = isinstance(error, OperationalError | InterfaceError) or type(error) is DamagedOrLocked
    if out_of_reach or error.connection_invalidated:
        return unavailable(url, str(error.orig).strip().partition("\n")[0])
    return None


def unavailable(url: URL, reason: str) -> StoreUnavailable:
    what_to_do = (
        "Check that the file and its directory can be written and that the disk has room"
        if is_sqlite(url)
        else "Check that the server runs and that TARE_DATABASE_URL names it"
    )
    return StoreUnavailable(f"The database {shown(url)} cannot be used: {reason}. {what_to_do}.")
