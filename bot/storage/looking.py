"""What is asked from outside about the database, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from bot.storage.schema import refuse_other_than_newest, revision_of
from bot.storage.session import Session
from bot.storage.tables import Moment, dead_letter, nudge, outbox

COUNTED_UP_TO = 100_000
"""A longer outbox is not counted to its end: by then it is long, and nothing else matters."""

LATE = timedelta(minutes=5)
"""A nudge that could have gone for longer is late."""

LATELY = timedelta(days=1)

_now, _late, _lately = (bindparam(name, type_=Moment) for name in ("now", "late", "lately"))


def _number(name: str, *where: ColumnElement[bool]) -> Select[str, int]:
    """A count, along an index, and no further than it matters."""
    rows = select(literal(1)).where(*where).limit(COUNTED_UP_TO).subquery()
    return select(literal(name).label("name"), func.count().label("number")).select_from(rows)


def _first(name: str, moment: Any, *where: ColumnElement[bool]) -> Select[str, int]:
    """The end of an index, in microseconds."""
    return select(literal(name), type_coerce(func.min(moment), BigInteger)).where(*where)


_in_outbox = outbox.c.person_id.is_not(None)
_reason = dead_letter.c.reason
_sort_of_letter = case(
    (_reason.like("parcel refused: given up%"), "letters given up"),
    (_reason.like("parcel refused:%"), "letters refused"),
    (_reason.like("an update%"), "letters update"),
    (_reason.like("unreadable%") | _reason.like("unusable%"), "letters unreadable"),
    else_="letters broken",
)

STANDING = union_all(
    _number("parcels", _in_outbox),
    _number("put off", outbox.c.urgency.in_((0, 1)), outbox.c.due_at > _now),
    _first("first reply", outbox.c.due_at, outbox.c.urgency == 0),
    _first("first nudge", outbox.c.due_at, outbox.c.urgency == 1),
    _number("nudges due", nudge.c.due_at <= _now),
    _number("nudges late", nudge.c.due_at <= _late),
    _first("first nudge due", nudge.c.due_at, nudge.c.due_at <= _now),
    select(_sort_of_letter, func.count()).where(dead_letter.c.at > _lately).group_by(_sort_of_letter),
)


class Looking(Session):
    async def standing(self, now: datetime) -> Mapping[str, int | None]:
        """What waits and what was set aside of late, by name; each number up to `COUNTED_UP_TO`.

        "first ..." are times in microseconds since 1970, None where nothing is. One statement, no lock.
        """
        found = await self._rows(STANDING, {"now": now, "late": now - LATE, "lately": now - LATELY})
        return {row.name: row.number for row in found}

    async def refuse_other_tables(self) -> None:
        """Raises `SchemaMissing`, `SchemaOutdated` or `SchemaNewer` when somebody has changed the tables."""
        refuse_other_than_newest(await self._connection.run_sync(revision_of))
