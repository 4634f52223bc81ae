"""Somebody with a phone and a script: reads what is asked, answers, and waits for the next question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from flows.engine.answers import Value
from flows.engine.questions import MultiChoice
from flows.engine.tokens import READY, Choice, Order, read_token
from tests.servers.botapi import NotHeardError, Phone, Seen
from tests.whole.script import FLOW_OF, How, Script

Answered = tuple[str, Value]
"""The name of a question and the value that was meant."""


async def at_once(question: str) -> None:
    """Answer without thinking."""
    del question


def in_silence() -> None:
    """Tell nobody."""


@dataclass
class Person:
    """One person. `thinks` is awaited between a question and its answer, `tells` is called after each."""

    phone: Phone
    script: Script
    patience: float = 10.0
    thinks: Callable[[str], Awaitable[None]] = at_once
    tells: Callable[[], None] = in_silence
    given: list[Answered] = field(default_factory=list)
    updates: int = 0
    """How many updates the bot gets of what was done here."""
    tapped: int = 0
    """How many of them are taps."""
    last: str = "did nothing"

    async def to_the_map(self) -> None:
        """From /start through every question to the end of the map; NotHeardError when that does not come."""
        await self.starts()
        while question := await self.next_question():
            await self.answers(question)

    async def starts(self) -> None:
        self._notes("sent /start")
        await self.phone.command("start")

    async def next_question(self) -> Seen | None:
        """Wait for a question that is not answered yet; None when the end of the map comes instead."""
        seen = await self.hears(lambda seen: self._is_new(seen) or is_end_of_map(seen))
        return None if is_end_of_map(seen) else seen

    async def answers(self, question: Seen) -> None:
        """Answer as the script says."""
        name = name_of(question)
        intended = self.script[name]
        await self.thinks(name)
        self.given.append((name, intended.value))
        if intended.how is How.TYPE:
            await self.types(intended.words)
        elif isinstance(FLOW_OF[name].questions[name], MultiChoice):
            await self._marks(question, intended.codes, self._times(intended.how))
        else:
            await self.taps(question, intended.codes[0], self._times(intended.how))
        self.tells()

    async def types(self, words: str) -> int:
        self._notes(f"typed {words!r}")
        return await self.phone.write(words)

    async def taps(self, question: Seen, code: str, times: int = 1) -> None:
        """Tap the button of this code, as the message was when it was seen."""
        self._notes(f"tapped {name_of(question)}={code}", times)
        self.tapped += times
        await self.phone.tap(token_of(question, code), question, times)

    async def hears(self, what: Callable[[Seen], bool]) -> Seen:
        """The next thing that fits. NotHeardError says who waited, after what, and what came last."""
        try:
            return await self.phone.hears(what, self.patience)
        except NotHeardError:
            received = [(round(seen.at, 2), seen.text[-60:]) for seen in await self.phone.received()]
            raise NotHeardError(
                f"{self.phone.first_name} {self.last} and waited {self.patience} s for what comes next. "
                f"The last answers: {self.given[-3:]}; the last messages: {received[-3:]}"
            ) from None

    async def _marks(self, question: Seen, codes: tuple[str, ...], times: int) -> None:
        """Set marks one by one, each seen on the buttons before the next, then say that this is all."""
        shown = question
        for code in codes:
            if not has_code(question, f"+{code}"):
                await self.taps(question, code, times)
                return
            await self.taps(shown, f"+{code}", times)
            shown = await self.hears(lambda seen, mark=f"-{code}": has_code(seen, mark))  # type: ignore[misc]
        await self.taps(shown, READY, times)

    @staticmethod
    def _times(how: How) -> int:
        return 2 if how is How.TAP_TWICE else 1

    def _is_new(self, seen: Seen) -> bool:
        """Whether it asks something that is not answered yet; a message that comes twice is not new."""
        return seen.kind == "text" and name_of(seen) not in ("", *(name for name, _ in self.given))

    def _notes(self, what: str, updates: int = 1) -> None:
        self.last = what
        self.updates += updates


def choices_in(seen: Seen) -> list[Choice]:
    """The options of a question that stand on the buttons of a message."""
    tokens = [read_token(button.data or "") for button in seen.buttons]
    return [token for token in tokens if isinstance(token, Choice)]


def name_of(seen: Seen) -> str:
    """The name of the question that a message asks, "" when it asks none."""
    return next((choice.question for choice in choices_in(seen)), "")


def has_code(seen: Seen, code: str) -> bool:
    return any(choice.code == code for choice in choices_in(seen))


def token_of(seen: Seen, code: str) -> str:
    """The data of the button with this code."""
    tokens = {button.data or "": read_token(button.data or "") for button in seen.buttons}
    [data] = [data for data, token in tokens.items() if isinstance(token, Choice) and token.code == code]
    return data


def is_end_of_map(seen: Seen) -> bool:
    """Whether a message is the last one of a map: its buttons lead on."""
    tokens = [read_token(button.data or "") for button in seen.buttons]
    return Order("answers", "") in tokens and not seen.mine
