"""What of the door can be set, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import BadSetting, load_settings


@pytest.fixture(autouse=True)
def _nothing_else_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("TARE_ALLOWED", "TARE_INVITE_ONLY"):
        monkeypatch.delenv(name, raising=False)


def test_everybody_comes_in_unless_it_is_said_otherwise() -> None:
    assert (load_settings().invite_only, load_settings().allowed_addresses) == (False, frozenset())


def test_accounts_are_numbers_with_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_ALLOWED", " 12345678 , 23456789")

    assert load_settings().allowed_addresses == {"telegram:12345678", "telegram:23456789"}


@pytest.mark.parametrize("value", ["@ada", "12345678;23456789", "0", "12345678,", "telegram:5", "1" * 20])
def test_anything_else_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TARE_ALLOWED", value)

    with pytest.raises(BadSetting, match="not a list of Telegram accounts"):
        load_settings()


def test_whose_accounts_they_are_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARE_ALLOWED", "12345678")

    assert "12345678" not in repr(load_settings())
