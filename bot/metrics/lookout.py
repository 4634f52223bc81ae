"""Asks the database how things stand, at most once a second, however many ask here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.metrics.measured import now
from bot.metrics.standing import Standing, standing_of
from bot.storage import StoreError

FRESH_FOR = 1.0
"""Seconds for which an answer holds."""

ANSWERS_WITHIN = 2.0
"""Seconds that the database may take."""

Ask = Callable[[datetime], Awaitable[Mapping[str, int | None]]]


@dataclass
class Lookout:
    """`ask` is the one query, about a moment; it may raise `StoreError`. Safe for many tasks at once."""

    ask: Ask
    clock: Callable[[], datetime]
    _standing: Standing = field(default_factory=Standing)
    _asked_at: float | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def standing(self) -> Standing:
        """Return how things stand; nothing is known while the database is away, and it is not pressed."""
        async with self._asking:
            if self._asked_at is None or now() - self._asked_at >= FRESH_FOR:
                self._standing = await self._asked()
                self._asked_at = now()
            return self._standing

    async def _asked(self) -> Standing:
        moment = self.clock()
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                return standing_of(await self.ask(moment), moment)
        except (TimeoutError, StoreError):
            return Standing()
