"""What one person sends faster than anybody talks: it is turned away before it costs anything.

Whoever writes or taps as people do never meets this. `BURST` events may come at once: more than the parts of
a pasted text of 100,000 letters (25 messages), or every mark of the longest list, set and taken away again.
After that one a second, which is as fast as the coach may answer into one chat (telegram.md); and over hours
`LONG_BURST` and two a minute, twice what all sittings and a week take together.

Kept in memory alone: a crash or another process gives a fresh measure, never less than is due.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.arrivals import Arrival, Departure
from bot.pacing import Rate

BURST, PER_SECOND = 40, 1.0
LONG_BURST, LONG_PER_SECOND = 300, 1 / 30

CRIES, CRIES_PER_SECOND = 5, 0.1
"""Calls for help have a measure of their own, which nothing else uses up."""

LOOKS, LOOKS_PER_SECOND = 5, 0.5
"""So many of the words that are too much are still listened to: that takes 20 ms for a long text."""

CALM = 20.0
"""Seconds of silence after which somebody who was too fast is read again."""

MOST_KNOWN = 20_000
"""People who are remembered; of more, whoever was heard least lately is forgotten."""

MOST_DECIDED = 1000
"""Events of which it is known what was decided: they come again while the database is away."""

Event = Arrival | Departure


class Fate(Enum):
    """What becomes of one event."""

    HEARD = "heard"
    TOLD = "told"
    """It is answered with a word that this was too fast."""
    DROPPED = "dropped"


@dataclass(slots=True)
class _Measure:
    """What one person has sent lately. `closed`: they were too fast; `last`: when they sent anything."""

    short: Rate = field(default_factory=lambda: Rate(PER_SECOND, BURST))
    long: Rate = field(default_factory=lambda: Rate(LONG_PER_SECOND, LONG_BURST))
    cries: Rate = field(default_factory=lambda: Rate(CRIES_PER_SECOND, CRIES))
    looks: Rate = field(default_factory=lambda: Rate(LOOKS_PER_SECOND, LOOKS))
    closed: bool = False
    last: float = 0.0

    def weigh(self, now: float, cry: Callable[[], bool], hears: Callable[[], bool]) -> Fate:
        """Return what becomes of an event that comes now."""
        calm, self.last = now - self.last >= CALM, now
        if not (self.closed and not calm) and not self.short.wait(now) and not self.long.wait(now):
            self.closed = False
            self.short.spend(now)
            self.long.spend(now)
            return Fate.HEARD
        if not self.cries.wait(now) and (cry() or self._looked(now, hears)):
            self.cries.spend(now)
            return Fate.HEARD
        first, self.closed = calm or not self.closed, True
        return Fate.TOLD if first else Fate.DROPPED

    def _looked(self, now: float, hears: Callable[[], bool]) -> bool:
        if self.looks.wait(now):
            return False
        self.looks.spend(now)
        return hears()


def never(event: Arrival) -> bool:
    """Nothing is listened to."""
    del event
    return False


@dataclass
class Floods:
    """Decides what is heard at all.

    `cries` tells at a glance whether an event asks for help; `hears` whether its words do, which is slower.
    """

    cries: Callable[[Arrival], bool]
    hears: Callable[[Arrival], bool] = never
    _known: OrderedDict[str, _Measure] = field(default_factory=OrderedDict)
    _decided: OrderedDict[str, Fate] = field(default_factory=OrderedDict)

    def sift(self, events: Sequence[Event], now: datetime) -> dict[str, Fate]:
        """Return the fate of each event, by key. The same event has the same fate when it comes again.

        That somebody blocked the coach, or let it in again, always counts.
        """
        return {event.key: self._fate(event, now.timestamp()) for event in events}

    def _fate(self, event: Event, now: float) -> Fate:
        if isinstance(event, Departure):
            return Fate.HEARD
        fate = self._decided.get(event.key)
        if fate is None:
            fate = self._measure_of(event.address).weigh(
                now, lambda: self.cries(event), lambda: self.hears(event)
            )
            self._decided[event.key] = fate
            while len(self._decided) > MOST_DECIDED:
                self._decided.popitem(last=False)
        return fate

    def _measure_of(self, address: str) -> _Measure:
        measure = self._known.pop(address, None) or _Measure()
        self._known[address] = measure
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return measure
