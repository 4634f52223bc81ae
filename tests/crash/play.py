"""One play: the server, the bot and everybody in it as they are, and what is there when it is over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crash.aftermath import Aftermath, witness_of
from tests.crash.cast import Role
from tests.crash.serving import Serving
from tests.crash.weather import Calm, Forecast, Weather
from tests.servers.botapi import BotApiProcess, Controls, NotHeardError
from tests.storage.given import number_of
from tests.whole.kept import kept_of
from tests.whole.person import Person

PATIENCE = 40.0
"""Seconds until somebody gives up waiting: several starts of the bot, each with a lease to run out."""

EMPTY_WITHIN = 15.0


@dataclass(frozen=True)
class Stage:
    """Where a play takes place: a database with tables, a key file, a folder that does not exist yet."""

    url: str
    key_file: Path
    folder: Path


async def play(stage: Stage, roles: list[Role], forecast: Forecast = Calm) -> Aftermath:
    """Let everybody go from /start to the map at the same time, whatever the weather."""
    async with BotApiProcess() as api:
        serving = Serving.beside(stage.folder, api.url, api.token, stage.url, stage.key_file)
        async with serving:
            return await played(stage, roles, api, [serving], forecast(serving, api))


async def played(
    stage: Stage,
    roles: list[Role],
    api: Controls,
    bots: Sequence[Serving],
    weather: Weather,
    patience: float = PATIENCE,
) -> Aftermath:
    """Let everybody talk to these processes of one bot, stop them, and see what is there."""
    begun = time.monotonic()
    people = [await role.enter(api, patience) for role in roles]
    try:
        await _performed(people, bots, weather)
    except AssertionError as ended:
        ended.add_note(f"{number_of(stage.url, 'outbox')} parcels wait; Telegram: {await api.totals()}")
        raise
    await api.until_taken(patience)
    await until_empty(stage.url)
    for serving in bots:
        await serving.stop()
    kept = await kept_of(stage.url, stage.key_file, [role.id for role in roles])
    return Aftermath(
        witnesses=[await witness_of(person, kept[person.phone.id]) for person in people],
        ends=sorted((end for serving in bots for end in serving.ends), key=lambda end: end.at),
        updates=sum(person.updates for person in people),
        taken=number_of(stage.url, "seen_update"),
        waiting=number_of(stage.url, "outbox"),
        letters=number_of(stage.url, "dead_letter"),
        violations=await api.all_violations(),
        seconds=time.monotonic() - begun,
    )


async def _performed(people: list[Person], bots: Sequence[Serving], weather: Weather) -> None:
    """Everybody at once; what goes wrong with one of them ends all, and says what was killed last."""
    for person in people:
        weather.meets(person)
    try:
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.to_the_map())
            group.create_task(weather.blow())
    except* NotHeardError as silences:
        raise AssertionError(_told(silences, bots)) from None


def _told(silences: BaseExceptionGroup[NotHeardError], bots: Sequence[Serving]) -> str:
    said = [str(silence) for silence in silences.exceptions]
    for number, serving in enumerate(bots):
        last = [f"{end.how} at {end.at:.2f}" for end in serving.ends[-4:]]
        said.append(f"The last ends of process {number}: {last}\nIt said: {[*serving.said]}")
    return "\n".join(said)


async def until_empty(url: str) -> None:
    """Wait until the outbox is empty; AssertionError when that takes too long."""
    give_up = time.monotonic() + EMPTY_WITHIN
    while number_of(url, "outbox"):
        assert time.monotonic() < give_up, f"{number_of(url, 'outbox')} parcels were never delivered"
        await asyncio.sleep(0.1)
