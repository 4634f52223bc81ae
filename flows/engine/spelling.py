"""How typed text is compared: without case, marks and accents, and allowing for a slip of the finger."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20e3\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Controls, marks of direction, joiners, fillers, the frame of a keycap, tags: nobody sees them."""

_SAME = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u066b": ".",  # the decimal sign of Arabic digits
        "\u2212": "-",
        "\U0001f51f": "10",
    }
)
_EDGES = " \t\n.,;:!?\"()[]\u2026\u00bf\u00a1\u061f-\u2013\u2014'"
_ACCENTS = re.compile("[\u0300-\u036f]")
_WRITTEN_OUT = re.compile("(?<=[aou])e")
"""Turns ae, oe and ue into what is left of ä, ö and ü; "does" becomes "dos" on both sides of a comparison."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+|[%\u066a°€$£<>=+{}*^\\|]")
"""Signs that make "7%" or "<7" something else than a 7 are words; other punctuation is none."""


def plain(text: str) -> str:
    """Return the text as it is compared: NFKC, case folded, invisible marks and outer punctuation gone."""
    return " ".join(_folded(text).split()).strip(_EDGES)


def plain_keeping_sign(text: str) -> str:
    """Return the text as `plain` does, with a leading minus kept and no space behind it."""
    signed = re.match(r"\s*[-\u2013\u2014]\s*(?=\d)", _folded(text))
    return f"-{plain(text)}" if signed else plain(text)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents and apostrophes: "Für  Größeres!" is (fur, grosseres).

    Digits of every script read 0 to 9; a letter drawn out ("nooo") stands once.
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", plain(text))).replace("'", "")
    bare = _DRAWN_OUT.sub(r"\1", _WRITTEN_OUT.sub("", bare))
    return tuple(_WORD.findall(ascii_digits(bare)))


def asks_back(text: str) -> bool:
    """Return whether there is a question mark of any script in the text."""
    return not {"?", "\uff1f", "\u061f", "\u037e"}.isdisjoint(text)


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script as 0 to 9."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in text
    )


def is_slip(typed: str, meant: str) -> bool:
    """Return whether one word is the other, or nearly: a letter wrong, missing, doubled, or two swapped.

    Two slips in words of 9 letters and more. A word of 4 letters may only have two swapped, as "viel" is
    not "vier". The first letter has to be right, or swapped with the second: "unusual" is not "usual".
    """
    if typed == meant:
        return True
    shorter, longer = sorted((len(typed), len(meant)))
    starts_alike = typed[0] == meant[0] or typed[:2] == meant[1::-1]
    if shorter < 4 or not starts_alike or not (typed.isalpha() and meant.isalpha()):
        return False
    if longer == 4 and sorted(typed) != sorted(meant):
        return False
    allowed = 2 if shorter >= 9 else 1
    return OSA.distance(typed, meant, score_cutoff=allowed) <= allowed


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_SAME).casefold()
