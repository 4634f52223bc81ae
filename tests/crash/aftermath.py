"""What is there when a play is over: on the phones, in the store, on the server."""

from __future__ import annotations

from dataclasses import dataclass

from tests.crash.serving import End
from tests.servers.botapi import Seen
from tests.whole.kept import Kept
from tests.whole.person import Answered, Person


@dataclass(frozen=True)
class Witness:
    """One person after the play: what they answered, what they were sent, what is kept of it."""

    name: str
    given: list[Answered]
    """In order, with what was obvious and never asked."""
    received: list[Seen]
    chat: list[Seen]
    kept: Kept


@dataclass(frozen=True, repr=False)
class Aftermath:
    """One play. `ends` are the kills and stops, `updates` how many things people did."""

    witnesses: list[Witness]
    ends: list[End]
    updates: int
    taken: int
    """Updates that the store remembers."""
    waiting: int
    """Parcels in the outbox."""
    letters: int
    violations: list[str]
    seconds: float

    @property
    def kills(self) -> list[float]:
        """When the bot was killed."""
        return [end.at for end in self.ends if end.killed]


@dataclass(frozen=True, repr=False)
class Ordeal:
    """The same people in two plays: in calm and in bad weather."""

    calm: Aftermath
    stormy: Aftermath

    @property
    def pairs(self) -> list[tuple[Witness, Witness]]:
        """Everybody who was in the second play, in both."""
        calm = {witness.name: witness for witness in self.calm.witnesses}
        return [(calm[after.name], after) for after in self.stormy.witnesses]


async def witness_of(person: Person, kept: Kept) -> Witness:
    """Take down what somebody has said and seen."""
    received, chat = await person.phone.received(), await person.phone.chat()
    return Witness(person.phone.first_name, _with_zone(person), received, chat, kept)


def _with_zone(person: Person) -> list[Answered]:
    """Where a country has one clock, its zone is an answer too, right after the country."""
    names = [name for name, _ in person.given]
    if "zone" in names:
        return person.given
    place = names.index("country") + 1
    return [*person.given[:place], ("zone", person.script["zone"].value), *person.given[place:]]
