"""Which of some labels a typed text means. It asks again rather than guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import eq
from types import MappingProxyType
from typing import NamedTuple

from flows.engine.numerals import number_words
from flows.engine.small_words import FILLERS, NEGATING, TURNING
from flows.engine.spelling import is_slip, plain, words_of
from flows.engine.words import Elsewhere, Words

LONGEST = 200
"""Characters; no label is longer, so no longer text is one."""

SHORTEST_BEGINNING = 4
"""Letters from which the beginning of a word stands for the word ("compl")."""

NOTHING_ELSE: Elsewhere = MappingProxyType({})

Alike = Callable[[str, str], bool]


Fit = bool | None
"""None where a label is not meant; False where it may be, but the text could as well say otherwise."""


class Reading(NamedTuple):
    """A text as it is compared: as a whole, all its words, those that matter, and those of each clause."""

    text: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    clauses: tuple[tuple[str, ...], ...]


Rule = Callable[[Reading, Reading], Fit]


def nearest(
    text: str, labels: Mapping[str, str], words: Words, elsewhere: Elsewhere = NOTHING_ELSE
) -> str | None:
    """Return the code of the label that was meant, or None when none or several could be.

    `elsewhere` is read as if it stood on the buttons too.

    The label itself first, then the label but for small words ("I think mostly"), one of its clauses
    ("younger" of "No, younger"), its beginning or another part, and each of these with slips. Words that
    the label lacks make it no match, and so do a "not" or a "more" that only one side has.
    """
    if len(text) > LONGEST or not plain(text):
        return None
    numbers = tuple(number_words(words).items())
    said = _reading(text, numbers)
    spelt = [(code, each) for code in labels for each in (labels[code], *elsewhere.get(code, ()))]
    readings = [(code, _label_reading(each, numbers)) for code, each in spelt]
    for rule in RULES if says_something(said) else WHOLE:
        fits = [(code, fit) for code, label in readings if (fit := rule(said, label)) is not None]
        if fits:
            meant = {code for code, _ in fits}
            return meant.pop() if len(meant) == 1 and any(sure for _, sure in fits) else None
    return None


def same_text(said: Reading, label: Reading) -> Fit:
    return True if said.text == label.text else None


def same_words(said: Reading, label: Reading) -> Fit:
    return True if said.words and _joined(said.words) == _joined(label.words) else None


def same_core(said: Reading, label: Reading) -> Fit:
    return True if _joined(said.core) == _joined(label.core) else None


def same_clause(said: Reading, label: Reading) -> Fit:
    return True if _joined(said.core) in map(_joined, label.clauses) else None


def is_a_part(said: Reading, label: Reading) -> Fit:
    if label.words[: len(said.words)] == said.words:
        return not NEGATING & set(label.words[len(said.words) :])
    return _lies_in(said.core, label.core, eq)


def is_misspelt(said: Reading, label: Reading) -> Fit:
    """A slip never makes or hides a "not": "klein" is not "kein"."""
    for whole in (label.core, *label.clauses):
        if len(whole) == len(said.core) and all(map(is_slip, said.core, whole)):
            return NEGATING & set(said.core) == NEGATING & set(whole)
    return _lies_in(said.core, label.core, is_slip)


WHOLE: tuple[Rule, ...] = (same_text, same_words)
"""For a text of nothing but small words; those may be all of a label, but never stand for one."""
RULES: tuple[Rule, ...] = (*WHOLE, same_core, same_clause, is_a_part, is_misspelt)


def _lies_in(part: Sequence[str], whole: Sequence[str], alike: Alike) -> Fit:
    """Whether the words stand together; not sure when the others turn them into another answer."""
    width = len(part)
    if all(word in TURNING for word in part):
        return True if _is_cut_short(part, whole[:width]) else None
    for start in range(len(whole) - width + 1):
        window = whole[start : start + width]
        if all(map(alike, part, window)) or (start == 0 and _is_cut_short(part, window)):
            others = {*whole[:start], *whole[start + width :]}
            return not TURNING & others and NEGATING & set(part) == NEGATING & set(window)
    return None


def _is_cut_short(part: Sequence[str], window: Sequence[str]) -> bool:
    """Whether the last word is only the beginning of the one that is meant."""
    *before, last = part
    if len(last) < SHORTEST_BEGINNING or len(part) != len(window) or window[-1] == last:
        return False
    return window[-1].startswith(last) and all(map(eq, before, window))


def says_something(said: Reading) -> bool:
    """Return whether there is more than small words."""
    return any(word not in FILLERS for word in said.words)


def _reading(text: str, numbers: tuple[tuple[str, int], ...]) -> Reading:
    digits = dict(numbers)

    def in_digits(some: str) -> tuple[str, ...]:
        return tuple(str(digits.get(word, word)) for word in words_of(some))

    words = in_digits(text)
    clauses = tuple(_core(in_digits(clause)) for clause in re.split(r"[,;:()]", text) if plain(clause))
    return Reading(plain(text), words, _core(words), clauses)


_label_reading = lru_cache(maxsize=4096)(_reading)
"""Labels are few and the same for everybody; what a person typed is never kept in memory."""


def _joined(words: Sequence[str]) -> str:
    """The words without what is between them: "zuviel" is "zu viel"."""
    return "".join(words)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in FILLERS) or words
