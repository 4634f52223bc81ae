"""When each message may go: by the pace of this process, and where there are several, by that of all.

Where several processes may share a database, each takes its next slots from one row there, a few at a time
and a little ahead, in one statement for all that wait. What was taken and not used in time is lost, so a
crash costs at most half a second of the rate. One process on SQLite takes nothing from anywhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.pacing import Pace
from bot.parcels import Parcel
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.paces import Halt
from bot.storage.store import Store

log = logging.getLogger(__name__)

GIVES_WAY = 0.05
"""Seconds that a nudge waits at a time while replies wait for their turn."""

AHEAD, NUDGES_AHEAD = 0.5, 0.25
"""Seconds of the rate that are reserved at once: by nudges less, or replies elsewhere waited for them."""

KEEPS = 1.0
"""Seconds that a slot can be used after its time. Later it is lost, or slots would pile up into a burst."""

AGAIN_IN = 0.5
"""Seconds until slots are asked for again while the database is away."""


@dataclass(slots=True)
class Block:
    """Slots that belong to this process: the next one, and how many are left, `gap` seconds apart."""

    at: float
    left: int
    gap: float


class Slots:
    """The slots of one process. Times are of the event loop, which no clock moves."""

    def __init__(self, store: Store, pace: Pace) -> None:
        self._store = store
        self._pace = pace
        self._shares = store.shared and pace.bot.per_second > 0
        self._blocks: deque[Block] = deque()
        self._reserving = asyncio.Lock()
        self._replies = self._nudges = 0
        self._halt = 0

    def halt_left(self) -> float:
        """Return the seconds until anything may be sent again."""
        return self._pace.halt_left(_now())

    async def halted(self, seconds: float) -> None:
        """The messenger takes nothing for so long: stop at once, and tell whoever else sends, or will."""
        self._pace.halt(seconds, _now())
        log.warning("the messenger asks for a pause, and everybody waits: %d s", round(seconds))
        try:
            async with self._store.transaction() as transaction:
                await transaction.halt(seconds)
        except (StoreUnavailable, Overtaken) as error:
            log.error("others cannot be told of the pause: %s", error)

    def heard_of(self, halt: Halt) -> None:
        """Keep a halt that another process was told, or this one before it was started anew; each once."""
        if halt.mark != self._halt and halt.left > 0:
            self._halt = halt.mark
            self._pace.halt(halt.left, _now())

    async def turn(self, parcel: Parcel, urgency: int, over: float) -> float:
        """Wait for this message's turn and return 0; or return the wait, when it is not over by then.

        Changes of messages have no rate, but a halt is a halt of everything.
        """
        chat = None if parcel.kind.edits else parcel.chat
        if wait := await _slept(partial(self._until_chat, chat), over):
            return wait
        if chat is None:
            return 0.0
        self._count(urgency, 1)
        try:
            wait = await _slept(partial(self._until_bot, urgency), over)
        finally:
            self._count(urgency, -1)
        if not wait:
            self._pace.spend(chat, _now())
        return wait

    def _count(self, urgency: int, more: int) -> None:
        """Count who waits for the pace of the bot; who waits for their own chat is in nobody's way."""
        if urgency:
            self._nudges += more
        else:
            self._replies += more

    async def _until_chat(self, chat: int | None) -> float:
        return self.halt_left() if chat is None else self._pace.wait_of_chat(chat, _now())

    async def _until_bot(self, urgency: int) -> float:
        if urgency and self._replies:
            return GIVES_WAY
        if not self._shares:
            return self._pace.wait_of_bot(_now())
        while (block := self._next()) is None:
            if not await self._reserve():
                return AGAIN_IN
        wait = max(self.halt_left(), block.at - _now())
        if wait <= 0:
            block.at, block.left = block.at + block.gap, block.left - 1
        return max(0.0, wait)

    def _next(self) -> Block | None:
        """Return the block with the next slot that can still be used."""
        too_old = _now() - KEEPS
        while self._blocks:
            block = self._blocks[0]
            while block.left and block.at < too_old:
                block.at, block.left = block.at + block.gap, block.left - 1
            if block.left:
                return block
            self._blocks.popleft()
        return None

    async def _reserve(self) -> bool:
        """Take as many slots as messages wait; one statement for all of them. False when that fails."""
        async with self._reserving:
            await asyncio.sleep(0)  # whoever comes in the same moment is counted
            if self._next() is not None:
                return True
            rate = self._pace.bot
            most = max(1, round(rate.per_second * (AHEAD if self._replies else NUDGES_AHEAD)))
            count, gap = min(self._replies or self._nudges, most), 1 / rate.per_second
            try:
                async with self._store.transaction() as transaction:
                    reserved = await transaction.reserve(count, gap)
            except (StoreUnavailable, Overtaken) as error:
                log.debug("no slots can be reserved: %s", error)
                return False
            early = (rate.burst - 1) * gap
            self._blocks.append(Block(_now() + reserved.starts_in - early, count, gap))
            self.heard_of(reserved.halt)
            return True


async def _slept(wait_for: Callable[[], Awaitable[float]], over: float) -> float:
    """Sleep until nothing is to be waited for any more and return 0, or the wait that goes beyond `over`."""
    while (wait := await wait_for()) > 0:
        if _now() + wait > over:
            return wait
        await asyncio.sleep(wait)
    return 0.0


def _now() -> float:
    return asyncio.get_running_loop().time()
