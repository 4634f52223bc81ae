"""Kills at moments of all kinds: while the bot starts, right after an answer, right after a delivery."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

from tests.crash.serving import Serving
from tests.servers.botapi import Controls
from tests.servers.botapi.clock import Bell
from tests.whole.person import Person

LONGEST_WAIT = 3.0
"""Seconds until a moment that does not come is given up and the kill comes anyway: people wait for leases."""

LONGEST_THOUGHT = 0.1
"""Seconds that somebody thinks before an answer, so that not all of them answer at once."""

STOP_EVERY = 5
"""After so many kills comes a stop with SIGTERM, too."""


@dataclass
class Storm:
    """`kills` kills, spread over about `messages` messages of the bot. The moments depend on `chance`."""

    serving: Serving
    api: Controls
    chance: Random
    kills: int
    messages: int
    answers: int = 0
    bell: Bell = field(default_factory=Bell)

    def meets(self, person: Person) -> None:
        """Let them think before each answer, and note when they gave it."""
        chance = Random(person.phone.id)

        async def think(question: str) -> None:
            del question
            await asyncio.sleep(chance.uniform(0.0, LONGEST_THOUGHT))

        person.thinks, person.tells = think, self._answered

    async def blow(self) -> None:
        """Kill the bot again and again, and start it again at once."""
        for number in range(1, self.kills + 1):
            left = self.messages - await self._sent()
            how = await self._moment(max(2, 2 * left // (self.kills - number + 2)))
            await self.serving.kill(how)
            await self.serving.start()
            if number % STOP_EVERY == 0:
                await self.serving.until_listening()
                await self.serving.stop()
                await self.serving.start()
        await self.serving.until_listening()

    async def _moment(self, most: int) -> str:
        """Wait for a moment to kill in and tell which; `most` messages or answers may pass before it."""
        kind, number = self.chance.random(), self.chance.randint(1, most)
        if kind < 0.1:
            return await self._pause("after the start of the process", 1.5)
        await self.serving.until_listening()
        if kind < 0.25:
            return await self._pause("after it listened", 0.3)
        if kind < 0.6:
            await self._until_sent(number)
            return await self._pause(f"after {number} deliveries", self._a_moment())
        await self._until_answered(number)
        return await self._pause(f"after {number} answers", 2 * self._a_moment())

    def _a_moment(self) -> float:
        return self.chance.choice((0.0, 0.004, 0.03))

    async def _pause(self, after: str, longest: float) -> str:
        pause = self.chance.uniform(0.0, longest)
        await asyncio.sleep(pause)
        return f"{1000 * pause:.0f} ms {after}"

    async def _until_sent(self, more: int) -> None:
        await self.api.ask("wait_for_sent", count=await self._sent() + more, within=LONGEST_WAIT)

    async def _until_answered(self, more: int) -> None:
        goal = self.answers + more
        await self.bell.until(lambda: self.answers >= goal, LONGEST_WAIT)

    def _answered(self) -> None:
        self.answers += 1
        self.bell.ring()

    async def _sent(self) -> int:
        return int((await self.api.totals())["sent"])
