"""The time: the real one, or one that a script or a tester moves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

STEPS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def real_time() -> datetime:
    """Return the time now, aware."""
    return datetime.now(UTC)


@dataclass
class MovableClock:
    """The real time plus an offset; or, when `fixed`, a time that stands still until it is moved."""

    offset: timedelta = timedelta(0)
    fixed: datetime | None = None

    def __call__(self) -> datetime:
        """Return the time, aware."""
        return (self.fixed or real_time()) + self.offset

    def move(self, order: str) -> None:
        """Move by "+7d", "+3h", "+20m", "+2w", or to "2026-03-08 19:30" (UTC). Raises ValueError."""
        self.set(self.meant(order))

    def set(self, target: datetime) -> None:
        """Move to a moment, ahead or back."""
        self.offset += target - self()

    def meant(self, order: str) -> datetime:
        """Return the moment that an order of `move` leads to. Raises ValueError."""
        step = re.fullmatch(r"\+\s*(\d{1,4})\s*([mhdw])", order.strip())
        if step:
            return self() + int(step[1]) * STEPS[step[2]]
        try:
            return datetime.strptime(order.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        except ValueError:
            raise ValueError(f"{order.strip()!r}: write +7d, +3h, +20m, +2w or 2026-03-08 19:30") from None
