"""What goes out: messages in words, free of any messenger, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter

from bot import packets
from bot.packets import Enclosed
from bot.pictures import KINDS, Drawable
from bot.rendering import Bubble, Key


class Kind(StrEnum):
    """What a parcel does, and what to do when nobody can tell whether it arrived."""

    QUESTION = "question"
    """A message with buttons. Sent again in doubt: its buttons carry the same tokens."""
    LINE = "line"
    """A message without buttons. Not sent again in doubt."""
    PICTURE = "picture"
    """A card with words under it, drawn when it is sent. Not sent again in doubt."""
    DOCUMENT = "document"
    """A file with words under it, made when it is sent. Not sent again in doubt."""
    HIDE = "hide"
    """Takes earlier messages out of the chat, then says so. Sent again in doubt: what is gone stays gone."""
    CHOSEN = "chosen"
    """Replaces an answered message by its words and what was chosen, without buttons."""
    KEYBOARD = "keyboard"
    """Replaces only the buttons of a message; no rows take them away."""

    @property
    def repeats(self) -> bool:
        """Whether it is sent again when nobody can tell whether it arrived."""
        return self not in (Kind.LINE, Kind.PICTURE, Kind.DOCUMENT)

    @property
    def edits(self) -> bool:
        """Whether it changes a message that is there: once more does no harm, and no failure is fatal."""
        return self in (Kind.CHOSEN, Kind.KEYBOARD)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outgoing message. `message` is the one to edit; `rows` are its buttons.

    `gone` are messages to take out of the chat before, with `message`.
    """

    kind: Kind
    chat: int
    html: str = ""
    rows: tuple[tuple[Key, ...], ...] = ()
    message: int | None = None
    quiet: bool = False
    card: Drawable | None = None
    file: Enclosed | None = None
    gone: tuple[int, ...] = ()


def of_bubble(chat: int, bubble: Bubble) -> Parcel:
    """Return the message that a bubble becomes in a chat."""
    return Parcel(_kind(bubble), chat, bubble.html, bubble.rows, card=bubble.card, file=bubble.file)


def _kind(bubble: Bubble) -> Kind:
    if bubble.file:
        return Kind.DOCUMENT
    return Kind.PICTURE if bubble.card else Kind.QUESTION if bubble.rows else Kind.LINE


def as_body(parcel: Parcel) -> dict[str, Any]:
    """Return what is stored of a parcel, ready for JSON."""
    rows = [[[key.words, key.token, key.typed, key.aside] for key in row] for row in parcel.rows]
    body: dict[str, Any] = {"chat": parcel.chat, "html": parcel.html, "rows": rows}
    if parcel.message is not None:
        body["message"] = parcel.message
    if parcel.quiet:
        body["quiet"] = True
    if parcel.gone:
        body["gone"] = list(parcel.gone)
    if parcel.card:
        body["card"] = {"kind": type(parcel.card).__name__, **_fields(parcel.card)}
    if parcel.file:
        body["file"] = {"kind": type(parcel.file).__name__, **_written(parcel.file)}
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
        _file(body["file"]) if body.get("file") else None,
        tuple(int(message) for message in body.get("gone", ())),
    )


def _fields(card: Drawable) -> dict[str, Any]:
    return asdict(cast("Any", card))


def _card(stored: Mapping[str, Any]) -> Drawable:
    """Return the card of a kind; before there were kinds, all cards were maps."""
    fields = {name: value for name, value in stored.items() if name != "kind"}
    return _reader(str(stored.get("kind", "Card"))).validate_python(fields)


def _written(file: Enclosed) -> dict[str, Any]:
    fields: dict[str, Any] = _file_reader(type(file).__name__).dump_python(file, mode="json")
    return fields


def _file(stored: Mapping[str, Any]) -> Enclosed:
    fields = {name: value for name, value in stored.items() if name != "kind"}
    return _file_reader(str(stored["kind"])).validate_python(fields)


@cache
def _file_reader(kind: str) -> TypeAdapter[Enclosed]:
    return TypeAdapter(packets.KINDS[kind])


@cache
def _reader(kind: str) -> TypeAdapter[Drawable]:
    return TypeAdapter(KINDS[kind])


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
