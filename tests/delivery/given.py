"""What tests of the durable path start from: the real coach, a store, and a channel that can misbehave."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from bot.arrivals import Arrival, Seen
from bot.clock import MovableClock
from bot.house import House, furnish
from bot.intake import Intake
from bot.pacing import Pace, Rate
from bot.parcels import Delivered, Kind, Outcome, Parcel, as_body
from bot.sender import Sender
from bot.storage.rows import ParcelRow
from bot.storage.store import Store
from flows.engine.heard import Commanded, Heard, Tapped, Wrote
from flows.engine.say import Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.person import Person
from flows.reply import Visit

NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
LEASE = timedelta(seconds=30)

the_house = cache(furnish)


@dataclass
class Postman:
    """A channel that notes what it delivers; `fates` are what the next deliveries come to instead."""

    parcels: list[Parcel] = field(default_factory=list)
    fates: deque[Outcome | Exception] = field(default_factory=deque)
    toasts: dict[str, str] = field(default_factory=dict)
    busy_until: asyncio.Event | None = None
    numbers: count[int] = field(default_factory=lambda: count(100))

    async def deliver(self, parcel: Parcel) -> Outcome:
        if self.busy_until:
            await self.busy_until.wait()
        if self.fates:
            fate = self.fates.popleft()
            if isinstance(fate, Exception):
                raise fate
            return fate
        self.parcels.append(parcel)
        return Delivered(None if parcel.kind.edits else next(self.numbers))

    async def acknowledge(self, tap: str, words: str) -> None:
        self.toasts[tap] = words

    def said_to(self, chat: int) -> list[str]:
        return [parcel.html for parcel in self.parcels if parcel.chat == chat and not parcel.kind.edits]

    def last_question(self, chat: int) -> Parcel:
        return [p for p in self.parcels if p.chat == chat and p.kind is Kind.QUESTION][-1]


class Office:
    """One process: intake and sender on a store. Several of them on one store are several processes."""

    def __init__(
        self,
        store: Store,
        clock: MovableClock,
        postman: Postman | None = None,
        kinds: tuple[NudgeKind, ...] | None = None,
    ) -> None:
        self.store, self.clock, self.postman = store, clock, postman or Postman()
        self.house: House = the_house()
        if kinds is not None:
            self.house = replace(self.house, coach=replace(self.house.coach, kinds=kinds))
        self.sender = Sender(store, self.postman, clock, Pace(Rate(0), 0, 1), LEASE)
        self.intake = Intake(store, self.house.coach, self.house.voices, clock, LEASE, self.sender.held)

    async def take(self, *events: Arrival) -> None:
        """Take events in and deliver what follows."""
        taken = await self.intake.take(list(events))
        self.sender.hand(taken.parcels)
        await self.sender.once()

    async def nudge(self) -> int:
        """Decide what is due, deliver what follows, and return how many people that concerned."""
        taken = await self.intake.nudge()
        self.sender.hand(taken.parcels)
        await self.sender.once()
        return taken.due


_keys = count(1)


def arrival(heard: Heard, chat: int = 1, key: str = "", seen: Seen | None = None) -> Arrival:
    tap = f"tap{next(_keys)}" if isinstance(heard, Tapped) else None
    return Arrival(key or f"test:{next(_keys)}", f"test:{chat}", chat, heard, "en", tap, seen)


def wrote(text: str, chat: int = 1, key: str = "") -> Arrival:
    return arrival(Wrote(text), chat, key)


def started(chat: int = 1) -> Arrival:
    return arrival(Commanded("start"), chat)


async def onboarded(office: Office, chat: int = 1) -> None:
    """Bring somebody to the first question of the sketch."""
    await office.take(started(chat))
    for text in ("english", "yes", "yes", "germany", "I'm employed"):
        await office.take(wrote(text, chat))


def ready(number: int, urgency: int, lease_until: datetime | None = NOW + LEASE) -> ParcelRow:
    """A parcel as it is handed over, of a person of its own."""
    words = as_body(Parcel(Kind.LINE, number, f"words for {number}"))
    return ParcelRow(
        person_id=number,
        seq=1,
        urgency=urgency,
        kind=Kind.LINE,
        due_at=NOW,
        created_at=NOW,
        lease_until=lease_until,
        body=words,
    )


async def waiting(store: Store, chats: Iterable[int], urgency: int) -> list[ParcelRow]:
    """Parcels as they are handed over, one for each of these chats, which stand in the outbox as well."""
    addresses = {chat: f"test:{chat}" for chat in chats}
    async with store.transaction() as transaction:
        people = await transaction.admit([*addresses.values()], NOW)
        rows = [
            replace(ready(chat, urgency), person_id=people[address].id) for chat, address in addresses.items()
        ]
        await transaction.put(rows)
    return rows


SUNDAY_EVENING = datetime(2026, 3, 8, 19, tzinfo=UTC)
"""The end of the first time that `sundays` may come, for people in Germany."""


def sundays(
    offer: Callable[[Visit, Wanted], Say | None] = lambda visit, wanted: Say("coach.later"),
) -> NudgeKind:
    """A nudge for every Sunday between 19:00 and 20:00 where somebody is, however few are answered."""

    def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
        del person
        first = now.date() + timedelta(days=6 - now.weekday())
        for week in range(3):
            day = first + timedelta(weeks=week)
            yield Wanted("sunday", day.isoformat(), day, 19 * 60, 20 * 60, capped=False)

    return NudgeKind("sunday", 1, wanted, offer)
