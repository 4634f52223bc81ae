"""A first start that is cut off while it makes key and tables is finished by the next one."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from random import Random

import pytest

from tests.crash.serving import STARTED_WITHIN, Serving
from tests.servers.botapi import BotApi
from tests.servers.postgres import PostgresServer
from tests.storage.given import number_of

SEED = 1
KILLS = 3
MAKING = 0.4
"""Seconds in which the tables are made, and somewhat more."""


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables, or the place for one."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tare.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.url(server.create_next())


async def test_a_first_start_cut_off_at_any_moment_is_finished_by_the_next(
    empty_url: str, tmp_path: Path
) -> None:
    chance = Random(SEED)
    async with BotApi() as api:
        serving = Serving.beside(tmp_path / "bot", api.url, api.token, empty_url)
        begun = time.monotonic()
        async with serving:
            await serving.until_it_says("A new key is in")
            until_key = time.monotonic() - begun
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.0, MAKING))
                await serving.kill("while it made its tables")
                await serving.start()
                await asyncio.sleep(until_key)
            ada = await api.phone()
            await ada.command("start")
            await ada.hears("I'm Tare", within=STARTED_WITHIN)
            await serving.until_listening()
            await serving.stop()

    assert sum("A new key is in" in line for line in serving.said) == 1
    assert number_of(empty_url, "person") == 1
    assert api.violations == []
