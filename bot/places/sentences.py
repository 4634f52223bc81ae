"""Where in a sentence a place may stand: without the words around it, and behind "in" or "near"."""

from collections.abc import Iterator, Sequence

from bot.places.folding import folded
from bot.places.place_names import AROUND, BEFORE_A_CITY, SHORT

MOST_WORDS = 40
LONGEST_NAME = 5  # words


def words_of(text: str) -> list[str]:
    """Return the first words of a text, folded; emoji and marks alone are no words."""
    return [word for word in folded(text[:500]).split() if any(mark.isalnum() for mark in word)][:MOST_WORDS]


def core_of(words: Sequence[str]) -> str:
    """Return the words from the first to the last that are no filling: "i live in lyon now" is "lyon"."""
    inner = [place for place, word in enumerate(words) if word not in AROUND]
    return " ".join(words[inner[0] : inner[-1] + 1]) if inner else ""


def cores(words: Sequence[str]) -> Iterator[str]:
    """Yield what may be a name, longest first: the first word is part of it ("la paz") or not ("in lyon")."""
    left = next((place for place, word in enumerate(words) if word not in AROUND), len(words) - 1)
    right = next((place for place, word in enumerate(reversed(words)) if word not in AROUND), len(words) - 1)
    spans = {(start, len(words) - end) for start in range(left + 1) for end in range(right + 1)}
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        named = any(word not in AROUND or word in SHORT for word in words[start:end])
        if named and end - start <= LONGEST_NAME:
            yield " ".join(words[start:end])


def behind_prepositions(words: Sequence[str]) -> Iterator[str]:
    """Yield the phrases that follow "in", "near" and the like, longest first."""
    for place, word in enumerate(words, start=1):
        if word in BEFORE_A_CITY:
            for end in range(min(len(words), place + LONGEST_NAME - 1), place, -1):
                yield " ".join(words[place:end])
