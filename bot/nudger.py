"""Looks for nudges whose time has come, and hands what follows to the sender."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from bot.intake import DUE_AT_ONCE, Intake
from bot.metrics import Metrics
from bot.sender import Sender
from bot.storage import Overtaken, StoreUnavailable

log = logging.getLogger(__name__)

POLL = 1.0
"""Seconds between looks. Nothing wakes it earlier: a nudge that is a second late is not late."""

A_MOMENT = 0.1
"""Seconds until the next look while more is due than the sender has room for."""


@dataclass
class Nudger:
    """One process's part of what is due. A crash leaves what is undecided to whoever looks next."""

    intake: Intake
    sender: Sender
    metrics: Metrics = field(default_factory=Metrics)

    async def run(self, stopping: asyncio.Event) -> None:
        """Look again and again until `stopping` is set; what fails is tried again."""
        while not stopping.is_set():
            try:
                pause = await self._look(stopping)
            except (StoreUnavailable, Overtaken) as error:
                log.error("nudges cannot be decided yet: %s", error)
                pause = POLL
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), pause)

    async def _look(self, stopping: asyncio.Event) -> float:
        """Take what is due in hand until nothing is or the hands are full; return when to look again."""
        while not stopping.is_set() and (room := self.sender.room_for_nudges):
            taken = await self.intake.nudge(min(room, DUE_AT_ONCE))
            self.metrics.nudged(taken)
            self.sender.hand(taken.parcels)
            if taken.left_over:
                self.sender.wake()
            if not taken.due:
                return POLL
        return A_MOMENT
