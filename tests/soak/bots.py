"""The processes of one bot at work: a row of the matrix, brought to life."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from random import Random

from tests.crash.play import Stage
from tests.crash.serving import Serving
from tests.servers.botapi import Controls
from tests.soak.road import Road
from tests.soak.rows import Row
from tests.web.balancer import Balancer
from tests.web.given import PATH, free_port
from tests.web.workers import SECRET

SHARED_RATE = "300"
"""Messages a second: more than is ever sent, so that the processes share a pace that holds nobody up."""


@dataclass(frozen=True)
class Bots:
    """All processes, and what stands between Telegram and them where updates are pushed."""

    row: Row
    all: list[Serving]
    road: Road | None = None
    balancer: Balancer | None = None


@asynccontextmanager
async def bots_of(row: Row, stage: Stage, api: Controls, chance: Random) -> AsyncIterator[Bots]:
    """Start them one after the other; whatever is left in the end is killed."""
    all_of_them = [_bot(row, stage, api, number) for number in range(len(row.processes))]
    async with AsyncExitStack() as stack:
        bots = Bots(row, all_of_them)
        if row.pushed:
            bots = await _reachable(stack, bots, chance)
        for bot in all_of_them:
            await stack.enter_async_context(bot)
            await bot.until_listening()
        yield bots


def _bot(row: Row, stage: Stage, api: Controls, number: int) -> Serving:
    bot = Serving.beside(stage.folder / str(number), api.url, api.token, stage.url, stage.key_file)
    bot.options = row.processes[number]
    if row.on_postgres:
        bot.environment["TARE_RATE_BOT"] = SHARED_RATE
    return bot


async def _reachable(stack: AsyncExitStack, bots: Bots, chance: Random) -> Bots:
    """One address for all of them, at the end of a bad road."""
    ports = [free_port() for _ in bots.all]
    balancer = await stack.enter_async_context(Balancer(ports))
    road = await stack.enter_async_context(Road(balancer.port, chance))
    for bot, port in zip(bots.all, ports, strict=True):
        bot.environment |= {"TARE_LISTEN": f"127.0.0.1:{port}", "TARE_WEBHOOK_SECRET": SECRET}
        bot.options = (*bot.options, "--webhook", f"http://127.0.0.1:{road.port}{PATH}")
    return replace(bots, road=road, balancer=balancer)
