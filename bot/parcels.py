"""What goes out: messages in words, free of any messenger, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.pictures import Card, LayerLine
from bot.rendering import Bubble, Key


class Kind(StrEnum):
    """What a parcel does, and what to do when nobody can tell whether it arrived."""

    QUESTION = "question"
    """A message with buttons. Sent again in doubt: its buttons carry the same tokens."""
    LINE = "line"
    """A message without buttons. Not sent again in doubt."""
    PICTURE = "picture"
    """A card with words under it, drawn when it is sent. Not sent again in doubt."""
    CHOSEN = "chosen"
    """Replaces an answered message by its words and what was chosen, without buttons."""
    KEYBOARD = "keyboard"
    """Replaces only the buttons of a message; no rows take them away."""

    @property
    def repeats(self) -> bool:
        """Whether it is sent again when nobody can tell whether it arrived."""
        return self not in (Kind.LINE, Kind.PICTURE)

    @property
    def edits(self) -> bool:
        """Whether it changes a message that is there: once more does no harm, and no failure is fatal."""
        return self in (Kind.CHOSEN, Kind.KEYBOARD)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outgoing message. `message` is the one to edit; `rows` are its buttons."""

    kind: Kind
    chat: int
    html: str = ""
    rows: tuple[tuple[Key, ...], ...] = ()
    message: int | None = None
    quiet: bool = False
    card: Card | None = None


def of_bubble(chat: int, bubble: Bubble) -> Parcel:
    """Return the message that a bubble becomes in a chat."""
    kind = Kind.PICTURE if bubble.card else Kind.QUESTION if bubble.rows else Kind.LINE
    return Parcel(kind, chat, bubble.html, bubble.rows, card=bubble.card)


def as_body(parcel: Parcel) -> dict[str, Any]:
    """Return what is stored of a parcel, ready for JSON."""
    rows = [[[key.words, key.token, key.typed, key.aside] for key in row] for row in parcel.rows]
    body: dict[str, Any] = {"chat": parcel.chat, "html": parcel.html, "rows": rows}
    if parcel.message is not None:
        body["message"] = parcel.message
    if parcel.quiet:
        body["quiet"] = True
    if parcel.card:
        body["card"] = asdict(parcel.card)
    return body


def from_body(kind: str, body: Mapping[str, Any]) -> Parcel:
    """Return the stored parcel. Raises KeyError, TypeError or ValueError when it cannot be read."""
    rows = tuple(tuple(Key(*key) for key in row) for row in body["rows"])
    return Parcel(
        Kind(kind),
        body["chat"],
        body["html"],
        rows,
        body.get("message"),
        bool(body.get("quiet", False)),
        _card(body["card"]) if body.get("card") else None,
    )


def _card(stored: Mapping[str, Any]) -> Card:
    layers = (LayerLine(**{**layer, "reasons": tuple(layer["reasons"])}) for layer in stored["layers"])
    return Card(**{**stored, "layers": tuple(layers)})


@dataclass(frozen=True, slots=True)
class Delivered:
    """It arrived, as this message of the chat (None where nothing new was sent)."""

    message: int | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody can tell whether it arrived: the answer was lost."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not arrive and may another time. `reason` is a word for the log."""

    reason: str


@dataclass(frozen=True, slots=True)
class Halted:
    """The messenger takes nothing from anybody for a while. Not counted as an attempt."""

    pause: timedelta


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person cannot be written to, until they come back."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never arrive as it is: our mistake. `reason` is a word for the log."""

    reason: str


Outcome = Delivered | Unsure | Failed | Halted | Unreachable | Refused
