"""What is on the picture of the weeks: numbers, places along the weeks, and words ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.pictures.card import Drawable

HEAVIEST = 10

LEGEND = 4
"""A workday, a day off, an unusual week, a map."""


@dataclass(frozen=True, slots=True)
class WeekDots:
    """One week: its place counted from the first one, and how heavy it was, 0 to 10."""

    place: int
    workday: int | None = None
    day_off: int | None = None
    unusual: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days in a row with a name; `begins` and `ends` are in weeks from the first Monday."""

    begins: float
    ends: float
    name: str
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """The name of a month where it begins, in weeks from the first Monday."""

    place: float
    name: str


@dataclass(frozen=True, slots=True)
class TimelineCard(Drawable):
    """The weeks as one picture, in plain words of one locale. `length` is in weeks."""

    drawn_by: ClassVar[str] = "bot.pictures.timeline_card"

    title: str
    length: int
    weeks: tuple[WeekDots, ...]
    bars: tuple[Bar, ...]
    maps: tuple[float, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.weeks or self.length < 1:
            raise ValueError("a timeline shows one week at least")
        if len(self.legend) != LEGEND:
            raise ValueError(f"the legend has {LEGEND} names, not {len(self.legend)}")
        for week in self.weeks:
            for heaviness in (week.workday, week.day_off):
                if heaviness is not None and not 0 <= heaviness <= HEAVIEST:
                    raise ValueError(f"heaviness goes from 0 to {HEAVIEST}, not {heaviness}")
