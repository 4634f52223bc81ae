"""A clock that is set while we work: it is said, and what was written while it was ahead is put right."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.store import Store

log = logging.getLogger(__name__)

A_JUMP = 5.0
"""Seconds by which a clock may differ from the time that has passed; one that is kept right drifts less."""


class Clockwatch:
    """Compares the clock with the time of the event loop, which nobody sets.

    When the clock goes forward, leases end early: what is on its way then may be sent once more, one message
    of a person at most. When it goes back, leases would end, and what waits would be due, only in the future:
    they are put right as soon as everything has left the hands that held it then. The same a lease after the
    start, because the clock may have gone back while nothing ran.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], lease: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._lease = lease
        self._last = self._difference()
        self._untangles_at: float | None = _now() + lease.total_seconds()
        self._went_back = False

    async def look(self) -> None:
        """Look now; a failure of the database is tried again at the next look."""
        before, self._last = self._last, self._difference()
        jump = self._last - before
        if jump > A_JUMP:
            log.warning("the clock of this machine went forward: %d s", round(jump))
        if jump < -A_JUMP:
            log.warning("the clock of this machine went back: %d s", round(-jump))
            self._went_back = True
            self._untangles_at = _now() + self._lease.total_seconds()
        if self._untangles_at is not None and self._untangles_at <= _now():
            await self._untangle()

    async def _untangle(self) -> None:
        try:
            async with self._store.transaction() as transaction:
                rows = await transaction.untangle(self._clock(), self._lease, all_that_waits=self._went_back)
        except (StoreUnavailable, Overtaken):
            return
        if rows:
            log.warning("messages that waited for a time far ahead, and are free now: %d", rows)
        self._untangles_at, self._went_back = None, False

    def _difference(self) -> float:
        return self._clock().timestamp() - _now()


def _now() -> float:
    return asyncio.get_running_loop().time()
