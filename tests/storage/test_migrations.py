"""Migrations and tables say the same, and go up, down and up again."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Text, inspect
from sqlalchemy.exc import ProgrammingError

from bot.storage import Keyring, Store, StoreUnavailable, migrate, revision
from bot.storage.schema import _steps, configuration, newest
from bot.storage.tables import metadata
from tests.servers.postgres import PostgresServer
from tests.storage.given import (
    ADA,
    admitted,
    conversation,
    loaded,
    number_of,
    past_the_store,
    saved,
    somebody_waits_for_a_lock,
)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database in which nothing was ever done."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/a new directory/tare.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create_next()
    yield server.url(name)
    server.drop(name)


def tables(url: str) -> set[str]:
    with past_the_store(url) as connection:
        return set(inspect(connection).get_table_names())


def test_the_steps_lead_to_the_tables_the_code_uses(database_url: str) -> None:
    with past_the_store(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})

        assert compare_metadata(context, metadata) == []
    command.check(configuration(database_url))


def test_a_new_database_gets_all_tables(empty_url: str) -> None:
    assert revision(empty_url) is None

    migrate(empty_url)

    assert revision(empty_url) == newest()
    assert tables(empty_url) == {*metadata.tables, "alembic_version"}


async def test_migrating_twice_changes_nothing(database_url: str, keyring: Keyring) -> None:
    store = await Store.open(database_url, keyring)
    [ada] = await admitted(store, ADA)

    migrate(database_url)

    assert (await loaded(store, ADA)).id == ada.id
    await store.close()


def test_down_leaves_nothing_and_up_again_works(database_url: str) -> None:
    command.downgrade(configuration(database_url), "base")
    assert tables(database_url) == {"alembic_version"}
    assert revision(database_url) is None

    migrate(database_url)
    assert tables(database_url) == {*metadata.tables, "alembic_version"}


async def test_the_step_to_nudges_and_back_keeps_people_and_their_words(
    database_url: str, keyring: Keyring
) -> None:
    store = await Store.open(database_url, keyring)
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, conversations={"checkin": conversation(body={"state": "note"})})
    await store.close()

    command.downgrade(configuration(database_url), "0001")
    assert "nudge" not in tables(database_url)
    migrate(database_url)

    assert number_of(database_url, "nudge") == 0
    store = await Store.open(database_url, keyring)
    assert (await loaded(store, ADA)).conversations["checkin"].body == {"state": "note"}
    await store.close()


async def test_a_second_process_that_migrates_postgres_waits_for_the_first(
    postgres_server: PostgresServer,
) -> None:
    name = postgres_server.create_next()
    url = postgres_server.url(name)
    async with await psycopg.AsyncConnection.connect(url) as first:
        await first.execute("SELECT pg_advisory_xact_lock(%s)", [0x74617265])
        second = asyncio.create_task(asyncio.to_thread(migrate, url))
        assert await somebody_waits_for_a_lock(url)
        assert await asyncio.to_thread(tables, url) == set()

    await second
    assert await asyncio.to_thread(revision, url) == newest()
    postgres_server.drop(name)


async def test_a_second_process_that_migrates_sqlite_waits_for_the_first(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tare.db"
    first = sqlite3.connect(tmp_path / "tare.db", isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE first (id)")
    second = asyncio.create_task(asyncio.to_thread(migrate, url))
    done, _ = await asyncio.wait([second], timeout=0.3)
    assert not done

    first.execute("COMMIT")
    first.close()
    await second
    assert await asyncio.to_thread(revision, url) == newest()


def test_a_step_that_fails_leaves_nothing_half_done(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "a new directory").mkdir()
    with past_the_store(empty_url) as connection:
        connection.exec_driver_sql("CREATE TABLE outbox (in_the_way INTEGER)")

    with pytest.raises((StoreUnavailable, ProgrammingError), match="outbox"):
        migrate(empty_url)

    assert tables(empty_url) <= {"outbox", "alembic_version"}
    assert revision(empty_url) is None


async def test_rebuilding_a_table_keeps_what_belongs_to_its_rows(empty_url: str, keyring: Keyring) -> None:
    """SQLite changes a column by making the table anew; the old one must not take the conversations along."""
    migrate(empty_url)
    store = await Store.open(empty_url, keyring)
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, conversations={"checkin": conversation(body={"state": "note"})})
    await store.close()

    with past_the_store(empty_url) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("person") as person:
            person.alter_column("status", existing_type=Text(), nullable=True)

    assert number_of(empty_url, "conversation") == 1
    store = await Store.open(empty_url, keyring)
    assert (await loaded(store, ADA)).conversations["checkin"].body == {"state": "note"}
    await store.close()


def test_a_new_file_is_private(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/new/tare.db")

    assert (tmp_path / "new" / "tare.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_migrating_leaves_logging_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    ours = logging.getLogger("bot")
    before = (root.level, list(root.handlers), ours.disabled, ours.level)

    migrate(f"sqlite:///{tmp_path}/tare.db")

    assert (root.level, list(root.handlers), ours.disabled, ours.level) == before


def test_the_steps_can_be_printed_for_somebody_else_to_run(
    postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command.upgrade(configuration(postgres_url), "head", sql=True)

    printed = capsys.readouterr().out
    assert "CREATE TABLE person" in printed
    assert "COMMIT" in printed


def test_the_names_of_the_files_say_what_alembic_reads_in_them() -> None:
    scripts = ScriptDirectory.from_config(configuration("sqlite:///nowhere.db"))

    assert newest() == scripts.get_current_head()
    assert _steps() == {each.revision for each in scripts.walk_revisions()}
