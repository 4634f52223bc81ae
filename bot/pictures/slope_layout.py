"""Where everything on the picture of a slope goes: pixels from the upper left corner, y down.

No words stand inside the plot but the numbers of the stages, which have a row of their own above it: so
nothing lies on a line, however short a stage is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.pictures.energy_sheet import EnergySheet, Placed
from bot.pictures.layout import Box, Letters
from bot.pictures.look import MARGIN, WIDTH, Style
from bot.pictures.slope import SlopeBand, SlopeCard

Theme = Mapping[str, str]
Point = tuple[float, float]

LIGHT: Theme = {
    "paper": "#F4F1E9",
    "band": "#FFFDF9",
    "other": "#EAE4D6",
    "edge": "#CFC7B6",
    "ink": "#22302E",
    "grey": "#53605C",
    "area": "#C3DCD5",
    "other_area": "#B3CFC7",
    "step": "#1F6B62",
    "missing": "#E2B19F",
    "floor": "#8A3B27",
    "on_badge": "#FFFFFF",
}
DARK: Theme = {
    "paper": "#17211F",
    "band": "#1C2826",
    "other": "#24312E",
    "edge": "#42504C",
    "ink": "#EFEBE1",
    "grey": "#B2BDB8",
    "area": "#29564E",
    "other_area": "#224A43",
    "step": "#6FC4B4",
    "missing": "#6B3C30",
    "floor": "#E9A48F",
    "on_badge": "#101716",
}
"""Words keep a contrast of at least 4.5 to what is behind them, lines of at least 3 (WCAG AA)."""

TITLE = Style(54, 70, 3, "ink", bold=True)
SUBTITLE = Style(38, 52, 3, "grey")
NUMBER = Style(34, 44, 1, "ink", bold=True)
AXIS = Style(30, 40, 1, "grey")
KEY = Style(34, 46, 2, "ink")
NAME = Style(38, 50, 2, "ink", bold=True)
NOTE = Style(34, 46, 3, "grey")
FOOT = Style(30, 42, 3, "grey")

PLOT, LOW_PLOT = 430, 90
"""Height of the plot, with money on it and without."""

HEADROOM = 1.12
BEFORE = 64
"""Width of the time before the first stage, where what comes in now is shown."""

SAMPLE = 52
BADGE = 56
EVERY = (1, 2, 3, 6, 12)
"""Every how many months one is named: the first of these that leaves no two names touching."""


@dataclass(frozen=True, slots=True)
class Key:
    """A sample of what is on the plot: floor, steps or missing, in the box before its name."""

    what: str
    box: Box


@dataclass(frozen=True, slots=True)
class Drawn:
    """A slope ready to be painted: words and badges, the plot with its bands, the money, and the keys.

    `steps` are runs of points from left to right; `areas`, of every second stage apart, lie below them.
    """

    placed: Placed
    bands: tuple[Box, ...]
    steps: tuple[tuple[Point, ...], ...]
    areas: tuple[tuple[Box, ...], tuple[Box, ...]]
    missing: tuple[Box, ...]
    floor: tuple[Point, Point] | None
    keys: tuple[Key, ...]


def laid_out(card: SlopeCard, letters: Letters) -> Drawn:
    """Return where everything on the card goes."""
    sheet = EnergySheet(letters)
    sheet.write(card.title, TITLE)
    sheet.skip(4)
    sheet.write(card.subtitle, SUBTITLE)
    sheet.skip(26)
    left = MARGIN + (BEFORE if card.now is not None else 0)
    step = (WIDTH - MARGIN - left) / card.months
    begins = [
        left + step * sum(band.months for band in card.bands[:place]) for place in range(len(card.bands))
    ]
    _numbers(sheet, [begin + step * band.months / 2 for begin, band in zip(begins, card.bands, strict=True)])
    plot = Box(MARGIN, sheet.y, WIDTH - 2 * MARGIN, PLOT if card.amounts else LOW_PLOT)
    bands = [
        Box(x, plot.y, step * band.months, plot.height) for x, band in zip(begins, card.bands, strict=True)
    ]
    sheet.y = plot.bottom + 12
    _months(sheet, card, left, step)
    money = _Money(card, plot, bands)
    keys = tuple(_keys(sheet, card, bool(money.missing())))
    for number, band in enumerate(card.bands, start=1):
        _stage(sheet, number, band)
    sheet.skip(30)
    sheet.write(card.foot, FOOT)
    return Drawn(
        sheet.finished(), tuple(bands), money.steps(), money.areas(), money.missing(), money.floor(), keys
    )


def _numbers(sheet: EnergySheet, middles: Sequence[float]) -> None:
    """The numbers of the stages above their bands; where these are narrow, pushed apart."""
    width = 36
    at: list[float] = []
    for middle in middles:
        at.append(max(middle - width / 2, at[-1] + width if at else MARGIN))
    for place in reversed(range(len(at))):
        at[place] = min(at[place], WIDTH - MARGIN - width * (len(at) - place))
    for number, x in enumerate(at, start=1):
        sheet.put(str(number), NUMBER, x, width, sheet.y, "middle")
    sheet.y += NUMBER.line + 4


def _months(sheet: EnergySheet, card: SlopeCard, left: float, step: float) -> None:
    """Months where they begin, and years below them, as many as have room.

    A first year that ends at once gives way to the one after it: the line below the title tells it too.
    """
    ends = WIDTH - MARGIN
    widest = max((sheet.width(tick.name, AXIS) for tick in card.ticks), default=0) + 18
    every = next((every for every in EVERY if every * step >= widest), EVERY[-1])
    below, free = sheet.y + AXIS.line, 0.0
    for tick in card.ticks:
        x = left + tick.place * step
        if tick.place % every == 0 and x >= free and x + sheet.width(tick.name, AXIS) <= ends:
            sheet.put(tick.name, AXIS, x, widest, sheet.y)
            free = x + widest
    until: float = ends
    for tick in reversed([tick for tick in card.ticks if tick.year]):
        x = left + tick.place * step
        if x + sheet.width(tick.year, AXIS) <= until:
            sheet.put(tick.year, AXIS, x, ends - x, below)
            until = x - 18
    sheet.y = below + AXIS.line + 18


def _keys(sheet: EnergySheet, card: SlopeCard, missing: bool) -> Iterator[Key]:
    """What the lines mean, each on a line of its own."""
    steps = card.now is not None or any(band.income is not None for band in card.bands)
    shown = (card.floor is not None, steps, missing)
    for what, name, there in zip(("floor", "steps", "missing"), card.names, shown, strict=True):
        if there:
            yield Key(what, Box(MARGIN, sheet.y + KEY.middle - 15, SAMPLE, 30))
            room = WIDTH - 2 * MARGIN - SAMPLE - 20
            bottom = sheet.y + KEY.line
            sheet.write(name, KEY, MARGIN + SAMPLE + 20, room)
            sheet.y = max(sheet.y, bottom)
    sheet.skip(18)


def _stage(sheet: EnergySheet, number: int, band: SlopeBand) -> None:
    sheet.skip(16)
    sheet.cell(Box(MARGIN, sheet.y, BADGE, BADGE), "step", "step", str(number), "on_badge")
    x = MARGIN + BADGE + 22
    bottom = sheet.y + BADGE
    sheet.write(band.name, NAME, x, WIDTH - MARGIN - x)
    sheet.write(band.note, NOTE, x, WIDTH - MARGIN - x)
    sheet.y = max(sheet.y, bottom)


@dataclass(frozen=True, slots=True)
class _Money:
    """Amounts as heights: zero is the lower edge of the plot."""

    card: SlopeCard
    plot: Box
    bands: Sequence[Box]

    def height(self, amount: float) -> float:
        most = max(self.card.amounts, default=0) * HEADROOM
        return self.plot.bottom - (amount / most * self.plot.height if most else 0)

    def pieces(self) -> list[tuple[Box, float | None]]:
        """The time before the first stage and the stages, each with what comes in."""
        found = [(box, band.income) for box, band in zip(self.bands, self.card.bands, strict=True)]
        if self.card.now is None:
            return found
        before = Box(self.plot.x, self.plot.y, BEFORE, self.plot.height)
        return [(before, self.card.now), *found]

    def steps(self) -> tuple[tuple[Point, ...], ...]:
        """Runs of stages whose income is known; between them there is a gap."""
        runs: list[list[Point]] = [[]]
        for box, income in self.pieces():
            if income is None:
                runs.append([])
            else:
                runs[-1] += [(box.x, self.height(income)), (box.right, self.height(income))]
        return tuple(tuple(run) for run in runs if run)

    def areas(self) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        first, second = self.pieces()[::2], self.pieces()[1::2]
        return self._below(first), self._below(second)

    def _below(self, pieces: Sequence[tuple[Box, float | None]]) -> tuple[Box, ...]:
        return tuple(self._between(box, income, 0) for box, income in pieces if income is not None)

    def missing(self) -> tuple[Box, ...]:
        """What lies between an income and a floor above it."""
        floor = self.card.floor
        if floor is None:
            return ()
        short = [(box, income) for box, income in self.pieces() if income is not None and income < floor]
        return tuple(self._between(box, floor, income) for box, income in short)

    def floor(self) -> tuple[Point, Point] | None:
        if self.card.floor is None:
            return None
        y = self.height(self.card.floor)
        return (self.plot.x, y), (self.plot.right, y)

    def _between(self, box: Box, above: float, below: float) -> Box:
        top = self.height(above)
        return Box(box.x, top, box.width, self.height(below) - top)
