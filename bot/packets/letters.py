"""Anybody's words as something that can be printed: no boxes, nothing left out in silence."""

from __future__ import annotations

import re
import unicodedata

import emoji

Alphabet = frozenset[str]
"""The letters that a typeface has."""

MARKS_A_LETTER = 2
"""Accents on one letter; languages need two, and a hundred would climb over the lines above."""

LEFT_OUT = "\u2026"
JOINERS = "\u200c\u200d"

_GAP = re.compile(r"\s+")
_TOGETHER = re.compile(r"(?<=[\w)])(?=\()")
"""Between a word or a bracket and the bracket behind it, where emoji stand without a blank."""
_HOLES = re.compile("\0[\0 ]*\0|\0")
_RIGHT_TO_LEFT = ("R", "AL")


def printable(text: str, alphabets: tuple[Alphabet, ...], locale: str) -> tuple[str, Alphabet, bool]:
    """Return the text as it can be printed, the alphabet to print it with, and whether letters are missing.

    Emoji become their names in brackets, in the language of the page where that has them. What no alphabet
    has becomes one ellipsis for each run of it.
    """
    plain = _flat(_with_names(text, alphabets[0], locale))
    letters = set(plain) - set(JOINERS)
    fitting = max(alphabets, key=lambda alphabet: (letters <= alphabet, len(letters & alphabet)))
    known = fitting | set(JOINERS)
    marked = "".join(letter if letter in known else "\0" for letter in plain if not _is_loose(letter, known))
    shown = _HOLES.sub(LEFT_OUT, marked).strip()
    return shown or LEFT_OUT, fitting, "\0" in marked


def runs_from_the_right(text: str) -> bool:
    """Return whether the first letter that has a direction runs from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((each in _RIGHT_TO_LEFT for each in directions if each in ("L", *_RIGHT_TO_LEFT)), False)


def _with_names(text: str, house: Alphabet, locale: str) -> str:
    language = locale if locale in emoji.LANGUAGES else "en"
    parts = (_named(token.chars, house, language) for token in emoji.analyze(text, non_emoji=True))
    return _TOGETHER.sub(" ", "".join(parts))


def _named(chars: str, house: Alphabet, language: str) -> str:
    """Signs like the copyright sign count as emoji, too, and every typeface has them."""
    if not emoji.is_emoji(chars) or set(chars) <= house:
        return chars
    name = emoji.demojize(chars, delimiters=("", ""), language=language).replace("_", " ")
    return f"({name})"


def _flat(text: str) -> str:
    """One line in composed letters, without what has no shape: controls, hidden marks, broken halves."""
    kept, marks = [], 0
    for letter in _GAP.sub(" ", unicodedata.normalize("NFC", text)):
        marks = marks + 1 if unicodedata.combining(letter) else 0
        shapeless = unicodedata.category(letter)[0] == "C" and letter not in JOINERS
        if marks <= MARKS_A_LETTER and not shapeless:
            kept.append(letter)
    return "".join(kept)


def _is_loose(letter: str, known: Alphabet) -> bool:
    """Whether it is an accent that cannot be printed: the letter under it still can."""
    return letter not in known and unicodedata.category(letter)[0] == "M"
