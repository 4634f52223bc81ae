"""How much a text is like those of people in danger, for words that no list knows.

A table of features with two weights each, and two sums: linear, so that each weight can be read and argued
with. One sum asks the direct question, the other begins the protocol by a guess (safety.md C3). It only ever
adds: it clears nothing that a list has found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import NamedTuple

from flows.safety.normalising import Words, words_of

LONGEST = 4096
"""Characters that are looked at; a message of Telegram has no more."""

FEWEST = 4
"""Words that can be like others; less is too little to go by, and lists know short ones."""

PIECES = (3, 4, 5)
"""Letters of the pieces of words that are looked at, with their edges."""

STEM = 5
"""Letters that are kept of a word where words are looked at together."""

APART = 4
"""How far two words may be from each other to be a pair."""


class Sums(NamedTuple):
    """How much speaks for asking, and how much for explicit words; more is more alike."""

    asks: float
    begins: float


class Like(NamedTuple):
    """Whether a text is enough like those of people in danger to ask, to settle what a list is unsure of, and
    to be taken for explicit words.
    """

    asks: bool
    settles: bool
    begins: bool


class Bounds(NamedTuple):
    """The sums from which on: `asks` of the first sum, `settles` and `begins` of the second."""

    asks: float
    settles: float
    begins: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """`weights`: what a feature adds to the two sums; without one it is nothing. `bias`: where they start."""

    weights: Mapping[str, Sums]
    bias: Sums
    bounds: Bounds

    def like(self, text: str) -> Like:
        """Return what a text is like: the whole of it, and each sentence of it.

        One that is too short to be like anything settles what a list is unsure of: nothing else is in it.
        """
        words = words_of(text[:LONGEST])
        sums = [self.of(part) for part in {words.words, *sentences(words)} if len(part) >= FEWEST]
        asks = max((each.asks for each in sums), default=-inf)
        begins = max((each.begins for each in sums), default=-inf)
        bounds = self.bounds
        return Like(asks >= bounds.asks, begins >= bounds.settles or not sums, begins >= bounds.begins)

    def of(self, words: Sequence[str]) -> Sums:
        """Return the sums of some words; each kind of feature is evened out by how many there are of it."""
        asks, begins = self.bias
        for there in features(words):
            known = [self.weights[each] for each in there if each in self.weights]
            share = share_of(there)
            asks += share * sum(weight.asks for weight in known)
            begins += share * sum(weight.begins for weight in known)
        return Sums(asks, begins)


NOTHING_IS_ALIKE = Likeness({}, Sums(0.0, 0.0), Bounds(inf, inf, inf))
"""Of a listener that has lists alone."""


def sentences(text: Words) -> Iterator[tuple[str, ...]]:
    """Yield the words of each sentence."""
    begin = 0
    for end in (*(at for at in range(1, len(text.words)) if text.begins >> at & 1), len(text.words)):
        if end > begin:
            yield text.words[begin:end]
        begin = end


def share_of(there: Collection[str]) -> float:
    """Return what each feature of one kind counts for: less, the more there are."""
    return 1 / sqrt(len(there) or 1)


def features(words: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return what some words are made of, in three kinds: pieces of words, words in a row, pairs of words.

    Pieces carry a `~` and the edges of their word (`~^ster`); rows of up to three words are joined with `+`,
    pairs that stand a few words apart with `..`, both cut to five letters.
    """
    stems = [word[:STEM] for word in words]
    return frozenset(_pieces(words)), frozenset(_rows(stems)), frozenset(_pairs(stems))


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        edged = f"^{word}$"
        for size in PIECES:
            for at in range(len(edged) - size + 1):
                yield f"~{edged[at : at + size]}"


def _rows(stems: Sequence[str]) -> Iterator[str]:
    for size in (1, 2, 3):
        for at in range(len(stems) - size + 1):
            yield "+".join(stems[at : at + size])


def _pairs(stems: Sequence[str]) -> Iterator[str]:
    for at, left in enumerate(stems):
        for right in stems[at + 1 : at + 1 + APART]:
            yield f"{left}..{right}"
