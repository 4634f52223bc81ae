"""Plays of one cast: once in calm, and once for each row of the matrix in bad weather."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.storage import Keyring, migrate
from bot.storage.erasures import ErasedList
from tests.crash.aftermath import Aftermath, Ordeal
from tests.crash.cast import cast_of
from tests.crash.play import Stage, play, played
from tests.servers.botapi import BotApiProcess
from tests.servers.postgres import PostgresServer
from tests.soak.bots import bots_of
from tests.soak.faults import Faults
from tests.soak.rows import Row
from tests.soak.verdict import Verdict, judged
from tests.soak.watched import Watched
from tests.soak.weather import Weather

PATIENCE = 90.0
"""Seconds until somebody gives up waiting: several kills with their leases, and pushes that are put off."""


@dataclass(frozen=True)
class Length:
    """How many people talk for how long, and how many seconds pass between two events, on average."""

    people: int
    seconds: float
    often: float


@dataclass(frozen=True, repr=False)
class Soaked:
    """One row, played. `met` counts everything that was set or done to it."""

    row: Row
    after: Aftermath
    verdict: Verdict
    met: Counter[str]
    outages: int
    faults: int
    pushed_to: int
    """How many processes got updates pushed."""


class Ground:
    """A folder in which everything is played, with one key for all: it orders what somebody is asked."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder = folder
        self._server = server
        self._key_file = folder / "tare.key"
        Keyring.open(self._key_file)
        ErasedList(folder / "tare.key.erased").make()

    async def calm(self, seed: int, people: int) -> Aftermath:
        """Nothing happens, on SQLite."""
        return await play(self._stage("calm"), cast_of(seed, people))

    async def soak(self, row: Row, seed: int, length: Length, calm: Aftermath) -> Soaked:
        """Everything happens. AssertionError when somebody waits in vain, or a process ends by itself."""
        chance = Random(f"{seed} {row.name}")
        stage, roles = self._stage(row.name, row.on_postgres), cast_of(seed, length.people)
        async with BotApiProcess("--seed", str(seed)) as process:
            api = Watched(process)
            async with bots_of(row, stage, api, Random(chance.random())) as bots:
                expected = {witness.name: witness.received for witness in calm.witnesses}
                faults = Faults(api, Random(chance.random()), expected, length.seconds)
                server = self._server if row.on_postgres else None
                weather = Weather(bots, api, faults, chance, length.often, server)
                after = await played(stage, roles, api, bots.all, weather, PATIENCE)
        return self._soaked(row, Ordeal(calm, after), weather)

    def _soaked(self, row: Row, ordeal: Ordeal, weather: Weather) -> Soaked:
        road, balancer = weather.bots.road, weather.bots.balancer
        return Soaked(
            row=row,
            after=ordeal.stormy,
            verdict=judged(ordeal, weather.outages, weather.faults.doubts),
            met=weather.met + weather.faults.met + (road.met if road else Counter()),
            outages=len(weather.outages),
            faults=weather.faults.met.total(),
            pushed_to=len(balancer.served) if balancer else 0,
        )

    def _stage(self, name: str, on_postgres: bool = False) -> Stage:
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        on_disk = f"sqlite:///{folder / 'tare.db'}"
        url = self._server.url(self._server.create_next()) if on_postgres else on_disk
        migrate(url)
        return Stage(url, self._key_file, folder / "bot")
