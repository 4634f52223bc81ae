"""What the coach answers to one event of one person, and what it looked at to do so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import order_token
from flows.engine.words import Ear
from flows.person import Person


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something kept for good: `kind` in clear, the body encrypted. Never changed, only added to."""

    kind: str
    body: Mapping[str, Any]
    rule_version: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The person as they are from now on, what to say to them, and what to remember.

    `chosen`, `redraw` and `toast` are as in `Turn`. `wants` names what only the house can do, in the same
    transaction: "export" puts everything into a file, "let_go" takes a person's own words out of the records,
    "hide" takes the latest messages out of the chat, "reference" adds the name that an operator knows.
    """

    person: Person
    says: tuple[Say, ...] = ()
    remember: tuple[Remembered, ...] = ()
    chosen: Fact | None = None
    redraw: Say | None = None
    toast: Say | None = None
    wants: tuple[str, ...] = ()

    def adding(self, *says: Say) -> Reply:
        """Return the reply with more said at its end."""
        return replace(self, says=(*self.says, *says))


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one moment, with the ear that listens to them."""

    person: Person
    ear: Ear
    now: datetime

    def of(self, person: Person) -> Visit:
        """Return the same moment with the person changed."""
        return replace(self, person=person)


def offer(prompt: str, *orders: tuple[str, str], facts: Mapping[str, Fact] | None = None) -> Say:
    """Return a message with commands on its buttons: (label code, "command" or "command:argument")."""
    return Say(prompt, facts or {}, buttons(prompt, *orders))


def buttons(prompt: str, *orders: tuple[str, str]) -> tuple[Button, ...]:
    """Return commands as buttons; their labels stand with the prompt."""
    return tuple(
        Button(Label(prompt, code), order_token(*order.split(":", 1)), str(place))
        for place, (code, order) in enumerate(orders, start=1)
    )


def with_way_back(visit: Visit, say: Say) -> Say:
    """Return the message with the way back to the open question on its last button, when there is one."""
    if visit.person.foreground is None:
        return say
    (way,) = buttons("coach.way_back", ("go_on", "continue:now"))
    return replace(say, buttons=(*say.buttons, replace(way, key=str(len(say.buttons) + 1))))
