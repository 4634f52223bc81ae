"""SQLite in its own thread, with one visit to the thread for each statement.

The library visits it four times: to make a cursor, to execute, to fetch, to close. On a small machine these
visits cost more than the statements; a batch of one event made 35 of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, cast

import aiosqlite


class Cursor:
    """What SQLAlchemy asks of a cursor. All rows are fetched with the statement."""

    def __init__(self, run: Callable[..., Any], connection: sqlite3.Connection) -> None:
        self._run = run
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
        await self._run(self._executed, self._connection.execute, statement, values)
        return self

    async def executemany(self, statement: str, many: Iterable[Sequence[Any]]) -> Cursor:
        """Execute for each of many."""
        await self._run(self._executed, self._connection.executemany, statement, many)
        return self

    async def fetchall(self) -> list[Any]:
        """Give away what was fetched."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open."""

    def _executed(self, execute: Callable[..., sqlite3.Cursor], statement: str, values: Any) -> None:
        """Runs in the thread."""
        cursor = execute(statement, values)
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()


class Connection(aiosqlite.Connection):
    """A connection with such cursors."""

    def cursor(self) -> Any:
        """Return one at once: making it needs no visit."""
        return Cursor(self._execute, self._conn)


def connecting(*place: Any, **options: Any) -> Connection:
    """Return a connection that opens when it is awaited. Its thread does not keep the program alive."""
    connector = cast("Callable[[], sqlite3.Connection]", partial(sqlite3.connect, *place, **options))
    connection = Connection(connector, iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
