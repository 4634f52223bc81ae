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

from tests.servers.loopback import Loopback

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)

SLOW = 0.1
LONGEST = 1.0
"""Seconds that a slow push is under way: longer than it takes to read a question and to answer it."""
CUT = 0.01
"""How often a push is cut off before it arrives, and as often after that."""


class Road(Loopback):
    """Passes pushes on to a port of this machine, one connection for each. `met` counts what happened."""

    def __init__(self, to: int, chance: Random) -> None:
        super().__init__()
        self._to = to
        self._chance = chance
        self.met: Counter[str] = Counter()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of Telegram's, push after push, until something is cut off."""
        with suppress(OSError, asyncio.IncompleteReadError):
            while answer := await self._pushed(await _message(reader)):
                writer.write(answer)
                await writer.drain()

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
