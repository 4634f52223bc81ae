"""What may be set about the web, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import PREFIX, BadSetting, load_settings


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TARE_WEBHOOK_URL", "bot.example.org/telegram", "is not an address to push to"),
        ("TARE_WEBHOOK_URL", "ftp://bot.example.org/telegram", "is not an address to push to"),
        ("TARE_WEBHOOK_URL", "https://me:kanarienvogel@bot.example.org/x", "is not an address to push to"),
        ("TARE_WEBHOOK_URL", "https://bot.example.org/telegram?x=1", "is not an address to push to"),
        ("TARE_WEBHOOK_URL", "http://bot.example.org/telegram", "is refused by Telegram"),
        ("TARE_WEBHOOK_URL", "https://bot.example.org/health", "is no use: its path is taken"),
        ("TARE_WEBHOOK_SECRET", "kanarienvogel", "is not a usable secret"),
        ("TARE_WEBHOOK_SECRET", "kanarienvogel mit leerzeichen", "is not a usable secret"),
        ("TARE_LISTEN", "8080", "is not an address of this machine"),
        ("TARE_LISTEN", "127.0.0.1:99999", "is not an address of this machine"),
        ("TARE_METRICS_LISTEN", "::1:9100", "is not an address of this machine"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason_and_without_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(BadSetting) as refused:
        load_settings()

    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{name} {says}")
    assert f"For example: {name}=" in line
    assert "kanarienvogel" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TARE_WEBHOOK_URL", "https://bot.example.org"),
        ("TARE_WEBHOOK_URL", "https://bot.example.org:8443/a/b"),
        ("TARE_WEBHOOK_SECRET", "kanarienvogel_kanarienvogel-1"),
        ("TARE_LISTEN", "[::]:8080"),
        ("TARE_METRICS_LISTEN", "localhost:9100"),
    ],
)
def test_what_can_be_used_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    taken = getattr(load_settings(), name.removeprefix(PREFIX).lower())

    assert (taken.get_secret_value() if "SECRET" in name else taken) == value


def test_a_bot_api_server_of_one_s_own_may_push_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_TELEGRAM_API", "http://localhost:8081")
    monkeypatch.setenv("TARE_WEBHOOK_URL", "http://localhost:8080/telegram")

    assert load_settings().webhook_url == "http://localhost:8080/telegram"


def test_the_option_wins_over_the_variable_and_is_checked_like_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_WEBHOOK_URL", "https://one.example.org/telegram")

    assert load_settings("https://two.example.org/telegram").webhook_url == "https://two.example.org/telegram"
    refused = CliRunner().invoke(main, ["serve", "--webhook", ""])
    assert refused.exit_code == 2
    assert "TARE_WEBHOOK_URL is not an address to push to" in refused.output


def test_a_process_that_does_not_listen_is_not_pushed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliRunner().invoke(main, ["serve", "--no-poll", "--webhook", "https://bot.example.org/x"])

    assert refused.exit_code == 2
    assert "--no-poll" in refused.output


def test_the_secret_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_WEBHOOK_SECRET", "kanarienvogel_kanarienvogel")

    assert "kanarienvogel" not in repr(load_settings())
