"""What can be set, what is refused and how, and that the reference tells it all."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

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
