"""Which process sends what nobody asked for: one at a time, so that what a crash may repeat stays little.

A row says who it is and until when. An advisory lock would be let go at the instant of a death, but a session
holds it, and behind a proxy that pools transactions no session belongs to us; so the row runs out instead.
Two that both think they are elected (one slept through its time) do no harm: each nudge is decided under the
lock of its person.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.store import Store

log = logging.getLogger(__name__)

TERM = 3.0
"""Seconds after which somebody else may be elected, if whoever is has died."""

STANDS_AGAIN = TERM / 3
"""Seconds after which whoever is elected says that it still lives."""


@dataclass
class Election:
    """For one office. Where no other process can be, this one is elected without asking."""

    store: Store
    office: str
    _since: float | None = field(default=None, init=False)

    async def won(self) -> bool:
        """Whether it is us, now. Raises like a transaction of the store: then it is nobody of us."""
        if not self.store.shared or (self._since is not None and _now() < self._since + STANDS_AGAIN):
            return True
        asked, before = _now(), self._since
        self._since = None
        async with self.store.transaction() as transaction:
            if await transaction.elect(self.office, TERM):
                self._since = asked
        if (before is None) != (self._since is None):
            log.info("this process now sends what nobody asked for: %s", self._since is not None)
        return self._since is not None

    async def resign(self) -> None:
        """Let somebody else follow at once. Where that cannot be said, our term ends by itself."""
        if self.store.shared and self._since is not None:
            try:
                async with self.store.transaction() as transaction:
                    await transaction.resign(self.office)
            except (StoreUnavailable, Overtaken) as error:
                log.debug("nobody could be told that we go: %s", error)


def _now() -> float:
    return asyncio.get_running_loop().time()
