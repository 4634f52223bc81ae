"""How fast and how small it is, measured on the machine at hand: `python -m bench`.

Figures, not tests: nothing fails when a machine is slow. Each section is a function in a file of its own.
What is compared is measured in turns, so that whatever else the machine does meets all alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table: what was measured, how much of which unit, and what it should be.

    `amount` is the median where there were several runs, `low` and `high` the least and the most of them.
    `ratio` is a comparison: more than 1 is better than what it is compared with.
    """

    what: str
    amount: float
    unit: str
    aim: str = ""
    low: float | None = None
    high: float | None = None
    ratio: float | None = None


class Effort(NamedTuple):
    """How long it may take: runs of each thing, seconds of each run, people who talk at the same time."""

    rounds: int = 5
    seconds: float = 1.6
    people: int = 100


QUICK = Effort(rounds=3, seconds=1.0)
"""For a first look."""


def spread(
    what: str, samples: Sequence[float], unit: str, aim: str = "", ratio: float | None = None
) -> Figure:
    """Return the figure of several runs."""
    return Figure(what, median(samples), unit, aim, min(samples), max(samples), ratio)


def median(samples: Sequence[float]) -> float:
    """Return the middle one of some samples."""
    return at_share(samples, 0.5)


def at_share(samples: Sequence[float], share: float) -> float:
    """Return the sample that this share of all samples does not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
