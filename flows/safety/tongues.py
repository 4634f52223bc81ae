"""In which languages a text is written, so that no list takes the words of another language for its own.

"Im Kino zähle ich die Notausgänge" holds "im … die", and "cutting hair" a word that Spanish borrowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from flows.safety.normalising import Words

ENOUGH = 2
"""Small words of one language, from which on a text is taken to be in it."""

BESIDE = 4
"""A language with a fourth as many small words as the first is spoken beside it: people mix."""


def tongue_of(text: Words, small: Mapping[str, str]) -> str:
    """Return the language with the most small words in a text, "" where there are too few to tell."""
    counted = _counted(text, small)
    (language, times), *_ = counted.most_common(1) or [("", 0)]
    return language if times >= ENOUGH else ""


def foreign_in(text: Words, small: Mapping[str, str], languages: Iterable[str]) -> dict[str, int]:
    """Return, as bits, the words in which each language is not looked for; none where all of them are.

    `small` are words that only one language has, with their language. A sentence without any of them is
    open to all lists: it may be a word that everybody borrows.
    """
    counted = _counted(text, small)
    most = max(counted.values(), default=0)
    if most < ENOUGH:
        return {}
    told = _told_sentences(text, small)
    return {language: told for language in languages if counted[language] * BESIDE < most}


def _counted(text: Words, small: Mapping[str, str]) -> Counter[str]:
    """Return how many small words of each language there are."""
    return Counter(small[word] for word in text.words if word in small)


def _told_sentences(text: Words, small: Mapping[str, str]) -> int:
    """Return the words of all sentences that hold a small word."""
    told = begin = 0
    for at, _ in enumerate(text.words, start=1):
        if at == len(text.words) or text.begins >> at & 1:
            if any(word in small for word in text.words[begin:at]):
                told |= (1 << at) - (1 << begin)
            begin = at
    return told
