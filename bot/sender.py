"""From the outbox to people: in order for each person, different people side by side.

A parcel leaves the outbox after it arrived, and the next one of that person goes only then: a crash repeats
at most one message per person and skips none. Replies go side by side and before nudges. Nudges go one after
the other, so a crash repeats at most one of them in all: nobody asked for it, so nobody wants it twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.asked import WHOSE
from bot.channels.channel import Channel
from bot.outcomes import Settled, settled, tell_taken_over, write_down
from bot.pacing import Pace
from bot.parcels import Failed, Halted, Outcome, Parcel, Refused, from_body
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.rows import ParcelRow
from bot.storage.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 64
"""People served at the same time: enough to hide a slow network, few enough for one connection pool."""

NUDGES_IN_HAND = AT_ONCE // 2
"""Whoever has more than this takes no nudges: they wait where a word of the person still moves them."""

GIVES_WAY = 0.05
"""Seconds that a nudge waits at a time while replies wait for their turn."""

POLL = 1.0
"""Seconds between looks for leftovers: of a crash, of another process, of an earlier failure."""


@dataclass
class _Line:
    """The parcels of one person in this process, in order. `last` is the number of the newest."""

    waiting: deque[ParcelRow] = field(default_factory=deque)
    last: int = 0


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
        self._channel = channel
        self._clock = clock
        self._pace = pace
        self._lease = lease
        self._lines: dict[int, _Line] = {}
        self._given_back: set[int] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._nudging = asyncio.Semaphore(1)
        self._replies_waiting = 0
        self._claiming = asyncio.Lock()
        self._unwritten: list[tuple[Settled, asyncio.Future[None]]] = []
        self._noted: set[asyncio.Future[None]] = set()
        self._to_write = asyncio.Event()
        self._to_claim = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._stopping = False

    def held(self, person_id: int) -> int | None:
        """Return the number of the last parcel of a person that is in this process's hands."""
        line = self._lines.get(person_id)
        return line.last if line else None

    @property
    def room_for_nudges(self) -> int:
        """For how many people nudges may be taken in hand now."""
        if self._stopping or self._pace.halt_left(self._now):
            return 0
        return max(0, NUDGES_IN_HAND - len(self._lines))

    def hand(self, parcels: Sequence[ParcelRow]) -> None:
        """Take over parcels that are committed and leased to this process, each person's in order."""
        for row in parcels:
            if row.person_id in self._given_back:
                self._note(Settled(row, self._clock()))  # behind one that went back: it must wait for it
                continue
            line = self._lines.get(row.person_id)
            if line is None:
                line = self._lines[row.person_id] = _Line()
                self._begin(row.person_id, line)
            line.waiting.append(row)
            line.last = row.seq

    def wake(self) -> None:
        """Look for leftovers now: something was left in the outbox for whoever comes first."""
        self._to_claim.set()

    async def run(self) -> None:
        """Deliver until stopped."""
        self._writer = asyncio.create_task(self._write())
        while not self._stopping:
            async with self._claiming:
                await self._claim()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._to_claim.wait(), POLL)
            self._to_claim.clear()
            if self._writer.done():
                await self._writer  # it ends by itself only by a mistake of ours, which is not to be hidden

    async def once(self) -> None:
        """Deliver what is in hand and what waits, then return: for a channel with one person at it."""
        writer = asyncio.create_task(self._write())
        try:
            await self._claim()
            await self.drained()
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

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
            if self._noted:
                await asyncio.wait(self._noted, timeout=POLL)
        finally:
            if self._writer:
                self._writer.cancel()
                await asyncio.gather(self._writer, return_exceptions=True)

    async def _cut_off(self) -> None:
        """Give back what is still in hand."""
        left = [row for line in self._lines.values() for row in line.waiting]
        cut_off = list(self._serving)
        for task in cut_off:
            task.cancel()
        await asyncio.gather(*cut_off, return_exceptions=True)
        for row in left:
            self._note(Settled(row, self._clock()))

    async def _claim(self) -> None:
        room = AT_ONCE - len(self._lines)
        if room <= 0 or self._stopping or self._pace.halt_left(self._now):
            return
        try:
            async with self._store.transaction() as transaction:
                rows = await transaction.claim(self._clock(), self._lease, room)
        except (Overtaken, StoreUnavailable) as error:
            log.error("the outbox cannot be read: %s", type(error).__name__)
            return
        self._given_back -= {row.person_id for row in rows}
        tell_taken_over([row for row in rows if row.taken_over])
        self.hand([row for row in rows if row.seq > (self.held(row.person_id) or 0)])

    def _begin(self, person_id: int, line: _Line) -> None:
        task = asyncio.create_task(self._serve(person_id, line))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, person_id: int, line: _Line) -> None:
        """Deliver one person's parcels, each written down before the next one goes.

        Of who cannot be reached the whole outbox is dropped: what waits here then goes with it. What we have
        had for longer than our lease belongs to whoever looks next.
        """
        what = None  # what became of the last one
        while line.waiting:
            row = line.waiting[0]
            async with self._nudging if row.urgency else self._room:
                if row.lease_until is not None and row.lease_until <= self._clock():
                    break
                what = settled(row, await self._deliver(row), self._clock())
                if what.due_at is not None:
                    break
                over = len(line.waiting) if what.unreachable else 1
                await self._note(what)
            for _ in range(over):
                line.waiting.popleft()
        del self._lines[person_id]
        if what is not None and what.due_at is not None:
            self._given_back.add(person_id)
            behind = [Settled(row, self._clock()) for row in [*line.waiting][1:]]
            await asyncio.gather(*(self._note(each) for each in [what, *behind]))

    async def _deliver(self, row: ParcelRow) -> Outcome:
        try:
            parcel = from_body(row.kind, row.body)
        except (KeyError, TypeError, ValueError):
            return Refused("unreadable parcel")
        wait = await self._paced(row, parcel)
        if wait:
            return Halted(wait)
        try:
            outcome = await self._channel.deliver(await self._looked_up(row, parcel))
        except (StoreUnavailable, Overtaken) as error:
            log.error("a message to change cannot be looked up: %s", type(error).__name__)
            return Failed("database")
        except Exception as error:
            log.exception("a channel raised: %s", type(error).__name__)
            return Failed(type(error).__name__)
        if isinstance(outcome, Halted):
            self._pace.halt(outcome.pause.total_seconds(), self._now)
        return outcome

    async def _paced(self, row: ParcelRow, parcel: Parcel) -> timedelta | None:
        """Wait for this message's turn; return the wait instead when it takes longer than the lease bears.

        Changes of messages have no rate, but a halt is a halt of everything.
        """
        over = self._now + self._lease.total_seconds() / 2
        self._replies_waiting += not row.urgency
        try:
            while (wait := self._wait(row, parcel)) > 0:
                if self._now + wait > over:
                    return timedelta(seconds=wait)
                await asyncio.sleep(wait)
        finally:
            self._replies_waiting -= not row.urgency
        if not parcel.kind.edits:
            self._pace.spend(parcel.chat, self._now)
        return None

    def _wait(self, row: ParcelRow, parcel: Parcel) -> float:
        if parcel.kind.edits:
            return self._pace.halt_left(self._now)
        gives_way = GIVES_WAY if row.urgency and self._replies_waiting else 0.0
        return max(gives_way, self._pace.wait(parcel.chat, self._now))

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def _looked_up(self, row: ParcelRow, parcel: Parcel) -> Parcel:
        """Return a change of the last question with the number of its message.

        Everything before it is delivered and written down by now, so the number stands in the store.
        """
        address = row.body.get(WHOSE)
        if address is None:
            return parcel
        async with self._store.transaction() as transaction:
            found = (await transaction.people([address])).get(address)
        return replace(parcel, message=found.shown_message if found else None)

    def _note(self, what: Settled) -> asyncio.Future[None]:
        """Have it written down with whatever else is settled by then; done once it is committed."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._noted.add(written)
        written.add_done_callback(self._noted.discard)
        self._unwritten.append((what, written))
        self._to_write.set()
        return written

    async def _write(self) -> None:
        while True:
            await self._to_write.wait()
            self._to_write.clear()
            batch, self._unwritten = self._unwritten, []
            while batch:
                try:
                    await self._write_once(batch)
                    batch = []
                except Overtaken:
                    continue
                except StoreUnavailable as error:
                    log.error("deliveries cannot be written down yet: %s", type(error).__name__)
                    await asyncio.sleep(POLL)

    async def _write_once(self, batch: Sequence[tuple[Settled, asyncio.Future[None]]]) -> None:
        async with self._store.transaction() as transaction:
            await write_down(transaction, [what for what, _ in batch], self._clock())
        for _, written in batch:
            if not written.done():
                written.set_result(None)
