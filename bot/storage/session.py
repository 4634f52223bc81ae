"""What the parts of one transaction share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    Row,
    Table,
    bindparam,
    delete,
    literal,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningDelete

from bot.storage.erasures import Erasure
from bot.storage.errors import Overtaken, Unreadable
from bot.storage.keys import Key, Keyring
from bot.storage.tables import bot_state, person

Values = Mapping[str, Any]

KEYS = select(person.c.id, person.c.lookup, person.c.wrapped_key).where(
    person.c.id.in_(bindparam("ids", expanding=True))
)


MASTER_KEY = "master_key"
"""The note in `bot_state` with the number of the master key that wraps in this database."""

HELD = select(bot_state.c.value).where(bot_state.c.name == MASTER_KEY).with_for_update(read=True)


def few_of(table: Table, old: ColumnElement[bool], limit: int) -> ReturningDelete[tuple[int]]:
    """The deletion of at most so many of these rows; it answers a row for each (SQLite counts none here).

    The batch is chosen once and held: a plain subquery may be run again for every row that is looked at, and
    as it then skips what this statement has locked itself, the limit would not hold.
    """
    key = list(table.primary_key)
    chosen = select(*key).where(old).limit(limit).with_for_update(skip_locked=True)
    batch = chosen.cte("batch").prefix_with("MATERIALIZED", dialect="postgresql")
    return delete(table).where(tuple_(*key).in_(select(*batch.c))).returning(literal(1))


class Session:
    """A connection inside a transaction, and the data keys of the people met in it (gone when it ends)."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring, owner: int = 0) -> None:
        self._connection = connection
        self._keyring = keyring
        self._owner = owner
        self._keys: dict[int, Key] = {}
        self._number: int | None = None
        self.erased: list[Erasure] = []
        """Who was erased in this transaction: to be written down outside the database as well."""

    async def _rows(self, statement: Executable, values: Values | Sequence[Values]) -> Sequence[Row[Any]]:
        return (await self._connection.execute(statement, values)).all()

    async def _run(self, statement: Executable, values: Values | Sequence[Values]) -> CursorResult[Any]:
        return await self._connection.execute(statement, values)

    async def _throw_away(self, table: Table, old: ColumnElement[bool], limit: int) -> int:
        """Delete at most so many of these rows; those that somebody else works on wait for the next time."""
        return len(await self._rows(few_of(table, old, limit), {}))

    async def _hold_master(self) -> int:
        """The master key to wrap with; a rotation waits with the next one until this transaction ends."""
        if self._number is None:
            found = await self._rows(HELD, {})
            self._number = int(found[0].value) if found else self._keyring.newest
        return self._number

    async def _keys_of(self, person_ids: Collection[int]) -> dict[int, Key]:
        """The keys of these people; who is not stored (any more) or has lost the key is left out."""
        missing = set(person_ids) - self._keys.keys()
        if missing:
            for row in await self._rows(KEYS, {"ids": sorted(missing)}):
                self._remember(row)
        return {each: self._keys[each] for each in person_ids if each in self._keys}

    async def _keys_to_write(self, person_ids: Collection[int]) -> dict[int, Key]:
        """Raises `Overtaken` when one of the people was erased in the meantime."""
        keys = await self._keys_of(person_ids)
        if gone := set(person_ids) - keys.keys():
            raise Overtaken(f"{len(gone)} of the people to write for are no longer stored")
        return keys

    def _remember(self, row: Row[Any]) -> Key | None:
        """The data key of a row with id, lookup and wrapped_key, or None when it cannot be unwrapped."""
        try:
            self._keys[row.id] = self._keyring.unwrapped(row.wrapped_key, row.id, row.lookup)
        except Unreadable:
            return None
        return self._keys[row.id]
