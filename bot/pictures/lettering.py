"""Anybody's words as something that the typefaces can draw: flat, literal, nothing invisible, no boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

Alphabet = frozenset[str]
"""The letters that a typeface can draw."""

LONGEST = 600
"""Letters of one text that are looked at; more than any place on a card has room for."""

MARKS_A_LETTER = 2
"""Accents on one letter; languages need two, and a hundred would climb over the lines above."""

LEFT_OUT = "\u2026"

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"

_GAP = re.compile(r"[^\S\u00a0\u202f]+")
_NOTHING_QUOTED = re.compile(r"(?<=[\u201c\u201e\u00ab])\s*(?=[\u201d\u201c\u00bb])")
_HOLE, _MISSING = "\1", "\0"
_RUN = re.compile("\0(?:[ \0]*\0)?")
_HOLES = re.compile("[ \1]*\1[ \1]*")
_OPENS, _CLOSES = "([{\u201c\u201e\u00ab", ".,;:!?)]}\u201d\u00bb"
_NON_JOINER = "\u200c"


def drawable(text: str, alphabets: Sequence[Alphabet]) -> str:
    """Return the text as it can be drawn with one of the alphabets.

    The first one is the house's own: symbols that it lacks (emoji) are left out. Letters that it lacks take
    the whole text to the next alphabet; those that no alphabet has become one ellipsis for each run of them.
    """
    if not text.strip():
        return ""
    known = frozenset[str]().union(*alphabets)
    letters = (letter for letter in _flat(text) if letter in known or unicodedata.category(letter)[0] != "M")
    holes = (_HOLE if _is_ornament(letter) and letter not in alphabets[0] else letter for letter in letters)
    plain = _NOTHING_QUOTED.sub(LEFT_OUT, _HOLES.sub(_closed, "".join(holes)))
    return _marked(plain, alphabet_for(plain, alphabets)).strip() or LEFT_OUT


def alphabet_for(text: str, alphabets: Sequence[Alphabet]) -> Alphabet:
    """Return the first alphabet that has every letter, the last when none does."""
    letters = set(text) - {LEFT_TO_RIGHT, RIGHT_TO_LEFT, _NON_JOINER}
    return next((alphabet for alphabet in alphabets if letters <= alphabet), alphabets[-1])


def direction_mark(text: str) -> str:
    """Return the invisible mark that keeps every line of a text in its direction; none when it has only one.

    Words from right to left inside a sentence from left to right stay a quotation in it.
    """
    directions = {unicodedata.bidirectional(letter) for letter in text}
    if directions.isdisjoint({"R", "AL", "AN"}):
        return ""
    return LEFT_TO_RIGHT if "L" in directions else RIGHT_TO_LEFT


def _flat(text: str) -> str:
    """One line in composed letters, without what has no shape: controls, hidden marks, broken halves."""
    spaced = _GAP.sub(" ", unicodedata.normalize("NFC", text[:LONGEST]))
    shaped = (letter for letter in spaced if letter == _NON_JOINER or unicodedata.category(letter)[0] != "C")
    return "".join(_with_few_marks(shaped))


def _with_few_marks(letters: Iterator[str]) -> Iterator[str]:
    marks = 0
    for letter in letters:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MARKS_A_LETTER:
            yield letter


def _is_ornament(letter: str) -> bool:
    """Say whether a sentence reads the same without it, as it does without emoji and their colours."""
    return unicodedata.category(letter) in ("So", "Sk")


def _marked(text: str, alphabet: Alphabet) -> str:
    """Put one ellipsis in the place of each run of unknown letters, and of the blanks between them."""
    known = "".join(letter if letter in alphabet or letter == _NON_JOINER else _MISSING for letter in text)
    return _RUN.sub(LEFT_OUT, known)


def _closed(found: re.Match[str]) -> str:
    """What is left of ornaments and the blanks around them: a blank between two words, nothing at an edge."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    at_edge = not before or not after or before in _OPENS or after in _CLOSES
    return "" if at_edge else " "
