"""What is on the pages of a packet: words that are ready to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.packets.enclosed import Enclosed

NAME = "tare.pdf"
"""It says nothing of the person, nor of whom the file is for."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines. `closing`: set apart from what comes before, on a page of its own."""

    title: str
    lines: tuple[str, ...]
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Packet(Enclosed):
    """One or two pages in plain words of one locale: no HTML, no markup of any kind.

    `missing` is printed only where a letter could not be.
    """

    made_by: ClassVar[str] = "bot.packets.pages"

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    foot: str
    missing: str
    locale: str
    day: date

    def in_words(self) -> str:
        """Return everything on the pages as text."""
        return "\n\n".join(self._paragraphs())

    def _paragraphs(self) -> Iterator[str]:
        yield f"{self.title}\n{self.subtitle}"
        for section in self.sections:
            yield "\n".join((section.title, *(f"\u2022 {line}" for line in section.lines)))
        yield self.foot
