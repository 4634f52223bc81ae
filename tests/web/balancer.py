"""One address in front of several processes, as simple as can be: the next one in turn that lets us in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self


class Balancer:
    """Passes connections on to these ports of this machine; `served` counts how many each has got."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = [*ports]
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.served: Counter[int] = Counter()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
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

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            there = await self._somebody()
            if there is not None:
                await _both_ways((reader, writer), there)
        finally:
            writer.close()
            self._open.discard(task)

    async def _somebody(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in range(len(self._ports)):
            self._ports.append(port := self._ports.pop(0))
            with suppress(OSError):
                there = await asyncio.open_connection("127.0.0.1", port)
                self.served[port] += 1
                return there
        return None


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _both_ways(here: Line, there: Line) -> None:
    """Until one side hangs up; then both do."""
    ways = {
        asyncio.create_task(_one_way(here[0], there[1])),
        asyncio.create_task(_one_way(there[0], here[1])),
    }
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        there[1].close()


async def _one_way(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
