"""A sheet that words and cells are placed on: everything is measured, nothing is cut, y grows downwards.

Colours are named by what they are for; a theme gives each its ink. Two themes: one for light paper, which is
sent, and one for dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from bot.pictures.layout import Box, Letters
from bot.pictures.lettering import direction_mark, drawable
from bot.pictures.look import MARGIN, WIDTH, Style
from bot.pictures.wrapping import wrapped

Theme = Mapping[str, str]

DEGREE_NAMES = ("drained", "took", "even", "gave", "energy")

LIGHT: Theme = {
    "paper": "#F4F1E9",
    "blank": "#FBF9F3",
    "edge": "#CFC7B6",
    "ink": "#22302E",
    "grey": "#53605C",
    "drained": "#A5452F",
    "took": "#E2B19F",
    "even": "#DDD6C7",
    "gave": "#A9CFC6",
    "energy": "#1F6B62",
    "on_strong": "#FFFFFF",
    "on_soft": "#22302E",
}
DARK: Theme = {
    "paper": "#17211F",
    "blank": "#1C2826",
    "edge": "#42504C",
    "ink": "#EFEBE1",
    "grey": "#B2BDB8",
    "drained": "#E08468",
    "took": "#6B3C30",
    "even": "#38443F",
    "gave": "#29564E",
    "energy": "#6FC4B4",
    "on_strong": "#101716",
    "on_soft": "#FFFFFF",
}
"""Words keep a contrast of at least 4.5 to what is behind them (WCAG AA)."""

TITLE = Style(58, 74, 3, "ink", bold=True)
NAME = Style(38, 50, 3, "ink", bold=True)
PLAIN_NAME = Style(38, 50, 3, "grey")
NOTE = Style(32, 50, 2, "grey")
END = Style(32, 44, 2, "grey")
COUNT = Style(34, 44, 1, "ink", bold=True)
DAY = Style(32, 44, 2, "ink")
HEAD = Style(28, 38, 3, "grey")
FOOT = Style(30, 42, 4, "grey")

ROOM = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Word:
    """One line of words, exactly as they are drawn, the box of their ink, and the name of its colour."""

    text: str
    style: Style
    ink: str
    box: Box
    baseline: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A rounded box: the names of its ground and of its edge."""

    box: Box
    ground: str
    edge: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Everything on a picture of this height; cells lie behind words."""

    height: int
    words: tuple[Word, ...]
    cells: tuple[Cell, ...]


@dataclass
class EnergySheet:
    """What is placed so far; `y` is where the next thing goes."""

    letters: Letters
    y: float = 60
    words: list[Word] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    def skip(self, pixels: float) -> None:
        self.y += pixels

    def write(self, text: str, style: Style, x: float = MARGIN, room: float = ROOM) -> None:
        """Put words under everything so far, in as many lines as they take in this room."""
        self.y = self.put(text, style, x, room, self.y)

    def put(self, text: str, style: Style, x: float, room: float, top: float, place: str = "left") -> float:
        """Put words at a height; return where the next line would go. `place`: left, middle or right."""
        drawn = drawable(text, self.letters.alphabets)
        mark = direction_mark(drawn)
        for line in wrapped(drawn, lambda line: self.width(mark + line, style) <= room, style.most):
            top = self._line(mark + line, style, x, room, top, place)
        return top

    def width(self, text: str, style: Style) -> float:
        return self.letters.extent(text, style).width

    def fits(self, text: str, style: Style, room: float) -> bool:
        """Return whether words take one line in this room."""
        return self.width(drawable(text, self.letters.alphabets), style) <= room

    def cell(self, box: Box, ground: str, edge: str, text: str = "", ink: str = "ink") -> None:
        """Put a box, with words in its middle."""
        self.cells.append(Cell(box, ground, edge))
        if text:
            extent = self.letters.extent(text, COUNT)
            baseline = round(box.y + (box.height + extent.rise - extent.drop) / 2)
            left = box.x + (box.width - extent.width) / 2
            top = baseline - extent.rise
            ink_box = Box(left, top, extent.width, extent.rise + extent.drop)
            self.words.append(Word(text, COUNT, ink, ink_box, baseline))

    def ends(self, ends: tuple[str, str], x: float = MARGIN, room: float = ROOM) -> None:
        """Name the two ends of a scale at its edges."""
        half = room / 2 - 16
        left = self.put(ends[0], END, x, half, self.y)
        right = self.put(ends[1], END, x + room - half, half, self.y, "right")
        self.y = max(left, right)

    def finished(self, margin: int = 52) -> Placed:
        return Placed(ceil(self.y + margin), tuple(self.words), tuple(self.cells))

    def _line(self, text: str, style: Style, x: float, room: float, top: float, place: str) -> float:
        extent = self.letters.extent(text, style)
        baseline = ceil(top + max(extent.rise, style.ascent))
        spare = {"left": 0.0, "middle": (room - extent.width) / 2, "right": room - extent.width}[place]
        box = Box(x + spare, baseline - extent.rise, extent.width, extent.rise + extent.drop)
        self.words.append(Word(text, style, style.ink, box, baseline))
        return max(top + style.line, baseline + extent.drop)
