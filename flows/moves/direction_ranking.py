"""Which things come first, from answers to "which of these two?": at most nine for six things.

Each thing is put in its place among the first three by halving. What falls behind these is not told apart
any further: nobody needs to know their fifth wish. Things that weigh the same share a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIRST = 3
"""How many things are put in order."""

Pair = frozenset[str]
Chosen = Mapping[Pair, str | None]
"""Which of a pair was chosen; None where they weigh the same."""

Places = tuple[tuple[str, ...], ...]

_COSTS = (0, 1, 2, 2)
"""Pairs that it takes at most to put one thing in its place among so many."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How far it is: the first places, what lies below them, what waits, and the next pair to ask about.

    `pair` is None once everything is in its place; `left` counts the pairs that may still be asked.
    """

    places: Places = ()
    below: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None
    left: int = 0


def ranked(things: Sequence[str], chosen: Chosen) -> Ranking:
    """Return the ranking after these choices. Things that are likely to come first had better stand first."""
    places: Places = ()
    below: tuple[str, ...] = ()
    for number, thing in enumerate(things):
        at = _place_of(thing, places, chosen)
        if isinstance(at, _Open):
            left = at.steps + sum(_COSTS[min(place, FIRST)] for place in range(number + 1, len(things)))
            return Ranking(places, below, tuple(things[number:]), (thing, at.other), left)
        places, fallen = _cut(_put(thing, places, at))
        below = (*below, *fallen)
    return Ranking(places, below)


@dataclass(frozen=True, slots=True)
class _Open:
    """The place of a thing depends on an answer: with which other one, and how many it may take."""

    other: str
    steps: int


@dataclass(frozen=True, slots=True)
class _At:
    """Where a thing belongs: before the place of that number, or in it (`level`)."""

    number: int
    level: bool = False


def _place_of(thing: str, places: Places, chosen: Chosen) -> _At | _Open:
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        other = places[middle][0]
        pair = frozenset((thing, other))
        if pair not in chosen:
            return _Open(other, (high - low).bit_length())
        if chosen[pair] is None:
            return _At(middle, level=True)
        low, high = (low, middle) if chosen[pair] == thing else (middle + 1, high)
    return _At(low)


def _put(thing: str, places: Places, at: _At) -> Places:
    if at.level:
        return (*places[: at.number], (*places[at.number], thing), *places[at.number + 1 :])
    return (*places[: at.number], (thing,), *places[at.number :])


def _cut(places: Places) -> tuple[Places, tuple[str, ...]]:
    """Keep the places that begin among the first three; return them and what falls below."""
    kept: list[tuple[str, ...]] = []
    for place in places:
        if sum(map(len, kept)) >= FIRST:
            break
        kept.append(place)
    return tuple(kept), tuple(thing for place in places[len(kept) :] for thing in place)
