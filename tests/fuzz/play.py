"""A crowd at the real intake, looked at after each chunk; and some of them alone, who must see the same."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.channels.telegram_events import batch_of
from bot.clock import MovableClock
from bot.desk import desk_of
from bot.house import House, furnish
from bot.intake import Intake
from bot.pacing import Pace, Rate
from bot.plans import SWEEP
from bot.sender import Sender
from bot.storage import Keyring, Store, migrate
from tests.delivery.given import LEASE, NOW
from tests.fuzz.counter import Counter
from tests.fuzz.updates import FIRST, Crowd, Update, of_person

BOT = 1
KEY = bytes(range(32))
LOOKS = 20
MOMENT = SWEEP + timedelta(seconds=2)
"""A nudge that is planned for a moment just gone may wait for a sweep when others were due since then: that
much people depend on each other, and no more.
"""

PAUSES = (*[MOMENT] * 12, *[timedelta(minutes=20)] * 3, timedelta(hours=9), timedelta(days=4))


class WrongError(AssertionError):
    """Something that no update may cause."""


@dataclass(frozen=True)
class Chunk:
    """What came at one time."""

    at: datetime
    updates: list[Update]


class Heard(logging.Handler):
    """Lines that were logged as errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@dataclass
class Place:
    """One process with a database of its own."""

    store: Store
    file: Path
    house: House
    clock: MovableClock = field(default_factory=lambda: MovableClock(fixed=NOW))
    counter: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.sender = Sender(self.store, self.counter, self.clock, Pace(Rate(0), 0, 1), LEASE)
        self.intake = Intake(
            self.store, self.house.coach, self.house.voices, self.clock, LEASE, self.sender.held
        )

    async def takes(self, chunk: Chunk) -> None:
        """Decide what is due by then, take updates in as they come from Telegram, and deliver it all."""
        self.clock.set(chunk.at)
        while (taken := await self.intake.nudge()).due:
            self.sender.hand(taken.parcels, taken.hushed)
            await self.sender.once()
        batch = batch_of(chunk.updates, BOT)
        if batch.unparsed:
            raise WrongError(f"not read: {batch.unparsed[0]}")
        if batch.events:
            taken = await self.intake.take(batch.events)
            self.sender.hand(taken.parcels, taken.hushed)
        await self.sender.once()
        for _ in range(LOOKS):  # more than one process holds at once waits for the next look
            if self.number_of("outbox"):
                await self.sender.once()

    def number_of(self, table: str) -> int:
        with sqlite3.connect(self.file) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    async def kept_of(self, person: int) -> Any:
        """Return all that is stored of somebody, but for what their row is called; None when nothing is."""
        address = f"telegram:{person}"
        async with self.store.transaction() as transaction:
            row = (await transaction.people([address])).get(address)
            records = await transaction.records(row) if row else []
        if row is None:
            return None
        if desk_of(row, self.clock(), "en").lost or any(each.raw for each in records):
            raise WrongError("what is stored of somebody does not open")
        talks = {name: (each.status, each.body) for name, each in sorted(row.conversations.items())}
        told = [(each.kind, each.at.isoformat(), each.body) for each in records]
        return json.loads(json.dumps([row.status, row.sequence, row.body, talks, told], default=str))


@asynccontextmanager
async def place(file: Path, *, listens: bool = False) -> AsyncIterator[Place]:
    """An empty database; the key is always the same, so that people's seeds are."""
    migrate(f"sqlite:///{file}")
    store = await Store.open(f"sqlite:///{file}", Keyring.of(KEY))
    try:
        yield Place(store, file, furnish(listens=listens))
    finally:
        await store.close()


def nobody_is_told(done: int) -> None:
    del done


async def played(
    folder: Path,
    updates: int,
    seed: int,
    *,
    people: int = 40,
    alone: int = 1,
    listens: bool = False,
    tells: Callable[[int], None] = nobody_is_told,
) -> str:
    """Play so many updates, then those of so many of the people alone. Raises `WrongError` with the seed."""
    chance, heard = Random(seed), Heard()
    logging.getLogger().addHandler(heard)
    chunks: list[Chunk] = []
    try:
        async with place(folder / "crowd.db", listens=listens) as crowded:
            crowd = Crowd(people, chance, crowded.counter.seen)
            done = 0
            while done < updates:
                at = crowded.clock() + chance.choice(PAUSES)
                size = min(updates - done, chance.choice((1, 2, 10, 100)))
                chunks.append(Chunk(at, [crowd.update(at) for _ in range(size)]))
                await crowded.takes(chunks[-1])
                _look(crowded, heard)
                done += size
                tells(done)
            kept = {person: await crowded.kept_of(person) for person in range(FIRST, FIRST + people)}
            others = crowded.number_of("person")
        for person in chance.sample(list(kept), alone):
            said = crowded.counter.said_to(person)
            await _same_alone(folder, chunks, person, kept[person], said, listens=listens)
    except Exception as error:
        number = len(chunks) - 1
        raise WrongError(f"seed {seed}, chunk {number}: {type(error).__name__}: {error}") from error
    finally:
        logging.getLogger().removeHandler(heard)
    records = sum(len(each[-1]) for each in kept.values() if each)
    messages = sum(len(each) for each in crowded.counter.seen.values())
    return f"{done} updates, {others} people, {messages} messages, {records} records kept, seed {seed}"


def _look(crowded: Place, heard: Heard) -> None:
    if heard.lines:
        raise WrongError(f"logged as an error: {heard.lines[:3]}")
    if crowded.counter.bot.violations:
        raise WrongError(f"refused by the Bot API: {crowded.counter.bot.violations[:3]}")
    if letters := crowded.number_of("dead_letter"):
        raise WrongError(f"dead letters: {letters}")


async def _same_alone(
    folder: Path, chunks: Sequence[Chunk], person: int, kept: Any, said: Any, *, listens: bool
) -> None:
    """Play the updates of one person alone at the same times: what they read and what is kept is the same."""
    async with place(folder / f"alone-{person}.db", listens=listens) as alone:
        for chunk in chunks:
            await alone.takes(Chunk(chunk.at, of_person(chunk.updates, person)))
        pairs = zip(said, alone.counter.said_to(person), strict=False)
        for number, (one, other) in enumerate(pairs):
            if one != other:
                raise WrongError(f"message {number} of {person} depends on others: {one} / {other}")
        if len(said) != len(alone.counter.said_to(person)):
            raise WrongError(f"{person} reads more or less among others")
        if kept != await alone.kept_of(person):
            raise WrongError(f"what is kept of {person} depends on others")
