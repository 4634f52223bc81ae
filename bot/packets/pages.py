"""The pages of a packet as a PDF: A4, two pages at the most, nothing in it but what can be read on it."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, time

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from bot.packets.enclosed import Made
from bot.packets.letters import printable, runs_from_the_right
from bot.packets.packet import NAME, Packet, Section
from bot.packets.typefaces import Typeface, typefaces

MOST_PAGES = 2

SIZES = (10.5, 9.5)
"""Sizes of the letters, in points, that read well: between these the one that saves a page is taken."""

SMALLER = (9.5, 8.5, 7.5, 6.5)
"""What is tried, without a page of its own for the end, until everything is on two pages."""

MARGIN, FOOT, INDENT = 20.0, 15.0, 5.0
"""Millimetres: around the page, from its lower edge to the foot, and from a bullet to its words."""

LINE = 0.5
"""Millimetres of a line for one point of its letters."""

INK, ACCENT, GREY = (34, 48, 46), (31, 107, 98), (83, 96, 92)

PRODUCER = "Tare"


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: its size against that of the body, its ink, its weight."""

    scale: float
    ink: tuple[int, int, int]
    bold: bool = False


TITLE, SUBTITLE, HEADING = Type(1.9, INK, bold=True), Type(1.0, GREY), Type(1.15, ACCENT, bold=True)
BODY, SMALL = Type(1.0, INK), Type(0.8, GREY)


def make(packet: Packet) -> Made:
    """Return the packet as a PDF. The same packet gives the same bytes, whenever and wherever it is made."""
    with ExitStack() as opened:
        sheets = [opened.enter_context(closing(_printed(packet, size, apart=True))) for size in SIZES]
        sheet = min(sheets, key=lambda each: each.pages_count)
        for size in SMALLER:
            if sheet.pages_count <= MOST_PAGES:
                break
            sheet = opened.enter_context(closing(_printed(packet, size, apart=False)))
        return Made(NAME, bytes(sheet.output()), sheet.pages_count)


def _printed(packet: Packet, size: float, *, apart: bool) -> Sheet:
    sheet = Sheet(packet, size)
    sheet.add_page()
    sheet.say(packet.title, TITLE)
    sheet.say(packet.subtitle, SUBTITLE)
    for section in packet.sections:
        sheet.tell(section, apart=apart and section.closing)
    if sheet.letters_missing:
        sheet.ln(size * LINE)
        sheet.say(packet.missing, SMALL)
    return sheet


class Sheet(FPDF):
    """A document on which every paragraph finds its typeface and its direction."""

    def __init__(self, packet: Packet, size: float) -> None:
        super().__init__(format="A4")
        self.letters_missing = False
        self._packet = packet
        self._size = size
        self._alphabets = tuple(each.alphabet for each in typefaces())
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + FOOT / 2)
        self.set_text_shaping(True)
        self._describe(packet)
        for typeface in typefaces():
            self.add_font(typeface.family, "", typeface.regular)
            self.add_font(typeface.family, "B", typeface.bold)

    def _describe(self, packet: Packet) -> None:
        """What stands in the file beside its pages: the day, no time and no zone, and no name of anything."""
        self.set_producer(PRODUCER)
        self.set_title(PRODUCER)
        self.set_lang(packet.locale)
        self.set_creation_date(datetime.combine(packet.day, time(), UTC))

    def close(self) -> None:
        """Close the typefaces, which stay open for as long as something may be printed."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def file_id(self) -> None:
        """No identifier: two files cannot be told to come from the same place."""

    def footer(self) -> None:
        self.set_y(-FOOT)
        number = f"{self.page_no()} / {{nb}}"
        self.say(f"{self._packet.foot} \u00b7 {number}", SMALL)

    def tell(self, section: Section, *, apart: bool) -> None:
        """Print a section; one that stands apart begins a page of its own."""
        if apart or self.will_page_break(4 * self._size * LINE):
            self.add_page()
        self.ln(self._size * LINE * 0.8)
        self.say(section.title, HEADING)
        for line in section.lines:
            self.ln(self._size * LINE * 0.25)
            self.say(line, BODY, bullet=True)

    def say(self, words: str, style: Type, *, bullet: bool = False) -> None:
        """Print a paragraph, on the side on which its first letter begins."""
        text, alphabet, missing = printable(words, self._alphabets, self._packet.locale)
        self.letters_missing = self.letters_missing or missing
        height = self._size * style.scale * LINE
        self._set(self._typeface(alphabet), style)
        right = runs_from_the_right(text)
        inside = INDENT if bullet else 0.0
        if bullet:
            self._dot(height, right=right)
        self.set_x(self.l_margin + (0 if right else inside))
        align = Align.R if right else Align.L
        self.multi_cell(self.epw - inside, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _set(self, typeface: Typeface, style: Type) -> None:
        self.set_font(typeface.family, "B" if style.bold else "", self._size * style.scale)
        self.set_text_color(*style.ink)

    def _typeface(self, alphabet: frozenset[str]) -> Typeface:
        return next(each for each in typefaces() if each.alphabet == alphabet)

    def _dot(self, height: float, *, right: bool) -> None:
        if self.will_page_break(height):
            self.add_page()
        wide = self._size * 0.11
        left = self.w - self.r_margin - wide if right else self.l_margin
        self.set_fill_color(*ACCENT)
        self.ellipse(left, self.get_y() + height / 2 - wide / 2, wide, wide, style="F")
