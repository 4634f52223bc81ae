"""Webhook processes that are stopped and killed while people talk: nothing lost, nothing counted twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx

from bot.web.receiving import TOLD_IN
from tests.crash.cast import cast_of
from tests.crash.play import until_empty
from tests.crash.serving import Serving
from tests.servers.postgres import PostgresServer
from tests.storage.given import number_of
from tests.web.given import JSON, PATH, free_port
from tests.web.workers import PATIENCE, SECRET, Workers, workers
from tests.whole.kept import Kept, kept_of
from tests.whole.person import Person

SEED = 3
PEOPLE = 8
CANARY = "kanarienvogel"
UNFINISHED = (
    f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\n{TOLD_IN}: {SECRET}\r\n"
    "Content-Length: 9\r\n\r\n{"
)


@dataclass
class Outcome:
    """What is there when everybody has their map."""

    people: list[Person]
    kept: dict[int, Kept]
    taken: int
    letters: int
    violations: list[str]
    kills: int


async def played(bot: Workers, kills: int) -> Outcome:
    """Let everybody go from /start to the map at the same time, and kill a worker now and then."""
    people = [await role.enter(bot.api, PATIENCE) for role in cast_of(SEED, PEOPLE)]
    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(person.to_the_map())
        group.create_task(killed(bot.all, kills))
    await bot.api.until_taken(PATIENCE)
    await until_empty(bot.url)
    return Outcome(
        people,
        await kept_of(bot.url, bot.key_file, [person.phone.id for person in people]),
        number_of(bot.url, "seen_update"),
        number_of(bot.url, "dead_letter"),
        await bot.api.all_violations(),
        bot.kills,
    )


async def killed(all_of_them: Sequence[Serving], kills: int) -> None:
    """Kill one after the other at any moment, and start it again at once."""
    chance = Random(SEED)
    for number in range(kills):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        worker = all_of_them[number % len(all_of_them)]
        await worker.kill("kill -9")
        await worker.start()
        await worker.until_listening()


def nothing_is_lost_or_doubled(outcome: Outcome) -> None:
    """Every update was taken in once, every answer was counted once, in order, and everybody has one map."""
    assert outcome.taken == sum(person.updates for person in outcome.people)
    for person in outcome.people:
        kept = outcome.kept[person.phone.id]
        given = with_zone(person)
        assert kept.maps == 1, person.phone.first_name
        assert kept.records == given, person.phone.first_name
        assert kept.answers == dict(given), person.phone.first_name
    assert (outcome.letters, outcome.violations) == (0, [])


def with_zone(person: Person) -> list[tuple[str, object]]:
    """Where a country has one clock, its zone is an answer too, right after the country."""
    given: list[tuple[str, object]] = [*person.given]
    names = [name for name, _ in given]
    if "zone" not in names:
        given.insert(names.index("country") + 1, ("zone", person.script["zone"].value))
    return given


async def test_one_worker_on_sqlite_that_is_killed_loses_and_doubles_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with workers(sqlite_url, tmp_path, 1) as bot:
        outcome = await played(bot, kills=2)

    assert outcome.kills == 2
    nothing_is_lost_or_doubled(outcome)


async def test_three_workers_may_begin_at_once_with_an_empty_database_and_no_key(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    url = postgres_server.url(postgres_server.create_next())
    async with workers(url, tmp_path, 3, at_once=True) as bot:
        ada = await bot.api.phone()
        await ada.command("start")
        await ada.hears("I'm Tare", within=15)

    assert number_of(url, "person") == 1


async def test_a_stop_takes_less_than_5_seconds_and_leaves_what_was_not_sent_to_the_next_start(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with workers(sqlite_url, tmp_path, 1) as bot:
        (worker,) = bot.all
        ada = await bot.api.phone()
        await bot.api.fail("latency", "sendMessage", seconds=60.0, times=None)
        await ada.command("start")
        await bot.api.until_taken()

        await worker.stop()  # which looks at the watch, and at the exit code
        left = number_of(sqlite_url, "outbox")
        await bot.api.heal()
        await worker.start()
        await ada.hears("I'm Tare", within=15)

    assert left == 1


async def test_a_request_that_never_ends_does_not_hold_up_a_stop(sqlite_url: str, tmp_path: Path) -> None:
    async with workers(sqlite_url, tmp_path, 1) as bot:
        (worker,) = bot.all
        host, port = worker.environment["TARE_LISTEN"].split(":")
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(UNFINISHED.encode())
        await writer.drain()
        await asyncio.sleep(0.2)
        assert not reader.at_eof()

        await worker.stop()

        writer.close()


async def test_nothing_of_people_or_secrets_is_logged_even_at_debug(sqlite_url: str, tmp_path: Path) -> None:
    async with workers(sqlite_url, tmp_path, 0) as bot, httpx.AsyncClient(trust_env=False) as client:
        listen = f"127.0.0.1:{free_port()}"
        worker = Serving.beside(tmp_path / "loud", bot.api.url, bot.api.token, sqlite_url)
        worker.environment |= {
            "TARE_LISTEN": listen,
            "TARE_LOG_LEVEL": "DEBUG",
            "TARE_WEBHOOK_SECRET": SECRET,
            "TARE_WEBHOOK_URL": f"http://{listen}{PATH}",
        }
        async with worker:
            await worker.until_listening()
            ada = await bot.api.phone(CANARY, username=CANARY)
            await ada.write(CANARY)
            await bot.api.inject({"message": {"text": CANARY}})
            for secret in (SECRET, f"{CANARY}-{CANARY}"):
                for body in (f'{{"{CANARY}', f'"{CANARY * 200_000}"'):
                    await client.post(
                        f"http://{listen}{PATH}?{CANARY}",
                        content=body,
                        headers={TOLD_IN: secret, "content-type": "application/json"},
                    )
            await bot.api.until_taken()
            await worker.stop()

    said = "\n".join(worker.said).lower()
    assert "could not be read and were set aside" in said
    for canary in (CANARY, SECRET, bot.api.token.partition(":")[2].lower(), str(ada.id)):
        assert canary not in said
