"""One address in front of several processes, as simple as can be: the next one in turn that lets us in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from tests.servers.loopback import Loopback


class Balancer(Loopback):
    """Passes connections on to these ports of this machine; `served` counts how many each has got."""

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__()
        self._ports = [*ports]
        self.served: Counter[int] = Counter()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await self._somebody()
        if there is not None:
            await _both_ways((reader, writer), there)

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
