"""Which doors a bot has: one for what Telegram pushes, if it does, and one for whoever watches over it."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass

from starlette.routing import Route

from bot.channels.telegram_trouble import NoAnswer
from bot.service import Service
from bot.settings import Settings
from bot.web.door import Door, bound, opened
from bot.web.gathering import Gathering
from bot.web.probes import Probes
from bot.web.receiving import Receiving

log = logging.getLogger(__name__)

LOOKS_EVERY = 60.0
"""Seconds between looks whether Telegram still pushes to us."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The sockets that are taken, None for a door that nobody asked for."""

    webhook: socket.socket | None
    metrics: socket.socket | None


@contextmanager
def taken_ports(settings: Settings, *, listens: bool) -> Iterator[Ports]:
    """Take the ports before anything else, so that two processes by mistake differ before they do any harm.

    Raises `BadSetting`.
    """
    pushed_to = settings.listen if listens and settings.webhook_url else None
    with (
        bound("TARE_LISTEN", pushed_to) as webhook,
        bound("TARE_METRICS_LISTEN", settings.metrics_listen) as own,
    ):
        yield Ports(webhook, own)


@asynccontextmanager
async def open_doors(service: Service, ports: Ports) -> AsyncIterator[None]:
    """Keep the doors open during the block. What is pushed is taken in while the bot works."""
    probes = Probes(service)
    async with AsyncExitStack() as stack:
        if ports.metrics is not None:
            await stack.enter_async_context(opened(probes.routes_with_metrics, ports.metrics))
        if ports.webhook is not None and service.hook is not None:
            gathering = Gathering(service.take)
            receiving = Receiving(
                service.hook.secret, service.telegram.bot_id, gathering, service.lookup, service.metrics
            )
            routes = [*probes.routes, Route(service.hook.path, receiving.receive, methods=["POST"])]
            door = await stack.enter_async_context(opened(routes, ports.webhook))
            service.receive = Webhook(door, gathering, service).run
        yield


@dataclass(frozen=True)
class Webhook:
    """What is pushed, from an open door to the commit."""

    door: Door
    gathering: Gathering
    service: Service

    async def run(self) -> None:
        """Take in what is pushed until the service stops; what had come by then is committed and answered."""
        stopped = asyncio.create_task(self.service.stopping.wait())
        gathering = asyncio.create_task(self.gathering.run())
        looking = asyncio.create_task(self._look_after_it())
        try:
            await asyncio.wait({stopped, gathering, looking}, return_when=asyncio.FIRST_COMPLETED)
            await self.door.close()
        finally:
            for task in (stopped, gathering, looking):
                task.cancel()
            ends = await asyncio.gather(stopped, gathering, looking, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def _look_after_it(self) -> None:
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            try:
                await look_after(self.service)
            except NoAnswer as trouble:
                log.warning("the webhook cannot be looked after: %s", trouble)


async def look_after(service: Service) -> None:
    """Set the webhook again when it is gone: a poller that was started by mistake has taken it away.

    One that leads elsewhere is left there: whoever set it may be our successor. Raises `TelegramTrouble`.
    """
    about = await service.telegram.ask_about()
    service.metrics.told_pending(about.waiting)
    if service.hook is None or about.pushed_to == service.hook.url:
        return
    if about.pushed_to:
        log.error("Telegram pushes to another address than ours: nothing comes in here")
        return
    log.error("somebody has taken the webhook away; it is set again")
    await service.telegram.register(service.hook)
