"""A question about how long something may take: so many months, or by which day it is done."""

from __future__ import annotations

import re
from datetime import date
from typing import Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.numerals import number_words
from flows.engine.question import Face, Question, Shared
from flows.engine.say import Label, OnDay
from flows.engine.small_words import FILLERS
from flows.engine.spelling import plain_keeping_sign, words_of
from flows.engine.words import Ear
from flows.moves.slope_plan import A_DAY, LONGEST, later

LONGEST_TEXT = 60
"""Letters; whoever writes more tells a story, and a number in it may be anything."""

_MONTHS = frozenset(words_of("month months mo mos mth mths monat monate monaten"))
_YEARS = frozenset(words_of("year years yr yrs jahr jahre jahren"))
_HALF = frozenset(words_of("half halbes halb halben einhalb undeinhalb"))
_ONE_AND_A_HALF = frozenset(words_of("anderthalb eineinhalb"))
_HALVES = _HALF | _ONE_AND_A_HALF
_AROUND = FILLERS | frozenset(
    words_of("in within over next the innerhalb binnen von lang long time zeit nächsten")
)
_MORE_NUMBERS = {
    "".join(words_of(word)): number
    for number, both in (
        (13, "thirteen dreizehn"),
        (14, "fourteen vierzehn"),
        (15, "fifteen fünfzehn"),
        (16, "sixteen sechzehn"),
        (18, "eighteen achtzehn"),
        (20, "twenty zwanzig"),
        (24, "vierundzwanzig"),
        (30, "thirty dreißig"),
        (36, "sechsunddreißig"),
    )
    for word in both.split()
}
"""Numbers of months that people write as a word, above the twelve that every scale knows."""

_A_HALF = re.compile(r"(?<=\d)[.,]5(?!\d)")
_UNTIL = re.compile(
    r"^\s*(?:by|until|till|before|bis|zum|vor)?\s*(?:the\s+)?(?:end of|end|ende|mitte)?\s*", re.I
)
_YEAR = re.compile(r"20\d\d")


class Pace(Question):
    """How long something may take: months ("18"), or the day by which it is done (an ISO date)."""

    kind = "pace"

    def __init__(self, *codes: str, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = codes

    def key(self, place: int, code: str) -> str:
        del place
        return code

    def label(self, prompt: str, code: str) -> Face:
        if code in self.labelled:
            return Label(prompt, code)
        return int(code) if code.isdecimal() else OnDay(date.fromisoformat(code))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return months, or else the day; one that is over, or years away, is asked about."""
        exact = self.button_that_says(text, prompt, ear.words)
        if exact is not None:
            return exact
        months = months_in(text, ear)
        if months is not None:
            return str(months) if 1 <= months <= LONGEST else Rejected("slopes.not_that_long")
        day = day_in(text, ear)
        if day is None:
            return self.meant(text, prompt, ear.words) or Rejected("slopes.no_pace")
        if day <= ear.today:
            return Rejected("slopes.in_the_past")
        far = day >= later(ear.today, LONGEST)
        return Rejected("slopes.not_that_long") if far else day.isoformat()

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and (_is_months(value) or _day_of(value) is not None))


def months_in(text: str, ear: Ear) -> int | None:
    """Return the months that are all the text says: "18", "in 18 months", "a year and a half", "2 Jahre"."""
    known = {**_MORE_NUMBERS, **number_words(ear.words)}
    said = [word for word in words_of(_A_HALF.sub(" half", text)) if word not in _AROUND - known.keys()]
    units = [word for word in said if word in _MONTHS | _YEARS]
    rest = [word for word in said if word not in _MONTHS | _YEARS]
    counts = [known.get(word) if not word.isdecimal() else int(word) for word in rest if word not in _HALVES]
    odd = not said or len(text) > LONGEST_TEXT or plain_keeping_sign(text).startswith("-")
    if odd or len(units) > 1 or len(counts) > 1 or None in counts:
        return None
    halves = sum(3 if word in _ONE_AND_A_HALF else 1 for word in rest if word in _HALVES)
    if not units and (halves or not counts or (counts[0] or 0) > 1900):
        return None
    whole = counts[0] if counts else None
    count = whole if whole is not None else 0 if _nothing_but_a_half(text, rest) else 1
    in_months = units == [] or units[0] in _MONTHS
    return count if in_months else 12 * count + 6 * halves


def _nothing_but_a_half(text: str, rest: list[str]) -> bool:
    """Whether "half a year" is meant and not "a year and a half"."""
    if any(word in _ONE_AND_A_HALF for word in rest):
        return True
    said = words_of(text)
    half = [place for place, word in enumerate(said) if word in _HALF]
    year = [place for place, word in enumerate(said) if word in _YEARS]
    return bool(half and year and half[0] < year[0])


def day_in(text: str, ear: Ear) -> date | None:
    """Return the day that a text names; a month means its last day, and so does a year."""
    if plain_keeping_sign(text).startswith("-"):
        return None
    found = ear.calendar.day(text, ear, ahead=True)
    if found is not None:
        return found
    said = _UNTIL.sub("", text).strip(" .!?")
    if _YEAR.fullmatch(said):
        return date(int(said), 12, 31)
    if not said or said[0].isdigit():
        return None
    first = ear.calendar.day(f"1 {said}", ear, ahead=True)
    return None if first is None else later(first, 1) - A_DAY


def _is_months(value: str) -> bool:
    return value.isdecimal() and 1 <= int(value) <= LONGEST


def _day_of(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
