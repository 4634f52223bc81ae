"""What a channel hands to the intake: one event of one person, with how to answer it."""

from __future__ import annotations

from dataclasses import dataclass

from flows.engine.heard import Heard


@dataclass(frozen=True, slots=True)
class Seen:
    """The message whose button was tapped: its number in the chat, and its words as HTML, where known."""

    message: int
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One event. `key` is the same whenever this event is delivered again, and no other's.

    `address` names the person ("telegram:12345"), `chat` the place to answer to. `tap` is what has to be
    acknowledged, soon and once. `locale` is the language that the messenger says the person uses.
    """

    key: str
    address: str
    chat: int
    heard: Heard
    locale: str = ""
    tap: str | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """A person blocked the coach, or came back: whether they can be reached."""

    key: str
    address: str
    reachable: bool
    reason: str = ""
