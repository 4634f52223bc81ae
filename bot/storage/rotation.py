"""One master key takes over from another, in a database that is in use.

The note `master_key` says which one wraps. Whoever wraps a data key holds that note until the end of the
transaction, so that once the note has changed, nothing is ever wrapped by the old key again, and what was is
found by the first byte. A crash in the middle leaves both keys in the file and each row under one of them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update

from bot.storage.bodies import letter_place
from bot.storage.errors import Unreadable
from bot.storage.housekeeping import Housekeeping
from bot.storage.keys import place
from bot.storage.session import MASTER_KEY, Values
from bot.storage.tables import dead_letter, person

KEY_CHECK = "key_check"  # the note in `bot_state` that only the right master key opens
KEY_CHECK_TEXT = b"This database belongs to this key."
KEY_CHECK_PLACE = place("bot_state", "value", 0, KEY_CHECK)

_other = func.substr(person.c.wrapped_key, 1, 1) != bindparam("key")

# In the order of ids, as everybody locks people.
BEHIND = (
    select(person.c.id, person.c.lookup, person.c.wrapped_key)
    .where(_other, person.c.id > bindparam("after"))
    .order_by(person.c.id)
    .limit(bindparam("limit"))
    .with_for_update()
)
REWRAP = update(person).where(person.c.id == bindparam("_id")).values(wrapped_key=bindparam("wrapped"))

_nobodys: ColumnElement[bool] = dead_letter.c.person_id.is_(None)
LETTERS = (
    select(dead_letter)
    .where(_nobodys, func.substr(dead_letter.c.body, 1, 1) != bindparam("key"))
    .where(dead_letter.c.id > bindparam("after"))
    .order_by(dead_letter.c.id)
    .limit(bindparam("limit"))
)
RESEAL = update(dead_letter).where(dead_letter.c.id == bindparam("_id")).values(body=bindparam("resealed"))


class Rotation(Housekeeping):
    async def wrap_with(self, number: int) -> None:
        """From the end of this transaction on, this master key wraps; it waits for whoever wraps just now."""
        await self.set_state(MASTER_KEY, str(number))
        seal = self._keyring.master(number).nobodys.seal(KEY_CHECK_TEXT, KEY_CHECK_PLACE)
        await self.set_state(KEY_CHECK, seal.hex())

    async def rewrap(self, number: int, after: int, limit: int) -> tuple[int, int] | None:
        """Wrap the data keys of the next people anew; the number of the last one, and how many could not be.

        None when there is nobody left. A data key that cannot be unwrapped stays as it is: it was lost.
        """
        found = await self._rows(BEHIND, {"key": bytes([number]), "after": after, "limit": limit})
        anew = [values for row in found if (values := self._anew(row, number))]
        if anew:
            await self._run(REWRAP, anew)
        return (found[-1].id, len(found) - len(anew)) if found else None

    async def reseal_letters(self, number: int, after: int, limit: int) -> int | None:
        """Seal letters of nobody with this master key; the number of the last one, None when none is left."""
        found = await self._rows(LETTERS, {"key": bytes([number]), "after": after, "limit": limit})
        anew = [values for row in found if (values := self._resealed(row, number))]
        if anew:
            await self._run(RESEAL, anew)
        return found[-1].id if found else None

    def _anew(self, row: Row[Any], number: int) -> Values | None:
        try:
            wrapped = self._keyring.rewrapped(row.wrapped_key, row.id, row.lookup, number)
        except Unreadable:
            return None
        return {"_id": row.id, "wrapped": wrapped}

    def _resealed(self, row: Row[Any], number: int) -> Values | None:
        where = letter_place(None, row.at)
        try:
            plain = self._keyring.unseal_nobodys(row.body, where)
        except Unreadable:
            return None
        return {"_id": row.id, "resealed": self._keyring.master(number).nobodys.seal(plain, where)}
