"""Which messages arrived lately: their numbers alone, as long as Telegram lets a bot take them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.session import Session
from bot.storage.tables import Moment, delivered, person

Arrived = tuple[int, int]  # person id and the number of the message in the chat

# Of somebody who was erased meanwhile nothing is noted; the lock keeps that so until the commit.
_there = (
    select(
        person.c.id,
        bindparam("message", type_=BigInteger),
        bindparam("at", type_=Moment),
    )
    .where(person.c.id == bindparam("owner"))
    .with_for_update(read=True, key_share=True)
)
NOTE = (
    insert(delivered)
    .from_select(["person_id", "message", "at"], _there)
    .on_conflict_do_nothing(index_elements=["person_id", "message"])
)

LATELY = (
    select(delivered.c.message)
    .where(delivered.c.person_id == bindparam("owner"), delivered.c.at >= bindparam("since", type_=Moment))
    .order_by(delivered.c.at.desc(), delivered.c.message.desc())
    .limit(bindparam("limit"))
)


class Delivered(Session):
    async def note_delivered(self, messages: Sequence[Arrived], at: datetime) -> None:
        """Note that these messages stand in the chats of these people."""
        if messages:
            values = [{"owner": owner, "message": message, "at": at} for owner, message in sorted(messages)]
            await self._run(NOTE, values)

    async def delivered_since(self, person_id: int, since: datetime, limit: int) -> list[int]:
        """Return the numbers of a person's latest messages, the newest first."""
        found = await self._rows(LATELY, {"owner": person_id, "since": since, "limit": limit})
        return [row.message for row in found]

    async def purge_delivered(self, before: datetime, limit: int = 5000) -> int:
        """Forget what is older, at most so many rows; call again until the answer is 0."""
        return await self._throw_away(delivered, delivered.c.at < before, limit)
