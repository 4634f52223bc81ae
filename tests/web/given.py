"""A bot that updates are pushed to, with its doors open, in this process."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from bot.app import telegram_service
from bot.patience import Patience
from bot.service import Service
from bot.settings import Settings
from bot.web.doors import open_doors, taken_ports
from bot.web.receiving import TOLD_IN
from tests.serving.given import World, unchanged
from tests.telegram.given import private

PATH = "/telegram"
JSON = "application/json"


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def pushed_to(settings: Settings) -> Settings:
    """These settings, with a webhook and metrics on free ports."""
    port = free_port()
    web = {
        "webhook_url": f"http://127.0.0.1:{port}{PATH}",
        "listen": f"127.0.0.1:{port}",
        "metrics_listen": f"127.0.0.1:{free_port()}",
    }
    return settings.model_copy(update=web)


@dataclass
class Open:
    """A bot at work, and a client at its doors."""

    service: Service
    client: httpx.AsyncClient
    webhook: str
    own: str

    async def push(self, update: Any, **headers: str | bytes) -> httpx.Response:
        """Push one update as Telegram does; headers may be others."""
        secret = self.service.hook.secret if self.service.hook else ""
        given = {"content-type": JSON, TOLD_IN: secret, **headers}
        encoded = {name: value.encode() if isinstance(value, str) else value for name, value in given.items()}
        return await self.client.post(
            f"{self.webhook}{PATH}",
            content=update if isinstance(update, bytes) else json.dumps(update).encode(),
            headers=[(name.encode(), value) for name, value in encoded.items()],
        )

    async def number(self, name: str) -> float:
        """One number of the metrics, by its name with its labels."""
        lines = (await self.client.get(f"{self.own}/metrics")).text.splitlines()
        return next(float(line.rpartition(" ")[2]) for line in lines if line.rpartition(" ")[0] == name)


@asynccontextmanager
async def open_bot(world: World, before: Callable[[Service], None] = unchanged) -> AsyncIterator[Open]:
    """The bot at work; what it ends with is raised. `before` changes it first."""
    settings = world.settings
    with taken_ports(settings, listens=True) as ports:
        async with telegram_service(settings, lambda words: None) as service, open_doors(service, ports):
            service.patience = Patience(newcomer=0.4, resident=0.4, drain=0.4)
            before(service)
            await service.begin()
            working = asyncio.create_task(service.run())
            async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
                own = f"http://{settings.metrics_listen or settings.listen}"
                try:
                    yield Open(service, client, f"http://{settings.listen}", own)
                finally:
                    service.stopping.set()
                    await working


def start(update_id: int, person: int = 5_000_000_001) -> dict[str, Any]:
    """An update in which somebody sends /start."""
    content = private(
        text="/start",
        entities=[{"type": "bot_command", "offset": 0, "length": 6}],
        chat={"id": person, "type": "private", "first_name": "Ada"},
    )
    content["from"] |= {"id": person, "language_code": "en"}
    return {"update_id": update_id, "message": content}
