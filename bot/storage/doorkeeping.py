"""Who may come in and who may not: codes that let people in, people who are turned away, what was done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from bot.storage.session import Session
from bot.storage.tables import Moment, audit, blocked, invite, person

INVITE = insert(invite)
REDEEM = (
    update(invite)
    .where(
        invite.c.code == bindparam("_code"),
        invite.c.used < invite.c.uses,
        invite.c.expires_at > bindparam("_now", type_=Moment),
    )
    .values(used=invite.c.used + 1)
)
WITHDRAW = delete(invite).where(invite.c.code == bindparam("_code"))
OVER = delete(invite).where(invite.c.expires_at < bindparam("_before", type_=Moment))
INVITES = select(invite.c.uses, invite.c.used, invite.c.expires_at).order_by(invite.c.expires_at)

BLOCKED = select(blocked.c.lookup, blocked.c.told)
BLOCK = insert_or(blocked).on_conflict_do_nothing(index_elements=["lookup"]).returning(blocked.c.lookup)
UNBLOCK = delete(blocked).where(blocked.c.lookup == bindparam("_lookup"))
TELL = (
    update(blocked)
    .where(blocked.c.lookup.in_(bindparam("_lookups", expanding=True)), blocked.c.told == 0)
    .values(told=1)
    .returning(blocked.c.lookup)
)
FOUND = (
    select(person.c.lookup)
    .where(person.c.lookup >= bindparam("first"), person.c.lookup <= bindparam("last"))
    .limit(2)
)
BLOCKED_FOUND = (
    select(blocked.c.lookup)
    .where(blocked.c.lookup >= bindparam("first"), blocked.c.lookup <= bindparam("last"))
    .limit(2)
)
LOOKUP_BYTES = 32


@dataclass(frozen=True, slots=True)
class Invite:
    """A code that lets people in; which one is not known any more."""

    uses: int
    used: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that an operator did. `about` is the reference of a person, or ""."""

    at: datetime
    what: str
    about: str = field(repr=False)


class Doorkeeping(Session):
    async def invite(self, codes: Collection[str], uses: int, expires_at: datetime) -> None:
        """Let these codes in, each so often; only a keyed hash of each is stored."""
        values = [{"code": self._code(code), "uses": uses, "used": 0} for code in codes]
        if values:
            await self._run(INVITE, [{**each, "expires_at": expires_at} for each in values])

    async def redeem(self, code: str, now: datetime) -> bool:
        """Use a code once. False when there is none, or it is used up or over: which of it, nobody learns."""
        return (await self._run(REDEEM, {"_code": self._code(code), "_now": now})).rowcount == 1

    async def withdraw(self, code: str) -> bool:
        """Let nobody in by this code any more; False when there was none."""
        return (await self._run(WITHDRAW, {"_code": self._code(code)})).rowcount == 1

    async def drop_invites(self, before: datetime) -> None:
        """Forget codes that were over before that."""
        await self._run(OVER, {"_before": before})

    async def invites(self) -> list[Invite]:
        """Every code that is stored, the one that ends first at the front."""
        return [Invite(row.uses, row.used, row.expires_at) for row in await self._rows(INVITES, {})]

    async def blocked(self) -> dict[bytes, bool]:
        """Everybody who is turned away, by lookup, and whether they have been told."""
        return {row.lookup: bool(row.told) for row in await self._rows(BLOCKED, {})}

    async def block(self, lookup: bytes, at: datetime) -> bool:
        """Turn somebody away from now on, also after an erasure; False when that was so already."""
        return bool(await self._rows(BLOCK, {"lookup": lookup, "told": 0, "at": at}))

    async def unblock(self, lookup: bytes) -> bool:
        """Let somebody talk again; False when nobody had turned them away."""
        return (await self._run(UNBLOCK, {"_lookup": lookup})).rowcount == 1

    async def tell_blocked(self, lookups: Collection[bytes]) -> set[bytes]:
        """Return those of these people who are to be told now: each is returned once ever."""
        if not lookups:
            return set()
        return {row.lookup for row in await self._rows(TELL, {"_lookups": sorted(lookups)})}

    async def lookups_from(self, beginning: bytes) -> list[bytes]:
        """Return whoever's lookup begins like this, two of them at most: people, and who is turned away."""
        rest = LOOKUP_BYTES - len(beginning)
        ends = {"first": beginning, "last": beginning + b"\xff" * rest}
        found = [*await self._rows(FOUND, ends), *await self._rows(BLOCKED_FOUND, ends)]
        return sorted({row.lookup for row in found})

    async def note(self, at: datetime, what: str, about: str = "") -> None:
        """Write down what an operator did."""
        await self._run(insert(audit), {"at": at, "what": what, "about": about})

    async def deeds(self, limit: int = 100) -> Sequence[Deed]:
        """Return what operators did lately, the newest first."""
        newest = select(audit).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
        return [Deed(row.at, row.what, row.about) for row in await self._rows(newest, {})]

    def _code(self, code: str) -> bytes:
        return self._keyring.lookup(f"invite:{code}")
