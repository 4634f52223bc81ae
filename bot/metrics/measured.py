"""A channel that counts what it carries."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels.channel import Channel
from bot.parcels import Failed, Outcome, Parcel, Unsure

if TYPE_CHECKING:
    from bot.metrics.counting import Metrics


@dataclass(frozen=True)
class Measured:
    """A channel that counts what it carries."""

    channel: Channel
    metrics: Metrics

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Carry one parcel. Raises what the channel raises, which counts as a failure.

        Of one that is cut off nobody can tell.
        """
        self.metrics.calls(parcel.chat)
        begun = now()
        outcome: Outcome = Failed("raised")
        try:
            outcome = await self.channel.deliver(parcel)
            return outcome
        except asyncio.CancelledError:
            outcome = Unsure()
            raise
        finally:
            self.metrics.carried(parcel.kind, outcome, now() - begun)

    async def acknowledge(self, tap: str, words: str) -> None:
        """Stop the waiting sign on a button; not counted."""
        await self.channel.acknowledge(tap, words)


def now() -> float:
    """Return seconds on a clock that nobody sets."""
    return time.monotonic()
