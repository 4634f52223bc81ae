"""From the outbox to people: in order for each person, different people side by side.

A parcel leaves the outbox after it arrived, and the next one of that person goes only then: a crash repeats
at most one message per person and skips none. Replies go before nudges. Of nudges only a few are on their
way at the same time, and no more can come twice after a crash: nobody asked for them.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.carrier import AT_ONCE, Carrier
from bot.channels.channel import Channel
from bot.clockwatch import Clockwatch
from bot.lease import Lease
from bot.ledger import Ledger
from bot.outcomes import NUDGES_AT_ONCE, Settled, settled, tell_taken_over
from bot.pacing import Pace
from bot.slots import Slots
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.rows import ParcelRow
from bot.storage.store import Store

log = logging.getLogger(__name__)

NUDGES_IN_HAND = AT_ONCE // 2
"""Whoever has more than this takes no nudges: they wait where a word of the person still moves them."""

POLL = 1.0
"""Seconds between looks for leftovers: of a crash, of another process, of an earlier failure."""

OTHERS_FIRST = 2 * POLL
"""Seconds without a look after the database was away: everybody first writes down what arrived meanwhile."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A parcel that is ours until then, a time of the event loop: no clock that is set makes it longer."""

    row: ParcelRow
    until: float


@dataclass
class _Line:
    """The parcels of one person in this process, in order. `last` is the number of the newest.

    `out`: the first one has left our hands, and is being delivered or written down.
    """

    waiting: deque[_Held] = field(default_factory=deque)
    last: int = 0
    out: bool = False
    serving: asyncio.Task[None] | None = None

    def leaves(self) -> None:
        self.out = True


class Sender:
    """Delivers what was handed over, and claims what nobody delivers."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        clock: Callable[[], datetime],
        pace: Pace,
        lease: timedelta,
    ) -> None:
        self._store = store
        self._clock = clock
        self._lease = lease
        self._slots = Slots(store, pace)
        self._carrier = Carrier(store, channel, self._slots, Lease.of(lease))
        self._ledger = Ledger(store, clock)
        self._lines: dict[int, _Line] = {}
        self._given_back: set[int] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._nudging = asyncio.Semaphore(NUDGES_AT_ONCE)
        self._claiming = asyncio.Lock()
        self._claims_from = 0.0
        self._has_heard = False
        self._to_claim = asyncio.Event()
        self._stopping = False

    def held(self, person_id: int) -> int | None:
        """Return the number of the last parcel of a person that is in this process's hands."""
        line = self._lines.get(person_id)
        return line.last if line else None

    @property
    def room_for_nudges(self) -> int:
        """For how many people nudges may be taken in hand now."""
        if self._stopping or self._slots.halt_left():
            return 0
        return max(0, NUDGES_IN_HAND - len(self._lines))

    def hand(self, parcels: Sequence[ParcelRow], hushed: Collection[int] = ()) -> None:
        """Take over parcels that are committed and leased to this process, each person's in order.

        Before that, nudges of people who were `hushed` are dropped: nothing waits behind them any more.
        """
        for person_id in hushed:
            self._hush(person_id)
        for row in parcels:
            if row.person_id in self._given_back:
                self._ledger.note(Settled(row, self._clock()))  # behind one that went back: it waits for it
                continue
            line = self._lines.get(row.person_id)
            if line is None:
                line = self._begin(row.person_id)
            line.waiting.append(_Held(row, _now() + self._left(row)))
            line.last = row.seq

    def wake(self) -> None:
        """Look for leftovers now: something was left in the outbox for whoever comes first."""
        self._to_claim.set()

    async def run(self) -> None:
        """Deliver until stopped."""
        self._ledger.open()
        watch = Clockwatch(self._store, self._clock, self._lease)
        while not self._stopping:
            async with self._claiming:
                await self._claim(hears=self._store.shared or not self._has_heard)
            await watch.look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._to_claim.wait(), POLL)
            self._to_claim.clear()
            await self._ledger.look_at_writer()

    async def once(self) -> None:
        """Deliver what is in hand and what waits, then return: for a channel with one person at it."""
        self._ledger.open()
        try:
            await self._claim()
            await self.drained()
        finally:
            await self._ledger.close()

    async def drained(self) -> None:
        """Wait until everything in hand is delivered or given back."""
        while self._serving:
            await asyncio.wait(self._serving)

    async def stop(self, grace: timedelta) -> None:
        """Stop claiming, deliver what is in hand for a while, and give the rest back to the outbox.

        Everything that became of a parcel is written down first, or it would be sent once more at the next
        start. Where that cannot be written, the lease runs out, and they are found again.
        """
        self._stopping = True
        self._to_claim.set()
        try:
            async with self._claiming:
                pass  # what is being claimed at this moment comes into our hands first
            if self._serving:
                await asyncio.wait(self._serving, timeout=grace.total_seconds())
            await self._cut_off()
        finally:
            await self._ledger.close(POLL)

    async def _cut_off(self) -> None:
        """Give back what is still in hand."""
        left = [held.row for line in self._lines.values() for held in line.waiting]
        cut_off = list(self._serving)
        for task in cut_off:
            task.cancel()
        await asyncio.gather(*cut_off, return_exceptions=True)
        for row in left:
            self._ledger.note(Settled(row, self._clock()))

    async def _claim(self, *, hears: bool = False) -> None:
        """Take leftovers in hand. `hears`: of a halt that another process, or an earlier run, was told."""
        room = AT_ONCE - len(self._lines)
        if room <= 0 or self._stopping or self._slots.halt_left() or _now() < self._claims_from:
            return
        try:
            async with self._store.transaction() as transaction:
                if hears:
                    self._slots.heard_of(await transaction.halted())
                rows = await transaction.claim(self._clock(), self._lease, room)
        except (Overtaken, StoreUnavailable) as error:
            log.debug("the outbox cannot be read: %s", type(error).__name__)
            self._claims_from = _now() + OTHERS_FIRST
            return
        self._has_heard = self._has_heard or hears
        self._given_back -= {row.person_id for row in rows}
        tell_taken_over([row for row in rows if row.taken_over])
        self.hand([row for row in rows if row.seq > (self.held(row.person_id) or 0)])

    def _begin(self, person_id: int, waiting: Iterable[_Held] = ()) -> _Line:
        line = self._lines[person_id] = _Line(deque(waiting))
        line.last = line.waiting[-1].row.seq if line.waiting else 0
        task = line.serving = asyncio.create_task(self._serve(person_id, line))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        return line

    def _hush(self, person_id: int) -> None:
        """Drop somebody's nudges, but for one that has left our hands; what stood behind them goes now.

        Their rows are gone, so nothing is written down.
        """
        line = self._lines.get(person_id)
        if line is None:
            return
        first, *behind = line.waiting
        replies = [held for held in behind if not held.row.urgency]
        if line.out or not first.row.urgency:
            line.waiting = deque([first, *replies])
            return
        if line.serving is not None:
            line.serving.cancel()  # it waits for the turn of a nudge
        del self._lines[person_id]
        if replies:
            self._begin(person_id, replies)

    async def _serve(self, person_id: int, line: _Line) -> None:
        """Deliver one person's parcels, each written down before the next one goes.

        What we have had for longer than our lease belongs to whoever looks next.
        """
        back = None
        while line.waiting and back is None:
            held = line.waiting[0]
            async with self._nudging if held.row.urgency else nullcontext():
                if held.until <= _now() or self._left(held.row) <= 0:
                    break
                outcome = await self._carrier.carry(held.row, held.until, line.leaves)
                if outcome is None:
                    line.waiting.popleft()
                else:
                    back = await self._gone(line, settled(held.row, outcome, self._clock()))
                line.out = False
        del self._lines[person_id]
        if back is not None:
            await self._give_back(back, [held.row for held in [*line.waiting][1:]])

    async def _gone(self, line: _Line, what: Settled) -> Settled | None:
        """Have what became of the first parcel written down; return it when it is to be tried again.

        Of who cannot be reached the whole outbox is dropped: what waits here then goes with it.
        """
        if what.due_at is not None:
            return what
        over = [*line.waiting] if what.unreachable else [line.waiting[0]]
        await self._ledger.note(what)
        for held in over:
            with suppress(ValueError):  # a nudge that was dropped meanwhile
                line.waiting.remove(held)
        return None

    async def _give_back(self, what: Settled, behind: Sequence[ParcelRow]) -> None:
        """Leave a parcel, and those behind it, to whoever looks when it is due: perhaps at once."""
        self._given_back.add(what.row.person_id)
        all_of_them = [what, *(Settled(row, self._clock()) for row in behind)]
        await asyncio.gather(*(self._ledger.note(each) for each in all_of_them))
        if what.due_at is not None and what.due_at <= self._clock():
            self.wake()

    def _left(self, row: ParcelRow) -> float:
        """Seconds until our lease of a parcel is over by the clock."""
        if row.lease_until is None:
            return math.inf
        return min((row.lease_until - self._clock()).total_seconds(), self._lease.total_seconds())


def _now() -> float:
    return asyncio.get_running_loop().time()
