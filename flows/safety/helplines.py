"""Whom somebody in a crisis can reach in their country: values, and which of them are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FINDER = "https://findahelpline.com"
"""A directory kept by people who check each line; shown where we know none."""

MOST_SHOWN = 3
"""Long lists overwhelm (safety C6)."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """One service, by telephone, in writing, or both.

    `display`: the number as people dial it in that country, never made into a link; "" where one only writes.
    `text`: how to write to it: "SMS 988", "SMS SHOUT → 85258", "WhatsApp 9151 1767", "Chat 113.nl", or "".
    `hours`: local time as in OpenStreetMap: "24/7", "Mo-Sa 14:00-20:00".
    `languages`: ISO 639-1, the main one first.
    `checked_on`: when `checked_by` last looked at `source`; None: never.
    """

    name: str
    display: str
    hours: str
    text: str
    url: str
    languages: tuple[str, ...]
    source: str
    checked_on: date | None
    checked_by: str


@dataclass(frozen=True, slots=True)
class CountryLines:
    """The lines of one country, the most fitting first; `youth` are for those under 18."""

    country: str  # ISO 3166 alpha-2
    emergency: str
    lines: tuple[Helpline, ...]
    youth: tuple[Helpline, ...] = ()


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is shown. An empty `emergency` is not known: the prompt says 112 or the local number."""

    emergency: str
    lines: tuple[Helpline, ...]
    finder: str = FINDER


def lines_for(
    country: str | None, table: Mapping[str, CountryLines], *, language: str = "", under_18: bool = False
) -> Contacts:
    """Return at most 3 lines of this country, never of another one.

    Those that speak `language` (ISO 639-1) stand first, and of them one that can be written to, because few
    people call (safety C4). Under 18 the youth lines stand before all others.
    """
    known = table.get(country or "")
    if known is None:
        return Contacts(emergency="", lines=())
    youth = _arranged(known.youth, language) if under_18 else ()
    lines = (*youth, *_arranged(known.lines, language))
    return Contacts(known.emergency, lines[:MOST_SHOWN])


def _arranged(lines: Sequence[Helpline], language: str) -> tuple[Helpline, ...]:
    understood = [line for line in lines if language in line.languages] or lines
    written = next((line for line in understood if line.text), None)
    return tuple(sorted(lines, key=lambda line: (line is not written, line not in understood)))
