"""For how long a process may keep a message in its hands, and what it may do with it in that time.

A lease covers three things, one after the other: waiting for the pace, one delivery, and writing down what
became of it. Nothing of it is longer than the lease, so whoever finds one that is over may send the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

FOR_DELIVERY = 2 / 3
"""The part of a lease that one delivery may take, drawing and a message in several parts included."""

FOR_THE_REST = 1 / 10
"""The part that is left then for writing it down, and for clocks that differ from machine to machine."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Seconds everywhere."""

    length: float

    @classmethod
    def of(cls, length: timedelta) -> Lease:
        return cls(length.total_seconds())

    @property
    def delivery(self) -> float:
        """After this a delivery is cut off, and nobody can tell whether it arrived."""
        return self.length * FOR_DELIVERY

    @property
    def needed(self) -> float:
        """What must be left of a lease when a delivery begins."""
        return self.delivery + self.length * FOR_THE_REST
