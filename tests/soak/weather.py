"""What everybody meets at once: processes are killed, the database restarts, Telegram says wait, updates come
twice and in another order; one after the other, from a seed, until the time is over."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.crash.serving import Serving
from tests.servers.botapi.clock import Bell
from tests.servers.postgres import PostgresServer, away
from tests.soak.bots import Bots
from tests.soak.faults import Faults
from tests.soak.misfortunes import LOOKING
from tests.soak.watched import Watched
from tests.whole.person import Person

LONGEST_WAIT = 2.0
"""Seconds until a kill comes anyway when nothing is delivered."""

LONGEST_OUTAGE = 2.5
LONGEST_HOLD = 0.5
TWICE = 5
"""How many updates come once more at a time."""

FATES = {"kill": 6, "stop": 1, "outage": 2, "flood": 1, "gateway": 1, "repeat": 3, "hold": 2, "look": 2}
"""What happens, and how often in proportion."""


@dataclass(frozen=True)
class Outage:
    """When the database was away, in unix time."""

    begun: float
    over: float


@dataclass
class Weather:
    """`often`: seconds between two events, on average. `server` is there on PostgreSQL only."""

    bots: Bots
    api: Watched
    faults: Faults
    chance: Random
    often: float
    server: PostgresServer | None
    outages: list[Outage] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    bell: Bell = field(default_factory=Bell)

    def meets(self, person: Person) -> None:
        """What they meet alone is set here, too."""
        self.faults.meets(person)
        person.tells = self._answered

    async def blow(self) -> None:
        """One thing after the other: each kind once, and then more of them until the time is over.

        What has not struck by then is taken back: it would all meet the few who are not through.
        """
        for kind in self._kinds():
            await self._comes(kind)
        while time.monotonic() < self.faults.begun + self.faults.seconds:
            await self._comes(*self.chance.choices([*FATES], [*FATES.values()]))
        await self.api.heal()

    def _kinds(self) -> list[str]:
        kinds = sorted(FATES)
        self.chance.shuffle(kinds)
        return kinds

    async def _comes(self, kind: str) -> None:
        await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.often)
        if kind == "outage" and self.server is None:
            kind = "kill"
        if kind == "look" and self.bots.row.pushed:
            kind = "repeat"
        self.met[kind] += 1
        await getattr(self, f"_{kind}")()

    async def _kill(self) -> None:
        """At any moment, right after a message was delivered or somebody answered; some while they start."""
        bot = await self._at_a_moment()
        await bot.kill("kill -9")
        await bot.start()
        if self.chance.random() < 0.2:
            await asyncio.sleep(self.chance.uniform(0.0, 1.5))
            await bot.kill("kill -9 while it started")
            await bot.start()
        await bot.until_listening()

    async def _at_a_moment(self) -> Serving:
        """Wait for it, and return whom it meets: after an answer whoever polls, where one does."""
        bot, kind, more = self.chance.choice(self.bots.all), self.chance.random(), self.chance.randint(1, 5)
        if kind < 0.35:
            sent = int((await self.api.totals())["sent"])
            await self.api.ask("wait_for_sent", count=sent + more, within=LONGEST_WAIT)
        elif kind < 0.7:
            bot = bot if self.bots.row.pushed else self.bots.all[0]
            goal = self.answers + more
            await self.bell.until(lambda: self.answers >= goal, LONGEST_WAIT)
        await asyncio.sleep(self.chance.choice((0.0, 0.001, 0.004, 0.03)))
        return bot

    def _answered(self) -> None:
        self.answers += 1
        self.bell.ring()

    async def _stop(self) -> None:
        bot = self.chance.choice(self.bots.all)
        await bot.stop()
        await bot.start()
        await bot.until_listening()

    async def _outage(self) -> None:
        """The database is gone, in the middle of what it did; perhaps a process dies before it is back."""
        assert self.server is not None
        begun, seconds = time.time(), self.chance.uniform(0.2, LONGEST_OUTAGE)
        gone = asyncio.create_task(asyncio.to_thread(_be_away, self.server, seconds))
        killed: Serving | None = None
        if self.chance.random() < 0.3:
            await asyncio.sleep(seconds / 2)
            killed = self.chance.choice(self.bots.all)
            await killed.kill("kill -9 without a database")
        await gone
        self.outages.append(Outage(begun, time.time()))
        if killed is not None:
            await killed.start()
            await killed.until_listening()

    async def _flood(self) -> None:
        """Telegram says: wait."""
        await self.api.fail("flood", "send*", retry_after=self.chance.randint(1, 2))

    async def _gateway(self) -> None:
        """The next messages, to whomever, are answered by something that stands before Telegram."""
        await self.api.fail(
            "http", "send*", times=self.chance.randint(2, 4), code=self.chance.choice((500, 503))
        )

    async def _look(self) -> None:
        """The next look for updates fails. One at a time: the pauses after failures in a row are long."""
        misfortune = self.chance.choice(LOOKING)
        self.met[misfortune.name] += 1
        await misfortune.strike(self.api)

    async def _repeat(self) -> None:
        """Some updates of the last minute come once more."""
        recent = [*self.api.recent]
        for update in self.chance.sample(recent, min(TWICE, len(recent))):
            await self.api.repeat(update)

    async def _hold(self) -> None:
        """Updates are held back and come all at once; pushed ones from the last to the first."""
        await self.api.hold()
        await asyncio.sleep(self.chance.uniform(0.1, LONGEST_HOLD))
        await self.api.release(backwards=self.bots.row.pushed)


def _be_away(server: PostgresServer, seconds: float) -> None:
    with away(server):
        time.sleep(seconds)
