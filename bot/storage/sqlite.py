"""SQLite, with a thread for what may take its time: beginning, committing, and whole patient transactions.

The library visits its thread four times for each statement, and a visit costs more than the statement, which
reads or writes some rows by their keys in microseconds. So statements run where they are called, and only
what waits for a lock or for the disk goes to the thread. A transaction that reads or deletes without a bound
is to be a patient one (`Store.transaction`): all of it runs in the thread, and nobody else is held up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection


class Cursor:
    """What SQLAlchemy asks of a cursor. All rows are fetched with the statement."""

    def __init__(self, owner: Connection, connection: sqlite3.Connection) -> None:
        self._owner = owner
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Cursor:
        return self

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        """Execute and fetch."""
        if self._owner.patient or statement.startswith("BEGIN"):  # which waits for the write lock
            await self._owner.visit(self._executed, self._connection.execute, statement, values)
        else:
            self._executed(self._connection.execute, statement, values)
        return self

    async def executemany(self, statement: str, many: Iterable[Sequence[Any]]) -> Cursor:
        """Execute for each of many."""
        if self._owner.patient:
            await self._owner.visit(self._executed, self._connection.executemany, statement, many)
        else:
            self._executed(self._connection.executemany, statement, many)
        return self

    async def fetchall(self) -> list[Any]:
        """Give away what was fetched."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open."""

    def _executed(self, execute: Callable[..., sqlite3.Cursor], statement: str, values: Any) -> None:
        """Run it, here or in the thread, and fetch everything."""
        cursor = execute(statement, values)
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()


class Connection(aiosqlite.Connection):
    """A connection with such cursors. One task at a time has it, so it is used by one thread at a time."""

    patient = False
    """Whether every statement goes to the thread."""

    def cursor(self) -> Any:
        """Return one at once: making it needs no visit."""
        return Cursor(self, self._conn)

    async def visit(self, work: Callable[..., None], *arguments: Any) -> None:
        """Have something done in the thread."""
        execute: Callable[..., Any] = self._execute
        await execute(work, *arguments)


def connecting(*place: Any, **options: Any) -> Connection:
    """Return a connection that opens when it is awaited. `options` let several threads use it, one
    at a time. Its own thread does not keep the program alive."""
    connector = cast("Callable[[], sqlite3.Connection]", partial(sqlite3.connect, *place, **options))
    connection = Connection(connector, iter_chunk_size=64)
    connection._thread.daemon = True
    return connection


@asynccontextmanager
async def patiently(connection: AsyncConnection) -> AsyncIterator[None]:
    """Have every statement run in the thread for a while."""
    driver = cast("Connection", (await connection.get_raw_connection()).driver_connection)
    driver.patient = True
    try:
        yield
    finally:
        driver.patient = False
