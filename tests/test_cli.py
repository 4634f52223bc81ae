"""The command `tare`: what each command prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import checking, cli
from bot.checking import Checked
from bot.settings import PREFIX
from flows.shelf import FLOWS
from tests.storage.given import number_of, tamper

VECTOR = "a\tO2=6"


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every command runs in an empty folder with nothing set, and leaves logging alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.logs.set_up", lambda level: None)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def tare(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.main, arguments, input=typed)


def test_the_help_names_every_command_and_loads_nothing_heavy() -> None:
    asked = (
        "import sys, bot.cli; sys.exit(any(m in sys.modules for m in ('telegram', 'sqlalchemy', 'pydantic')))"
    )

    loaded = subprocess.run([sys.executable, "-c", asked], check=False, cwd=Path(cli.__file__).parents[1])

    assert loaded.returncode == 0
    for command in ("chat", "serve", "migrate", "doctor", "check", "draw", "score"):
        assert command in tare("--help").output


def test_check_prints_each_mistake_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check_all", lambda today: Checked(("this is wrong", "and this"), ("old",)))

    done = tare("check")

    assert done.exit_code == 1
    assert done.stdout == "this is wrong\nand this\n"
    assert "1 remarks" in done.stderr


def test_check_of_what_is_in_order_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check_all", lambda today: Checked((), ("old",)))

    assert tare("check").exit_code == 0


def test_draw_prints_one_flow_or_writes_a_file_for_each() -> None:
    printed = tare("draw", "onboarding")
    written = tare("draw", "--out", "flows")

    assert printed.output.startswith("stateDiagram-v2")
    assert {file.stem for file in Path("flows").iterdir()} == set(FLOWS)
    assert Path("flows/onboarding.mmd").read_text("utf-8") == printed.output
    assert written.exit_code == 0


def test_draw_of_an_unknown_flow_names_the_known_ones() -> None:
    done = tare("draw", "onbording")

    assert done.exit_code == 2
    assert "onboarding" in done.output


def test_score_reads_lines_and_gives_json_lines_and_ends_with_1_when_one_is_wrong() -> None:
    Path("vectors.tsv").write_text("a\tnonsense\n", "utf-8")

    typed, from_file = tare("score", typed="b\tnonsense\n"), tare("score", "vectors.tsv")

    assert json.loads(typed.output)["id"] == "b"
    assert "error" in json.loads(from_file.output)
    assert (typed.exit_code, from_file.exit_code) == (1, 1)


def test_migrate_makes_the_tables_and_may_be_repeated() -> None:
    first, second = tare("migrate"), tare("migrate")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "step" in first.output
    assert number_of("sqlite:///tare.db", "person") == 0


def test_migrate_refuses_newer_tables_with_2_and_a_sentence() -> None:
    tare("migrate")
    tamper("sqlite:///tare.db", "UPDATE alembic_version SET version_num = '9999'")

    done = tare("migrate")

    assert done.exit_code == 2
    assert "A newer version has used the database" in done.stderr


def test_what_is_our_own_mistake_is_told_by_its_place_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise KeyError("kanarienvogel")

    monkeypatch.setattr("bot.settings.load_settings", fail)

    done = tare("doctor")

    assert done.exit_code == 1
    assert "KeyError at tests.test_cli:" in done.stderr
    assert "kanarienvogel" not in done.output
