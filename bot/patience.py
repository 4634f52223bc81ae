"""How long the bot waits, and for what. Seconds everywhere."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.channels.telegram_trouble import AnotherPoller

log = logging.getLogger(__name__)

SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 30.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take.

    `newcomer` and `resident`: how long another poller is put up with, before the first look for updates has
    worked and after it, so that of two bots the one that came last gives up first. The others are the parts
    of a stop and add up to less than 5 s.
    """

    newcomer: float
    resident: float
    batch: float = 1.5
    drain: float = 1.5
    close: float = 0.7


@dataclass
class Pause:
    """Between tries, twice as long each time."""

    seconds: float = SHORTEST_PAUSE / 2

    def longer(self) -> float:
        """Return how long to wait now."""
        self.seconds = min(2 * self.seconds, LONGEST_PAUSE)
        return self.seconds


@dataclass
class Conflicts:
    """Tells a passing conflict (a bot that has just been replaced) from one that stays."""

    patience: float
    first: float | None = None
    last: float = 0.0

    def note(self, trouble: AnotherPoller, now: float) -> None:
        """Count a conflict. Raises the trouble when conflicts have gone on for longer than our patience."""
        if self.first is None or now - self.last > 4 * self.patience:
            self.first = now
        self.last = now
        if now - self.first >= self.patience:
            raise trouble
        log.warning("%s", trouble)
