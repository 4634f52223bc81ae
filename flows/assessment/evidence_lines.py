"""What speaks for and against, in the person's own answers: the strongest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from flows.assessment.evidence import Evidence
from flows.assessment.explanations import Explanation
from flows.assessment.quotes import layer, quote
from flows.assessment.reading import Reading
from flows.engine.say import Fact, Say

QUOTED = 3
"""Quotes on each side at the most (A8)."""


def sums(evidence: Iterable[Evidence], named: Iterable[Explanation]) -> dict[str, float]:
    """Return how much each item says for the named explanations, by item."""
    speaks: defaultdict[str, float] = defaultdict(float)
    there = set(named)
    for piece in evidence:
        if piece.explanation in there:
            speaks[piece.item] += piece.points
    return dict(speaks)


def strongest(speaks: Mapping[str, float], sign: int) -> list[str]:
    """Return the items that speak for (1) or against (-1), the strongest first."""
    heard = [item for item in speaks if speaks[item] * sign > 0]
    return sorted(heard, key=lambda item: -speaks[item] * sign)


def quotes(reading: Reading, items: Iterable[str]) -> tuple[Say, ...]:
    """Return the first few of these items in words."""
    found = (quote(reading, item) for item in items)
    return tuple(each for each in found if each is not None)[:QUOTED]


def for_and_against(reading: Reading) -> Say:
    """What points to what leads, and what points away from it."""
    speaks = sums(reading.result.evidence, reading.named)
    nothing = Say("map.nothing_against" if reading.is_first else "map.nothing_against_after")
    facts: dict[str, Fact] = {
        "layer": layer(reading.named[0]),
        "points_to": quotes(reading, strongest(speaks, 1)) or (Say("map.nothing_for"),),
        "points_away": quotes(reading, strongest(speaks, -1)) or (nothing,),
    }
    return Say("map.evidence" if len(reading.named) == 1 else "map.evidence_joint", facts)


def between(reading: Reading) -> Say:
    """What speaks for each of the two that cannot be told apart.

    What speaks for both alike separates nothing; it is left out where there is something that does.
    """
    first, second = (sums(reading.result.evidence, (each,)) for each in reading.pair)
    facts: dict[str, Fact] = {
        "first": layer(reading.pair[0]),
        "for_first": _telling(reading, first, second),
        "second": layer(reading.pair[1]),
        "for_second": _telling(reading, second, first),
    }
    return Say("map.between", facts)


def _telling(reading: Reading, own: Mapping[str, float], other: Mapping[str, float]) -> tuple[Say, ...]:
    apart = {item: points - max(other.get(item, 0.0), 0.0) for item, points in own.items()}
    lines = quotes(reading, strongest(apart, 1)) or quotes(reading, strongest(own, 1))
    return lines or (Say("map.nothing_for"),)
