"""One line of a packet: what it says, and the words in it that are the person's own."""

from __future__ import annotations

from dataclasses import dataclass

from flows.engine.say import Fact, Say

LONGEST = 300
"""Letters of a person's own words in one line; a longer story is told face to face."""

ALIKE = 100
"""Letters after which own words are taken for the same: quotes of the map are shorter than other lines."""

_OWN_FACTS = {"quotes.CF3": "cf3", "quotes.CF3b": "cf3b", "quotes.CF3c": "cf3c", "quotes.other": "answer"}
"""Quotes of the map that hold the person's own words, and the fact in which they are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `own` are the person's own words in it, as they stand there."""

    says: Say
    own: tuple[str, ...] = ()


def line(says: Say, *own: str) -> Line:
    """Return a line; words that are empty are none."""
    return Line(says, tuple(filter(None, own)))


def quoted(says: Say) -> Line:
    """Return a quote of the map as a line: what stands in it as the person wrote it is their own."""
    own: Fact = says.facts.get(_OWN_FACTS.get(says.prompt, ""), "")
    return line(says, own if isinstance(own, str) else "")


def cut(words: str) -> str:
    """Return somebody's words as a line has room for them; what is missing ends in dots."""
    told = " ".join(words.split())
    return told if len(told) <= LONGEST else f"{told[:LONGEST].rstrip()}\u2026"


def shares_words(one: Line, other: Line) -> bool:
    """Return whether the same own words stand in both, be it that one of the two cuts them short."""
    begins = {words[:ALIKE] for words in other.own}
    return any(words[:ALIKE] in begins for words in one.own)
