"""A network that loses answers and a server that has bad moments, each set so that what follows is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.crash.rules import words_of
from tests.crash.serving import Serving
from tests.servers.botapi import Controls, Seen
from tests.whole.person import Person, name_of

LIKELY = 0.15
"""How often something goes wrong after an answer."""

LOST = ("drop_after", "garbage")
"""The message is there, and the bot cannot know that."""

MISFORTUNES = (
    *((kind, "sendMessage") for kind in (*LOST, *LOST, "http")),
    *((kind, "editMessageText") for kind in ("drop_after", "http")),
    *((kind, "getUpdates") for kind in ("drop_after", "http", "garbage")),
    ("drop_after", "answerCallbackQuery"),
)


@dataclass
class BadNetwork:
    """`expected` is what everybody hears without misfortunes, by name.

    `doubled` lists what has to come twice: questions of which the answer is lost. Words without buttons are
    not sent again in doubt (telegram.md).
    """

    serving: Serving
    api: Controls
    chance: Random
    expected: Mapping[str, Sequence[Seen]]
    doubled: dict[str, list[Seen]] = field(default_factory=dict)
    set: Counter[str] = field(default_factory=Counter)

    def meets(self, person: Person) -> None:
        """Before each of their answers something may be set that spoils what comes next."""
        heard, chance = self.expected[person.phone.first_name], Random(self.chance.random())
        doubled = self.doubled.setdefault(person.phone.first_name, [])

        async def think(question: str) -> None:
            if doubled and name_of(doubled[-1]) == question:
                await person.hears(
                    lambda seen: words_of(seen) == words_of(doubled[-1])
                )  # for the second time
            if chance.random() < LIKELY:
                kind, method = chance.choice(MISFORTUNES)
                await self._set(kind, method, person)
                if method == "sendMessage" and kind in LOST and (next_one := _after(question, heard)).buttons:
                    doubled.append(next_one)

        person.thinks = think

    async def blow(self) -> None:
        """Wait until the bot works."""
        await self.serving.until_listening()

    async def _set(self, kind: str, method: str, person: Person) -> None:
        self.set[f"{kind} {method}"] += 1
        theirs = method in ("sendMessage", "editMessageText")
        await self.api.fail(kind, method, chat=person.phone if theirs else None)


def _after(question: str, heard: Sequence[Seen]) -> Seen:
    """The message that follows on the answer to a question."""
    [place] = [place for place, seen in enumerate(heard) if name_of(seen) == question]
    return heard[place + 1]
