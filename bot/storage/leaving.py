"""People who want to be forgotten, in part or whole, and people who can no longer be reached."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.bodies import opened, parcel_place, sealed
from bot.storage.erasures import Erasure, on_day
from bot.storage.keys import Key
from bot.storage.people import People
from bot.storage.rows import LEAVING, Body, PersonRow
from bot.storage.session import Values
from bot.storage.tables import conversation, dead_letter, erased, nudge, outbox, person, record

_this = person.c.id == bindparam("_id")

STATUS = select(person.c.status).where(_this).with_for_update()
FORGET = delete(person).where(_this)
MARK = (
    update(person)
    .where(_this)
    .values(
        unreachable_since=bindparam("since"),
        unreachable_reason=bindparam("reason"),
        version=person.c.version + 1,
    )
)
PARCELS = select(outbox.c.person_id, outbox.c.seq, outbox.c.body).where(
    outbox.c.person_id == bindparam("_id")
)
UNPLAN = delete(nudge).where(nudge.c.person_id == bindparam("_id"), nudge.c.due_at.is_not(None))
_new = insert(erased)
ERASED = _new.on_conflict_do_update(
    index_elements=["person_id"], set_={name: _new.excluded[name] for name in ("remains", "at")}
)
RESEAL = (
    update(outbox)
    .where(outbox.c.person_id == bindparam("_id"), outbox.c.seq == bindparam("_seq"))
    .values(body=bindparam("resealed"))
)


class Leaving(People):
    async def wipe(self, row: PersonRow, *, keep: Body | None = None, parcels: bool = True) -> None:
        """Erase everything a person told except `keep`, which becomes the body, and replace the data key.

        With the old key gone, what remains of deleted rows on the disk cannot be read. That this happened is
        written down: a backup from before loses the person as soon as it is opened. Undelivered parcels are
        dropped too, or sealed again when `parcels` is False. The row stays usable; raises `Overtaken` like
        `save`.
        """
        unsent = [] if parcels else list(await self._rows(PARCELS, {"_id": row.id}))
        former = None if row.lost_key else row.key
        await self._renew_key(row)
        await self._write_down(row.id, row.key.mark)
        row.body, row.raw, row.lost_key = dict(keep or {}), None, None
        row.conversations = {}
        await self.save([row], row.heard_at)
        for table in (conversation, record, dead_letter, nudge, *([outbox] if parcels else [])):
            await self._delete_all(table, row.id)
        row.waiting = bool(unsent)
        if resealed := [values for each in unsent if (values := _resealed(each, former, row))]:
            await self._run(RESEAL, resealed)

    async def forget(self, row: PersonRow) -> None:
        """Delete the person, the data key and everything that belongs to them, parcels included."""
        await self._write_down(row.id, b"")
        await self._run(FORGET, {"_id": row.id})
        self._keys.pop(row.id, None)

    async def unreachable(self, person_id: int, reason: str, since: datetime) -> None:
        """Remember that nothing arrives, and drop what was waiting, nudges too.

        Who was leaving is erased at once. Nudges that were sent or dropped stay: they never come again.
        """
        found = await self._rows(STATUS, {"_id": person_id})
        if found and found[0].status == LEAVING:
            await self._run(FORGET, {"_id": person_id})
        elif found:
            await self._run(MARK, {"_id": person_id, "since": since, "reason": reason})
            await self._delete_all(outbox, person_id)
            await self._run(UNPLAN, {"_id": person_id})

    async def reachable(self, person_id: int) -> None:
        """They are back. (Whoever holds the person's row sets its `unreachable_since` to None instead.)"""
        await self._run(
            MARK.where(person.c.unreachable_since.is_not(None)),
            {"_id": person_id, "since": None, "reason": None},
        )

    async def _write_down(self, person_id: int, remains: bytes) -> None:
        at = datetime.now(
            UTC
        )  # the day on which backups from before are worth nothing, whatever a clock plays
        await self._run(ERASED, {"person_id": person_id, "remains": remains, "at": at})
        self.erased.append(Erasure(person_id, remains, on_day(at)))

    async def _delete_all(self, table: Table, person_id: int) -> None:
        await self._run(delete(table).where(table.c.person_id == bindparam("_id")), {"_id": person_id})


def _resealed(unsent: Row[Any], former: Key | None, owner: PersonRow) -> Values | None:
    where = parcel_place(owner.id, unsent.seq)
    body, raw = opened(former, unsent.body, where)
    if raw is not None:
        return None
    return {"_id": owner.id, "_seq": unsent.seq, "resealed": sealed(owner.key, body, where)}
