"""What belongs to the bot and not to a person: updates already seen, its own notes, and throwing away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.session import Session
from bot.storage.tables import bot_state, dead_letter, nudge, record, seen_update

REMEMBER = insert(seen_update).on_conflict_do_nothing(index_elements=["key"]).returning(seen_update.c.key)
STATE = select(bot_state.c.value).where(bot_state.c.name == bindparam("name"))

_new = insert(bot_state)
SET_STATE = _new.on_conflict_do_update(index_elements=["name"], set_={"value": _new.excluded.value})
SET_STATE_ONCE = _new.on_conflict_do_nothing(index_elements=["name"])


class Housekeeping(Session):
    async def unseen(self, keys: Sequence[str], at: datetime) -> set[str]:
        """Those of these keys that were never given before; all of them are remembered.

        Of two transactions with the same key, the second waits until the first has committed or rolled back.
        """
        if not keys:
            return set()
        # One order for everybody: two processes that wait for each other's keys would be a deadlock.
        values = [{"key": key, "at": at} for key in sorted(set(keys))]
        return {row.key for row in await self._rows(REMEMBER, values)}

    async def get_state(self, name: str) -> str | None:
        """A note of the bot about itself. Not for anything about a person: it is stored in clear."""
        found = await self._rows(STATE, {"name": name})
        return found[0].value if found else None

    async def set_state(self, name: str, value: str) -> None:
        await self._run(SET_STATE, {"name": name, "value": value})

    async def set_state_once(self, name: str, value: str) -> str:
        """Set what is not set yet; the answer is what holds, whoever set it first."""
        await self._run(SET_STATE_ONCE, {"name": name, "value": value})
        return await self.get_state(name) or value

    async def purge(
        self,
        seen_before: datetime,
        letters_before: datetime | None = None,
        records_before: Mapping[str, datetime] | None = None,
        nudges_before: datetime | None = None,
        limit: int = 5000,
    ) -> int:
        """Throw away what is older, at most `limit` rows of each sort; call again until the answer is 0.

        `records_before` maps a kind of record to the moment from which on it is kept. Of nudges only those
        go that were sent or dropped, by the end of their time.
        """
        gone = await self._throw_away(seen_update, seen_update.c.at < seen_before, limit)
        if letters_before is not None:
            gone += await self._throw_away(dead_letter, dead_letter.c.at < letters_before, limit)
        for kind, before in (records_before or {}).items():
            gone += await self._throw_away(record, (record.c.kind == kind) & (record.c.at < before), limit)
        if nudges_before is not None:
            settled = nudge.c.due_at.is_(None) & (nudge.c.until < nudges_before)
            gone += await self._throw_away(nudge, settled, limit)
        return gone
