"""Webhook processes of one bot, as many as you like, behind one address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.serving import Serving
from tests.servers.botapi import BotApiProcess
from tests.web.balancer import Balancer
from tests.web.given import PATH, free_port

SECRET = "only-for-these-processes"

PATIENCE = 45.0
"""Seconds until somebody gives up waiting: pushes that fail are tried again after 2, 4, 8 seconds."""


@dataclass
class Workers:
    """Several processes of one bot behind one address."""

    api: BotApiProcess
    url: str
    key_file: Path
    all: list[Serving]
    balancer: Balancer

    @property
    def kills(self) -> int:
        """How often one was killed."""
        return sum(end.killed for worker in self.all for end in worker.ends)


@asynccontextmanager
async def workers(url: str, folder: Path, count: int, *, at_once: bool = False) -> AsyncIterator[Workers]:
    """Start them, one after the other or at once, and stop them in the end, each within 5 seconds."""
    ports = [free_port() for _ in range(count)]
    key_file = folder / "tare.key"
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(BotApiProcess())
        balancer = await stack.enter_async_context(Balancer(ports))
        all_of_them = []
        for number, port in enumerate(ports):
            worker = Serving.beside(folder / f"worker{number}", api.url, api.token, url)
            worker.environment |= {"TARE_LISTEN": f"127.0.0.1:{port}", "TARE_KEY_FILE": str(key_file)}
            worker.environment["TARE_WEBHOOK_SECRET"] = SECRET
            worker.options = ("--webhook", f"http://127.0.0.1:{balancer.port}{PATH}")
            all_of_them.append(await stack.enter_async_context(worker))
            if not at_once:
                await worker.until_listening()
        for worker in all_of_them:
            await worker.until_listening()
        yield Workers(api, url, key_file, all_of_them, balancer)
        for worker in all_of_them:
            if worker.process is not None:
                await worker.stop()
