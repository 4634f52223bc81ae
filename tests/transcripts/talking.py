"""Somebody who talks at the terminal and sees what comes, so that what they type can follow from it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chatting import A_MOMENT, ADDRESS, SCRIPT_KEY, SCRIPT_STARTS, Session
from bot.clock import MovableClock
from bot.desk import desk_of
from bot.rendering import Key
from bot.scripts import Cue
from bot.storage.keys import Keyring
from bot.storage.schema import migrate
from bot.storage.store import Store
from flows.engine.answers import Value
from flows.engine.question import Question
from flows.engine.tokens import READY, SKIP, Choice, Order, read_token
from flows.person import Person
from tests.coach.given import HOUSE

By = Literal["words", "numbers"]
"""Whether somebody types what a button says, or its number."""


@dataclass
class AtTheTerminal:
    """One person who types. `lines` is what they typed, and the clock, as a script has it."""

    runner: asyncio.Runner
    session: Session
    by: By = "words"
    person: Person = field(default_factory=lambda: Person(seed=0))
    lines: list[str] = field(default_factory=list)

    def says(self, text: str) -> None:
        self._plays("me", text)

    def waits_until(self, moment: datetime) -> None:
        self._plays("clock", f"{moment:%Y-%m-%d %H:%M}")

    def commands(self, name: str, argument: str = "") -> None:
        self.says(f"/{name} {argument}".rstrip())

    def gives(self, value: Value) -> None:
        """Answer the open question as this person would; None skips it."""
        if value is None:
            self.says(self._option(SKIP).words.lower())
        elif isinstance(value, tuple):
            self._marks(value)
        elif self.question.kind == "free_text" or self._options(str(value)) == []:
            self.says(str(value))
        else:
            self.says(self._said(self._option(str(value))))

    def _marks(self, codes: tuple[str, ...]) -> None:
        """Name them all in one line; a single number only marks, and the list then waits for its end."""
        state = self.person.foreground and self.person.foreground.state
        self.says(", ".join(self._said(self._option(code)) for code in codes))
        if self.person.foreground is not None and self.person.foreground.state == state:
            self.says(self._said(self._option(READY)))

    def taps(self, code: str) -> None:
        """Type what taps the newest button with this command, or with this argument behind it."""
        shown = [(key, read_token(key.token)) for key in self.keys]
        meant = [
            key
            for key, token in shown
            if isinstance(token, Order) and code in (token.name, f"{token.name}:{token.argument}")
        ]
        self.says(self._said(meant[0]))

    @property
    def keys(self) -> tuple[Key, ...]:
        return self.session.terminal._keys  # the buttons in sight

    @property
    def question(self) -> Question:
        there = self.person.foreground
        assert there is not None, self.lines[-1]
        return HOUSE.coach.flows[there.flow].questions[there.state]

    def _said(self, key: Key) -> str:
        return key.typed if self.by == "numbers" and key.typed else key.words

    def _option(self, code: str) -> Key:
        return self._options(code)[0]

    def _options(self, code: str) -> list[Key]:
        shown = ((key, read_token(key.token)) for key in self.keys)
        return [key for key, token in shown if isinstance(token, Choice) and token.code.lstrip("+") == code]

    def _plays(self, who: str, what: str) -> None:
        self.lines.append(f"{who}> {what}".replace("\n", "\n     "))
        self.session.clock.offset += A_MOMENT
        self.runner.run(self.session.play(Cue(who, what, len(self.lines))))
        self.person = self.runner.run(stored(self.session.store, self.session.clock()))


async def stored(store: Store, now: datetime) -> Person:
    """Return the person at the terminal as the store has them."""
    async with store.transaction() as transaction:
        row = (await transaction.people([ADDRESS]))[ADDRESS]
    return desk_of(row, now, "en").person


async def person_behind(database: str) -> Person:
    """Return the person whose chat was played in this database."""
    store = await Store.open(database, Keyring.of(SCRIPT_KEY))
    try:
        return await stored(store, SCRIPT_STARTS)
    finally:
        await store.close()


@contextmanager
def sitting_down(by: By = "words") -> Iterator[AtTheTerminal]:
    """Somebody new at a terminal, with a database of their own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        session = runner.run(_opened(f"sqlite:///{folder}/chat.db"))
        try:
            yield AtTheTerminal(runner, session, by)
        finally:
            runner.run(session.store.close())


async def _opened(database: str) -> Session:
    await asyncio.to_thread(migrate, database)
    store = await Store.open(database, Keyring.of(SCRIPT_KEY))
    unread: list[str] = []
    return Session(store, HOUSE, MovableClock(fixed=SCRIPT_STARTS), unread.append)
