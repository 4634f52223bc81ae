"""What is on the picture of a slope: stages in months, money as numbers, and words ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.pictures.card import Drawable

MOST_BANDS = 4


@dataclass(frozen=True, slots=True)
class SlopeBand:
    """One stage: what it is called, when it is, how many months, and what one of them brings.

    `note` says the time and the money in words; `income` is None where nobody said.
    """

    name: str
    note: str
    months: int
    income: float | None = None


@dataclass(frozen=True, slots=True)
class MonthTick:
    """The name of a month, its place from the first one, and the year where one has to be told."""

    place: int
    name: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class SlopeCard(Drawable):
    """A slope as one picture, in plain words of one locale.

    `floor` and `now` are None where they were not said. `names` are those of the floor, of the steps that
    the income goes in, and of what is missing to the floor, in this order.
    """

    drawn_by: ClassVar[str] = "bot.pictures.slope_card"

    title: str
    subtitle: str
    bands: tuple[SlopeBand, ...]
    ticks: tuple[MonthTick, ...]
    names: tuple[str, str, str]
    foot: str
    floor: float | None = None
    now: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.bands) <= MOST_BANDS:
            raise ValueError(f"a slope shows 1 to {MOST_BANDS} stages, not {len(self.bands)}")
        if any(band.months < 1 for band in self.bands):
            raise ValueError("a stage takes a month at least")
        if any(income < 0 for income in self.amounts):
            raise ValueError("no income is below zero")

    @property
    def months(self) -> int:
        """How many months all stages take."""
        return sum(band.months for band in self.bands)

    @property
    def amounts(self) -> tuple[float, ...]:
        """Every amount on the picture."""
        known = (self.floor, self.now, *(band.income for band in self.bands))
        return tuple(each for each in known if each is not None)
