"""What typed text may mean: wishes (skip, back, why), yes or no, numbers, the nearest of some labels."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from flows.engine.matching import nearest
from flows.engine.numerals import numbers
from flows.engine.say import ASIDES
from flows.engine.small_words import FILLERS
from flows.engine.spelling import asks_back, is_slip, plain, words_of
from flows.engine.words import Words

__all__ = ["agrees", "nearest", "numbers", "plain", "says_label", "wish"]

LABELLED = {"skip": "skip", "leave": "skip", "back": "back", "why": "why"}
"""What the buttons beside the answers wish for, by the code of their label."""

LONGEST = 80
"""Characters; a longer text is never just a wish, a yes or a no."""

_AROUND_A_WISH = FILLERS | {
    *("one", "question", "can", "could", "we", "lets", "want", "but", "though", "really"),
    *("frage", "kann", "konnen", "wir", "will", "mochte", "aber", "denn", "wirklich"),
}
_DOUBLED = re.compile(r"([^\W\d_])\1+")

Phrase = tuple[str, ...]


def wish(text: str, words: Words, *, loosely: bool = False) -> str | None:
    """Return "skip", "back", "why" or "unsure" when that is all the text says; a bare "?" asks why.

    Loosely, it may be misspelt and stand among small words ("can we skipp this one please").
    """
    if len(text) > LONGEST:
        return None
    said = words_of(text)
    if not said and asks_back(text):
        return "why"
    for code, name in LABELLED.items():
        if says_label(text, ASIDES, code, words):
            return name
    for name in ("skip", "back", "why", "unsure"):
        if said in _spelt(getattr(words, name)):
            return name
    return _loosely(said, words) if loosely else None


def agrees(text: str, words: Words) -> bool | None:
    """Return True for a yes, False for a no, None for anything else.

    Nothing but words of one kind and small words may be there: "yes please" agrees, "yes, but why" and
    "right now I am 17" do not.
    """
    yes = _spelt_short(words.yes)
    known = yes | _spelt_short(words.no)
    rest = _short(words_of(text)) if len(text) <= LONGEST and not asks_back(text) else ()
    found = set[bool]()
    while rest:
        phrase = _opening(rest, known)
        if phrase:
            found.add(phrase in yes)
        elif rest[0] not in _SHORT_FILLERS:
            return None
        rest = rest[len(phrase) or 1 :]
    return found.pop() if len(found) == 1 else None


def says_label(text: str, prompt: str, code: str, words: Words) -> bool:
    """Return whether the text is what stands on that button."""
    label = words.labels.get(prompt, {}).get(code)
    return label is not None and plain(label) == plain(text)


def _loosely(said: Phrase, words: Words) -> str | None:
    for name in ("skip", "back", "why", "unsure"):
        if any(_wraps(said, phrase) for phrase in _spelt(getattr(words, name))):
            return name
    return None


def _wraps(said: Phrase, phrase: Phrase) -> bool:
    """Whether the phrase stands in the text, perhaps misspelt, with small words around it and no others."""
    width = len(phrase)
    for start in range(len(said) - width + 1):
        if all(map(is_slip, said[start : start + width], phrase)):
            return all(word in _AROUND_A_WISH for word in said[:start] + said[start + width :])
    return False


def _opening(said: Phrase, phrases: Set[Phrase]) -> Phrase:
    """The longest of the phrases that the text begins with, () when there is none."""
    for width in range(min(len(said), 6), 0, -1):
        if said[:width] in phrases:
            return said[:width]
    return ()


def _short(phrase: Phrase) -> Phrase:
    """The words with doubled letters once: "yess" is a yes."""
    return tuple(_DOUBLED.sub(r"\1", word) for word in phrase)


@lru_cache(maxsize=64)
def _spelt_short(phrases: frozenset[str]) -> frozenset[Phrase]:
    return frozenset(map(_short, _spelt(phrases)))


@lru_cache(maxsize=64)
def _spelt(phrases: frozenset[str]) -> frozenset[Phrase]:
    return frozenset(words_of(phrase) for phrase in phrases)


_SHORT_FILLERS = frozenset(_short(tuple(FILLERS)))
