"""People who answer at once whatever a bot says, in the process of the fake Bot API server.

They are part of that process so that a tap costs no call of its own: what is measured is the bot.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bench.roles import Role, Tap, Wrote
from bench.theatre import Theatre, nothing
from tests.servers.botapi import people
from tests.servers.botapi.chats import Person as Member
from tests.servers.botapi.clock import Bell
from tests.servers.botapi.shapes import JsonObject

ENTERED_WITHIN = 300.0
"""Seconds until everybody has to be where the measured part begins."""

AT_THE_DOOR = 100
"""How many are on their way there at a time."""


@dataclass
class Crowd:
    """Everybody there is: on their way in, waiting for their turn, or playing."""

    cloud: Theatre
    role: Role
    waiting: dict[int, JsonObject] = field(default_factory=dict)
    """Who holds a message that they have not answered, oldest first."""
    playing: bool = False
    updates: int = 0
    """How many updates the bot was given in all."""
    empty: int = 0
    """How often nobody was there who could have answered."""
    answered: Callable[[int, list[str]], None] = nothing
    """Told of each answer of those who play: who it was, and the ids of the taps."""
    _outside: int = 0
    _entering: set[int] = field(default_factory=set)
    _bell: Bell = field(default_factory=Bell)
    _chance: Random = field(default_factory=lambda: Random(7))

    def __post_init__(self) -> None:
        self.cloud.told = self._hears

    async def enter(self, count: int) -> None:
        """Bring so many new people to where the measured part begins. Raises TimeoutError."""
        self._outside += count
        for _ in range(min(AT_THE_DOOR, count)):
            self._let_in()
        if not await self._bell.until(lambda: not self._entering, ENTERED_WITHIN):
            raise TimeoutError(f"{len(self._entering)} people never got in")

    def begin(self, places: int) -> None:
        """Let so many answer, from now on without a pause."""
        self.playing, self.empty = True, 0
        for _ in range(places):
            self._next_one()

    def pause(self) -> None:
        """Let everybody keep their next answer to themselves."""
        self.playing = False

    async def trickle(self, rate: float, seconds: float) -> None:
        """Let people answer at this rate, whether or not the bot keeps up, at moments left to chance."""
        self.empty, moment = 0, time.perf_counter()
        until = moment + seconds
        while (moment := moment + self._chance.expovariate(rate)) < until:
            await asyncio.sleep(max(0.0, moment - time.perf_counter()))
            self._next_one()

    def give(self, person: int, answer: Tap | Wrote, message: JsonObject | None) -> list[str]:
        """Let the bot have an update. Returns the ids of the taps."""
        self.updates += 1
        if isinstance(answer, Tap) and message is not None:
            done = people.tap(self.cloud, person, answer.token, message["message_id"], None)
            return list(done["callback_query_ids"])
        people.write(self.cloud, person, answer.words if isinstance(answer, Wrote) else "", None, None)
        return []

    def _let_in(self) -> None:
        if not self._outside:
            return
        self._outside -= 1
        chats = self.cloud.chats
        member = chats.add_person(Member(chats.next_person, "Ada", started=True))
        self._entering.add(member.id)
        self.give(member.id, Wrote(self.role.first), None)

    def _next_one(self) -> None:
        """Let whoever has waited longest answer, leaving out those who are through."""
        while self.waiting:
            person = next(iter(self.waiting))
            message = self.waiting.pop(person)
            if not self.role.ends_with(message):
                self._answer(person, message)
                return
        self.empty += 1

    def _hears(self, person: int, message: JsonObject) -> None:
        """Not at once: the bot gets the answer to its call first."""
        asyncio.get_running_loop().call_soon(self._reacts, person, message)

    def _reacts(self, person: int, message: JsonObject) -> None:
        if not self.role.asks(message):
            return
        if person in self._entering:
            self._enters(person, message)
        elif not self.playing:
            self.waiting[person] = message
        elif self.role.ends_with(message):
            self._next_one()
        else:
            self._answer(person, message)

    def _enters(self, person: int, message: JsonObject) -> None:
        if not self.role.begins_with(message):
            self.give(person, self.role.answer(message), message)
            return
        self.waiting[person] = message
        self._entering.discard(person)
        self._let_in()
        self._bell.ring()

    def _answer(self, person: int, message: JsonObject) -> None:
        taps = self.give(person, self.role.answer(message), message)
        self.answered(person, taps)
