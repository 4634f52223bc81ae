"""A question about a share of the week, asked as hours out of ten."""

from __future__ import annotations

import re
from typing import Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.numerals import numbers, says_more_than_a_number
from flows.engine.question import Face, Option, Question, Shared
from flows.engine.say import Label
from flows.engine.spelling import ascii_digits, plain_keeping_sign
from flows.engine.words import Ear

HOURS = 10
TENTH = 10
STEP = 5

IN_WORDS = {
    "none": 0,
    "tenth": 10,
    "quarter": 25,
    "third": 35,
    "half": 50,
    "two_thirds": 65,
    "most": 75,
    "all": 100,
}
"""Shares that may be typed in words, by the code of their label."""

_HUNDREDS = re.compile(r"(?<![\w.,-])(\d{1,3})\s*(?:%|per\s?cent|pct|prozent)(?!\w)")
_HOURS = re.compile(r"\b(?:hours?|hrs?|stunden?|std)\b\.?")


class Share(Question):
    """A share of the week from 0 to 100, in steps of 5. Buttons count hours out of ten."""

    kind = "share"

    def __init__(self, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = tuple(IN_WORDS)

    @property
    def how(self) -> str:
        return "scale"

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(str(hours * TENTH) for hours in range(HOURS + 1))

    def options(self, prompt: str, ear: Ear) -> tuple[Option, ...]:
        del prompt, ear
        return tuple(Option(code, int(code) // TENTH, str(int(code) // TENTH)) for code in self.codes)

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, code) if code in IN_WORDS else in_hours(int(code))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the share that is all the text says: "3", "30 %", "a third", "3 of 10 hours"."""
        said = plain_keeping_sign(ascii_digits(text))
        exact = self.button_that_says(text, prompt, ear.words)
        hundreds = _HUNDREDS.search(said)
        if exact is not None or hundreds is not None:
            return IN_WORDS[exact] if exact else _share(float(hundreds[1])) if hundreds else None
        given = numbers(_HOURS.sub(" ", said), ear.words, HOURS)
        if len(given) > 1:
            return Rejected("engine.several_numbers", _ENDS)
        odd = says_more_than_a_number(_HOURS.sub(" ", said), ear.words, HOURS)
        if not given or odd:
            meant = self.meant(text, prompt, ear.words)
            return IN_WORDS[meant] if meant else Rejected("engine.no_number", _ENDS)
        in_hundreds = given[0] > HOURS and given[0] % STEP == 0 and not _HOURS.search(said)
        return _share(given[0] if in_hundreds else given[0] * TENTH)

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        del ear
        if code in self.codes:
            return int(code)
        return IN_WORDS.get(code, Rejected("engine.not_on_scale", _ENDS))

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, int) and 0 <= value <= HOURS * TENTH)


def in_hours(share: int) -> int | str:
    """Return a share as hours out of ten: 30 is 3, 35 is "3½"."""
    whole, half = divmod(share // STEP, 2)
    return f"{whole or ''}½" if half else whole


def _share(hundreds: float) -> Value | Rejected:
    """Return the share that is nearest in steps; one outside of the ten hours is none."""
    if not 0 <= hundreds <= HOURS * TENTH:
        return Rejected("engine.not_on_scale", _ENDS)
    return int((hundreds + STEP / 2) // STEP) * STEP


_ENDS = {"low": 0, "high": HOURS}
