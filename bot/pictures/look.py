"""How a card looks: sizes in pixels, inks and grounds. One look for light and for dark chats."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 1080
MARGIN = 76
"""From the edge to the words."""

SECOND = 552
"""From the edge to the second of two columns."""

GAP = 28
"""Between two columns."""

PANEL_MARGIN = 32
"""From the edge to the panel behind a leading row."""

CORNER = 28
"""Radius of a panel's corners."""

PAPER, PANEL, PANEL_EDGE, SAND = "#F4F1E9", "#FFFDF9", "#DDD6C7", "#E9E2D3"
INK, GREY, ACCENT, QUIET = "#22302E", "#53605C", "#1F6B62", "#65746F"
"""Words keep a contrast of at least 4.5 to what is behind them, dots of at least 3 (WCAG AA)."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set, in pixels: size of the letters, distance of the lines, most lines."""

    size: int
    line: int
    most: int
    ink: str
    bold: bool = False

    @property
    def ascent(self) -> float:
        """From the top of a line to its baseline."""
        return self.size + (self.line - self.size) * 0.3

    @property
    def middle(self) -> float:
        """From the top of a line to the middle of its small letters, which is where a dot belongs."""
        return self.ascent - 0.3 * self.size


TITLE = Style(60, 76, 3, INK, bold=True)
SUBTITLE = Style(38, 52, 4, GREY)
NAME = Style(42, 54, 3, INK)
LEADING_NAME = Style(44, 56, 3, INK, bold=True)
WORD = Style(34, 46, 2, GREY)
LEADING_WORD = Style(34, 46, 2, ACCENT, bold=True)
REASON = Style(34, 46, 2, GREY)
HEAD = Style(34, 46, 2, INK, bold=True)
FLAG = Style(34, 47, 6, INK)
FOOT = Style(30, 42, 3, GREY)

DOT, DOT_STEP, DOT_RING = 28, 40, 3
"""Width of a dot with its outline, distance from dot to dot, strength of the outline."""

BULLET = 8

SHORT_LINE = 0.4
"""Share of the room below which a last line looks forgotten."""

EVENLY = 1.3
"""How much longer than the average a line may be, so that words still fit in as many lines."""
