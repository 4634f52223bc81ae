"""A question about a day: "next Monday", "12 August", or one of a few usual ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol, Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.matching import nearest
from flows.engine.question import Face, Question, Shared
from flows.engine.say import Label, OnDay
from flows.engine.words import Ear

MONDAY = 0

SAID = {"yesterday": -1, "today": 0, "tomorrow": 1}
"""Days that have a name of their own: how far they are from today."""

FURTHEST = timedelta(days=800)
"""What lies further away than this was not meant."""


class Calendar(Protocol):
    """Reads days that people write in their own words."""

    def day(self, text: str, ear: Ear, *, ahead: bool) -> date | None:
        """Return the day that a text names, seen from today; None when it names none.

        `ahead`: of two days with that name the coming one is meant, else the last one.
        """
        ...


class DayOf(Question):
    """A day; its value is an ISO date. `codes`: the usual ones, as buttons."""

    kind = "day"

    def __init__(self, *codes: str, ahead: bool = True, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = codes
        self.ahead = ahead

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, code) if code in self.labelled else OnDay(date.fromisoformat(code))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the day the text names; one that is years away was not meant."""
        said = self.button_that_says(text, prompt, ear.words) or nearest(
            text, self.labels(prompt, ear.words), ear.words
        )
        day = self._day_of(said, ear) if said else ear.calendar.day(text, ear, ahead=self.ahead)
        if day is None or abs(day - ear.today) > FURTHEST:
            return Rejected("engine.no_day")
        return day.isoformat()

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        return self._day_of(code, ear).isoformat() if code in self.labelled else Rejected("engine.no_day")

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and _is_a_day(value))

    @staticmethod
    def _day_of(code: str, ear: Ear) -> date:
        """The day a button stands for; "monday" is the next one, never today."""
        if code in SAID:
            return ear.today + timedelta(days=SAID[code])
        return ear.today + timedelta(days=7 - (ear.today.weekday() - MONDAY) % 7)


def day_named(answers: Mapping[str, Value], question: str) -> date | None:
    """Return the day that was given to a question; None when it was skipped."""
    value = answers.get(question)
    return date.fromisoformat(value) if isinstance(value, str) and _is_a_day(value) else None


def _is_a_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
