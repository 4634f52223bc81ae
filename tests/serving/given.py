"""A Bot API server, a database and a key file; the bot itself comes and goes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.app import telegram_service
from bot.patience import Patience
from bot.service import Service
from bot.settings import Settings
from tests.servers.botapi import BotApi, Phone

PROJECT = Path(__file__).parents[2]


def unchanged(service: Service) -> None:
    del service


@dataclass
class World:
    """What outlives the bot. `settings` are those of every bot that comes."""

    api: BotApi
    settings: Settings

    @classmethod
    def around(cls, api: BotApi, url: str, folder: Path) -> World:
        settings = Settings(
            telegram_token=SecretStr(api.token),
            telegram_api=api.url,
            database_url=url,
            key_file=folder / "tare.key",
            rate_chat=0,
            rate_bot=0,
        )
        return cls(api, settings)

    @asynccontextmanager
    async def bot(
        self, before: Callable[[Service], None] = unchanged, *, listens: bool = True
    ) -> AsyncIterator[Service]:
        """The bot at work in this process; what it ends with is raised. `before` changes it first."""
        async with telegram_service(self.settings, lambda words: None, listens=listens) as service:
            service.patience = Patience(newcomer=0.4, resident=0.4, drain=0.4)
            before(service)
            await service.telegram.open()
            working = asyncio.create_task(service.run())
            try:
                yield service
            finally:
                service.stopping.set()
                await working

    def environment(self, **changes: str) -> dict[str, str]:
        """What a process needs to be this bot. An empty value takes a variable away."""
        ours = {
            "TARE_TELEGRAM_TOKEN": self.api.token,
            "TARE_TELEGRAM_API": self.api.url,
            "TARE_DATABASE_URL": self.settings.database_url,
            "TARE_KEY_FILE": str(self.settings.key_file),
            "TARE_START_PATIENCE": "1",
            "TARE_RATE_CHAT": "0",
            "PYTHONPATH": str(PROJECT),
        }
        others = {name: value for name, value in os.environ.items() if not name.startswith("TARE_")}
        return {name: value for name, value in {**others, **ours, **changes}.items() if value}


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str


@asynccontextmanager
async def process(
    folder: Path, environment: dict[str, str], *command: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`tare` with a command, as a process of its own; it is gone at the end."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", *command),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


async def ended(started: asyncio.subprocess.Process, within: float = 15.0) -> Ended:
    """Wait for the end of a process and return all that it said."""
    out, err = await asyncio.wait_for(started.communicate(), within)
    return Ended(started.returncode or 0, out.decode(), err.decode())


async def in_onboarding(ada: Phone) -> None:
    """She has agreed, and is asked for her country."""
    await ada.command("start")
    for label in ("English", "Yes, I am", "Yes, I agree"):
        await tapped(ada, label)
    await ada.hears("Which country")


async def tapped(ada: Phone, label: str) -> None:
    """Wait for a message with this button and tap it."""
    await ada.hears(lambda seen: seen.kind == "text" and label in seen.labels)
    await ada.tap(label)


async def until(holds: Callable[[], bool], within: float = 15.0) -> None:
    """Wait for something that nobody announces. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)


async def called(api: BotApi, method: str, times: int = 1) -> None:
    """Wait until a method has been called so many times more."""
    wanted = len(await api.calls(method)) + times
    await until(lambda: sum(call["method"] == method for call in api.cloud.ledger.calls) >= wanted)


async def polled(api: BotApi, times: int = 1) -> None:
    """Wait until somebody has looked for updates so many times more."""
    await called(api, "getUpdates", times)
