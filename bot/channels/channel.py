"""What every channel can do."""

from __future__ import annotations

from typing import Protocol

from bot.parcels import Outcome, Parcel


class Channel(Protocol):
    """Carries words to people. Nothing in it raises for what the network or a person does."""

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Carry one parcel and say what became of it. A crash inside leaves that unknown."""
        ...

    async def acknowledge(self, tap: str, words: str) -> None:
        """Let the person's phone know that a tap arrived; best effort, once."""
        ...
