"""Between the messenger and the coach: who is heard, who comes in, and who is answered by somebody else.

A flood is sifted before a transaction begins. The rest is decided inside it, so that an invitation is used up
exactly when somebody is let in by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.arrivals import Arrival, Departure
from bot.doors import Doors
from bot.floods import Fate, Floods
from bot.outside import Outside
from bot.parcels import Parcel
from bot.storage.rows import PersonRow
from bot.storage.store import Transaction
from flows.engine.heard import Commanded, Heard, Wrote
from flows.person import Person
from flows.reply import Reply
from flows.safety.listening import HearsNothing, Listener
from flows.turned_away import NOTICE, TOO_FAST, asks_for_help, bare, may_still

Event = Arrival | Departure


@dataclass
class Gate:
    """What is known of those who came in one batch."""

    too_fast: frozenset[str] = frozenset()
    """Keys of events that are answered with a word that this was too fast."""
    entered: set[str] = field(default_factory=set)
    """Keys of events that are nothing but an invitation."""
    tell: set[bytes] = field(default_factory=set)
    """Who is to hear that they were turned away, by lookup."""
    outside: list[Arrival] = field(default_factory=list)


@dataclass
class Reception:
    """Everybody comes in and is heard, unless it is given doors or floods."""

    doors: Doors = field(default_factory=Doors)
    floods: Floods | None = None
    outside: Outside | None = None

    def sift(self, events: Sequence[Event], now: datetime) -> tuple[list[Event], frozenset[str]]:
        """Return the events that cost anything, and the keys of those that only earn a word."""
        if self.floods is None:
            return list(events), frozenset()
        fates = self.floods.sift(events, now)
        kept = [event for event in events if fates[event.key] is not Fate.DROPPED]
        return kept, frozenset(event.key for event in kept if fates[event.key] is Fate.TOLD)

    async def receive(
        self,
        transaction: Transaction,
        gate: Gate,
        events: Iterable[Event],
        known: Mapping[str, PersonRow],
        now: datetime,
    ) -> dict[str, PersonRow]:
        """Return those who come in for the first time, admitted and locked; the others stand outside."""
        by_address: dict[str, list[Arrival]] = {}
        for event in events:
            if isinstance(event, Arrival):
                by_address.setdefault(event.address, []).append(event)
        gate.tell = await self._told_now(transaction, by_address)
        newcomers = []
        for address, arrivals in by_address.items():
            if address in known:
                continue
            entry = await self.doors.lets_in(transaction, arrivals, now)
            if entry.granted:
                newcomers.append(address)
                gate.entered |= {each.key for each in arrivals if each.key == entry.by and _is_bare(each)}
            else:
                gate.outside += arrivals
        return await transaction.admit(newcomers, now) if newcomers else {}

    async def _told_now(self, transaction: Transaction, addresses: Iterable[str]) -> set[bytes]:
        untold = self.doors.untold(map(self.doors.lookup, addresses)) if self.doors.watched else set()
        return await transaction.tell_blocked(untold)

    def answered(
        self,
        gate: Gate,
        row: PersonRow,
        person: Person,
        arrival: Arrival,
        listener: Listener,
        otherwise: Callable[[Heard], Reply],
    ) -> Reply:
        """Return the coach's answer, or what is said instead of one."""
        if arrival.key in gate.too_fast:
            return Reply(person, (TOO_FAST,))
        if not self.doors.turns_away(row.lookup):
            return otherwise(Commanded("start") if arrival.key in gate.entered else arrival.heard)
        notice = (NOTICE,) if row.lookup in gate.tell else ()
        gate.tell.discard(row.lookup)
        if not may_still(person, arrival.heard, listener):
            return Reply(person, notice)
        reply = bare(otherwise(arrival.heard))
        return replace(reply, says=(*notice, *reply.says))

    def answered_outside(self, gate: Gate, now: datetime) -> list[list[Parcel]]:
        """Return what those hear who are not let in: a list of messages for each answer."""
        if self.outside is None:
            return []
        answers = []
        for arrival in gate.outside:
            if arrival.key in gate.too_fast:
                continue
            lookup = self.doors.lookup(arrival.address)
            blocked, tell = self.doors.turns_away(lookup), lookup in gate.tell
            answers.append(self.outside.answer(arrival, lookup, now, blocked=blocked, tell=tell))
            gate.tell.discard(lookup)
        return [answer for answer in answers if answer]


def _is_bare(arrival: Arrival) -> bool:
    """Whether it is an invitation that was typed, and not one in a link that opens the chat anyway."""
    return isinstance(arrival.heard, Wrote)


def floods_with(listener: Listener) -> Floods:
    """Return floods in which somebody who calls for help is heard."""
    nothing = HearsNothing()
    return Floods(
        lambda arrival: asks_for_help(arrival.heard, nothing),
        lambda arrival: asks_for_help(arrival.heard, listener),
    )
