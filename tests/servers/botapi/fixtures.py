"""Fixtures for tests that want a Bot API.

`pytest_plugins = ["tests.servers.botapi.fixtures"]` brings them in. Nothing else may import this module, or
pytest warns that it cannot rewrite its assertions any more.
"""

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from .phone import Phone
from .raw import RawBot
from .server import BotApi


@pytest.fixture
async def botapi() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def raw(botapi: BotApi) -> AsyncIterator[RawBot]:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        yield RawBot(client, f"{botapi.base_url}{botapi.token}")


@pytest.fixture
async def ptb(botapi: BotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """python-telegram-bot's Bot, with timeouts that a test can afford and no certificates to load.

    PTB_TIMEDELTA: else every RetryAfter comes with a deprecation warning, which is an error here.
    """
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    requests = [
        HTTPXRequest(connection_pool_size=8, read_timeout=0.5, httpx_kwargs={"verify": False})
        for _ in range(2)
    ]
    async with Bot(
        botapi.token, botapi.base_url, request=requests[0], get_updates_request=requests[1]
    ) as bot:
        yield bot


@pytest.fixture
async def ada(botapi: BotApi) -> Phone:
    """A person who has started the bot before; nothing waits in the queue."""
    return await botapi.phone("Ada", started=True)
