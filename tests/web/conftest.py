"""Worlds in which Telegram pushes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.servers.botapi import BotApi
from tests.serving.given import World
from tests.web.given import pushed_to


@pytest.fixture
def world(api: BotApi, sqlite_url: str, tmp_path: Path) -> World:
    return _pushing(World.around(api, sqlite_url, tmp_path))


@pytest.fixture
def either_world(api: BotApi, database_url: str, tmp_path: Path) -> World:
    return _pushing(World.around(api, database_url, tmp_path))


@pytest.fixture
def shared(api: BotApi, postgres_url: str, tmp_path: Path) -> World:
    """A world on the database that several processes may share."""
    return _pushing(World.around(api, postgres_url, tmp_path))


def _pushing(world: World) -> World:
    return replace(world, settings=pushed_to(world.settings))
