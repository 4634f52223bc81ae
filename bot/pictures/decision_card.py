"""A decision now against then: two bars for each measure, calm, and none of them calls out.

Imports matplotlib, which is slow: the studio imports it late.
"""

from __future__ import annotations

from bot.pictures.decision import DecisionCard, MeasureLine
from bot.pictures.energy_paint import painted
from bot.pictures.energy_sheet import (
    COUNT,
    FOOT,
    LIGHT,
    NAME,
    NOTE,
    ROOM,
    TITLE,
    EnergySheet,
    Placed,
    Theme,
)
from bot.pictures.layout import Box, Letters
from bot.pictures.look import MARGIN
from bot.pictures.map_card import Typefaces

BAR = 44
"""Height of a bar."""

BETWEEN_BARS, BETWEEN_MEASURES = 14, 46
NARROWEST = 14
"""Width of a bar of nothing: a start that can be seen."""

WIDEST_WHEN, WIDEST_WORDS, GAP = 220, 180, 24

NOW = "edge"
THEN, THEN_HEAVY = "energy", "took"
"""Names of the grounds of the bars."""


def draw(card: DecisionCard, typefaces: Typefaces, theme: Theme = LIGHT) -> bytes:
    """Return the card as a PNG."""
    return painted(laid_out(card, typefaces), typefaces, theme)


def laid_out(card: DecisionCard, letters: Letters) -> Placed:
    """Return where everything goes."""
    sheet = EnergySheet(letters)
    sheet.write(card.title, TITLE)
    sheet.skip(34)
    names = _widest(sheet, card.when, WIDEST_WHEN)
    words = _widest(sheet, [word for line in card.lines for word in line.words], WIDEST_WORDS)
    for number, line in enumerate(card.lines):
        sheet.skip(BETWEEN_MEASURES if number else 0)
        sheet.write(line.name, NAME)
        sheet.skip(12)
        _measure(sheet, line, card.when, names, words)
    sheet.skip(44)
    sheet.write(card.foot, FOOT)
    return sheet.finished()


def _widest(sheet: EnergySheet, words: tuple[str, ...] | list[str], most: int) -> float:
    return min(max(max(sheet.width(word, NOTE), sheet.width(word, COUNT)) for word in words), most)


def _measure(
    sheet: EnergySheet, line: MeasureLine, when: tuple[str, str], names: float, words: float
) -> None:
    left, room = MARGIN + names + GAP, ROOM - names - words - 2 * GAP
    for place, (name, share, word) in enumerate(zip(when, line.shares, line.words, strict=True)):
        top = sheet.y + (BAR - NOTE.line) / 2
        below = sheet.put(name, NOTE, MARGIN, names, top)
        sheet.cell(Box(left, sheet.y, room, BAR), "blank", "edge")
        if share is not None:
            ground = NOW if not place else THEN_HEAVY if line.heavy else THEN
            sheet.cell(Box(left, sheet.y, max(NARROWEST, room * share), BAR), ground, ground)
        style = COUNT if share is not None else NOTE
        beside = sheet.put(word, style, left + room + GAP, words, sheet.y + (BAR - style.line) / 2)
        sheet.y = max(sheet.y + BAR, below, beside) + (0 if place else BETWEEN_BARS)
