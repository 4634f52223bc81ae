"""Looks for nudges whose time has come, and hands what follows to the sender: in one process at a time."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from bot.election import Election
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
    """Works while this process is elected. A crash leaves what is undecided to whoever is elected next."""

    intake: Intake
    sender: Sender
    election: Election
    metrics: Metrics = field(default_factory=Metrics)

    async def run(self, stopping: asyncio.Event) -> None:
        """Look again and again until `stopping` is set; what fails is tried again."""
        try:
            await self._look_again_and_again(stopping)
        finally:
            await self.election.resign()

    async def _look_again_and_again(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            try:
                pause = await self._look(stopping)
            except (StoreUnavailable, Overtaken) as error:
                log.debug("nudges cannot be decided yet: %s", error)
                pause = POLL
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), pause)

    async def _look(self, stopping: asyncio.Event) -> float:
        """Take what is due in hand until nothing is or the hands are full; return when to look again."""
        while not stopping.is_set() and (room := self.sender.room_for_nudges):
            if not await self.election.won():
                return POLL
            taken = await self.intake.nudge(min(room, DUE_AT_ONCE))
            self.metrics.nudged(taken)
            self.sender.hand(taken.parcels)
            if taken.left_over:
                self.sender.wake()
            if not taken.due:
                return POLL
        return A_MOMENT
