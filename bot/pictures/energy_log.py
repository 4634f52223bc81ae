"""What is on the pictures of an energy log: words that are ready to be shown, and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.pictures.card import Drawable

DEGREES = 5
"""From drained to full of energy."""

MOST_LINES = 12
MOST_DAYS = 16
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class EnergyLine:
    """How often something left somebody how, from drained to full of energy, and a word on how much that is.

    Without `enough` it is shown as a blank: the counts stand there and nothing is filled.
    """

    name: str
    counts: tuple[int, ...]
    note: str
    enough: bool

    def __post_init__(self) -> None:
        if len(self.counts) != DEGREES or min(self.counts) < 0:
            raise ValueError(f"a line has {DEGREES} counts from 0 on, not {self.counts}")


@dataclass(frozen=True, slots=True)
class EnergyBarsCard(Drawable):
    """Energy by activity or by pairs, in groups, in plain words of one locale. `ends` name the two ends."""

    drawn_by: ClassVar[str] = "bot.pictures.energy_bars"

    title: str
    groups: tuple[tuple[EnergyLine, ...], ...]
    ends: tuple[str, str]
    foot: str

    def __post_init__(self) -> None:
        lines = sum(map(len, self.groups))
        if not 1 <= lines <= MOST_LINES or not all(self.groups):
            raise ValueError(f"1 to {MOST_LINES} lines in groups that have some, not {lines}")


@dataclass(frozen=True, slots=True)
class EnergyDayLine:
    """One day: its name, and how each part of it left somebody (-2 to 2), None where nothing was entered."""

    name: str
    parts: tuple[float | None, ...]

    def __post_init__(self) -> None:
        if not all(part is None or -2 <= part <= 2 for part in self.parts):
            raise ValueError(f"a part of a day is from -2 to 2, not {self.parts}")


@dataclass(frozen=True, slots=True)
class EnergyWeekCard(Drawable):
    """The days of an energy log by parts of the day, in plain words of one locale."""

    drawn_by: ClassVar[str] = "bot.pictures.energy_week"

    title: str
    parts: tuple[str, ...]
    days: tuple[EnergyDayLine, ...]
    ends: tuple[str, str]
    foot: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= MOST_DAYS or not 1 <= len(self.parts) <= MOST_PARTS:
            raise ValueError(f"1 to {MOST_DAYS} days of 1 to {MOST_PARTS} parts")
        if any(len(day.parts) != len(self.parts) for day in self.days):
            raise ValueError("every day has all parts")
