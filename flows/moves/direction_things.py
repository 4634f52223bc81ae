"""What work may have more of, how an energy log speaks for it, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flows.diary import Diary, Entry
from flows.engine.matching import nearest
from flows.engine.say import Fact, Label, Say
from flows.engine.spelling import plain
from flows.engine.words import Words
from flows.longitudinal.energy_axes import on_side
from flows.longitudinal.energy_run import entries_of
from flows.longitudinal.energy_words import has_words
from flows.longitudinal.patterns import MUCH, SIDE, middle, weight

THINGS = (
    *("creative", "technical", "impact", "autonomy", "together", "alone"),
    *("teaching", "new", "keeping", "learning", "calm", "seen"),
)
"""The list (concept 101, and the axes of concept 93)."""

NAMES = "direction.matters"
"""The prompt whose options name them."""

MOST = 6
MOST_OWN = 3
LONGEST_OWN = 38
"""How many things are ranked, how many of them in own words, and letters of one: it stands on a button."""

_BY_ACTIVITY: Mapping[str, tuple[str, ...]] = {
    "creative": ("making", "writing"),
    "technical": ("fixing", "figures"),
    "impact": ("helping",),
    "autonomy": ("deciding", "planning"),
    "teaching": ("teaching",),
    "learning": ("learning",),
}
"""Activities of the energy log that speak for a thing. Nothing speaks for calm."""


def thing_named(thing: str) -> Label | str:
    """Return a thing as it stands on a button: its label, or the person's own words."""
    return Label(NAMES, thing) if thing in THINGS else thing


def thing_told(thing: str) -> Fact:
    """Return a thing as it stands in a sentence: own words are quoted there."""
    return Label(NAMES, thing) if thing in THINGS else Say("direction.in_own_words", {"words": thing})


def own_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a text that have words, as they were written but for the blanks around them."""
    parts = [" ".join(part.split()) for line in text.splitlines() for part in _commas(line)]
    return tuple(dict.fromkeys(part for part in parts if has_words(part)))


def _commas(line: str) -> list[str]:
    return line.replace(";", ",").split(",")


def known_as(part: str, words: Words) -> str:
    """Return the thing of the list that own words mean; else the words themselves."""
    known = words.also.get(NAMES, {}).get(plain(part))
    return known or nearest(part, words.labels.get(NAMES, {}), words) or part


def lean(thing: str, diary: Diary) -> float | None:
    """Return how a thing left somebody in their log, -2 to 2; None where it has too few entries to tell."""
    there = tuple(_about(thing, entries_of(diary)))
    return middle(there) if weight(there) >= SIDE else None


def _about(thing: str, entries: Sequence[Entry]) -> Iterable[Entry]:
    match thing:
        case "together" | "alone" | "new":
            return on_side(thing, entries)
        case "keeping":
            return on_side("kept", entries)
        case "seen":
            return (entry for entry in entries if entry.glad == "yes")
    return (entry for entry in entries if entry.what in _BY_ACTIVITY.get(thing, ()))


def seeded(things: Iterable[str], diary: Diary) -> tuple[str, ...]:
    """Return the things with those first that gave energy; what the log does not know stays in between."""
    return tuple(sorted(things, key=lambda thing: -(lean(thing, diary) or 0)))


def giving(diary: Diary) -> tuple[str, ...]:
    """Return the things that the log speaks for, the strongest first, three at most."""
    leans = {thing: found for thing in THINGS if (found := lean(thing, diary)) is not None}
    return tuple(sorted((each for each in leans if leans[each] >= MUCH), key=lambda each: -leans[each]))[:3]
