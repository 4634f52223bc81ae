"""Writes down what became of parcels: in groups, as soon as that can be, and however long it takes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.outcomes import Settled, write_down
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.store import Store

log = logging.getLogger(__name__)

AGAIN_IN = 0.5
"""Seconds until the next try while the database is away: sooner than anybody looks for what others left."""

Noted = tuple[Settled, asyncio.Future[None]]


class Ledger:
    """One process's. What is noted and not yet written is sent once more after a crash."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._unwritten: list[Noted] = []
        self._waiting: set[asyncio.Future[None]] = set()
        self._some = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    def note(self, what: Settled) -> asyncio.Future[None]:
        """Have it written down with whatever else is settled by then; done once it is committed."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(written)
        written.add_done_callback(self._waiting.discard)
        self._unwritten.append((what, written))
        self._some.set()
        return written

    def open(self) -> None:
        """Write from now on."""
        self._writer = asyncio.create_task(self._write())

    async def look_at_writer(self) -> None:
        """Raise what ended the writing: a mistake of ours, which is not to be hidden."""
        if self._writer is not None and self._writer.done() and not self._writer.cancelled():
            await self._writer

    async def close(self, patience: float = 0.0) -> None:
        """Write no more; what is noted by now is waited for that long."""
        if self._waiting and patience:
            await asyncio.wait(self._waiting, timeout=patience)
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            batch, self._unwritten = self._unwritten, []
            while batch:
                try:
                    await self._write_once(batch)
                    batch = []
                except Overtaken:
                    continue
                except StoreUnavailable as error:
                    log.debug("deliveries cannot be written down yet: %s", error)
                    await asyncio.sleep(AGAIN_IN)

    async def _write_once(self, batch: Sequence[Noted]) -> None:
        async with self._store.transaction() as transaction:
            await write_down(transaction, [what for what, _ in batch], self._clock())
        for _, written in batch:
            if not written.done():
                written.set_result(None)
