"""How people behave who talk to a bot: to ours, to one that echoes, to one that asks like ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from flows.engine.tokens import Choice, read_token
from tests.servers.botapi.keyboards import buttons_of
from tests.servers.botapi.shapes import JsonObject


@dataclass(frozen=True, slots=True)
class Tap:
    """A button, by what it carries."""

    token: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A message."""

    words: str


class Role(Protocol):
    """What somebody does with each message. `first` is what they write by themselves."""

    first: str

    def asks(self, message: JsonObject) -> bool:
        """Whether it wants an answer at all."""

    def begins_with(self, message: JsonObject) -> bool:
        """Whether the measured part begins with the answer to it."""

    def ends_with(self, message: JsonObject) -> bool:
        """Whether it is left unanswered, and somebody else goes on."""

    def answer(self, message: JsonObject) -> Tap | Wrote:
        """What they answer."""


@dataclass
class Echoed:
    """Somebody who writes on and on."""

    first: str = "hello"

    def asks(self, message: JsonObject) -> bool:
        del message
        return True

    def begins_with(self, message: JsonObject) -> bool:
        del message
        return True

    def ends_with(self, message: JsonObject) -> bool:
        del message
        return False

    def answer(self, message: JsonObject) -> Tap | Wrote:
        return Wrote(f"hello {message['message_id']}")


@dataclass
class Surveyed(Echoed):
    """Somebody who takes any option of each question, and begins again when there are no more."""

    first: str = "/start"
    chance: Random = field(default_factory=lambda: Random(5))

    def answer(self, message: JsonObject) -> Tap | Wrote:
        options = [button["callback_data"] for row in buttons_of(message) for button in row]
        return Tap(self.chance.choice(options)) if options else Wrote(self.first)


ANSWERS: Mapping[str, str] = {
    **{"welcome": "en", "adult": "yes", "consent": "yes", "country": "IE", "situation": "employed"},
    **{"O2": "7", "O3": "6-24", "O7": "no", "CF0": "8"},
}
"""What leads through every question of the sketch. Everything else is left to chance."""

WORDS: Mapping[str, str] = {"O1": "Too many meetings and too little time"}
"""What is typed."""

FIRST, LAST = "O1", "R3"
"""From the first question of the sketch to the last ones, which lead to the map."""


@dataclass
class Sketched:
    """Somebody who tells who they are and goes through the sketch, by taps alone but for the first words."""

    first: str = "/start"
    chance: Random = field(default_factory=lambda: Random(5))

    def asks(self, message: JsonObject) -> bool:
        return bool(_choices(message))

    def begins_with(self, message: JsonObject) -> bool:
        return _question(message) == FIRST

    def ends_with(self, message: JsonObject) -> bool:
        return _question(message) == LAST

    def answer(self, message: JsonObject) -> Tap | Wrote:
        question, options = _question(message), _choices(message)
        if question in WORDS:
            return Wrote(WORDS[question])
        plain = [code for code in options if code[0] not in "~+-"]
        wanted = ANSWERS.get(question)
        return Tap(options[wanted if wanted in options else self.chance.choice(plain)])


def _tokens(message: JsonObject) -> dict[str, Choice]:
    carried = [button.get("callback_data", "") for row in buttons_of(message) for button in row]
    read = {token: read_token(token) for token in carried}
    return {token: choice for token, choice in read.items() if isinstance(choice, Choice)}


def _choices(message: JsonObject) -> dict[str, str]:
    """The options of a question: what each carries, by its code."""
    return {choice.code: token for token, choice in _tokens(message).items()}


def _question(message: JsonObject) -> str:
    return next((choice.question for choice in _tokens(message).values()), "")


ROLES: Mapping[str, type[Echoed] | type[Sketched]] = {
    "echo": Echoed,
    "survey": Surveyed,
    "sketch": Sketched,
}
