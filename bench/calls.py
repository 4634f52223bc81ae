"""What an API call and an answered update cost: ours beside bots of the usual kind, all polling.

Ours keeps every answer on the disk before it goes on. The others keep nothing, or a file now and then.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from bench import Effort, Figure, median, spread
from bench.backstage import ROOT, NotMeasured
from bench.contest import Contender, baseline, measured_in_turns, our_bot, ratio

KNOWN = 10_000
"""People whom the survey of python-telegram-bot has in its file."""

BESIDE = ROOT / ".venv-bench"
PYTHON_BESIDE = Path(os.environ.get("BENCH_PYTHON", BESIDE / "bin" / "python"))
"""aiogram wants an older pydantic than we have, so it lives in a virtualenv of its own."""

HOW_TO_INSTALL = (
    "python3 -m venv .venv-bench && .venv-bench/bin/pip install -r bench/baselines/requirements.txt"
)
ECHO = "python-telegram-bot echo"

UNTIL_CONNECTED = 6.0
"""Seconds that a hundred calls at once need there after a pause, in which connections were closed."""

BUSY = 0.85
"""The share of a core from which on the fake server may be what limits."""


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure all in turns; what is missing here is told, and left out."""
    with ExitStack() as stack:
        ours = stack.enter_context(our_bot("tare serve, sketch, SQLite"))
        echoes = [stack.enter_context(each) for each in _echoes()]
        surveys = [stack.enter_context(each) for each in _surveys(stack)]
        measured_in_turns([ours, *echoes, *surveys], effort)
        yield from _told(ours, echoes, surveys)


def _echoes() -> Sequence[AbstractContextManager[Contender]]:
    """Return the bare bots on our own library, in all its settings."""
    hint = "" if find_spec("sniffio") else ", without sniffio"
    echo = [
        baseline(f"{ECHO}, {said}{hint}", "echo", "ptb_echo", "--at-once", str(at_once), warm=warm)
        for said, at_once, warm in (
            *(("eight at once", 8, 1.0), ("one at a time", 1, 1.0)),
            ("all at once", 256, UNTIL_CONNECTED),
        )
    ]
    if find_spec("uvloop"):
        name = f"{ECHO}, eight at once, uvloop{hint}"
        echo.append(baseline(name, "echo", "ptb_echo", "--at-once", "8", "--uvloop"))
    return echo


def _surveys(stack: ExitStack) -> Iterator[AbstractContextManager[Contender]]:
    """Yield the bots that remember, and all on aiogram."""
    name = f"python-telegram-bot survey, file of {KNOWN:,} people"
    yield baseline(name, "survey", "ptb_survey", "--known", str(KNOWN), most=20)
    if not PYTHON_BESIDE.exists():
        _missing("aiogram", HOW_TO_INSTALL)
        return
    python = str(PYTHON_BESIDE)
    yield baseline("aiogram echo, uvloop", "echo", "aiogram_echo", "--uvloop", python=python)
    yield baseline("aiogram survey, in memory, uvloop", "survey", "aiogram_survey", "--uvloop", python=python)
    if not shutil.which("redis-server"):
        _missing("Redis", "put redis-server on the PATH")
        return
    url = stack.enter_context(_redis())
    yield baseline(
        "aiogram survey, in Redis, uvloop",
        "survey",
        "aiogram_survey",
        *("--uvloop", "--redis", url),
        python=python,
    )


def _missing(what: str, how: str) -> None:
    print(f"(no rows with {what} here: {how})", file=sys.stderr)


def _told(ours: Contender, echoes: list[Contender], others: list[Contender]) -> Iterator[Figure]:
    """Per call everybody can be compared; per update only those that make three calls of one."""
    quickest = max(echoes, key=lambda each: median(each.calls_a_second()))
    thriftiest = min(echoes, key=lambda each: median(each.per_call()))
    for each in [ours, *echoes, *others]:
        beside = ratio(Contender.calls_a_second, each, quickest)
        yield spread(f"{each.name}: calls", each.calls_a_second(), "/s", _aim(each, ours), beside)
    for each in [ours, *echoes, *others]:
        beside = ratio(Contender.per_call, thriftiest, each)
        yield spread(f"{each.name}: CPU a call", each.per_call(), "ms", _aim(each, ours), beside)
    for each in (one for one in [ours, *others] if "echo" not in one.name):
        yield spread(f"{each.name}: updates", each.updates_a_second(), "/s")
        beside = ratio(Contender.per_update, each, ours)
        aim = "" if each is ours else "ratio: theirs to ours, above 1"
        yield spread(f"{each.name}: CPU an update", each.per_update(), "ms", aim, beside)
    yield from _told_of_servers([ours, *echoes, *others])


def _aim(each: Contender, ours: Contender) -> str:
    return "ratio to the best echo here: floor 1.0, aim 2.0" if each is ours else ""


def _told_of_servers(everybody: list[Contender]) -> Iterator[Figure]:
    """How busy the fake server was at most: near 1 it, and not the bot, decided how many calls there were."""
    shares = [window.server / window.seconds for each in everybody for window in each.windows]
    yield Figure("the fake server, of one core, at most", max(shares), "", f"below {BUSY}")
    starved = [each.name for each in everybody if any(window.empty for window in each.windows)]
    if starved:
        yield Figure(f"ran out of people: {', '.join(starved)}", len(starved), "", "none")


@contextmanager
def _redis() -> Iterator[str]:
    """Run a Redis that keeps nothing, as fast as it gets. Raises NotMeasured."""
    with tempfile.TemporaryDirectory() as folder:
        door = f"{folder}/redis"
        options = ["--port", "0", "--unixsocket", door, "--save", "", "--appendonly", "no", "--dir", folder]
        with subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL) as process:
            try:
                _until_there(door)
                yield f"unix://{door}"
            finally:
                process.terminate()


def _until_there(door: str) -> None:
    for _ in range(500):
        with socket.socket(socket.AF_UNIX) as tried:
            try:
                tried.connect(door)
            except OSError:
                time.sleep(0.01)
            else:
                return
    raise NotMeasured("redis-server did not start within 5 s")
