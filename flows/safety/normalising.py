"""Text as the safety lists see it: bare words, so that spelling and disguise do not hide what is said."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from flows.engine.spelling import plain

SIGNS = "🔫🔪💀☠⚰🪦💊😂🤣"
"""Pictures that say a word; every other one only parts words."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['\u00b4\u02b9\u055a]")
_STARS = re.compile(r"(?<=\w)\*+(?=\w)")
_DISGUISED = re.compile("(?<=[a-z])[0134$@]+(?=[a-z])")
_LETTERS = str.maketrans("0134$@", "oieasa")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_PARTS = re.compile(rf"[^\W_]+|[{SIGNS}]|[.!?;]+")
_PAUSE = re.compile(r"\.{2,}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Words(NamedTuple):
    """The words of a text, and as bits the places where a new sentence begins."""

    words: tuple[str, ...]
    begins: int = 0


def words_of(text: str) -> Words:
    """Return the words without case, accents, apostrophes, doubled letters and digits put for letters.

    "I don’t want to liiive" and "i dont want too live" give the same words. Three dots are a pause in
    a sentence, not its end; the end of a line is neither.
    """
    words: list[str] = []
    begins = 0
    for part in _PARTS.findall(_bare(text)):
        if part[0] not in ".!?;":
            words.append(part)
        elif not _PAUSE.fullmatch(part):
            begins |= 1 << len(words)
    return Words(tuple(words), begins)


def spellings(word: str) -> tuple[str, ...]:
    """Return how one word of a list may stand in a text: töten is toten or toeten."""
    folded = plain(word)
    return tuple(dict.fromkeys((_bare(folded), _bare(folded.translate(_UMLAUTS)))))


def _bare(text: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", plain(text)))
    bare = _STARS.sub("", _APOSTROPHES.sub("", bare))
    return _REPEATED.sub(r"\1", _DISGUISED.sub(_letters, bare))


def _letters(disguised: re.Match[str]) -> str:
    return disguised[0].translate(_LETTERS)
