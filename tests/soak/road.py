"""The way from Telegram to the webhook, as bad as a road can be: slow, and cut off before or after arrival.

Pushes of one person's messages and of their taps overtake each other on it. Telegram pushes once more what
was cut off, so what had arrived comes twice.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import suppress
from random import Random
from types import TracebackType
from typing import Self

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)

SLOW = 0.1
LONGEST = 1.0
"""Seconds that a slow push is under way: longer than it takes to read a question and to answer it."""
CUT = 0.01
"""How often a push is cut off before it arrives, and as often after that."""


class Road:
    """Passes pushes on to a port of this machine, one connection for each. `met` counts what happened."""

    def __init__(self, to: int, chance: Random) -> None:
        self._to = to
        self._chance = chance
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.met: Counter[str] = Counter()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._travel, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _travel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of Telegram's, push after push, until something is cut off."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                while answer := await self._pushed(await _message(reader)):
                    writer.write(answer)
                    await writer.drain()
        finally:
            writer.close()
            self._open.discard(task)

    async def _pushed(self, push: bytes) -> bytes:
        """The answer to a push, b"" when nobody is to see one."""
        if self._meets("slow push", SLOW):
            await asyncio.sleep(self._chance.uniform(0.0, LONGEST))
        if self._meets("push cut off before", CUT):
            return b""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._to)
        try:
            writer.write(push)
            answer = await _message(reader)
        finally:
            writer.close()
        return b"" if self._meets("push cut off after", CUT) else answer

    def _meets(self, what: str, how_often: float) -> bool:
        met = self._chance.random() < how_often
        self.met[what] += met
        return met


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One request or answer. IncompleteReadError when the other side hangs up before its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    return head + await reader.readexactly(int(length[1]) if length else 0)
