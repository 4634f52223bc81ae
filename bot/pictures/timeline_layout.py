"""Where everything on the picture of the weeks goes: pixels from the upper left corner, y down.

Words are measured and get rows of their own, so that no name of a trial lies on a line or on another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from bot.pictures.layout import Box, Letters, Line
from bot.pictures.lettering import direction_mark, drawable
from bot.pictures.look import GREY, INK, MARGIN, TITLE, WIDTH, Style
from bot.pictures.timeline import HEAVIEST, TimelineCard, WeekDots
from bot.pictures.wrapping import wrapped

LEGEND_TEXT = Style(32, 46, 1, INK)
AXIS = Style(30, 40, 1, GREY)
NAME = Style(30, 40, 1, INK)

PLOT = 560
"""Height of the plot, from 10 to 0."""

LEFT = MARGIN + 54
"""Where the weeks begin; the numbers of the scale stand before it."""

SAMPLE = 44
"""Width of the little sample before a name in the legend."""

GAP = 40
BAR = 14
MARK = 12
"""Height of a bar, and half the width of a map's mark."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture of this height: the plot, the words, the samples of the legend, the bars, the maps' marks."""

    height: int
    plot: Box
    step: float
    lines: tuple[Line, ...]
    samples: tuple[Box, ...]
    bars: tuple[Box, ...]
    marks: tuple[tuple[float, float], ...]

    def x(self, place: float) -> float:
        """Return where a place among the weeks lies."""
        return self.plot.x + place * self.step

    def point(self, week: WeekDots, heaviness: int) -> tuple[float, float]:
        """Return where the dot of a week lies: in the middle of it."""
        return self.x(week.place + 0.5), self.plot.bottom - heaviness / HEAVIEST * self.plot.height


def laid_out(card: TimelineCard, letters: Letters) -> Placed:
    """Return where everything on the card goes."""
    sheet = _Sheet(letters, y=64)
    sheet.write(card.title, TITLE, MARGIN)
    sheet.y += 16
    samples = tuple(_legend(sheet, card.legend))
    sheet.y += 36
    plot = Box(LEFT, sheet.y, WIDTH - MARGIN - LEFT, PLOT)
    step = plot.width / card.length
    _scale(sheet, plot)
    sheet.y = plot.bottom + 16
    _months(sheet, card, plot, step)
    marks = tuple(_marks(sheet, card, plot, step))
    bars = tuple(_bars(sheet, card, plot, step))
    return Placed(ceil(sheet.y + 44), plot, step, tuple(sheet.lines), samples, bars, marks)


def _legend(sheet: _Sheet, names: Sequence[str]) -> Iterator[Box]:
    """Names side by side as far as they fit, each behind its sample."""
    x = float(MARGIN)
    for name in names:
        words = sheet.fitting(name, LEGEND_TEXT, WIDTH - 2 * MARGIN - SAMPLE - 14)
        width = SAMPLE + 14 + sheet.width(words, LEGEND_TEXT)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, sheet.y = float(MARGIN), sheet.y + LEGEND_TEXT.line
        yield Box(x, sheet.y + LEGEND_TEXT.middle - 12, SAMPLE, 24)
        sheet.put(words, LEGEND_TEXT, x + SAMPLE + 14, sheet.y)
        x += width + GAP
    sheet.y += LEGEND_TEXT.line


def _scale(sheet: _Sheet, plot: Box) -> None:
    for number in (0, HEAVIEST // 2, HEAVIEST):
        y = plot.bottom - number / HEAVIEST * plot.height
        width = sheet.width(str(number), AXIS)
        sheet.put(str(number), AXIS, plot.x - 18 - width, y - AXIS.middle)


def _months(sheet: _Sheet, card: TimelineCard, plot: Box, step: float) -> None:
    """The months where they begin; one that would touch the one before is left out."""
    free_from = 0.0
    for tick in card.ticks:
        x = plot.x + tick.place * step
        words = sheet.fitting(tick.name, AXIS, plot.width)
        width = sheet.width(words, AXIS)
        if x >= free_from and x + width <= plot.right:
            sheet.put(words, AXIS, x, sheet.y)
            free_from = x + width + 16
    sheet.y += AXIS.line + 8


def _marks(sheet: _Sheet, card: TimelineCard, plot: Box, step: float) -> Iterator[tuple[float, float]]:
    if card.maps:
        sheet.y += 2 * MARK + 20
        for place in card.maps:
            yield plot.x + place * step, sheet.y - MARK - 10


def _bars(sheet: _Sheet, card: TimelineCard, plot: Box, step: float) -> Iterator[Box]:
    """Each with its name above it, in a row of its own; a name near the right edge begins further left."""
    for bar in card.bars:
        begins = plot.x + bar.begins * step
        width = max((bar.ends - bar.begins) * step, BAR)
        words = sheet.fitting(bar.name, NAME, plot.width)
        x = min(begins, plot.right - sheet.width(words, NAME))
        sheet.put(words, NAME, x, sheet.y)
        sheet.y += NAME.line + 6
        yield Box(min(begins, plot.right - width), sheet.y, width, BAR)
        sheet.y += BAR + 12


@dataclass
class _Sheet:
    """The words placed so far; y is where the next thing goes."""

    letters: Letters
    y: float
    lines: list[Line] = field(default_factory=list)

    def write(self, text: str, style: Style, x: float) -> None:
        """Put words at y, in as many lines as the style allows."""
        words = drawable(text, self.letters.alphabets)
        mark = direction_mark(words)
        room = WIDTH - MARGIN - x
        for line in wrapped(words, lambda part: self.width(mark + part, style) <= room, style.most):
            self.put(mark + line, style, x, self.y)
            self.y += style.line

    def fitting(self, text: str, style: Style, room: float) -> str:
        """Return as much of the words as fits on one line of this width."""
        words = drawable(text, self.letters.alphabets)
        mark = direction_mark(words)
        lines = wrapped(words, lambda part: self.width(mark + part, style) <= room, 1)
        return mark + lines[0] if lines else ""

    def width(self, text: str, style: Style) -> float:
        return self.letters.extent(text, style).width if text else 0.0

    def put(self, text: str, style: Style, x: float, y: float) -> None:
        """Put one line of words with its upper edge at y."""
        if not text:
            return
        width, rise, drop = self.letters.extent(text, style)
        baseline = ceil(y + style.ascent)
        self.lines.append(Line(text, style, Box(x, baseline - rise, width, rise + drop), baseline))
