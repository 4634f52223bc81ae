"""How much a sentence is like those in which people hinted at danger, for words that no list knows.

A table of features and weights, one sum, one threshold: linear, so that each weight can be read and argued
with. It only ever adds the direct question (safety.md C3); it clears nothing and begins no crisis by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from flows.safety.normalising import Words, words_of

LONGEST = 4096
"""Characters that are looked at; a message of Telegram has no more."""

FEWEST = 4
"""Words of a sentence that can be like others; less is too little to go by, and lists know short ones."""

PIECES = (3, 4)
"""Letters of the pieces of words that are looked at, with their edges."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`asks_from` is the sum at which the question is asked; a feature without a weight counts nothing."""

    weights: Mapping[str, float]
    bias: float
    asks_from: float

    def asks(self, text: str) -> bool:
        """Return whether one sentence of a text is enough like those to ask."""
        return any(
            self.of(sentence) >= self.asks_from
            for sentence in sentences(words_of(text[:LONGEST]))
            if len(sentence) >= FEWEST
        )

    def of(self, sentence: Sequence[str]) -> float:
        """Return the sum of one sentence, evened out by its length; more is more alike."""
        there = features(sentence)
        return self.bias + sum(self.weights.get(each, 0.0) for each in there) / sqrt(len(there) + 1)


def sentences(text: Words) -> Iterator[tuple[str, ...]]:
    """Yield the words of each sentence."""
    begin = 0
    for end in (*(at for at in range(1, len(text.words)) if text.begins >> at & 1), len(text.words)):
        if end > begin:
            yield text.words[begin:end]
        begin = end


def features(sentence: Sequence[str]) -> frozenset[str]:
    """Return what a sentence is made of: `word`, pieces of words, and words beside or near each other.

    Pieces are marked with `~` and carry the edges of their word (`~^ster`); neighbours are cut to six
    letters and joined with `+`, words with one between them to five and with `..`.
    """
    return frozenset(_features(sentence))


def _features(sentence: Sequence[str]) -> Iterator[str]:
    for word in sentence:
        yield word
        edged = f"^{word}$"
        for size in PIECES:
            for at in range(len(edged) - size + 1):
                yield f"~{edged[at : at + size]}"
    for left, right in pairwise(sentence):
        yield f"{left[:6]}+{right[:6]}"
    for left, middle, right in zip(sentence, sentence[1:], sentence[2:], strict=False):
        yield f"{left[:5]}+{middle[:5]}+{right[:5]}"
        yield f"{left[:5]}..{right[:5]}"
