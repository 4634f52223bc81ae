"""What can be set, what is refused and how, and that the reference tells it all."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import PREFIX, BadSetting, Settings, load_settings

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "settings.md"
TOKEN = "123456789:AAKanarienvogelKanarienvogel"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_nothing_has_to_be_set_to_try_it() -> None:
    settings = load_settings()

    assert settings.database_url == "sqlite:///tare.db"
    assert settings.key_file == Path("tare.key")
    assert settings.telegram_api == "https://api.telegram.org"


def test_the_environment_wins_over_the_file_env(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TARE_RATE_BOT=5\nTARE_RATE_CHAT=2\nOTHER_PROGRAM=1\n", "utf-8")
    monkeypatch.setenv("TARE_RATE_BOT", "7")

    settings = load_settings()

    assert (settings.rate_bot, settings.rate_chat) == (7, 2)


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("TARE_LEASE_SECONDS", "")

    assert load_settings().lease_seconds == 30
    with pytest.raises(BadSetting, match="There is no token"):
        _ = load_settings().token


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TARE_TELEGRAM_TOKEN", "kanarienvogel", "is not a token"),
        ("TARE_TELEGRAM_API", "api.telegram.org", "starts with http:// or https://"),
        ("TARE_RATE_BOT", "fast", "valid number"),
        ("TARE_RATE_BOT", "-1", "greater than or equal to 0"),
        ("TARE_RATE_CHAT_BURST", "2.5", "valid integer"),
        ("TARE_LEASE_SECONDS", "1", "greater than or equal to 5"),
        ("TARE_LOG_LEVEL", "LOUD", "'DEBUG', 'INFO'"),
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
def test_a_bad_value_is_refused_with_its_name_the_reason_and_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(BadSetting) as refused:
        load_settings()

    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{name} is ")
    assert says in line
    assert f"For example: {name}=" in line
    assert "kanarienvogel" not in line


def test_all_bad_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_RATE_BOT", "fast")
    monkeypatch.setenv("TARE_LOG_LEVEL", "loud")

    with pytest.raises(BadSetting) as refused:
        load_settings()

    assert len(str(refused.value).splitlines()) == 2


def test_every_example_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, field in Settings.model_fields.items():
        for example in field.examples or []:
            monkeypatch.setenv(f"{PREFIX}{name.upper()}", example)

    assert load_settings()


def test_small_differences_in_writing_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_TELEGRAM_TOKEN", f" {TOKEN}\n")
    monkeypatch.setenv("TARE_TELEGRAM_API", "http://localhost:8081/")
    monkeypatch.setenv("TARE_LOG_LEVEL", "debug")

    settings = load_settings()

    assert settings.token == TOKEN
    assert settings.telegram_api == "http://localhost:8081"
    assert settings.log_level == "DEBUG"


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TARE_DATABASE_URL", "postgresql://tare:kanarienvogel@localhost/tare")

    shown = repr(load_settings()) + str(load_settings())

    assert "anarienvogel" not in shown


def test_the_reference_lists_every_setting_with_its_default_and_nothing_else() -> None:
    rows = re.findall(r"^\| `(TARE_\w+)` \| (.*?) \|", REFERENCE.read_text("utf-8"), re.MULTILINE)
    defaults = {
        f"{PREFIX}{name.upper()}": "none" if field.default is None else f"`{field.default}`"
        for name, field in Settings.model_fields.items()
    }

    assert dict(rows) == defaults
    assert len(rows) == len(defaults)


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
