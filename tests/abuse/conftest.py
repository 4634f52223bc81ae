"""A Bot API server and a world around it, on either database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.servers.botapi import BotApi
from tests.serving.given import World


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api
        assert api.violations == []


@pytest.fixture
def world(api: BotApi, sqlite_url: str, tmp_path: Path) -> World:
    return World.around(api, sqlite_url, tmp_path)


@pytest.fixture
def either_world(api: BotApi, database_url: str, tmp_path: Path) -> World:
    return World.around(api, database_url, tmp_path)
