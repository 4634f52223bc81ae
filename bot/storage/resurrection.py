"""Nobody comes back out of a backup: what is done with the list of erasures when a database is opened."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.erasures import ErasedList, Erasure, Listed, missing, on_day
from bot.storage.errors import Unreadable
from bot.storage.housekeeping import Housekeeping
from bot.storage.session import KEYS
from bot.storage.tables import erased, person

log = logging.getLogger(__name__)

ERASED_LIST = "erased_list"
"""The note in `bot_state` with the name of the list that this database knows of."""

AT_ONCE = 500

WRITTEN_DOWN = select(erased)
KEEP = insert(erased).on_conflict_do_nothing(index_elements=["person_id"])
DELETE = delete(person).where(person.c.id.in_(bindparam("ids", expanding=True)))


class Resurrection(Housekeeping):
    async def bury_again(self, listed: ErasedList, *, no_backup: bool) -> None:
        """Delete whoever was erased, and bring list and database to the same knowledge.

        Raises `ErasuresMissing` when the list is not there, or not the one that this database knows of.
        """
        known, found = await self.get_state(ERASED_LIST), listed.read()
        if known is not None and (found is None or found.name != known) and not no_backup:
            raise missing(listed.path, another=found is not None)
        found = found or listed.make()
        await self.set_state(ERASED_LIST, found.name)
        await self._exchange(listed, found)
        gone = 0
        for some in _portions(sorted(found.erasures)):
            gone += await self._bury(some, found)
        if gone:
            log.warning("people who had been erased and were in the database again were deleted: %d", gone)

    async def _exchange(self, listed: ErasedList, found: Listed) -> None:
        """What a crash kept from the file goes there, and what a backup lacks comes into the database."""
        rows = await self._rows(WRITTEN_DOWN, {})
        here = {row.person_id: Erasure(row.person_id, bytes(row.remains), on_day(row.at)) for row in rows}
        listed.add(each for each in here.values() if each.person_id not in found.erasures)
        new = [each for each in found.erasures.values() if each.person_id not in here]
        if new:
            await self._run(KEEP, [_values(each) for each in new])

    async def _bury(self, some: Sequence[int], found: Listed) -> int:
        rows = await self._rows(KEYS, {"ids": some})
        back = [row.id for row in rows if self._mark(row) != found.erasures[row.id].remains]
        if back:
            await self._run(DELETE, {"ids": back})
        return len(back)

    def _mark(self, row: Row[Any]) -> bytes:
        try:
            return self._keyring.unwrapped(row.wrapped_key, row.id, row.lookup).mark
        except Unreadable:
            return b"unreadable"


def _values(each: Erasure) -> dict[str, object]:
    at = datetime.combine(each.on, time(), UTC)
    return {"person_id": each.person_id, "remains": each.remains, "at": at}


def _portions(ids: Sequence[int]) -> Iterator[list[int]]:
    return (list(ids[at : at + AT_ONCE]) for at in range(0, len(ids), AT_ONCE))
