"""What typed text may mean: wishes (skip, back, why), numbers, and the nearest of some labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from flows.engine.words import Words

NEAR = 84.0
"""Similarity, 0 to 100, from which a typed word counts as a misspelt label."""
CLEAR = 6.0
"""How much nearer the best label must be than the next one; less than that is a guess."""

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff\u20e3]"
)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"'})
_EDGES = " \t\n.,;:!?\"()[]\u2026\u00bf\u00a1-\u2013\u2014'"
_OUT_OF = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|of|out of|von|из|de|sur)\s*10\b")


def plain(text: str) -> str:
    """Return the text as it is compared: NFKC, case folded, invisible marks and outer punctuation gone."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_QUOTES).casefold()
    return " ".join(folded.split()).strip(_EDGES)


def wish(text: str, words: Words) -> str | None:
    """Return "skip", "back", "why" or "unsure" when that is all the text says."""
    said = plain(text)
    for name in ("skip", "back", "why", "unsure"):
        if said in getattr(words, name):
            return name
    return None


def agrees(text: str, words: Words) -> bool | None:
    """Return True for a yes, False for a no, None for anything else."""
    said = plain(text)
    if said in words.yes:
        return True
    if said in words.no:
        return False
    first = said.split(" ", 1)[0].strip(",.!")
    return True if first in words.yes else False if first in words.no else None


def numbers(text: str, words: Words) -> tuple[float, ...]:
    """Return the different numbers a text names, in digits of any script or in words.

    "7/10" and "7 out of 10" name one number. A minus sign counts: "-3" is minus three.
    """
    said = _digits(plain_keeping_sign(text))
    out_of = _OUT_OF.search(said)
    if out_of:
        said = out_of[1]
    found = [
        float(n) for n in re.findall(r"(?<![\w.,])-?\d{1,6}(?:[.,]\d+)?(?![\w])", said.replace(",", "."))
    ]
    if not found:
        found = [float(words.numbers[token]) for token in _tokens(said) if token in words.numbers]
    return tuple(dict.fromkeys(found))


def plain_keeping_sign(text: str) -> str:
    """Return the text as `plain` does, with a leading minus kept and no space behind it."""
    bare = plain(text)
    signed = re.match(r"\s*[-\u2212]\s*(?=\d)", _INVISIBLE.sub("", text))
    return f"-{bare}" if signed else bare


def nearest(text: str, labels: Mapping[str, str]) -> str | None:
    """Return the code of the label that was meant, or None when none or several could be.

    Exact words first, then a beginning or a part that only one label has, then a near miss.
    """
    said = plain(text)
    if not said:
        return None
    known = {code: plain(label) for code, label in labels.items()}
    for fits in (
        [code for code, label in known.items() if label == said],
        [code for code, label in known.items() if label.startswith(said) and len(said) > 1],
        [code for code, label in known.items() if len(said) > 3 and _has_words(label, said)],
        [code for code, label in known.items() if len(label) > 3 and _has_words(said, label)],
    ):
        if len(fits) == 1:
            return fits[0]
    return _misspelt(said, known)


def _misspelt(said: str, known: Mapping[str, str]) -> str | None:
    if len(said) < 3 or len(said) > 120:
        return None
    ranked = process.extract(said, known, scorer=fuzz.ratio, limit=2, score_cutoff=NEAR - CLEAR)
    if not ranked or ranked[0][1] < NEAR:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEAR:
        return None
    return str(ranked[0][2])


def _has_words(whole: str, part: str) -> bool:
    return f" {part} " in f" {re.sub(r'[,;:()/]', ' ', whole)} "


def _tokens(said: str) -> list[str]:
    return [token for token in re.split(r"[^\w'-]+", said) if token]


def _digits(text: str) -> str:
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in text
    )
