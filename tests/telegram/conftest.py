"""The channel on a strict Bot API server: whatever breaks one of its rules fails the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import Telegram
from tests.servers.botapi import BotApi, Phone


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    telegram = Telegram(api.token, api.url, answers_within=0.5)
    await telegram.open()
    yield telegram
    await telegram.close()


@pytest.fixture
async def ada(api: BotApi) -> Phone:
    """She has started the bot, and all of that is over."""
    return await api.phone(started=True)
