"""The times of day at which an energy log asks, as people write them (A9)."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.numerals import at_place, place
from flows.engine.places import parse_local_time
from flows.engine.question import Face, Question, Shared
from flows.engine.say import Label
from flows.engine.spelling import ascii_digits
from flows.engine.words import Ear
from flows.longitudinal.energy_words import has_words

APART = 60
"""Minutes between two prompts at least."""

LONGEST = 200
"""Letters; no two or three times take more."""


class Times(Question):
    """Two or three times of day; its value is such as "1130_1600". `sets` are usual ones, as buttons."""

    kind = "times"

    def __init__(self, *sets: str, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = sets

    @property
    def how(self) -> str:
        return "free_text"

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, code) if code in self.labelled else ", ".join(map(clock, minutes_of(code)))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        exact = self.button_that_says(text, prompt, ear.words)
        number = place(text, ear.words)
        chosen = exact or (at_place(number, self.labelled) if number is not None else None)
        if chosen is not None:
            return chosen
        found = times_in(text)
        if not 2 <= len(found) <= 3:
            return Rejected("energy_run.which_times")
        if any(later - earlier < APART for earlier, later in pairwise(found)):
            return Rejected("energy_run.too_close")
        return "_".join(f"{minutes // 60:02}{minutes % 60:02}" for minutes in found)

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and bool(minutes_of(value)))


def clock(minutes: int) -> str:
    """Return a time of day, given in minutes after midnight, as a clock shows it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def minutes_of(code: str) -> tuple[int, ...]:
    """Return the times of a value of `Times` in minutes after midnight; () when it is none."""
    if not re.fullmatch(r"([01]\d|2[0-3])[0-5]\d(_([01]\d|2[0-3])[0-5]\d){1,2}", code):
        return ()
    return tuple(int(each[:2]) * 60 + int(each[2:]) for each in code.split("_"))


_BETWEEN = re.compile(r"[,;/&+\n]|\b(?:and|und|then|dann)\b|(?<=\d)\s+(?=\d)")
_NOON = re.compile(r"\b(?:noon|midday|lunch|mittags?)\b")
_BARE = re.compile(r"\D*(\d{1,2})\D*")
_FIRST_HALF = re.compile(r"\d\s*(?:am|a\.m)|morning|morgen|früh|vormittag")


def times_in(text: str) -> tuple[int, ...]:
    """Return the times of day in a text in minutes after midnight, sorted, each once; () when one is unclear.

    A bare hour is in the half of the day in which it comes after the one before: "11, 2 and 5" ends at 17.
    """
    found: list[int] = []
    if len(text) > LONGEST:
        return ()
    for part in filter(has_words, _BETWEEN.split(ascii_digits(text.casefold()))):
        minutes = _time_of(part)
        if minutes is None:
            return ()
        earliest = found[-1] if found else 6 * 60
        later = minutes + 12 * 60 if minutes <= earliest and not _FIRST_HALF.search(part) else minutes
        found.append(later if later < 24 * 60 else minutes)
    return tuple(sorted(set(found)))


def _time_of(part: str) -> int | None:
    known: time | None = parse_local_time(part)
    if known is not None:
        return known.hour * 60 + known.minute
    if not any(letter.isdigit() for letter in part):
        return 12 * 60 if _NOON.search(part) else None
    bare = _BARE.fullmatch(part)
    return int(bare[1]) * 60 if bare and int(bare[1]) < 24 else None
