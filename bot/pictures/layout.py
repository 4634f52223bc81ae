"""Where everything on a card goes, as values: pixels from the upper left corner, x to the right, y down.

Words are measured, never guessed; whatever is placed moves the rest down by what it really takes. So nothing
overlaps, whatever the words are, and the card is as high as its content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple, Protocol

from bot.pictures.card import DOTS, Card, LayerLine
from bot.pictures.lettering import Alphabet, direction_mark, drawable
from bot.pictures.look import (
    ACCENT,
    BULLET,
    DOT,
    DOT_STEP,
    EVENLY,
    FLAG,
    FOOT,
    GAP,
    HEAD,
    LEADING_NAME,
    LEADING_WORD,
    MARGIN,
    NAME,
    PANEL,
    PANEL_EDGE,
    PANEL_MARGIN,
    QUIET,
    REASON,
    SAND,
    SECOND,
    SHORT_LINE,
    SUBTITLE,
    TITLE,
    WIDTH,
    WORD,
    Style,
)
from bot.pictures.wrapping import wrapped


class Extent(NamedTuple):
    """What a line of text takes, from its start: width, rise above the baseline, drop below it."""

    width: float
    rise: float
    drop: float


class Letters(Protocol):
    """What the layout asks of the typefaces."""

    @property
    def alphabets(self) -> Sequence[Alphabet]:
        """Return what each typeface can draw, the preferred one first."""
        ...

    def extent(self, text: str, style: Style) -> Extent:
        """Return what the text takes when it is set on one line."""
        ...


class Box(NamedTuple):
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words, exactly as they are drawn, and the box of their ink."""

    text: str
    style: Style
    box: Box
    baseline: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc when it is filled, a ring when it is not."""

    box: Box
    ink: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A rounded sheet behind words."""

    box: Box
    fill: str
    edge: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything on a picture of this height; panels lie behind the rest."""

    height: int
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    bullets: tuple[Dot, ...]
    panels: tuple[Panel, ...]


def laid_out(card: Card, letters: Letters) -> Layout:
    """Return where everything on the card goes."""
    sheet = _Sheet(letters, y=64)
    sheet.write(card.title, TITLE)
    sheet.skip(8)
    sheet.write(card.subtitle, SUBTITLE)
    sheet.skip(36)
    if card.columns:
        _heads(sheet, *card.columns)
    for layer in card.layers:
        _row(sheet, layer)
    if card.flag:
        _flag(sheet, card.flag)
    sheet.skip(24)
    sheet.write(card.foot, FOOT)
    return sheet.finished(52)


def _heads(sheet: _Sheet, before: str, now: str) -> None:
    sheet.beside(lambda: sheet.write(before, HEAD, most=SECOND - GAP), lambda: sheet.write(now, HEAD, SECOND))
    sheet.skip(20)


def _row(sheet: _Sheet, layer: LayerLine) -> None:
    top = sheet.y
    sheet.skip(26 if layer.leading else 20)
    sheet.write(layer.name, LEADING_NAME if layer.leading else NAME)
    sheet.skip(4)
    if layer.dots_before is None:
        _certainty(sheet, layer)
    else:
        _then_and_now(sheet, layer, layer.dots_before)
    for reason in layer.reasons:
        sheet.skip(8)
        _reason(sheet, reason)
    sheet.skip(26 if layer.leading else 20)
    if layer.leading:
        sheet.back(top, PANEL, PANEL_EDGE)
        sheet.skip(12)


def _certainty(sheet: _Sheet, layer: LayerLine) -> None:
    """The dots, and beside them the word that says the same."""
    _dots(sheet, layer.dots, ACCENT if layer.leading else QUIET, MARGIN)
    beside = MARGIN + DOTS * DOT_STEP + 12
    bottom = sheet.y + WORD.line
    sheet.write(layer.word, LEADING_WORD if layer.leading else WORD, beside)
    sheet.y = max(sheet.y, bottom)


def _then_and_now(sheet: _Sheet, layer: LayerLine, dots_before: int) -> None:
    """Two columns of dots, each with its word below: what was, and what is."""
    ink = ACCENT if layer.leading else QUIET
    _dots(sheet, dots_before, QUIET, MARGIN)
    _dots(sheet, layer.dots, ink, SECOND)
    sheet.skip(WORD.line)
    style = LEADING_WORD if layer.leading else WORD
    sheet.beside(
        lambda: sheet.write(layer.word_before, WORD, most=SECOND - GAP),
        lambda: sheet.write(layer.word, style, SECOND),
    )


def _dots(sheet: _Sheet, full: int, ink: str, x: float) -> None:
    top = round(sheet.y + WORD.middle - DOT / 2)
    for place in range(DOTS):
        box = Box(x + place * DOT_STEP, top, DOT, DOT)
        sheet.dots.append(Dot(box, ink, filled=place < full))


def _reason(sheet: _Sheet, reason: str) -> None:
    if not reason.strip():
        return
    box = Box(MARGIN + 4, round(sheet.y + REASON.middle - BULLET / 2), BULLET, BULLET)
    sheet.bullets.append(Dot(box, QUIET, filled=True))
    sheet.write(reason, REASON, MARGIN + 30)


def _flag(sheet: _Sheet, flag: str) -> None:
    sheet.skip(16)
    top = sheet.y
    sheet.skip(24)
    sheet.write(flag, FLAG)
    sheet.skip(24)
    sheet.back(top, SAND, SAND)


@dataclass
class _Sheet:
    """What is placed so far; y is where the next thing goes, and nothing placed reaches below it."""

    letters: Letters
    y: float
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    bullets: list[Dot] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)

    def skip(self, pixels: float) -> None:
        self.y += pixels

    def write(self, text: str, style: Style, x: float = MARGIN, most: float = WIDTH - MARGIN) -> None:
        """Write between two edges, x and the most that a line may reach to."""
        words = drawable(text, self.letters.alphabets)
        mark = direction_mark(words)
        for line in self._lines(words, mark, style, most - x):
            self._set(mark + line, style, x)

    def beside(self, left: Callable[[], None], right: Callable[[], None]) -> None:
        """Place two things at the same height; what follows goes below the taller one."""
        top = self.y
        left()
        bottom, self.y = self.y, top
        right()
        self.y = max(self.y, bottom)

    def back(self, top: float, fill: str, edge: str) -> None:
        """Put a panel behind everything from the top to here."""
        box = Box(PANEL_MARGIN, top, WIDTH - 2 * PANEL_MARGIN, self.y - top)
        self.panels.append(Panel(box, fill, edge))

    def finished(self, margin: int) -> Layout:
        height = ceil(self.y + margin)
        return Layout(height, tuple(self.lines), tuple(self.dots), tuple(self.bullets), tuple(self.panels))

    def _lines(self, words: str, mark: str, style: Style, room: float) -> list[str]:
        """As few lines as it takes; of about the same length when the last one would be a word or two."""

        def within(room: float) -> list[str]:
            return wrapped(words, lambda line: self._width(mark + line, style) <= room, style.most)

        lines = within(room)
        if len(lines) < 2 or self._width(mark + lines[-1], style) > SHORT_LINE * room:
            return lines
        even = within(EVENLY * self._width(mark + words, style) / len(lines))
        return even if len(even) == len(lines) and " ".join(even) == words else lines

    def _width(self, text: str, style: Style) -> float:
        return self.letters.extent(text, style).width

    def _set(self, text: str, style: Style, x: float) -> None:
        """A letter that stands or hangs further out than usual moves its line, and the next, down."""
        width, rise, drop = self.letters.extent(text, style)
        baseline = ceil(self.y + max(rise, style.ascent))
        self.lines.append(Line(text, style, Box(x, baseline - rise, width, rise + drop), baseline))
        self.y = max(self.y + style.line, baseline + drop)
