"""`tare doctor` looks at everything around the program and changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.telegram import About, Telegram
from bot.doctor import Finding, State, examine
from bot.settings import Settings
from bot.storage import Keyring, Store
from tests.servers.botapi import TOKEN, BotApi
from tests.storage.given import tamper


@pytest.fixture
def settings(api: BotApi, sqlite_url: str, tmp_path: Path) -> Settings:
    return Settings(
        telegram_token=SecretStr(TOKEN),
        telegram_api=api.url,
        database_url=sqlite_url,
        key_file=tmp_path / "tare.key",
    )


async def findings(settings: Settings) -> dict[str, Finding]:
    found = {finding.what: finding async for finding in examine(settings)}
    assert not any(TOKEN.partition(":")[2] in finding.says for finding in found.values())
    return found


async def test_when_all_is_well_nothing_is_broken(settings: Settings) -> None:
    await (await Store.open(settings.database_url, Keyring.open(settings.key_file))).close()

    found = await findings(settings)

    assert {what: finding.state for what, finding in found.items() if what != "help lines"} == {
        "Telegram": State.GOOD,
        "clock": State.ODD,  # the fake server does not tell the time
        "database": State.GOOD,
        "time zones": State.GOOD,
        "safety contact": State.ODD,  # nobody is named
    }
    assert found["help lines"].state is not State.BROKEN


async def test_whoever_answers_for_harm_is_asked_for_until_somebody_is_named(settings: Settings) -> None:
    named = await findings(settings.model_copy(update={"safety_contact": "safety@example.org"}))

    assert "TARE_SAFETY_CONTACT" in (await findings(settings))["safety contact"].says
    assert named["safety contact"].state is State.GOOD


async def test_a_wrong_token_a_missing_one_and_a_dead_server_are_told_apart(
    settings: Settings, api: BotApi
) -> None:
    wrong = await findings(settings.model_copy(update={"telegram_token": SecretStr(f"{TOKEN}x")}))
    missing = await findings(settings.model_copy(update={"telegram_token": None}))
    dead = await findings(settings.model_copy(update={"telegram_api": "http://127.0.0.1:9"}))

    assert "does not know this token" in wrong["Telegram"].says
    assert missing["token"].state is State.BROKEN
    assert "does not answer" in dead["Telegram"].says


async def test_a_webhook_is_told_and_left_alone(settings: Settings, api: BotApi) -> None:
    await api.cloud.webhook.set("http://127.0.0.1:9/", "", 1)

    assert (await findings(settings))["webhook"].state is State.ODD
    assert await api.calls("deleteWebhook") == []


@pytest.mark.parametrize(
    ("differs", "state"), [(0, State.GOOD), (-50, State.GOOD), (300, State.BROKEN), (-300, State.BROKEN)]
)
async def test_a_clock_that_differs_from_telegrams_by_minutes_is_broken(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, differs: int, state: State
) -> None:
    async def about(telegram: Telegram) -> About:
        return About("tare_bot", date=datetime.now(UTC) + timedelta(seconds=differs))

    monkeypatch.setattr(Telegram, "ask_about", about)

    assert (await findings(settings))["clock"].state is state


async def test_nothing_is_made_where_nothing_is(settings: Settings, tmp_path: Path) -> None:
    empty = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'none.db'}"})

    without_key = await findings(empty)
    Keyring.open(settings.key_file)
    without_tables = await findings(empty)

    assert "the first start makes it" in without_key["key file"].says
    assert without_tables["database"].state is State.ODD
    assert not (tmp_path / "none.db").exists()


async def test_a_database_that_cannot_be_used_is_broken_and_says_what_to_do(settings: Settings) -> None:
    Keyring.open(settings.key_file)
    await (await Store.open(settings.database_url, Keyring.generate())).close()
    other_key = await findings(settings)
    tamper(settings.database_url, "UPDATE alembic_version SET version_num = '9999'")
    newer = await findings(settings)

    assert "written with another key" in other_key["database"].says
    assert "A newer version" in newer["database"].says
    assert {other_key["database"].state, newer["database"].state} == {State.BROKEN}
