"""What tests of the coach start from: the house as it is shipped, and a chat that goes on event by event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.house import furnish
from bot.rendering import Bubble
from flows.coach import Coach
from flows.engine.answers import Value
from flows.engine.conversation import Conversation
from flows.engine.heard import Commanded, Corrected, Heard, Sent, Tapped, Wrote
from flows.engine.question import Question
from flows.engine.say import Button, Label, Say
from flows.engine.tokens import SKIP, Choice, Order, choice_token, order_token, read_token
from flows.person import Person
from flows.reply import Remembered, Reply

NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
A_MOMENT = timedelta(seconds=20)
HOUSE = furnish()


@dataclass
class Chat:
    """One person's chat. Each event comes a moment after the last one."""

    person: Person = field(default_factory=lambda: Person(seed=7))
    now: datetime = NOW
    coach: Coach = HOUSE.coach
    replies: list[Reply] = field(default_factory=list)

    def hears(self, heard: Heard) -> Reply:
        self.now += A_MOMENT
        reply = self.coach.turn(self.person, heard, self.now)
        self.person = reply.person
        self.replies.append(reply)
        return reply

    def says(self, text: str, ref: int | None = None) -> Reply:
        return self.hears(Wrote(text, ref))

    def commands(self, name: str, argument: str = "") -> Reply:
        return self.hears(Commanded(name, argument))

    def edits(self, text: str, ref: int) -> Reply:
        return self.hears(Corrected(text, ref))

    def sends(self, kind: str) -> Reply:
        return self.hears(Sent(kind))

    def taps(self, code: str) -> Reply:
        """Tap the newest button with this option, label or command."""
        return self.hears(Tapped(self.button(code).token))

    def button(self, code: str) -> Button:
        shown = [button for reply in self.replies for button in buttons_of(reply)]
        return next(button for button in reversed(shown) if code in names_of(button))

    def waits(self, **time: int) -> Chat:
        self.now += timedelta(**time)
        return self

    def answers(self, **given: Value) -> Reply:
        """Answer the open questions of the foreground: those named, and skip the others, to its end."""
        reply, flow = self.replies[-1], self.foreground.flow
        while self.person.foreground is not None and self.foreground.flow == flow:
            value = given.get(self.foreground.state)
            reply = self.gives(value)
        return reply

    def gives(self, value: Value) -> Reply:
        """Answer the open question; None skips it."""
        if isinstance(value, tuple):
            for code in value:
                self.hears(Tapped(self.token(f"+{code}")))
            return self.hears(Tapped(self.token("~ready")))
        if self.question.kind == "free_text" and value is not None:
            return self.says(str(value), ref=900 if self.foreground.state == "O1" else None)
        return self.hears(Tapped(self.token(SKIP if value is None else str(value))))

    def token(self, code: str, seq: int | None = None) -> str:
        """The token of an option of the open question."""
        there = self.foreground
        return choice_token(there.id, there.seq if seq is None else seq, there.state, code)

    @property
    def foreground(self) -> Conversation:
        assert self.person.foreground is not None
        return self.person.foreground

    @property
    def question(self) -> Question:
        """The open question, as its flow knows it."""
        return self.coach.flows[self.foreground.flow].questions[self.foreground.state]

    @property
    def sketch(self) -> Conversation:
        return self.person.conversations["sketch"]

    def remembered(self, kind: str) -> list[Remembered]:
        return [each for reply in self.replies for each in reply.remember if each.kind == kind]


def prompts(reply: Reply) -> tuple[str, ...]:
    """The names of everything that was said."""
    return tuple(say.prompt for say in reply.says)


def buttons_of(reply: Reply) -> Iterator[Button]:
    says = reply.says if reply.redraw is None else (*reply.says, reply.redraw)
    yield from (button for say in says for button in say.buttons)


def names_of(button: Button) -> tuple[str, ...]:
    """What a button may be called in a test: its option, its command, the code of its label."""
    token = read_token(button.token)
    label = button.label.code if isinstance(button.label, Label) else str(button.label)
    if isinstance(token, Choice):
        return token.code, label
    assert isinstance(token, Order)
    return token.name, f"{token.name}:{token.argument}", label


def bubbles(reply: Reply, locale: str = "en") -> list[Bubble]:
    """What was said, in words."""
    return HOUSE.voices[locale].to(reply.person.situation).bubbles(reply.says)


def words(reply: Reply, locale: str = "en") -> str:
    return "\n\n".join(bubble.html for bubble in bubbles(reply, locale))


def facts(reply: Reply, prompt: str) -> dict[str, Any]:
    """The facts of the message with this prompt."""
    return dict(said(reply, prompt).facts)


def said(reply: Reply, prompt: str) -> Say:
    return next(say for say in reply.says if say.prompt == prompt)


def a_stranger(coach: Coach = HOUSE.coach, **changes: Any) -> Chat:
    return Chat(replace(Person(seed=7), **changes), coach=coach)


def somebody(
    situation: str | None = "employed", /, country: str = "DE", coach: Coach = HOUSE.coach, **changes: Any
) -> Chat:
    """Somebody who has just agreed, with the first question of the sketch open."""
    chat = a_stranger(coach, **changes)
    chat.commands("start")
    for answer in ("en", "yes", "yes", country):
        chat.gives(answer)
    if chat.foreground.state == "zone":
        chat.gives(None)
    chat.gives(situation)
    return chat


PURPOSE: dict[str, Value] = {
    **{"O1": "Good at what I can't defend.", "O2": 7, "O3": "6-24", "O4": "daily", "O5": "c", "O6": 1},
    **{"O7": ("no",), "K2": 1, "E1": 0, "V1": 4, "D1": 0, "I1": 1},
    **{"CF0": 7, "CF1": 6, "CF2": 2, "CF4": 5, "CF5": 6, "R3": "2w", "R4": "ord"},
}
"""Answers that lean towards the purpose of the work."""


def sketched(situation: str | None = "employed", /, **answers: Value) -> Chat:
    """Somebody with a first map: of the purpose, but for the answers named here."""
    chat = somebody(situation)
    chat.answers(**{**PURPOSE, **answers})
    return chat


def at_question(name: str, **answers: Value) -> Chat:
    """Somebody who is asked this question of the sketch."""
    chat = somebody()
    while chat.foreground.state != name:
        chat.gives({**PURPOSE, **answers}.get(chat.foreground.state))
    return chat


def order(name: str, argument: str = "") -> Tapped:
    """A tap on a button that carries a command."""
    return Tapped(order_token(name, argument))


def without_time(conversation: Conversation) -> Conversation:
    """The conversation but for when it was last looked at."""
    return replace(conversation, at=0)
