"""What can come from a person, free of any messenger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrote:
    """A line of text; `ref` names the message, so that a later edit of it can be recognised."""

    text: str
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tap on a button; the token is whatever the client sent and proves nothing."""

    token: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """A slash command without its slash, and whatever was written behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """An earlier message was edited and now reads like this."""

    text: str
    ref: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text: voice, photo, video, sticker, location, contact, document, other."""

    kind: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The person let the coach write again after having blocked it."""


Heard = Wrote | Tapped | Commanded | Corrected | Sent | Returned
