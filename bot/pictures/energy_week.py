"""The days of an energy log by parts of the day: one cell each, by how that part left somebody.

A cell has a sign too, for whoever cannot tell the colours apart. Imports matplotlib, which is slow: the
studio imports it late.
"""

from __future__ import annotations

from bot.pictures.energy_bars import ink_on, scale
from bot.pictures.energy_log import EnergyDayLine, EnergyWeekCard
from bot.pictures.energy_paint import painted
from bot.pictures.energy_sheet import (
    DAY,
    DEGREE_NAMES,
    FOOT,
    HEAD,
    LIGHT,
    ROOM,
    TITLE,
    EnergySheet,
    Placed,
    Theme,
)
from bot.pictures.layout import Box, Letters
from bot.pictures.look import MARGIN
from bot.pictures.map_card import Typefaces

SIGNS = ("\u2212\u2212", "\u2212", "0", "+", "++")

CELL, GAP = 58, 10
WIDEST_NAME = 300


def draw(card: EnergyWeekCard, typefaces: Typefaces, theme: Theme = LIGHT) -> bytes:
    """Return the card as a PNG."""
    return painted(laid_out(card, typefaces), typefaces, theme)


def laid_out(card: EnergyWeekCard, letters: Letters) -> Placed:
    """Return where everything goes."""
    sheet = EnergySheet(letters)
    sheet.write(card.title, TITLE)
    sheet.skip(24)
    scale(sheet, card.ends)
    sheet.skip(24)
    names = min(max(sheet.width(day.name, DAY) for day in card.days) + 24, WIDEST_NAME)
    width = (ROOM - names - (len(card.parts) - 1) * GAP) / len(card.parts)
    columns = [MARGIN + names + place * (width + GAP) for place in range(len(card.parts))]
    sheet.y = max(
        sheet.put(part, HEAD, x, width, sheet.y, "middle")
        for part, x in zip(card.parts, columns, strict=True)
    )
    sheet.skip(10)
    for day in card.days:
        _day(sheet, day, columns, width, names)
    sheet.skip(20)
    sheet.write(card.foot, FOOT)
    return sheet.finished()


def _day(sheet: EnergySheet, day: EnergyDayLine, columns: list[float], width: float, names: float) -> None:
    below = sheet.put(day.name, DAY, MARGIN, names - 12, sheet.y + (CELL - DAY.line) / 2)
    for part, x in zip(day.parts, columns, strict=True):
        box = Box(x, sheet.y, width, CELL)
        if part is None:
            sheet.cell(box, "blank", "edge")
        else:
            _cell(sheet, box, _degree(part))
    sheet.y = max(below, sheet.y + CELL) + GAP


def _degree(mean: float) -> int:
    """Which of the five a mean is nearest to; halfway it is the one nearer to the middle."""
    nearest = int(abs(mean) + 0.499999)
    return 2 + (nearest if mean > 0 else -nearest)


def _cell(sheet: EnergySheet, box: Box, place: int) -> None:
    degree = DEGREE_NAMES[place]
    sheet.cell(box, degree, degree, SIGNS[place], ink_on(degree))
