"""Group commit for what is pushed one by one: whatever comes during one commit goes into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.channels.telegram_events import Batch
from bot.metrics import now
from bot.storage import Overtaken, StoreUnavailable

MOST = 100
"""Updates in one commit."""

Take = Callable[[Batch, float], Awaitable[None]]
"""Commits a batch, the first update of which came at that time, or raises."""


@dataclass(frozen=True, slots=True)
class _Pushed:
    batch: Batch
    at: float
    committed: asyncio.Future[None]


@dataclass
class Gathering:
    """Lets each update wait for the commit that it is part of."""

    take: Take
    _waiting: list[_Pushed] = field(default_factory=list)
    _some: asyncio.Event = field(default_factory=asyncio.Event)

    async def taken(self, batch: Batch) -> None:
        """Return once it is committed.

        Raises `StoreUnavailable` or `Overtaken` when the database could not take it, and otherwise what is
        our own mistake. A crash before the return leaves it to whoever pushed it, to be pushed again.
        """
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Pushed(batch, now(), committed))
        self._some.set()
        await committed

    async def run(self) -> None:
        """Commit what waits, again and again, until cancelled."""
        while True:
            await self._some.wait()
            self._some.clear()
            while self._waiting:
                pushed, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._commit(pushed)

    async def _commit(self, pushed: Sequence[_Pushed]) -> None:
        """A batch that breaks for another reason than the database is tried one by one."""
        try:
            await self.take(_together(pushed), pushed[0].at)
        except (StoreUnavailable, Overtaken) as error:
            _tell(pushed, error)
        except Exception as error:
            if len(pushed) == 1:
                _tell(pushed, error)
            for each in pushed if len(pushed) > 1 else ():
                await self._commit([each])
        else:
            _tell(pushed, None)


def _together(pushed: Sequence[_Pushed]) -> Batch:
    whole = Batch()
    for each in pushed:
        whole.events += each.batch.events
        whole.groups += each.batch.groups
        whole.unparsed += each.batch.unparsed
    return whole


def _tell(pushed: Sequence[_Pushed], error: Exception | None) -> None:
    """Whoever hung up meanwhile is not told, and pushes it again."""
    for each in pushed:
        if each.committed.done():
            continue
        if error is None:
            each.committed.set_result(None)
        else:
            each.committed.set_exception(error)
