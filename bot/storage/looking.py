"""What is asked from outside about the database, and changes nothing."""

from __future__ import annotations

from sqlalchemy import func, literal, select

from bot.storage.schema import refuse_other_than_newest, revision_of
from bot.storage.session import Session
from bot.storage.tables import outbox

COUNTED_UP_TO = 100_000
"""A longer outbox is not counted to its end: by then it is long, and nothing else matters."""

DEPTH = select(func.count()).select_from(
    select(literal(1)).select_from(outbox).limit(COUNTED_UP_TO).subquery()
)


class Looking(Session):
    async def outbox_depth(self) -> int:
        """How many parcels wait, counted up to `COUNTED_UP_TO`."""
        return int((await self._rows(DEPTH, {}))[0][0])

    async def refuse_other_tables(self) -> None:
        """Raises `SchemaMissing`, `SchemaOutdated` or `SchemaNewer` when somebody has changed the tables."""
        refuse_other_than_newest(await self._connection.run_sync(revision_of))
