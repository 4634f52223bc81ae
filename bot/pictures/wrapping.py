"""Text into lines by its measured width: between words, after hyphens, and only then inside a word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable

from bot.pictures.lettering import LEFT_OUT

Fits = Callable[[str], bool]
"""Says whether a line is narrow enough."""

_PIECE = re.compile(r" ?[^ ]+?(?:(?<=\w[-/\u2013\u2014])(?=\w)|(?= )|$)")


def wrapped(text: str, fits: Fits, most: int) -> list[str]:
    """Return at most so many lines; what has no room ends in an ellipsis. A line fits, or is one letter."""
    lines = [""] if text else []
    for piece in _PIECE.findall(text):
        if fits(lines[-1] + piece):
            lines[-1] += piece
            continue
        whole = piece.lstrip(" ")
        *full, last = _parts(whole, fits)
        lines = [*lines, *full, last] if lines[-1] else [*full, last]
        if len(lines) > most:
            return [*lines[: most - 1], _ended(lines[most - 1], fits)]
    return lines


def _parts(word: str, fits: Fits) -> list[str]:
    """A word in pieces that fit; the hyphen between them is shown where the script has one."""
    parts = []
    while not fits(word):
        cut = _cut(word, fits)
        parts.append(_hyphenated(word, cut))
        word = word[cut:]
    return [*parts, word]


def _cut(word: str, fits: Fits) -> int:
    """Return how many letters fit, at least one; an accent stays with its letter."""
    cut = max(1, bisect_left(range(1, len(word)), True, key=lambda at: not fits(_hyphenated(word, at))))
    while cut > 1 and unicodedata.combining(word[cut]):
        cut -= 1
    return cut


def _hyphenated(word: str, cut: int) -> str:
    around = word[cut - 1 : cut + 1]
    hyphen = (
        "-" if around.isalpha() and all(unicodedata.bidirectional(each) == "L" for each in around) else ""
    )
    return word[:cut] + hyphen


def _ended(line: str, fits: Fits) -> str:
    """The line with an ellipsis in the place of what follows; whole words go first."""
    while " " in line and not fits(line + LEFT_OUT):
        line = line.rpartition(" ")[0]
    while len(line) > 1 and not fits(line + LEFT_OUT):
        line = line[:-1]
    return line.rstrip(" ,;:.-\u2026") + LEFT_OUT
