"""Opening a store: what is wrong is said with what to do, and nothing is changed on the way."""

from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path

import pytest

from bot.storage import (
    Keyring,
    SchemaMissing,
    SchemaNewer,
    SchemaOutdated,
    Store,
    StoreError,
    StoreUnavailable,
    WrongKey,
    migrate,
)
from bot.storage.database import normalised, shown
from bot.storage.schema import newest
from tests.servers.postgres import PostgresServer
from tests.storage.given import ADA, AT, admitted, loaded, past_the_store, tamper


async def refusal(url: str, keyring: Keyring, kind: type[StoreError]) -> str:
    with pytest.raises(kind) as refused:
        await Store.open(url, keyring)
    return str(refused.value)


async def test_a_database_without_tables_names_the_command(
    postgres_server: PostgresServer, keyring: Keyring
) -> None:
    url = postgres_server.create("tare_empty")

    assert "tare migrate" in await refusal(url, keyring, SchemaMissing)
    postgres_server.drop("tare_empty")


async def test_a_missing_file_names_the_command_and_is_not_made(tmp_path: Path, keyring: Keyring) -> None:
    file = tmp_path / "tare.db"

    assert "tare migrate" in await refusal(f"sqlite:///{file}", keyring, SchemaMissing)
    assert not file.exists()


async def test_an_empty_file_names_the_command(tmp_path: Path, keyring: Keyring) -> None:
    (tmp_path / "tare.db").touch()

    assert "tare migrate" in await refusal(f"sqlite:///{tmp_path}/tare.db", keyring, SchemaMissing)


async def test_older_tables_name_the_command(
    database_url: str, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = newest()
    monkeypatch.setattr("bot.storage.schema.newest", lambda: "9999")

    message = await refusal(database_url, keyring, SchemaOutdated)

    assert "tare migrate" in message
    assert f"at step {older}" in message


async def test_newer_tables_are_refused_and_not_touched(database_url: str, keyring: Keyring) -> None:
    tamper(database_url, "UPDATE alembic_version SET version_num = 'from the future'")

    assert "newer version" in await refusal(database_url, keyring, SchemaNewer)
    with pytest.raises(SchemaNewer, match="from the future"):
        migrate(database_url)


async def test_the_right_key_opens_again(database_url: str, keyring: Keyring) -> None:
    for _ in range(2):
        store = await Store.open(database_url, keyring)
        await store.close()


async def test_a_wrong_key_is_refused_and_destroys_nothing(
    database_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    store = await Store.open(database_url, keyring)
    [ada] = await admitted(store, ADA)
    await store.close()
    Keyring.open(tmp_path / "other.key")

    message = await refusal(database_url, Keyring.open(tmp_path / "other.key"), WrongKey)

    assert str(tmp_path / "other.key") in message
    assert "Nothing was changed" in message
    store = await Store.open(database_url, keyring)
    assert (await loaded(store, ADA)).id == ada.id
    await store.close()


async def test_a_missing_key_file_for_a_used_database_asks_for_the_old_one(
    database_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    store = await Store.open(database_url, keyring)
    await store.close()

    message = await refusal(database_url, Keyring.open(tmp_path / "new.key"), WrongKey)

    assert "missing" in message
    assert "put the old key file in its place" in message


async def test_people_without_a_key_mark_are_not_taken_over_by_any_key(
    database_url: str, keyring: Keyring
) -> None:
    store = await Store.open(database_url, keyring)
    await admitted(store, ADA)
    await store.close()
    tamper(database_url, "DELETE FROM bot_state")

    await refusal(database_url, Keyring.generate(), WrongKey)


async def test_a_garbled_key_mark_is_a_wrong_key(database_url: str, keyring: Keyring) -> None:
    store = await Store.open(database_url, keyring)
    await store.close()
    tamper(database_url, "UPDATE bot_state SET value = 'garbled'")

    await refusal(database_url, keyring, WrongKey)


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, keyring: Keyring) -> None:
    file = tmp_path / "tare.db"
    file.write_text("Dear diary, " * 100)

    message = await refusal(f"sqlite:///{file}", keyring, StoreUnavailable)

    assert "file is not a database" in message
    assert file.read_text().startswith("Dear diary")


@pytest.mark.parametrize("place", ["a file/tare.db", "a directory"])
async def test_a_place_that_cannot_hold_the_file_says_what_to_check(
    tmp_path: Path, keyring: Keyring, place: str
) -> None:
    (tmp_path / "a file").touch()
    (tmp_path / "a directory").mkdir()

    with pytest.raises(StoreUnavailable, match="can be written"):
        migrate(f"sqlite:///{tmp_path / place}")


async def test_a_server_that_is_not_there_says_what_to_check(tmp_path: Path, keyring: Keyring) -> None:
    url = f"postgresql://tare:hunter2@/tare?host={tmp_path}"

    message = await refusal(url, keyring, StoreUnavailable)

    assert "TARE_DATABASE_URL" in message
    assert "hunter2" not in message


async def test_a_database_that_somebody_holds_is_unavailable_not_broken(
    sqlite_url: str, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database.SQLITE_PRAGMAS", ("busy_timeout = 50",))
    store = await Store.open(sqlite_url, keyring)
    holding = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable, match="locked"):
        await admitted(store, ADA)

    holding.execute("COMMIT")
    holding.close()
    assert await admitted(store, ADA)
    await store.close()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///tare.db", "sqlite+aiosqlite:///tare.db"),
        ("sqlite:////srv/tare.db", "sqlite+aiosqlite:////srv/tare.db"),
        ("sqlite+aiosqlite:///tare.db", "sqlite+aiosqlite:///tare.db"),
        ("postgres://a:b@c/d", "postgresql+psycopg://a:b@c/d"),
        ("postgresql://a:b@c:1/d?sslmode=require", "postgresql+psycopg://a:b@c:1/d?sslmode=require"),
        ("postgresql+asyncpg://a@c/d", "postgresql+psycopg://a@c/d"),
    ],
)
def test_plain_addresses_get_the_driver_that_is_used(given: str, used: str) -> None:
    assert normalised(given).render_as_string(hide_password=False) == used


@pytest.mark.parametrize("given", ["", "tare.db", "mysql://a:hunter2@c/d", "sqlite://", "sqlite:///:memory:"])
def test_other_addresses_are_refused_with_examples(given: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"sqlite:///tare\.db") as refused:
        normalised(given)

    assert "hunter2" not in str(refused.value)


def test_an_address_is_shown_without_its_password() -> None:
    assert shown(normalised("postgresql://a:hunter2@c/d")) == "postgresql://a:***@c/d"


async def test_an_error_never_shows_what_was_to_be_written(store: Store, database_url: str) -> None:
    with past_the_store(database_url) as connection:
        connection.exec_driver_sql("DROP TABLE seen_update")

    canary = "-".join(("Wellen", "sittich"))
    with pytest.raises(Exception, match="seen_update") as refused:
        async with store.transaction() as transaction:
            await transaction.unseen([canary], AT)

    logged = "".join(traceback.format_exception(refused.value))
    assert "INSERT INTO" in logged
    assert canary not in logged
