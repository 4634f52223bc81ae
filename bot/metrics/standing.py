"""What the database holds at this moment for all processes together: what waits, and what was set aside."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.metrics.names import LETTERS, URGENCIES

MICROSECONDS = 1e6
"""Stored times are microseconds since 1970."""


@dataclass(frozen=True)
class Standing:
    """Numbers of all processes. What is not known is NaN, which Prometheus shows as a gap.

    `overdue` is for how many seconds the first parcel of each urgency could have gone.
    """

    parcels: float = math.nan
    put_off: float = math.nan
    overdue: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(URGENCIES, math.nan))
    nudges_due: float = math.nan
    nudges_late: float = math.nan
    nudges_overdue: float = math.nan
    letters: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(LETTERS, math.nan))


def standing_of(found: Mapping[str, int | None], now: datetime) -> Standing:
    """Return it from what the database found, by name; a time that is not there is nothing that waits."""
    return Standing(
        parcels=found["parcels"] or 0,
        put_off=found["put off"] or 0,
        overdue={urgency: _since(found[f"first {urgency}"], now) for urgency in URGENCIES},
        nudges_due=found["nudges due"] or 0,
        nudges_late=found["nudges late"] or 0,
        nudges_overdue=_since(found["first nudge due"], now),
        letters={kind: found.get(f"letters {kind}") or 0 for kind in LETTERS},
    )


def _since(moment: int | None, now: datetime) -> float:
    """Seconds since a stored time; 0 when there is none, or when it is still to come."""
    return 0.0 if moment is None else max(0.0, now.timestamp() - moment / MICROSECONDS)
