"""Plays that several tests look at: the same people without any crash, and in a storm on each database."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from random import Random

import pytest

from bot.storage import Keyring
from bot.storage.erasures import ErasedList
from tests.conftest import TEMPLATE
from tests.crash.aftermath import Aftermath, Ordeal
from tests.crash.cast import cast_of
from tests.crash.play import Stage, play
from tests.crash.storm import Storm
from tests.servers.postgres import PostgresServer

SEED = int(os.environ.get("TARE_TEST_SEED", "1"))
KILLS = int(os.environ.get("TARE_TEST_KILLS", "15"))
"""On each database."""

PEOPLE = 20
MOST_KILLS = 20
"""In one play; for more kills there are more plays, each with other people."""

Setting = Callable[[str], Stage]
"""Makes a stage by its name, with a database of its own."""


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One key for all plays, with its list of erasures: it decides in which order somebody is asked."""
    file = tmp_path_factory.mktemp("key") / "tare.key"
    Keyring.open(file)
    ErasedList(file.with_name("tare.key.erased")).make()
    return file


@pytest.fixture(scope="session")
def on_sqlite(sqlite_template: Path, key_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Setting:
    def stage(name: str) -> Stage:
        folder = tmp_path_factory.mktemp(name)
        file = shutil.copy(sqlite_template, folder / "tare.db")
        return Stage(f"sqlite:///{file}", key_file, folder / "bot")

    return stage


@pytest.fixture(scope="session")
def on_postgres(
    postgres_server: PostgresServer, key_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Setting:
    def stage(name: str) -> Stage:
        url = postgres_server.url(postgres_server.create_next(TEMPLATE))
        return Stage(url, key_file, tmp_path_factory.mktemp(name) / "bot")

    return stage


@pytest.fixture(scope="session")
def calm(on_sqlite: Setting) -> Callable[[int], Aftermath]:
    """The play of a seed when nothing happens."""
    return cache(lambda seed: asyncio.run(play(on_sqlite("calm"), cast_of(seed, PEOPLE))))


@pytest.fixture(scope="module", params=["on_sqlite", "on_postgres"])
def ordeals(request: pytest.FixtureRequest, calm: Callable[[int], Aftermath]) -> list[Ordeal]:
    """The same plays in a storm, on one database; several when there are many kills."""
    setting: Setting = request.getfixturevalue(request.param)
    numbers = [min(MOST_KILLS, KILLS - done) for done in range(0, KILLS, MOST_KILLS)]
    return [
        _ordeal(setting("storm"), calm(seed), seed, kills) for seed, kills in enumerate(numbers, start=SEED)
    ]


def _ordeal(stage: Stage, calm: Aftermath, seed: int, kills: int) -> Ordeal:
    print(f"seed {seed}, {kills} kills")
    messages = sum(len(witness.received) for witness in calm.witnesses)
    forecast = partial(Storm, chance=Random(seed), kills=kills, messages=messages)
    stormy = asyncio.run(play(stage, cast_of(seed, PEOPLE), forecast))
    for end in stormy.ends:
        print(f"{end.at:.3f} {end.how}")
    repeats = sum(len(witness.received) for witness in stormy.witnesses) - messages
    print(
        f"{repeats} of {messages} messages repeated in {stormy.seconds:.0f} s ({calm.seconds:.0f} s if calm)"
    )
    return Ordeal(calm, stormy)
