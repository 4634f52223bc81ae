"""People who always do the same: by their ids, their scripts, and the key that orders their questions."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.servers.botapi import Controls, Phone
from tests.whole.person import Person
from tests.whole.script import Script, script_of

FIRST_ID = 5_100_000_001


@dataclass(frozen=True)
class Role:
    """One person, before they have a phone."""

    name: str
    id: int
    script: Script

    async def enter(self, api: Controls, patience: float) -> Person:
        """Give them a phone on this server."""
        await api.phone(self.name, person_id=self.id)
        return Person(Phone(api.ask, self.id, self.name), self.script, patience)


def cast_of(seed: int, size: int) -> list[Role]:
    """Return the people of one seed. No two seeds share a person."""
    chance = Random(seed)
    first = FIRST_ID + seed * 1000
    return [
        Role(f"Person{number}", first + number, script_of(chance.randrange(2**32))) for number in range(size)
    ]
