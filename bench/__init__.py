"""How fast and how small it is, measured on the machine at hand: `python -m bench`, under half a minute.

Figures, not tests: nothing fails when a machine is slow. Each section is a function in a file of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table: what was measured, how much of which unit, and what it should be."""

    what: str
    amount: float
    unit: str
    aim: str = ""


def median(samples: Sequence[float]) -> float:
    """Return the middle one of some samples."""
    return at_share(samples, 0.5)


def at_share(samples: Sequence[float], share: float) -> float:
    """Return the sample that this share of all samples does not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
