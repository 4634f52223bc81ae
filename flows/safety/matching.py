"""Finds patterns in the words of a text, all places at once: sets of places are the bits of a number.

Nothing is tried twice and nothing is taken back, so the time grows with the length of the text alone,
whatever somebody types; a regular expression with gaps could be made to take minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from flows.safety.normalising import Words
from flows.safety.notation import Either, NotAfter, NotBefore, Pattern, Row, Word

GAP = 3
"""Words that "..." may stand for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of all lists, by the way they are looked up."""

    exact: frozenset[str]
    stems: frozenset[str]
    endings: frozenset[str]
    slips: Mapping[tuple[str, int], tuple[str, ...]]
    """Words that may have a slip in them, by first letter and length of what was typed."""

    @classmethod
    def of(cls, keys: Iterable[str]) -> Vocabulary:
        """Sort keys of patterns by the mark they carry."""
        known = frozenset(keys)
        stems = frozenset(key[:-1] for key in known if key.endswith("*"))
        endings = frozenset(key[1:] for key in known if key.startswith("*"))
        slips: dict[tuple[str, int], tuple[str, ...]] = {}
        for word in sorted(key[:-1] for key in known if key.endswith("~")):
            for length in (len(word) - 1, len(word), len(word) + 1):
                slips[word[0], length] = (*slips.get((word[0], length), ()), word)
        return cls(known, stems, endings, slips)

    def keys_of(self, word: str) -> Iterable[str]:
        """Yield every key that this word of a text answers to."""
        if word in self.exact:
            yield word
        for length in range(1, len(word) + 1):
            if word[:length] in self.stems:
                yield f"{word[:length]}*"
            if word[-length:] in self.endings:
                yield f"*{word[-length:]}"
        for meant in self.slips.get((word[0], len(word)), ()):
            if OSA.distance(word, meant, score_cutoff=1) <= 1:
                yield f"{meant}~"


@dataclass(slots=True)
class Places:
    """Where the words of one text stand: a bit for each, the first word the lowest.

    `covered` words belong to something already understood, and count no more. No gap steps over `barred`
    ones. Words `foreign` to a language are none of its list. `unseen` are all that cannot be found now.
    """

    at: dict[str, int]
    present: frozenset[str]
    begins: int
    everywhere: int
    covered: int = 0
    barred: int = 0
    foreign: Mapping[str, int] = field(default_factory=dict)
    unseen: int = 0
    looked_up: dict[frozenset[str], int] = field(default_factory=dict)
    """Where one of these words stands, covered or not, for those that were asked for already."""

    @classmethod
    def of(cls, text: Words, vocabulary: Vocabulary) -> Places:
        """Look up each different word once."""
        bits: dict[str, int] = {}
        for place, word in enumerate(text.words):
            bits[word] = bits.get(word, 0) | 1 << place
        at: dict[str, int] = {}
        for word, places in bits.items():
            for key in vocabulary.keys_of(word):
                at[key] = at.get(key, 0) | places
        return cls(at, frozenset(at), text.begins, (1 << len(text.words)) - 1)

    def turn_to(self, language: str) -> None:
        """Look for words of this language's list from now on."""
        self.unseen = self.covered | self.foreign.get(language, 0)

    def cover(self, taken: int) -> None:
        """Take words as understood."""
        self.covered |= taken
        self.unseen |= taken

    def of_word(self, word: Word) -> int:
        return self.at.get(word.key, 0) & ~self.unseen

    def of_any(self, words: frozenset[str]) -> int:
        """Return where one of these words stands."""
        found = self.looked_up.get(words)
        if found is None:
            found = _union(self.at[key] for key in words.intersection(self.at))
            self.looked_up[words] = found
        return found & ~self.unseen

    def skipped(self, places: int) -> int:
        """Return where one ends up behind any one word, never in another sentence."""
        return (places & self.everywhere & ~self.begins & ~self.barred) << 1 & ~self.begins


def ends(pattern: Pattern, starts: int, places: Places) -> int:
    """Return the places just behind the pattern, where it begins at one of these."""
    if isinstance(pattern, Word):
        return (starts & places.of_word(pattern)) << 1
    if isinstance(pattern, Row):
        for part in pattern.parts:
            starts = starts and ends(part, starts, places)
        return starts
    if isinstance(pattern, Either):
        found = (starts & places.of_any(pattern.words)) << 1
        for option in pattern.rest:
            found |= ends(option, starts, places)
        return found
    if isinstance(pattern, NotAfter):
        return starts & ~ends(pattern.these, places.everywhere, places)
    if isinstance(pattern, NotBefore):
        return starts & ~_begun(pattern.these, places)
    return _across_a_gap(starts, places)


def cover(pattern: Pattern, places: Places) -> bool:
    """Cover the words of the pattern wherever it stands, not those in its gaps; return whether it stands."""
    starts = places.everywhere
    found = ends(pattern, starts, places)
    if found:
        _, taken = _traced(pattern, starts, found, places)
        places.cover(taken)
    return bool(found)


def _traced(pattern: Pattern, starts: int, found: int, places: Places) -> tuple[int, int]:
    """Return from which of the starts these ends are reached, and the words taken on the way."""
    if isinstance(pattern, Word):
        taken = starts & places.of_word(pattern) & found >> 1
        return taken, taken
    if isinstance(pattern, Row):
        return _traced_row(pattern, starts, found, places)
    if isinstance(pattern, Either):
        words = starts & places.of_any(pattern.words) & found >> 1
        traced = [_traced(option, starts, found, places) for option in pattern.rest]
        return words | _union(begun for begun, _ in traced), words | _union(taken for _, taken in traced)
    if isinstance(pattern, NotAfter | NotBefore):
        return starts & found, 0
    return _back_over_a_gap(starts, found, places), 0


def _begun(pattern: Pattern, places: Places) -> int:
    """Return all places where the pattern begins."""
    begun, _ = _traced(pattern, places.everywhere, ends(pattern, places.everywhere, places), places)
    return begun


def _traced_row(row: Row, starts: int, found: int, places: Places) -> tuple[int, int]:
    reached = [starts]
    for part in row.parts:
        reached.append(ends(part, reached[-1], places))
    taken = 0
    found &= reached[-1]
    for part, before in zip(reversed(row.parts), reversed(reached[:-1]), strict=True):
        found, words = _traced(part, before, found, places)
        taken |= words
    return found, taken


def _across_a_gap(starts: int, places: Places) -> int:
    found = step = starts
    for _ in range(GAP):
        step = places.skipped(step)
        found |= step
    return found


def _back_over_a_gap(starts: int, found: int, places: Places) -> int:
    begun = step = found
    for _ in range(GAP):
        step = (step & ~places.begins) >> 1 & ~places.begins & ~places.barred
        begun |= step
    return begun & starts


def _union(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= number
    return found
