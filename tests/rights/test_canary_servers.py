"""Servers that talk too much: what PostgreSQL, the HTTP server and a dying process say holds no canary."""

from __future__ import annotations

import asyncio
import io
import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import select

from bot.storage import Keyring, Store
from bot.storage.database import normalised, synchronous_engine
from bot.storage.tables import metadata
from bot.web.receiving import TOLD_IN
from flows.coach import Coach
from flows.diary import Nudged
from flows.person import Person
from tests.conftest import TEMPLATE
from tests.delivery.given import NOW, Office, onboarded, sundays, wrote
from tests.rights.canaries import CANARY, files_in, seen_in
from tests.rights.given import an_office, bytes_of_database, changed
from tests.rights.test_canary import logged
from tests.rights.test_export import exported
from tests.servers.botapi import TOKEN, BotApi, Phone
from tests.servers.postgres import PostgresServer
from tests.serving.given import World, called, ended, in_onboarding, process
from tests.storage.given import number_of
from tests.web.given import JSON, PATH, pushed_to

__all__ = ["logged"]

SECRET = TOKEN.partition(":")[2]
MOST_TALKATIVE = {
    "log_statement": "all",
    "log_min_messages": "debug1",
    "log_min_error_statement": "debug1",
    "log_duration": "on",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_error_verbosity": "verbose",
}


@pytest.fixture
def talkative(postgres_server: PostgresServer) -> Iterator[str]:
    """A database whose server writes down every statement with its values."""
    name = postgres_server.create_next(TEMPLATE)
    for setting, value in MOST_TALKATIVE.items():
        postgres_server.run(f"ALTER DATABASE \"{name}\" SET {setting} = '{value}'")
    yield postgres_server.url(name)
    postgres_server.drop(name)


def log_of(server: PostgresServer) -> bytes:
    return (server.home / "log").read_bytes()


async def much_is_said(store: Store) -> None:
    """Words on every way into the tables: answers, a note, a nudge, what broke, a file on its way."""

    def broken(self: Coach, *_: object) -> None:
        raise ValueError(f"{CANARY} in pieces")

    office = Office(store, an_office(store).clock, kinds=(sundays(),))
    await onboarded(office, 7_312_345_678)
    await office.take(wrote(f"{CANARY} in a story", 7_312_345_678))
    await onboarded(office)
    await office.take(wrote(f"{CANARY} in another story"))
    await changed(store, lambda person: replace(person, open_flows=()), NOW)
    await office.take(wrote(f"{CANARY} in a note"), wrote("yes"))

    def was_nudged(person: Person) -> Person:
        sent = Nudged("sunday", f"{CANARY} as a slot", NOW)
        return replace(person, diary=replace(person.diary, nudged=(sent,)))

    await changed(store, was_nudged, NOW)
    office.postman.fates.append(ValueError(f"{CANARY} on its way"))
    await office.take(wrote(f"{CANARY} in a last word"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Coach, "turn", broken)
        await office.take(wrote(f"{CANARY} that breaks"))
    office.clock.move("+7d")
    await office.nudge()
    await exported(office)


async def test_a_postgresql_that_logs_every_statement_logs_no_word(
    talkative: str, postgres_server: PostgresServer
) -> None:
    store = await Store.open(talkative, Keyring.generate())
    await much_is_said(store)
    await store.close()

    log = log_of(postgres_server)
    assert b"INSERT INTO record" in log
    assert b"arameters: $1" in log
    assert seen_in(log) == []
    assert seen_in(log, words="7312345678") == []


async def test_not_even_a_statement_that_fails_tells_a_word(
    talkative: str, postgres_server: PostgresServer, logged: io.StringIO
) -> None:
    """A table is away, so all values stand in the error of the server, and in that of the driver."""
    store = await Store.open(talkative, Keyring.generate())
    office = an_office(store)
    await onboarded(office)
    with psycopg.connect(talkative, autocommit=True) as connection:
        connection.execute("ALTER TABLE record RENAME TO elsewhere")
        await office.take(wrote(f"{CANARY} in a story"))
        connection.execute("ALTER TABLE elsewhere RENAME TO record")
    await store.close()

    assert number_of(talkative, "dead_letter") == 1
    assert "event parked" in logged.getvalue()
    server = log_of(postgres_server)
    assert b'relation "record" does not exist' in server
    assert seen_in(server, logged.getvalue(), *everything_in(talkative).values()) == []


async def test_the_files_of_postgresql_hold_no_word_and_no_number_of_a_chat(
    talkative: str, postgres_server: PostgresServer
) -> None:
    store = await Store.open(talkative, Keyring.generate())
    await much_is_said(store)
    await store.close()
    postgres_server.run("CHECKPOINT")

    everything = b"\0".join(files_in(postgres_server.home / "tables"))
    assert len(everything) > 1_000_000
    assert seen_in(everything) == []
    assert seen_in(everything, words="7312345678") == []


async def test_every_column_of_every_table_is_free_of_words(store: Store, database_url: str) -> None:
    """Read past the store, a row at a time: also `nudge`, `dead_letter` and the notes of the bot."""
    await much_is_said(store)

    rows = everything_in(database_url)

    assert {"person", "record", "nudge", "dead_letter", "bot_state"} <= {*rows}
    assert seen_in(*rows.values()) == []


def everything_in(url: str) -> dict[str, bytes]:
    """The rows of each table that has any, as bytes."""
    engine = synchronous_engine(normalised(url))
    found: dict[str, bytes] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            values = [value for row in connection.execute(select(table)) for value in row]
            if values:
                found[table.name] = b"\0".join(_as_bytes(value) for value in values)
    engine.dispose()
    return found


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.fixture
def world(sqlite_url: str, tmp_path: Path, api: BotApi) -> World:
    world = World.around(api, sqlite_url, tmp_path)
    return replace(world, settings=pushed_to(world.settings))


def talking(world: World) -> dict[str, str]:
    """A bot that is pushed to, says all it can, and tells where it was when it dies."""
    return world.environment(
        TARE_WEBHOOK_URL=world.settings.webhook_url or "",
        TARE_LISTEN=world.settings.listen,
        TARE_METRICS_LISTEN=world.settings.metrics_listen or "",
        TARE_LOG_LEVEL="DEBUG",
        PYTHONFAULTHANDLER="1",
    )


async def everything_asked(world: World) -> str:
    """Knock at every door, as Telegram does not and as a collector of metrics does."""
    at = f"http://{world.settings.listen}"
    own = f"http://{world.settings.metrics_listen}"
    words = {"update_id": 1, "message": {"text": CANARY}}
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        strange: tuple[dict[str, str], ...] = ({}, {TOLD_IN: CANARY}, {TOLD_IN: CANARY, "content-type": JSON})
        said = [await client.post(f"{at}{PATH}?{CANARY}", json=words, headers=each) for each in strange]
        asked = (f"{at}/{CANARY}", f"{own}/metrics", f"{own}/ready", f"{own}/health")
        said += [await client.get(each) for each in asked]
    host, _, port = world.settings.listen.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"{CANARY} \x01 {CANARY}\r\n\r\n".encode())
    said_last = await reader.read()
    writer.close()
    return "\n".join([*(f"{each.headers}{each.text}" for each in said), said_last.decode()])


async def ada_talks(api: BotApi) -> Phone:
    ada = await api.phone(CANARY.title(), username=CANARY)
    await in_onboarding(ada)
    await ada.write("Germany")
    await ada.write("I'm employed")
    await ada.write(f"{CANARY} in a story")
    await api.until_taken()
    return ada


@pytest.fixture
def no_core() -> Iterator[None]:
    """A process that is aborted leaves its memory on the disk, where the system wants that."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


@pytest.mark.usefixtures("no_core")
async def test_logs_doors_and_the_dump_of_a_dying_process_hold_neither_words_nor_names(
    world: World, tmp_path: Path, api: BotApi
) -> None:
    async with process(tmp_path, talking(world), "serve") as tare:
        await called(api, "setWebhook")
        ada = await ada_talks(api)
        answered = await everything_asked(world)
        tare.send_signal(signal.SIGABRT)
        end = await ended(tare)

    assert "tare_turns_total" in answered
    assert "Fatal Python error: Aborted" in end.err
    assert "tare_test_bot" in end.err
    for hidden in (CANARY, SECRET, str(ada.id)):
        assert seen_in(answered, end.out, end.err, words=hidden) == []
    for hidden in (CANARY, SECRET, str(ada.id)):
        assert seen_in(*files_in(tmp_path), words=hidden) == []
    assert len(journals(tmp_path)) == 1


def journals(folder: Path) -> list[Path]:
    """What SQLite leaves behind when it is killed."""
    return [*folder.glob("*-wal")]


async def test_the_doctor_tells_nothing_of_people_and_no_secret(
    world: World, tmp_path: Path, sqlite_url: str
) -> None:
    store = await Store.open(sqlite_url, Keyring.open(world.settings.key_file))
    await much_is_said(store)
    await store.close()

    async with process(tmp_path, talking(world), "doctor") as doctor:
        end = await ended(doctor)

    assert "@tare_test_bot" in end.out
    assert "It is there, up to date" in end.out
    key = world.settings.key_file.read_text("utf-8").split()
    for hidden in (CANARY, SECRET, "7312345678", *(each for each in key if len(each) == 44)):
        assert seen_in(end.out, end.err, words=hidden) == []
    assert seen_in(bytes_of_database(sqlite_url)) == []
