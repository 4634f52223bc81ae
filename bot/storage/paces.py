"""What all processes of a bot share besides the people: its pace, a halt, and who does what only one may do.

All times here are of the database's own clock, in microseconds since 1970: what one process writes means the
same to another one, whatever their clocks say. Nothing here may be part of a longer transaction: everybody
waits for these rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, FunctionElement, bindparam, case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from bot.storage.session import Session
from bot.storage.tables import elected, pace

SECOND = 1_000_000
BOT = "bot"
"""The name of the row in `pace`: a database belongs to one bot."""

FARTHEST = 60 * SECOND
"""Nobody reserves slots that far ahead. A row that says so was written before the clock went back."""


class _Now(FunctionElement[int]):
    """The time of the database at this very statement, not at the beginning of its transaction."""

    inherit_cache = True
    type = BigInteger()


@compiles(_Now, "postgresql")
def _now_on_postgres(element: _Now, compiler: SQLCompiler, **options: Any) -> str:
    del element, compiler, options
    return "CAST(extract(epoch from clock_timestamp()) * 1000000 AS bigint)"


@compiles(_Now, "sqlite")
def _now_on_sqlite(element: _Now, compiler: SQLCompiler, **options: Any) -> str:
    del element, compiler, options
    return "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"


class _NotWaitedFor(FunctionElement[str]):
    """The commit does not wait for the disk: after a power cut of the server a pace is of no use."""

    inherit_cache = True


@compiles(_NotWaitedFor, "postgresql")
def _unsynced_on_postgres(element: _NotWaitedFor, compiler: SQLCompiler, **options: Any) -> str:
    del element, compiler, options
    return "set_config('synchronous_commit', 'off', true)"


@compiles(_NotWaitedFor, "sqlite")
def _unsynced_on_sqlite(element: _NotWaitedFor, compiler: SQLCompiler, **options: Any) -> str:
    del element, compiler, options
    return "NULL"


_now = _Now()
_ahead = bindparam("ahead", type_=BigInteger)
_for = bindparam("for", type_=BigInteger)
_me = bindparam("me", type_=BigInteger)

_first_pace = insert(pace).values(name=BOT, on_time=_now + _ahead, halted_until=0, halted_for=0)
_free_from = case((pace.c.on_time.between(_now, _now + FARTHEST), pace.c.on_time), else_=_now)
RESERVE = _first_pace.on_conflict_do_update(
    index_elements=["name"], set_={"on_time": _free_from + _ahead}
).returning(
    (pace.c.on_time - _ahead - _now).label("starts_in"),
    pace.c.halted_until,
    (pace.c.halted_until - _now).label("halt_left"),
    pace.c.halted_for,
    _NotWaitedFor(),
)

_first_halt = insert(pace).values(name=BOT, on_time=0, halted_until=_now + _for, halted_for=_for)
_longer = pace.c.halted_until.between(_now + _for, _now + pace.c.halted_for)
HALT = _first_halt.on_conflict_do_update(
    index_elements=["name"],
    set_={
        "halted_until": case((_longer, pace.c.halted_until), else_=_now + _for),
        "halted_for": case((_longer, pace.c.halted_for), else_=_for),
    },
)
HALTED = select(
    pace.c.halted_until, (pace.c.halted_until - _now).label("halt_left"), pace.c.halted_for
).where(pace.c.name == BOT)

_candidacy = insert(elected).values(name=bindparam("name"), owner=_me, until=_now + _for)
ELECT = _candidacy.on_conflict_do_update(
    index_elements=["name"],
    set_={"owner": _candidacy.excluded.owner, "until": _candidacy.excluded.until},
    where=(elected.c.owner == _candidacy.excluded.owner) | ~elected.c.until.between(_now, _now + 2 * _for),
).returning(elected.c.owner, _NotWaitedFor())
RESIGN = delete(elected).where(elected.c.name == bindparam("name"), elected.c.owner == _me)


@dataclass(frozen=True, slots=True)
class Halt:
    """Nothing may be sent for `left` seconds. `mark` tells one halt from another."""

    mark: int
    left: float


@dataclass(frozen=True, slots=True)
class Reserved:
    """Slots that belong to whoever asked; the first begins in so many seconds, maybe less than none."""

    starts_in: float
    halt: Halt


class Paces(Session):
    async def reserve(self, count: int, gap: float) -> Reserved:
        """Take the next `count` slots of the bot, `gap` seconds apart. After a crash they are not used."""
        [row] = await self._rows(RESERVE, {"ahead": round(count * gap * SECOND)})
        return Reserved(row.starts_in / SECOND, _halt(row))

    async def halt(self, seconds: float) -> None:
        """Let nobody send for so long: the messenger said so. A longer halt that is on stays."""
        await self._run(HALT, {"for": round(seconds * SECOND)})

    async def halted(self) -> Halt:
        """Whether, and for how long, nobody may send."""
        found = await self._rows(HALTED, {})
        return _halt(found[0]) if found else Halt(0, 0.0)

    async def elect(self, name: str, seconds: float) -> bool:
        """Be the one who does this, for so long, if nobody else is; whoever is may stay on."""
        return bool(
            await self._rows(ELECT, {"name": name, "me": self._owner, "for": round(seconds * SECOND)})
        )

    async def resign(self, name: str) -> None:
        """Leave it to others at once."""
        await self._run(RESIGN, {"name": name, "me": self._owner})


def _halt(row: Any) -> Halt:
    """However far the clock of the database went back, a halt is no longer than the messenger said."""
    return Halt(row.halted_until, max(0.0, min(row.halt_left, row.halted_for) / SECOND))
