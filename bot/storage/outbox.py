"""The outbox: parcels wait here in the order of each person until they are delivered.

Locks are always taken on people first and parcels second, so that two processes cannot wait for each other.
A crash at any point leaves a parcel waiting or leased; a lease runs out, so it is sent again, never lost. A
lease says whose it is: what somebody else has taken over meanwhile is written down by them alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, delete, exists, func, insert, or_, select, tuple_, update

from bot.storage.bodies import opened, parcel_place, sealed
from bot.storage.keys import Key
from bot.storage.rows import LEAVING, ParcelRow
from bot.storage.session import Session, Values
from bot.storage.tables import EPOCH, Moment, outbox, person

Parcel = tuple[int, int]  # person id and sequence number

NUDGE = 1
"""The urgency of what nobody asked for."""

PUT = insert(outbox)

_now = bindparam("now", type_=Moment)
_free = (outbox.c.due_at <= _now) & or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= _now)
_earlier = outbox.alias("earlier")
_is_first = ~exists().where(_earlier.c.person_id == outbox.c.person_id, _earlier.c.seq < outbox.c.seq)

# Only first parcels are competed for: whoever has a person's first one has them all.
FIRST = (
    select(outbox.c.person_id)
    .where(_free, _is_first)
    .order_by(outbox.c.urgency, outbox.c.due_at, outbox.c.person_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=outbox)
)

_ranked = (
    select(
        outbox.c.person_id,
        outbox.c.seq,
        func.row_number().over(partition_by=outbox.c.person_id, order_by=outbox.c.seq).label("place"),
    )
    .where(outbox.c.person_id.in_(bindparam("ids", expanding=True)))
    .subquery("ranked")
)

# Everybody's first parcel, then everybody's second, and so on; the body comes with its owner's key.
RUNS = (
    select(outbox, _ranked.c.place, person.c.id, person.c.lookup, person.c.wrapped_key)
    .join(_ranked, (outbox.c.person_id == _ranked.c.person_id) & (outbox.c.seq == _ranked.c.seq))
    .join(person, person.c.id == outbox.c.person_id)
    .where(_free)
    .order_by(_ranked.c.place, outbox.c.urgency, outbox.c.due_at, outbox.c.person_id)
    .limit(bindparam("limit"))
)

_this = (outbox.c.person_id == bindparam("_person_id")) & (outbox.c.seq == bindparam("_seq"))
_me = bindparam("me", type_=BigInteger)
_not_elses = or_(outbox.c.lease_owner.is_(None), outbox.c.lease_owner == _me)
LEASE = update(outbox).where(_this).values(lease_until=bindparam("until"), lease_owner=_me)
POSTPONE = (
    update(outbox)
    .where(_this, _not_elses)
    .values(due_at=bindparam("due"), attempts=bindparam("tried"), lease_until=None, lease_owner=None)
)
DELIVERED = delete(outbox).where(
    tuple_(outbox.c.person_id, outbox.c.seq).in_(bindparam("parcels", expanding=True)), _not_elses
)

# Not a change of the person that anybody has to notice: the version stays.
SHOW = (
    update(person)
    .where(person.c.id == bindparam("_person_id"), exists().where(_this, _not_elses))
    .values(shown_message=bindparam("message"))
)
# Replies stay: of nudges nothing that is not delivered is to come any more.
HUSH = delete(outbox).where(
    outbox.c.person_id.in_(bindparam("ids", expanding=True)), outbox.c.urgency == NUDGE
)
OURS = select(outbox.c.seq).where(_this, outbox.c.lease_owner == _me)

SHOWN = select(person.c.shown_message).where(person.c.lookup == bindparam("lookup"))

LEAVERS = (
    select(person.c.id)
    .where(person.c.id.in_(bindparam("ids", expanding=True)), person.c.status == LEAVING)
    .order_by(person.c.id)
    .with_for_update()
)
GONE = delete(person).where(
    person.c.id.in_(bindparam("ids", expanding=True)),
    ~exists().where(outbox.c.person_id == person.c.id),
)


# After a clock went back: what was written while it was ahead would wait for as long as that.
_soon = bindparam("soon", type_=Moment)
LEASED_AHEAD = update(outbox).where(outbox.c.lease_until > _soon).values(lease_until=_now)
PUT_AHEAD = update(outbox).where(outbox.c.created_at > _soon).values(due_at=_now, created_at=_now)
WAITS = update(outbox).where(outbox.c.due_at > _now).values(due_at=_now)


class Outbox(Session):
    async def put(self, parcels: Sequence[ParcelRow]) -> None:
        """Leave these for the sender. Numbers come from `PersonRow.sequence`, which the caller counts up."""
        if parcels:
            keys = await self._keys_to_write({parcel.person_id for parcel in parcels})
            values = [_values(keys[parcel.person_id], parcel, self._owner) for parcel in parcels]
            await self._run(PUT, values)

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> list[ParcelRow]:
        """Lease at most `limit` parcels that are due and in nobody's hands, replies before nudges.

        Of one person it gives the first waiting parcel and those right behind it, in order. Two processes
        never get parcels of the same person at the same time.
        """
        first = await self._rows(FIRST, {"now": now, "limit": limit})
        if not first:
            return []
        ids = [row.person_id for row in first]
        free = await self._rows(RUNS, {"ids": ids, "now": now, "limit": limit})
        claimed = [self._opened(row, now + lease) for row in _without_gaps(free)]
        ours = {"me": self._owner}
        await self._run(LEASE, [{**_key(each), **ours, "until": each.lease_until} for each in claimed])
        return claimed

    async def delivered(self, done: Sequence[Parcel], shown: Mapping[Parcel, int] | None = None) -> None:
        """Drop parcels that arrived. Erase the people who are leaving and have none left.

        `shown`: of these parcels, the message whose buttons that person sees from now on. What somebody else
        has taken over stays theirs: they will send it once more.
        """
        if not done:
            return
        if shown:
            await self._run(SHOW, [self._seen(parcel, shown[parcel]) for parcel in sorted(shown)])
        leavers = await self._rows(LEAVERS, {"ids": sorted({person_id for person_id, _ in done})})
        await self._run(DELIVERED, {"parcels": sorted(set(done)), "me": self._owner})
        if leavers:
            await self._run(GONE, {"ids": [row.id for row in leavers]})

    async def postpone(self, parcels: Sequence[ParcelRow]) -> None:
        """Give parcels back, each with its new `due_at` and `attempts`. Those behind them wait too.

        What somebody else has taken over stays theirs.
        """
        if parcels:
            later = [
                {**_key(each), "due": each.due_at, "tried": each.attempts, "me": self._owner}
                for each in parcels
            ]
            await self._run(
                POSTPONE, sorted(later, key=lambda values: (values["_person_id"], values["_seq"]))
            )

    async def hush(self, person_ids: Collection[int]) -> None:
        """Drop the undelivered nudges of these people, in whoever's hands; `still_ours` tells those.

        The caller holds the people's rows.
        """
        if person_ids:
            await self._run(HUSH, {"ids": sorted(person_ids)})

    async def still_ours(self, parcel: ParcelRow) -> bool:
        """Whether a parcel is there and nobody else has taken it over; no lock."""
        return bool(await self._rows(OURS, {**_key(parcel), "me": self._owner}))

    async def release_leases(self) -> None:
        """At the start of the only process: what an earlier run had in its hands is free again.

        The lease is not forgotten but over: an earlier run may have sent it.
        """
        await self._run(update(outbox).where(outbox.c.lease_until.is_not(None)).values(lease_until=EPOCH), {})

    async def shown_message(self, address: str) -> int | None:
        """The message whose buttons somebody sees, and nothing else of them; no lock."""
        found = await self._rows(SHOWN, {"lookup": self._keyring.lookup(address)})
        return found[0].shown_message if found else None

    async def untangle(self, now: datetime, lease: timedelta, *, all_that_waits: bool) -> int:
        """Put right what was written while a clock was ahead: no lease ends, and nothing waits, far from now.

        Safe to repeat, and for several processes. `all_that_waits`: what waits after a failure is tried now,
        because nobody can tell how long its pause was. Returns how many rows that were, or nearly.
        """
        waits = (WAITS, {"now": now}) if all_that_waits else (PUT_AHEAD, {"now": now, "soon": now + lease})
        ahead = await self._run(LEASED_AHEAD, {"now": now, "soon": now + 2 * lease})
        return max(ahead.rowcount, (await self._run(*waits)).rowcount)

    def _seen(self, parcel: Parcel, message: int) -> Values:
        return {"_person_id": parcel[0], "_seq": parcel[1], "message": message, "me": self._owner}

    def _opened(self, row: Row[Any], lease_until: datetime) -> ParcelRow:
        body, raw = opened(self._remember(row), row.body, parcel_place(row.person_id, row.seq))
        return ParcelRow(
            person_id=row.person_id,
            seq=row.seq,
            urgency=row.urgency,
            kind=row.kind,
            due_at=row.due_at,
            created_at=row.created_at,
            lease_until=lease_until,
            attempts=row.attempts,
            body=body,
            raw=raw,
            taken_over=row.lease_until is not None,
        )


def _without_gaps(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Stop at each person's first parcel that is not free: what comes after it has to wait."""
    taken: dict[int, int] = {}
    kept = []
    for row in rows:
        if row.place == taken.get(row.person_id, 0) + 1:
            taken[row.person_id] = row.place
            kept.append(row)
    return kept


def _key(parcel: ParcelRow) -> Values:
    return {"_person_id": parcel.person_id, "_seq": parcel.seq}


def _values(key: Key, parcel: ParcelRow, owner: int) -> Values:
    return {
        "person_id": parcel.person_id,
        "seq": parcel.seq,
        "urgency": parcel.urgency,
        "kind": parcel.kind,
        "due_at": parcel.due_at,
        "lease_until": parcel.lease_until,
        "lease_owner": owner if parcel.lease_until else None,
        "attempts": parcel.attempts,
        "body": sealed(key, parcel.body, parcel_place(parcel.person_id, parcel.seq)),
        "created_at": parcel.created_at,
    }
