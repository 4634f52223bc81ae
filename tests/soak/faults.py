"""What people meet one by one: something goes wrong with the message that follows on their answer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.servers.botapi import Controls, Seen
from tests.soak.misfortunes import one_of
from tests.whole.person import Person, name_of

LIKELY = 0.2
"""How often something is set after an answer."""


@dataclass
class Faults:
    """Spreads the answers of everybody over `seconds`, and spoils what follows on some of them.

    `expected` is what everybody hears in calm, by name. `doubts` counts by name how often the bot was, or
    may have been, left in doubt about a message.
    """

    api: Controls
    chance: Random
    expected: Mapping[str, Sequence[Seen]]
    seconds: float
    doubts: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=time.monotonic)

    def meets(self, person: Person) -> None:
        """Before each answer they think until its time has come; then something may be set."""
        heard, chance = self.expected[person.phone.first_name], Random(self.chance.random())
        questions = len({name_of(seen) for seen in heard} - {""})

        async def think(question: str) -> None:
            due = self.seconds * (len(person.given) + chance.random()) / questions
            await asyncio.sleep(max(0.0, self.begun + due - time.monotonic()))
            if chance.random() < LIKELY:
                await self._spoil(person, _after(question, heard), chance)

        person.thinks = think

    async def _spoil(self, person: Person, following: Seen, chance: Random) -> None:
        misfortune = one_of(following, chance)
        self.met[misfortune.name] += 1
        self.doubts[person.phone.first_name] += misfortune.doubt
        await misfortune.strike(self.api, person.phone)


def _after(question: str, heard: Sequence[Seen]) -> Seen:
    """The message that follows on the answer to a question."""
    [place] = [place for place, seen in enumerate(heard) if name_of(seen) == question]
    return heard[place + 1]
