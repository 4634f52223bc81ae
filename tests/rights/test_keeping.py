"""What whoever runs Tare does on the command line: import, rotate, vouch."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.chatting import DATABASE
from bot.cli import main
from bot.exporting import as_json
from bot.keeping import databases_of
from bot.settings import Settings, load_settings
from bot.storage import Keyring, Store, migrate
from bot.storage.keyfile import read
from tests.delivery.given import NOW
from tests.rights.given import an_office, export_from, somebody, zipped

HERE = "telegram:7312345678"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A place of its own for everything, with a database that has its tables."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.logs.set_up", lambda level: None)
    monkeypatch.setenv("TARE_DATABASE_URL", f"sqlite:///{tmp_path}/tare.db")
    monkeypatch.setenv("TARE_KEY_FILE", str(tmp_path / "tare.key"))
    migrate(f"sqlite:///{tmp_path}/tare.db")
    Keyring.open(tmp_path / "tare.key")
    return load_settings()


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    """An export of somebody from another instance."""

    async def exported() -> bytes:
        url = f"sqlite:///{tmp_path}/elsewhere.db"
        await asyncio.to_thread(migrate, url)
        store = await Store.open(url, Keyring.generate())
        await somebody(an_office(store))
        content = as_json(await export_from(store, NOW))
        await store.close()
        return content

    there = tmp_path / "export.zip"
    there.write_bytes(zipped(json=asyncio.run(exported())))
    return there


def tare(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_an_export_is_put_in_for_somebody_on_telegram_once(settings: Settings, file: Path) -> None:
    first = tare("import", str(file), "--address", HERE)
    again = tare("import", str(file), "--address", HERE)

    assert (first.exit_code, "Imported, with" in first.output) == (0, True)
    assert (again.exit_code, "already" in again.output) == (2, True)


@pytest.mark.parametrize("address", ["telegram:0", "telegram:x", "7312345678", "terminal:me", "telegram:1 2"])
def test_an_address_that_is_none_is_refused(settings: Settings, file: Path, address: str) -> None:
    refused = tare("import", str(file), "--address", address)

    assert (refused.exit_code, "telegram:12345678" in refused.output) == (2, True)


def test_a_file_that_is_no_export_is_refused_in_a_sentence(settings: Settings, file: Path) -> None:
    file.write_text("heron")

    refused = tare("import", str(file), "--address", HERE)

    assert refused.exit_code == 2
    assert refused.output.strip() == "It is neither an export of Tare nor the JSON out of one."


def test_the_key_is_rotated_for_every_database_of_the_key_file(settings: Settings, file: Path) -> None:
    tare("import", str(file), "--address", HERE)
    migrate(DATABASE)

    done = tare("rotate-key")

    assert (done.exit_code, "has taken over" in done.output) == (0, True)
    assert read(settings.key_file).newest.number == 2
    for url in databases_of(settings, ()):
        asyncio.run(opens(url, settings.key_file))


async def opens(url: str, key_file: Path) -> None:
    await (await Store.open(url, Keyring.open(key_file))).close()


def test_the_terminal_s_database_takes_part_where_there_is_one(settings: Settings) -> None:
    without = databases_of(settings, ("sqlite:///third.db",))
    migrate(DATABASE)
    with_it = databases_of(settings, (settings.database_url,))

    assert without == [settings.database_url, "sqlite:///third.db"]
    assert with_it == [settings.database_url, DATABASE]


def test_a_lost_list_is_made_anew_only_on_somebody_s_word(settings: Settings) -> None:
    tare("migrate")
    listed = settings.key_file.with_name("tare.key.erased")
    listed.unlink()

    refused = tare("migrate")
    vouched = tare("migrate", "--no-backup")

    assert (refused.exit_code, "--no-backup" in refused.output) == (2, True)
    assert (vouched.exit_code, listed.exists()) == (0, True)
    assert tare("migrate").exit_code == 0
