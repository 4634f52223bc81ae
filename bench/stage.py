"""`python -m bench.stage ROLE`: the fake Bot API server with people in it, as a process of its own.

Prints its URL when ready. Reads one JSON object a line, `{"do": NAME, ...}`, and answers each with one line.
Ends when its standard input is closed.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.crowd import Crowd
from bench.delays import Delays
from bench.processes import spent
from bench.roles import ROLES
from bench.theatre import Theatre
from tests.servers.botapi import Settings
from tests.servers.botapi.app import application
from tests.servers.botapi.faults import Fault
from tests.servers.botapi.listening import Listener
from tests.servers.botapi.shapes import Json, JsonObject

QUIET = 0.2
"""Seconds without a call after which a bot has done everything."""

QUIET_WITHIN = 60.0

SLOW = 3.0
"""Seconds that every call into the chat of a slow one takes."""


@dataclass(frozen=True)
class Window:
    """What happened while somebody looked. Times are seconds, `bot` and `server` those of a processor.

    `empty`: how often nobody was left who could have answered. `delays`: from answers to first calls.
    """

    seconds: float
    calls: int
    updates: int
    bot: float
    server: float
    empty: int
    delays: list[float]


@dataclass(frozen=True)
class _Moment:
    at: float
    called: Counter[str]
    updates: int
    bot: float
    server: float


class Stage:
    """What whoever measures can have done. Every method without an underscore is a wish."""

    def __init__(self, cloud: Theatre, crowd: Crowd) -> None:
        self._cloud = cloud
        self._crowd = crowd
        self._slow: set[int] = set()

    async def ready(self, count: int) -> Json:
        """Bring new people to where the measured part begins until so many wait there."""
        await self._crowd.enter(max(0, count - len(self._crowd.waiting)))
        await self._until_quiet()
        return len(self._crowd.waiting)

    async def play(self, places: int, warm: float, seconds: float, pids: Sequence[int]) -> Json:
        """Let people play, look away while it gets warm, then look, then wait until all is done."""
        self._crowd.begin(places)
        await asyncio.sleep(warm)
        before = self._now(pids)
        await asyncio.sleep(seconds)
        after = self._now(pids)
        self._crowd.pause()
        await self._until_quiet()
        return asdict(self._between(before, after, []))

    async def trickle(self, rate: float, seconds: float, pids: Sequence[int], slow: bool = False) -> Json:
        """Let people answer so many times a second, and take the time. `slow`: whoever comes first is."""
        if slow:
            self._slow_down(next(iter(self._crowd.waiting)))
        delays = Delays(leaves_out=self._slow)
        self._crowd.answered, self._cloud.book.told = delays.begin, delays.end
        before = self._now(pids)
        await self._crowd.trickle(rate, seconds)
        await self._until_quiet()  # before looking: what was not answered in time costs too
        return asdict(self._between(before, self._now(pids), delays.taken))

    async def until_called(self, method: str, count: int, within: float) -> Json:
        """Whether a method has been called so often in time."""
        book = self._cloud.book
        return await book.bell.until(lambda: book.called[method] >= count, within)

    def lead_to(self, urls: list[str]) -> Json:
        """Push what happens to these addresses in turn, once a bot has asked for that."""
        self._cloud.doors.lead_to(urls)
        return True

    def fail(self, kind: str, **how: Json) -> Json:
        """Set a fault of the server; the arguments are those of Fault."""
        self._cloud.faults.add(Fault(kind, **how))
        return True

    def broken(self) -> Json:
        """Every rule of the Bot API that was broken."""
        return list(self._cloud.ledger.violations)

    def _slow_down(self, person: int) -> None:
        self._slow.add(person)
        self._cloud.faults.add(Fault("latency", chat=person, times=None, seconds=SLOW))

    def _now(self, pids: Sequence[int]) -> _Moment:
        at, server = time.perf_counter(), time.process_time()
        return _Moment(at, self._cloud.called, self._crowd.updates, spent(pids), server)

    def _between(self, before: _Moment, after: _Moment, delays: list[float]) -> Window:
        return Window(
            seconds=after.at - before.at,
            calls=after.called.total() - before.called.total(),
            updates=after.updates - before.updates,
            bot=after.bot - before.bot,
            server=after.server - before.server,
            empty=self._crowd.empty,
            delays=delays,
        )

    async def _until_quiet(self) -> None:
        """Wait until nobody calls any more. Raises TimeoutError."""
        async with asyncio.timeout(QUIET_WITHIN):
            seen = -1
            while self._cloud.updates.has_any() or self._cloud.called.total() != seen:
                seen = self._cloud.called.total()
                await asyncio.sleep(QUIET)


async def run(role: str) -> None:
    """Serve until standard input is closed."""
    cloud = Theatre(Settings(lean=True))
    stage = Stage(cloud, Crowd(cloud, ROLES[role]()))
    listener = Listener(application(cloud), 0)
    await listener.open()
    print(f"http://127.0.0.1:{listener.port}", flush=True)
    async for line in await _standard_input():
        print(json.dumps(await _done(stage, json.loads(line))), flush=True)
    await cloud.close()
    await listener.shut()


async def _done(stage: Stage, wish: JsonObject) -> Json:
    """Return {"done": what came of it}, or {"failed": why}."""
    try:
        result = getattr(stage, wish.pop("do"))(**wish)
        return {"done": await result if asyncio.iscoroutine(result) else result}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"}


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
