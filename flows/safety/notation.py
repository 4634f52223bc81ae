"""The notation of the safety lists, small enough to be read by somebody who does not program.

kill myself        these words, one after the other
suicid*            any ending; *bringen: any beginning
suicide~           also with one slip of the finger in it
want ... die       up to three words between, within one sentence
(kill|end) myself  one of these; may hold several words
[really] want      may be left out
!(dont|not) want   not where one of these words stands right before
<work>             one of a list of the same file
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flows.safety.normalising import SIGNS, spellings

_TOKEN = re.compile(rf"\.\.\.|[()|\[\]]|![<>]|<\w+>|[*]?(?:[^\W_]|['’])+[*~]?|[{SIGNS}]|(\S)")
_CLOSED_BY = {"(": ")", "[": "]"}


class NotationError(ValueError):
    """The pattern cannot be read; the message says where it goes wrong."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, by the key under which the vocabulary finds it: "kil", "suicid*", "*bringen", "suicide~"."""

    key: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to three words of any kind, within a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other; an empty one is met everywhere."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these. `words` are the options that are one word, by their keys: they are looked up together.

    `needs` is what `needed` says of it, kept because the lists of a file stand in hundreds of patterns.
    """

    words: frozenset[str]
    rest: tuple[Pattern, ...]
    needs: frozenset[str] | None

    @classmethod
    def of(cls, options: Iterable[Pattern]) -> Either:
        """Return the choice; what is offered by a choice inside is offered by this one."""
        words: set[str] = set()
        rest: list[Pattern] = []
        needs: set[str] = set()
        escapes = False
        for option in options:
            if isinstance(option, Word):
                words.add(option.key)
            elif isinstance(option, Either):
                words |= option.words
                rest += option.rest
            else:
                rest.append(option)
            found = needed(option)
            needs.update(found or ())
            escapes = escapes or found is None
        return cls(frozenset(words), tuple(rest), None if escapes else frozenset(needs))


@dataclass(frozen=True, slots=True)
class NotAfter:
    """No words of its own: here these must not stand right before."""

    these: Pattern


@dataclass(frozen=True, slots=True)
class NotBefore:
    """No words of its own: here these must not come next."""

    these: Pattern


Pattern = Word | Gap | Row | Either | NotAfter | NotBefore
Lists = Mapping[str, Pattern]
"""What <name> stands for."""


def read_lists(lists: Mapping[str, Sequence[str]]) -> Lists:
    """Return the lists of one file, each as one of its phrases; one may use those that stand before it."""
    read: dict[str, Pattern] = {}
    for name, phrases in lists.items():
        read[name] = Either.of(read_pattern(each, read) for each in phrases)
    return read


def read_pattern(written: str, lists: Lists) -> Pattern:
    """Return what is written as a pattern. Raises NotationError."""
    tokens = [*_tokens(written)]
    pattern = _either(tokens, lists)
    if tokens:
        raise NotationError(f"{written!r}: {tokens[0]!r} closes nothing")
    if needed(pattern) is None:
        raise NotationError(f"{written!r}: could be met by no words at all")
    return pattern


def keys(patterns: Iterable[Pattern]) -> frozenset[str]:
    """Return the keys of all words. What stands in several patterns is looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [*patterns]
    while waiting:
        pattern = waiting.pop()
        if id(pattern) in seen:
            continue
        seen.add(id(pattern))
        match pattern:
            case Word(key):
                found.add(key)
            case Row(parts):
                waiting += parts
            case Either(words, rest):
                found |= words
                waiting += rest
            case NotAfter(these) | NotBefore(these):
                waiting.append(these)
    return frozenset(found)


def needed(pattern: Pattern) -> frozenset[str] | None:
    """Return keys of which a text must hold one, as few as possible; None where it may hold none."""
    match pattern:
        case Word(key):
            return frozenset((key,))
        case Row(parts):
            return min((each for part in parts if (each := needed(part))), key=len, default=None)
        case Either():
            return pattern.needs
    return None


def demands(pattern: Pattern) -> tuple[frozenset[str], ...]:
    """Return sets of keys of each of which a text must hold one, the smallest first."""
    parts = pattern.parts if isinstance(pattern, Row) else (pattern,)
    found = {each for part in parts if (each := needed(part))}
    return tuple(sorted(found, key=lambda each: (len(each), min(each))))


def _tokens(written: str) -> Iterator[str]:
    for match in _TOKEN.finditer(written.replace("-", " ")):
        if match[1]:
            raise NotationError(f"{written!r}: what is {match[1]!r}?")
        yield match[0]


def _either(tokens: list[str], lists: Lists) -> Pattern:
    options = [_row(tokens, lists)]
    while tokens and tokens[0] == "|":
        del tokens[0]
        options.append(_row(tokens, lists))
    return options[0] if len(options) == 1 else Either.of(options)


def _row(tokens: list[str], lists: Lists) -> Pattern:
    parts: list[Pattern] = []
    while tokens and tokens[0] not in "|)]":
        parts.append(_part(tokens, lists))
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def _part(tokens: list[str], lists: Lists) -> Pattern:
    if not tokens or tokens[0] in "|)]":
        raise NotationError("a !< or !> stands before nothing")
    sign = tokens.pop(0)
    if sign in _CLOSED_BY:
        return _bracket(sign, tokens, lists)
    if sign == "...":
        return Gap()
    if sign == "!<":
        return NotAfter(_part(tokens, lists))
    if sign == "!>":
        return NotBefore(_part(tokens, lists))
    return _listed(sign[1:-1], lists) if sign.startswith("<") else _word(sign)


def _bracket(opening: str, tokens: list[str], lists: Lists) -> Pattern:
    inside = _either(tokens, lists)
    if not tokens or tokens.pop(0) != _CLOSED_BY[opening]:
        raise NotationError(f"a {opening} is not closed")
    return inside if opening == "(" else Either.of((inside, Row(())))


def _listed(name: str, lists: Lists) -> Pattern:
    if name not in lists:
        raise NotationError(f"there is no list {name!r}")
    return lists[name]


@cache
def _word(written: str) -> Pattern:
    before = "*" if written.startswith("*") else ""
    after = written[-1] if written[-1] in "*~" else ""
    options = tuple(Word(f"{before}{spelt}{after}") for spelt in spellings(written.strip("*~")))
    return options[0] if len(options) == 1 else Either.of(options)
