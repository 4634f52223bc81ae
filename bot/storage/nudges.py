"""First messages that wait: which of them there are for a person, and whose time has come.

Whoever writes a nudge holds its person's row, so nudges are never locked themselves, and two processes never
work on those of one person at the same time. There is no lease and no mark for what is being sent: a nudge is
claimed, decided and settled in one transaction, together with its parcel and the plan that follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.people import People
from bot.storage.rows import NudgeRow, PersonRow, SettledNudge
from bot.storage.session import Values
from bot.storage.tables import EPOCH, Moment, nudge, person

WAITING = "waiting"

_now = bindparam("now", type_=Moment)
_time_has_come = nudge.c.due_at <= _now

# By the due time alone, from where the last claim ended. The person's row is locked, and one that somebody
# else works on is left out before the limit counts.
WHOSE_TIME_HAS_COME = (
    select(person)
    .join(nudge, nudge.c.person_id == person.c.id)
    .where(nudge.c.due_at >= bindparam("after", type_=Moment), _time_has_come)
    .order_by(nudge.c.due_at, person.c.id)
    .limit(bindparam("limit"))
    .with_for_update(key_share=True, skip_locked=True, of=person)
)

HOLD = select(person.c.id).where(person.c.id == bindparam("_id")).with_for_update(key_share=True)

# A second statement: while the first one looked, somebody may have settled what it found.
DUE = (
    select(nudge)
    .where(nudge.c.person_id.in_(bindparam("ids", expanding=True)), _time_has_come)
    .order_by(nudge.c.due_at, nudge.c.kind, nudge.c.slot)
)

_this = (
    (nudge.c.person_id == bindparam("_person_id"))
    & (nudge.c.kind == bindparam("_kind"))
    & (nudge.c.slot == bindparam("_slot"))
)
SETTLE = (
    update(nudge)
    .where(_this, nudge.c.status == WAITING)
    .values(status=bindparam("outcome"), why=bindparam("reason"), due_at=None)
)

_new = insert(nudge)
PLAN = _new.on_conflict_do_update(
    index_elements=["person_id", "kind", "slot"],
    set_={"due_at": _new.excluded.due_at, "until": _new.excluded.until},
    where=nudge.c.status == WAITING,
)

_theirs = nudge.c.person_id.in_(bindparam("ids", expanding=True)) & nudge.c.due_at.is_not(None)
UNPLAN = delete(nudge).where(
    _theirs,
    tuple_(nudge.c.person_id, nudge.c.kind, nudge.c.slot).not_in(bindparam("planned", expanding=True)),
)
UNPLAN_ALL = delete(nudge).where(_theirs)

NEXT_DUE = select(func.min(nudge.c.due_at)).where(nudge.c.due_at <= _now)


@dataclass(frozen=True, slots=True)
class Due:
    """One person, locked, and which of their nudges are due, the earliest first."""

    person: PersonRow
    nudges: tuple[NudgeRow, ...]


class Nudges(People):
    async def claim_due(self, now: datetime, limit: int, after: datetime = EPOCH) -> list[Due]:
        """At most `limit` people of whom something is due, the longest overdue first, locked until the end.

        `after` is the due time from which on it looks. People whom another process works on are left out.
        """
        found = await self._rows(WHOSE_TIME_HAS_COME, {"now": now, "after": after, "limit": limit})
        people = {row.id: self._opened_person(row) for row in found}
        return await self._due(people, now)

    async def due_of(self, person_id: int, now: datetime) -> list[NudgeRow]:
        """What is due of one person, who is locked until the end but not read: for dropping it."""
        await self._rows(HOLD, {"_id": person_id})
        return [_nudge(row) for row in await self._rows(DUE, {"ids": [person_id], "now": now})]

    async def plan(
        self, plans: Mapping[int, Sequence[NudgeRow]], at: datetime, fresh: Sequence[int] = ()
    ) -> None:
        """Make these the waiting nudges of these people: new ones come, others move, the rest goes.

        What was sent or dropped stays as it is, whatever is planned. The caller holds the people's rows.
        `fresh` are people who had no plan before: there is nothing to take away of them.
        """
        wanted = [each for person_id in sorted(plans) for each in plans[person_id]]
        planned = [(each.person_id, each.kind, each.slot) for each in wanted]
        before = sorted(set(plans) - set(fresh))
        if before and planned:
            await self._run(UNPLAN, {"ids": before, "planned": planned})
        elif before:
            await self._run(UNPLAN_ALL, {"ids": before})
        if wanted:
            await self._run(PLAN, [_values(each, at) for each in wanted])

    async def settle(self, settled: Sequence[SettledNudge]) -> None:
        """These were sent or dropped, and never come again. The caller holds the people's rows."""
        if settled:
            await self._run(SETTLE, [_outcome(each) for each in settled])

    async def next_due(self, until: datetime) -> datetime | None:
        """When the first nudge is due, None when that is later."""
        [row] = await self._rows(NEXT_DUE, {"now": until})
        due: datetime | None = row[0]
        return due

    async def _due(self, people: Mapping[int, PersonRow], now: datetime) -> list[Due]:
        if not people:
            return []
        await self._surround(people)
        due: dict[int, list[NudgeRow]] = {person_id: [] for person_id in people}
        for row in await self._rows(DUE, {"ids": sorted(people), "now": now}):
            due[row.person_id].append(_nudge(row))
        return [Due(people[person_id], tuple(each)) for person_id, each in due.items() if each]


def _nudge(row: Row[tuple[object, ...]]) -> NudgeRow:
    return NudgeRow(person_id=row.person_id, kind=row.kind, slot=row.slot, due_at=row.due_at, until=row.until)


def _values(each: NudgeRow, at: datetime) -> Values:
    return {
        "person_id": each.person_id,
        "kind": each.kind,
        "slot": each.slot,
        "status": WAITING,
        "due_at": each.due_at,
        "until": each.until,
        "created_at": at,
    }


def _outcome(each: SettledNudge) -> Values:
    this = each.nudge
    return {
        "_person_id": this.person_id,
        "_kind": this.kind,
        "_slot": this.slot,
        "outcome": each.status,
        "reason": each.why or None,
    }
