"""The lists of one language as values: what is looked for, under which name, and who has reviewed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from flows.safety.matching import Vocabulary
from flows.safety.notation import Pattern, Word, demands, keys

Section = Literal[
    "third_person", "idioms", "denials", "explicit", "unsure", "violence", "oblique", "under_18", "harm"
]  # in the order of safety.md C3
SECTIONS: tuple[Section, ...] = get_args(Section)

UNSURE: Section = "unsure"
"""Patterns of the explicit families that everyday talk meets too: found, they ask, or settle with more."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a list. `id`: "explicit.hanging"; several patterns of one family share it."""

    id: str
    pattern: Pattern
    needs: tuple[frozenset[str], ...]
    """Keys of each of which a text must hold one: most patterns are ruled out by that alone."""

    @classmethod
    def of(cls, id: str, pattern: Pattern) -> Rule:
        return cls(id, pattern, demands(pattern))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists of one language (ISO 639-1). `version` grows with every change of a word in it.

    `me`: words by which people speak of themselves. What is said of others, in idioms and in denials is never
    stretched over one of them: "my boss has no idea that I am suicidal" is not about the boss.

    `small`: words as they stand in a text, many and short, that tell this language from the others.
    """

    language: str
    version: int
    reviewed_by: str
    me: tuple[Word, ...]
    small: frozenset[str]
    rules: Mapping[Section, tuple[Rule, ...]]


@dataclass(frozen=True, slots=True)
class Index:
    """One list in all languages, so kept that a text has to do only with the rules that it could meet.

    There are thousands of rules and a text has a few words: each rule waits behind the words of which there
    are fewest to choose from among those it needs.
    """

    rules: tuple[tuple[str, Rule], ...]
    always: tuple[int, ...]
    behind: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, rules: Iterable[tuple[str, Rule]]) -> Index:
        """Sort rules, each with its language, by the words they wait behind."""
        known, always = tuple(rules), []
        behind = defaultdict[str, list[int]](list)
        for number, (_, rule) in enumerate(known):
            if not rule.needs:
                always.append(number)
            for key in min(rule.needs, key=len, default=()):
                behind[key].append(number)
        return cls(known, tuple(always), dict(behind))

    def possible(self, present: frozenset[str]) -> Iterator[tuple[str, Rule]]:
        """Yield the rules, in their order, of which a text with these keys has all that they need."""
        numbers = {*self.always}
        for key in present & self.behind.keys():
            numbers.update(self.behind[key])
        for number in sorted(numbers):
            language, rule = self.rules[number]
            if not any(needed.isdisjoint(present) for needed in rule.needs):
                yield language, rule


@dataclass(frozen=True, slots=True)
class Lexicons:
    """All languages at once, because people do not keep to the one that they chose."""

    each: tuple[Lexicon, ...]
    vocabulary: Vocabulary
    sections: Mapping[Section, Index]
    small: Mapping[str, str]
    """The small words of all languages, each with its language."""

    @classmethod
    def of(cls, each: Iterable[Lexicon]) -> Lexicons:
        lexicons = tuple(each)
        rules = (rule for lexicon in lexicons for some in lexicon.rules.values() for rule in some)
        words = keys(rule.pattern for rule in rules)
        own = (word.key for one in lexicons for word in one.me)
        index = {
            section: Index.of((one.language, rule) for one in lexicons for rule in one.rules[section])
            for section in SECTIONS
        }
        small = {word: one.language for one in lexicons for word in sorted(one.small)}
        return cls(lexicons, Vocabulary.of((*sorted(words), *own)), index, small)

    def only(self, section: Section, ids: Container[str]) -> Lexicons:
        """Return the same lists with no other rules than these in one of them."""
        kept = Index.of(each for each in self.sections[section].rules if each[1].id in ids)
        return replace(self, sections={**self.sections, section: kept})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have lists."""
        return tuple(one.language for one in self.each)

    @property
    def me(self) -> Iterator[Word]:
        """The words by which people speak of themselves, in all languages."""
        return (word for one in self.each for word in one.me)
