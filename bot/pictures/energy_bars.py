"""Energy by activity, or by pairs: a bar a line, from drained to full of energy, with counts.

Imports matplotlib, which is slow: the studio imports it late.
"""

from __future__ import annotations

from bot.pictures.energy_log import DEGREES, EnergyBarsCard, EnergyLine
from bot.pictures.energy_paint import painted
from bot.pictures.energy_sheet import (
    DEGREE_NAMES,
    FOOT,
    LIGHT,
    NAME,
    NOTE,
    PLAIN_NAME,
    ROOM,
    TITLE,
    EnergySheet,
    Placed,
    Theme,
)
from bot.pictures.layout import Box, Letters
from bot.pictures.look import MARGIN
from bot.pictures.map_card import Typefaces

CELL, GAP, SWATCH = 60, 6, 26
"""Height of a bar, the room between two of its parts, height of the scale."""

NARROWEST = 44
"""Width of a part of a bar with a single entry among many."""

BETWEEN_LINES, BETWEEN_GROUPS = 30, 56

STRONG = frozenset({"drained", "energy"})
"""Degrees whose ground is so strong that words on it change sides."""


def draw(card: EnergyBarsCard, typefaces: Typefaces, theme: Theme = LIGHT) -> bytes:
    """Return the card as a PNG."""
    return painted(laid_out(card, typefaces), typefaces, theme)


def laid_out(card: EnergyBarsCard, letters: Letters) -> Placed:
    """Return where everything goes."""
    sheet = EnergySheet(letters)
    sheet.write(card.title, TITLE)
    sheet.skip(26)
    scale(sheet, card.ends)
    sheet.skip(20)
    for number, group in enumerate(card.groups):
        sheet.skip(BETWEEN_GROUPS - BETWEEN_LINES if number else 0)
        for line in group:
            _line(sheet, line)
            sheet.skip(BETWEEN_LINES)
    sheet.write(card.foot, FOOT)
    return sheet.finished()


def _line(sheet: EnergySheet, line: EnergyLine) -> None:
    style = NAME if line.enough else PLAIN_NAME
    note = sheet.width(line.note, NOTE)
    if sheet.fits(line.name, style, ROOM - note - 32):
        sheet.put(line.note, NOTE, MARGIN, ROOM, sheet.y, "right")
        sheet.write(line.name, style)
    else:
        sheet.write(line.name, style)
        sheet.write(line.note, NOTE)
    sheet.skip(8)
    _bar(sheet, line)


def _bar(sheet: EnergySheet, line: EnergyLine) -> None:
    """One bar of all entries, parted by how they left somebody; a blank has outlines only."""
    parts = [(degree, count) for degree, count in zip(DEGREE_NAMES, line.counts, strict=True) if count]
    if not parts:
        sheet.cell(Box(MARGIN, sheet.y, ROOM, CELL), "blank", "edge")
    x = float(MARGIN)
    for (degree, count), width in zip(parts, _widths([count for _, count in parts]), strict=True):
        ground, edge = (degree, degree) if line.enough else ("blank", "edge")
        ink = ink_on(degree) if line.enough else "ink"
        sheet.cell(Box(x, sheet.y, width, CELL), ground, edge, str(count), ink)
        x += width + GAP
    sheet.skip(CELL)


def _widths(counts: list[int]) -> list[float]:
    """Share the room by the counts; none is so narrow that its count would not fit."""
    room = ROOM - (len(counts) - 1) * GAP - len(counts) * NARROWEST
    return [NARROWEST + room * count / sum(counts) for count in counts]


def ink_on(degree: str) -> str:
    """Return the name of the ink for words on a degree."""
    return "on_strong" if degree in STRONG else "on_soft"


def scale(sheet: EnergySheet, ends: tuple[str, str]) -> None:
    """Show the five degrees side by side, with the names of the two ends under them."""
    width = (ROOM - (DEGREES - 1) * GAP) / DEGREES
    for place, degree in enumerate(DEGREE_NAMES):
        sheet.cell(Box(MARGIN + place * (width + GAP), sheet.y, width, SWATCH), degree, degree)
    sheet.skip(SWATCH + 6)
    sheet.ends(ends)
