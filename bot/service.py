"""The bot at work: takes updates in and sends what is in the outbox, until somebody stops it.

Whatever happens here, an update is confirmed to Telegram only after it was committed, so a crash or a stop
at any instant makes Telegram give it again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.arrivals import Arrival
from bot.batch import Taken
from bot.channels.hook import Hook
from bot.channels.telegram import Telegram
from bot.channels.telegram_events import Batch, GroupNotice
from bot.channels.telegram_trouble import AnotherPoller, NoAnswer
from bot.election import Election
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.metrics import Metrics, now
from bot.nudger import Nudger
from bot.parcels import Kind, Parcel
from bot.patience import Conflicts, Patience, Pause
from bot.rendering import Voice
from bot.sender import Sender
from bot.storage import Overtaken, Store, StoreUnavailable
from bot.strays import set_aside, untold
from flows.engine.say import Say

log = logging.getLogger(__name__)


@dataclass
class Service:
    """One bot. `run` once. `lookup` makes of an address what may be stored of it.

    One that does not listen delivers only what is due, and what others have left. One with a `hook` does not
    ask for updates: they are pushed, and `receive` takes them in until we are stopping.
    """

    store: Store
    telegram: Telegram
    intake: Intake
    sender: Sender
    housekeeping: Housekeeping
    voices: Mapping[str, Voice]
    clock: Callable[[], datetime]
    lookup: Callable[[str], bytes]
    patience: Patience
    listens: bool = True
    hook: Hook | None = None
    receive: Callable[[], Coroutine[Any, Any, None]] | None = None
    metrics: Metrics = field(default_factory=Metrics)
    working: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while updates are taken in, or, where nobody listens, what is due is delivered."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _notices: set[asyncio.Task[None]] = field(default_factory=set)

    async def begin(self) -> str:
        """Have updates come the way we take them, and return the bot's name. Raises `TelegramTrouble`."""
        if not self.listens:
            return await self.telegram.named()
        return await (self.telegram.register(self.hook) if self.hook else self.telegram.open())

    async def run(self) -> None:
        """Work until `stopping` is set. Raises `TelegramTrouble` when the bot cannot go on."""
        taking = {asyncio.create_task(each) for each in self._taking()}
        working = taking | {asyncio.create_task(each) for each in self._carrying()}
        self.working.set()
        try:
            await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.working.clear()
            self.stopping.set()
            await asyncio.wait(taking, timeout=self.patience.batch)
            await self._close(working)
        for task in working:
            if not task.cancelled() and (error := task.exception()):
                raise error

    def _taking(self) -> list[Coroutine[Any, Any, None]]:
        """What makes new parcels, and ends by itself once we are stopping."""
        election = Election(self.store, "nudges")
        nudging = Nudger(self.intake, self.sender, election, self.metrics).run(self.stopping)
        return [nudging, (self.receive or self._listen)()] if self.listens else [nudging]

    def _carrying(self) -> list[Coroutine[Any, Any, None]]:
        return [self.sender.run(), *([self.housekeeping.run()] if self.listens else [])]

    async def _close(self, working: set[asyncio.Task[Any]]) -> None:
        """Deliver what can be delivered soon; the rest is in the outbox for the next start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience.drain + self.patience.close):
                await self.sender.stop(timedelta(seconds=self.patience.drain))
        everything = working | self._notices
        for task in everything:
            task.cancel()
        await asyncio.wait(everything, timeout=self.patience.close)

    async def _listen(self) -> None:
        """Look for updates, commit them, and only then confirm them with the next look."""
        conflicts, pause = Conflicts(self.patience.newcomer), Pause()
        while not self.stopping.is_set():
            try:
                batch = await self._unless_stopping(self.telegram.fetch())
            except AnotherPoller as trouble:
                conflicts.note(trouble, self._now)
                await self._wait(conflicts.patience / 10)
            except NoAnswer as trouble:
                log.warning("updates cannot be fetched: %s", trouble)
                await self._wait(trouble.pause.total_seconds() if trouble.pause else pause.longer())
            else:
                conflicts.patience, pause = self.patience.resident, Pause()
                if batch and await self._taken(batch):
                    self.telegram.confirm(batch)

    async def _taken(self, batch: Batch) -> bool:
        """Commit a batch, however long the database is away; False when we are stopped before that."""
        pause, since = Pause(), now()
        while True:
            try:
                await self.take(batch, since)
            except (StoreUnavailable, Overtaken) as error:
                log.error("nothing is taken in and nothing confirmed: %s", error)
            else:
                return True
            await self._wait(pause.longer())
            if self.stopping.is_set():
                return False

    async def take(self, batch: Batch, since: float) -> None:
        """Commit a batch, the first update of which came at `since`, and see to what follows from it.

        Raises `StoreUnavailable`, or `Overtaken` again and again: then it has to come once more.
        """
        if batch.unparsed and (new := await set_aside(self.store, batch.unparsed, self.clock())):
            log.error("updates that could not be read and were set aside: %d", new)
        for group in await untold(self.store, batch.groups, self.lookup) if batch.groups else ():
            self._begin(self._turn_away(group))
        taken = await self.intake.take(batch.events) if batch.events else Taken()
        self.metrics.took(batch, taken, since)
        self._pass_on(batch, taken)

    def _pass_on(self, batch: Batch, taken: Taken) -> None:
        """What is committed goes out. A tap that was counted before a crash is acknowledged now."""
        self.sender.hand(taken.parcels, taken.hushed)
        if taken.left_over:
            self.sender.wake()
        for answer in taken.outside:
            self._begin(self._answer_outside(answer))
        for event in batch.events:
            if isinstance(event, Arrival) and event.tap and event.tap not in taken.dropped:
                self._begin(self.telegram.acknowledge(event.tap, taken.taps.get(event.tap, "")))

    async def _turn_away(self, group: GroupNotice) -> None:
        """Say in a group that the coach talks in private. Nobody waits for what becomes of it."""
        voice = self.voices.get(group.locale) or self.voices["en"]
        await self.telegram.deliver(Parcel(Kind.LINE, group.chat, voice.bubble(Say("coach.in_group")).html))

    async def _answer_outside(self, answer: Sequence[Parcel]) -> None:
        """Say something to somebody of whom nothing is stored, in order, and once."""
        for parcel in answer:
            await self.telegram.deliver(parcel)

    def _begin(self, notice: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(notice)
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)

    async def _unless_stopping(self, fetching: Coroutine[Any, Any, Batch]) -> Batch | None:
        """Return what a look for updates brings, None when we are stopped before; they come again."""
        look = asyncio.create_task(fetching)
        stopped = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({look, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return look.result() if look.done() else None
        finally:
            look.cancel()
            stopped.cancel()
            await asyncio.wait({look, stopped})

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()
