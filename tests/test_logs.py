"""Nothing of people and no secret reaches a log, whoever logs it and however."""

from __future__ import annotations

import ast
import asyncio
import io
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot import logs
from bot.channels import telegram_outcomes
from bot.channels.telegram_trouble import AnotherPoller
from bot.outcomes import PATIENCE
from bot.parcels import Failed, Kind
from bot.storage import StoreUnavailable

CANARY = "kanarienvogel"
CHAT = 5_000_000_001
SOURCES = sorted((Path(__file__).parents[1] / "bot").rglob("*.py"))

ours = logging.getLogger("bot.somewhere")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, as it comes out; the loggers are afterwards as they were."""
    root, kept = logging.getLogger(), {name: logging.getLogger(name).level for name in logs.LIBRARIES}
    level, handlers = root.level, root.handlers[:]
    out = io.StringIO()
    logs.set_up("DEBUG", out)
    yield out
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in kept.items():
        logging.getLogger(name).setLevel(before)


def test_counts_durations_kinds_and_errors_are_shown(log: io.StringIO) -> None:
    ours.info("%d updates, %.1f s, %s, a %s, %s", 3, 0.25, timedelta(seconds=2), Kind.LINE, "KeyError")

    assert "INFO bot.somewhere: 3 updates, 0.2 s, 0:00:02, a line, KeyError" in log.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        CANARY,
        f"KeyError at {CANARY}",
        f"unsure: {CANARY}",
        CHAT,
        -CHAT,
        {"chat": CANARY},
        [CANARY],
        CANARY.encode(),
        ValueError(CANARY),
        KeyError(CANARY),
        Failed(CANARY),
    ],
)
@pytest.mark.parametrize("template", ["it was %s", "it was %r", "it was %d", "it was %s and %s"])
def test_any_other_value_is_hidden_or_reduced_to_its_kind(template: str, value: object) -> None:
    record = ours.makeRecord(ours.name, logging.ERROR, "file", 1, template, (value,), None)

    line = logs.AllowList().format(record)

    assert "it was" in line
    assert CANARY not in line
    assert str(CHAT) not in line


def test_a_value_with_a_name_is_hidden_like_any_other(log: io.StringIO) -> None:
    ours.error("it was %(this)s, %(count)d times", {"this": CANARY, "count": 3})

    assert "it was [hidden], 3 times" in log.getvalue()


def test_a_message_that_is_no_constant_text_is_hidden(log: io.StringIO) -> None:
    ours.error(ValueError(CANARY))

    assert logs.HIDDEN in log.getvalue()
    assert CANARY not in log.getvalue()


def test_an_exception_is_shown_by_its_kind_and_place_alone(log: io.StringIO) -> None:
    def fail(words: str) -> None:
        try:
            raise ValueError(words)
        except ValueError as inner:
            raise RuntimeError(f"about {words}") from inner

    try:
        fail(CANARY)
    except RuntimeError:
        ours.exception("it broke")

    said = log.getvalue()
    assert "RuntimeError at tests.test_logs:" in said
    assert "after ValueError at tests.test_logs:" in said
    assert CANARY not in said
    assert "words" not in said


@pytest.mark.parametrize(
    "error", [StoreUnavailable("The disk is full."), AnotherPoller("Stop the other one.")]
)
def test_errors_that_are_sentences_for_whoever_runs_it_are_shown(log: io.StringIO, error: Exception) -> None:
    ours.error("it cannot go on: %s", error)

    assert str(error) in log.getvalue()


@pytest.mark.parametrize("library", [*logs.LIBRARIES, "anything.else"])
def test_of_libraries_no_word_is_shown_even_when_they_are_made_to_talk(
    log: io.StringIO, library: str
) -> None:
    talker = logging.getLogger(f"{library}.inner")
    talker.setLevel(logging.DEBUG)

    talker.debug("POST https://api.telegram.org/bot%s/sendMessage", CANARY)
    talker.error(f"parameters {CANARY}")
    talker.setLevel(logging.NOTSET)

    assert log.getvalue().count("words of libraries") == 1
    assert CANARY not in log.getvalue()


async def test_a_request_leaves_no_trace_of_its_address(log: io.StringIO) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.post(f"https://api.telegram.org/bot{CANARY}/getMe")

    assert log.getvalue() == ""


async def test_a_task_that_breaks_unseen_and_a_warning_show_no_words(log: io.StringIO) -> None:
    asyncio.get_running_loop().call_exception_handler({"message": CANARY, "exception": ValueError(CANARY)})
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(CANARY, stacklevel=1)

    assert "ValueError at nowhere" in log.getvalue()
    assert "py.warnings" in log.getvalue()
    assert CANARY not in log.getvalue()


def reasons() -> list[str]:
    """Every reason that our code gives for what became of a message."""
    found = [*telegram_outcomes.FORBIDDEN.values(), f"given up after {PATIENCE} attempts: unsure"]
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                (first, *_) = [*node.args, None]
                if node.func.id in {"Failed", "Refused", "Unreachable"} and isinstance(first, ast.Constant):
                    found.append(str(first.value))
    return found


@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_that_our_code_gives_can_be_read_in_the_log(reason: str) -> None:
    assert logs.shown(reason) == reason


def test_what_is_logged_is_a_constant_text_so_that_no_value_slips_into_it() -> None:
    calls = [
        (source.name, node)
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")
    ]

    assert calls
    assert [name for name, call in calls if not isinstance(call.args[0], ast.Constant)] == []


BROKEN = f"""
import sys, threading
from bot import logs

class Thrown:
    def __del__(self):
        raise ValueError("{CANARY}")

def fails():
    raise ValueError("{CANARY}")

logs.set_up("INFO")
logs.catch_the_rest()
thread = threading.Thread(target=fails)
thread.start()
thread.join()
Thrown()
fails()
"""


def test_what_nobody_caught_is_told_by_its_place_alone() -> None:
    said = subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, text=True, check=False)

    assert said.returncode == 1
    assert said.stderr.count("CRITICAL bot.logs: something broke that nobody caught") == 3
    assert said.stderr.count("ValueError at __main__") == 3
    assert CANARY not in said.stderr
