"""What tests of the durable path start from: the real coach, a store, and a channel that can misbehave."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from bot.arrivals import Arrival, Seen
from bot.clock import MovableClock
from bot.house import House, furnish
from bot.intake import Intake
from bot.pacing import Pace, Rate
from bot.parcels import Delivered, Kind, Outcome, Parcel
from bot.sender import Sender
from bot.storage.store import Store
from flows.engine.heard import Commanded, Heard, Tapped, Wrote

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

    def __init__(self, store: Store, clock: MovableClock, postman: Postman | None = None) -> None:
        self.store, self.clock, self.postman = store, clock, postman or Postman()
        self.house: House = the_house()
        self.sender = Sender(store, self.postman, clock, Pace(Rate(0), 0, 1), LEASE)
        self.intake = Intake(store, self.house.coach, self.house.voices, clock, LEASE, self.sender.held)

    async def take(self, *events: Arrival) -> None:
        """Take events in and deliver what follows."""
        taken = await self.intake.take(list(events))
        self.sender.hand(taken.parcels)
        await self.sender.once()


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
