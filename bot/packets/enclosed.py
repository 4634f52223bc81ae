"""What a file is to the outbox: a name, and the module that makes it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import ClassVar

MOST_BYTES = 20 * 1024 * 1024
"""What Telegram lets a bot read back, and so the largest file that is sent."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it is sent. `pages` is None for one that has none."""

    name: str
    content: bytes
    pages: int | None = None


class Enclosed:
    """A file that the function `make` of a module makes: what it is made of waits in the outbox, sealed.

    A subclass is a dataclass of plain values.
    """

    __slots__ = ()
    made_by: ClassVar[str]

    def in_words(self) -> str:
        """Return what the file says as plain text, "" where it cannot be said: for when it cannot be made."""
        return ""


@dataclass(frozen=True, slots=True)
class Finished(Enclosed):
    """A file that is there already, its bytes in base64. `name` holds nothing that is anybody's own."""

    made_by: ClassVar[str] = "bot.packets.enclosed"

    name: str
    base64: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Finished:
        """Return the file with these bytes. Raises ValueError for one that is too large to be sent."""
        if len(content) > MOST_BYTES:
            raise ValueError(f"a file has at most {MOST_BYTES} bytes, not {len(content)}")
        return cls(name, b64encode(content).decode("ascii"))


def make(file: Finished) -> Made:
    """Return the file as it is."""
    return Made(file.name, b64decode(file.base64))
