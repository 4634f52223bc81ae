"""`tare serve` as a process: each refusal in one sentence with exit code 2, and a stop that loses nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram_trouble import AnotherPoller
from bot.storage import Keyring, Store
from tests.servers.botapi import TOKEN
from tests.serving.given import World, ended, in_onboarding, polled, process
from tests.storage.given import number_of, tamper

SECRET = TOKEN.partition(":")[2]


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong around the program, and what it has to say about it."""

    says: str
    settings: dict[str, str] = field(default_factory=dict)
    before: Callable[[World], None] = lambda world: None


def with_a_file_as_folder(world: World) -> None:
    world.settings.key_file.with_name("blocked").write_text("a file")


def with_a_broken_key(world: World) -> None:
    world.settings.key_file.write_text("tare-key 1 nonsense")


def with_newer_tables(world: World) -> None:
    tamper(world.settings.database_url, "UPDATE alembic_version SET version_num = '9999'")


REFUSALS = {
    "no token": Wrong("TARE_TELEGRAM_TOKEN=", {"TARE_TELEGRAM_TOKEN": ""}),
    "malformed token": Wrong("TARE_TELEGRAM_TOKEN is not a token", {"TARE_TELEGRAM_TOKEN": "hello"}),
    "wrong token": Wrong("does not know this token", {"TARE_TELEGRAM_TOKEN": f"{TOKEN}wrong"}),
    "unreachable": Wrong("does not answer", {"TARE_TELEGRAM_API": "http://127.0.0.1:9"}),
    "bad number": Wrong("TARE_RATE_BOT is refused", {"TARE_RATE_BOT": "fast"}),
    "bad address": Wrong("TARE_DATABASE_URL", {"TARE_DATABASE_URL": "mysql://localhost/tare"}),
    "no database server": Wrong(
        "cannot be used", {"TARE_DATABASE_URL": "postgresql://tare@127.0.0.1:9/tare"}
    ),
    "unwritable database": Wrong(
        "can be written", {"TARE_DATABASE_URL": "sqlite:///blocked/tare.db"}, with_a_file_as_folder
    ),
    "unwritable key": Wrong(
        "cannot be read or made", {"TARE_KEY_FILE": "blocked/key"}, with_a_file_as_folder
    ),
    "broken key": Wrong("is not a key file", {}, with_a_broken_key),
    "newer tables": Wrong("A newer version has used the database", {}, with_newer_tables),
}


@pytest.mark.parametrize("wrong", REFUSALS.values(), ids=REFUSALS)
async def test_what_is_wrong_is_said_in_one_sentence_with_exit_code_2(
    world: World, tmp_path: Path, wrong: Wrong
) -> None:
    wrong.before(world)

    async with process(tmp_path, world.environment(**wrong.settings), "serve") as tare:
        end = await ended(tare)

    assert end.code == 2
    assert wrong.says in end.err
    assert "Traceback" not in end.err
    assert SECRET not in end.err
    assert len([line for line in end.err.splitlines() if "A new key is in" not in line]) == 1


async def test_a_database_of_another_key_is_refused(world: World, tmp_path: Path) -> None:
    store = await Store.open(world.settings.database_url, Keyring.generate())
    await store.close()

    async with process(tmp_path, world.environment(), "serve") as tare:
        end = await ended(tare)

    assert end.code == 2
    assert "written with another key" in end.err


async def test_another_poller_is_refused_after_a_short_wait(world: World, tmp_path: Path) -> None:
    other = Telegram(world.api.token, world.api.url)
    await other.open()

    async def stay() -> None:
        while True:
            try:
                await other.fetch()
            except AnotherPoller:
                await asyncio.sleep(0.1)

    staying = asyncio.create_task(stay())
    async with process(tmp_path, world.environment(), "serve") as tare:
        end = await ended(tare)
    staying.cancel()
    await asyncio.wait({staying})
    await other.close()

    assert end.code == 2
    assert "stop the other one" in end.err.splitlines()[-1]


async def test_a_first_start_makes_key_and_tables_and_says_what_to_keep(world: World, tmp_path: Path) -> None:
    fresh = f"sqlite:///{tmp_path / 'new' / 'tare.db'}"
    ada = await world.api.phone()

    async with process(tmp_path, world.environment(TARE_DATABASE_URL=fresh), "serve") as tare:
        await ada.command("start")
        await ada.hears("I'm Tare", within=15)
        tare.send_signal(signal.SIGINT)
        end = await ended(tare)

    assert end.code == 0
    assert "Keep a copy of it in a safe place" in end.err
    assert "@tare_test_bot" in end.err
    assert number_of(fresh, "person") == 1


async def test_a_stop_takes_less_than_5_seconds_even_while_telegram_hangs_and_loses_nothing(
    world: World, tmp_path: Path
) -> None:
    ada = await world.api.phone()
    loop = asyncio.get_running_loop()
    async with process(tmp_path, world.environment(), "serve") as tare:
        await polled(world.api)
        await world.api.fail("latency", "sendMessage", seconds=60.0)
        await ada.command("start")
        await world.api.until_taken()
        tare.send_signal(signal.SIGTERM)
        stopped_at = loop.time()
        end = await ended(tare)
        assert loop.time() - stopped_at < 5
        assert end.code == 0

    await world.api.heal()
    async with process(tmp_path, world.environment(), "serve") as tare:
        await ada.hears("I'm Tare", within=15)


async def test_a_message_that_a_killed_bot_had_in_its_hands_is_sent_by_the_next_one_at_once(
    world: World, tmp_path: Path
) -> None:
    ada = await world.api.phone()
    async with process(tmp_path, world.environment(), "serve") as tare:
        await polled(world.api)
        await world.api.fail("latency", "sendMessage", seconds=60.0)
        await ada.command("start")
        await world.api.until_taken()
        tare.kill()
        await ended(tare)
    await world.api.heal()

    async with world.bot():
        await ada.hears("I'm Tare", within=2)


async def test_nothing_of_people_or_secrets_is_logged_even_at_debug(world: World, tmp_path: Path) -> None:
    ada = await world.api.phone("Kanarienvogel", username="kanarienvogel")
    await world.api.inject({"message": {"text": "kanarienvogel"}})
    await world.api.fail("garbage", "sendMessage")
    await world.api.fail("http", "getUpdates")

    async with process(tmp_path, world.environment(TARE_LOG_LEVEL="DEBUG"), "serve") as tare:
        await in_onboarding(ada)
        await ada.write("kanarienvogel")
        await ada.command("start", "kanarienvogel")
        await world.api.until_taken()
        tare.send_signal(signal.SIGTERM)
        end = await ended(tare)

    said = (end.out + end.err).lower()
    assert "could not be read and were set aside: 1" in said
    for canary in ("kanarienvogel", SECRET.lower(), str(ada.id), "ada", "q:"):
        assert canary not in said
