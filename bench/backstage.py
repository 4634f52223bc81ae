"""What a measurement works with: a stage with people, and a bot that talks to them, both as processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bench.stage import Window
from tests.servers.botapi import TOKEN

ROOT = Path(__file__).parents[1]
READY_WITHIN = 60.0
ENDS_WITHIN = 8.0
SHOWN = 400
"""Characters of what a bot said."""


class NotMeasured(Exception):
    """Something that a measurement needs is not there, or broke; says what."""


@dataclass(frozen=True)
class Remote:
    """A stage in a process of its own, by its pipes."""

    url: str
    wishes: IO[str]
    answers: IO[str]

    def do(self, name: str, **how: Any) -> Any:
        """Have something done (see bench.stage.Stage). Raises NotMeasured."""
        self.wishes.write(json.dumps({"do": name, **how}) + "\n")
        self.wishes.flush()
        answer = json.loads(self.answers.readline() or '{"failed": "the stage has ended"}')
        if "failed" in answer:
            raise NotMeasured(f"{name}: {answer['failed']}")
        return answer["done"]

    def play(self, places: int, seconds: float, pids: Sequence[int], warm: float) -> Window:
        """Let people play and look at the bots with these process ids."""
        return Window(**self.do("play", places=places, warm=warm, seconds=seconds, pids=list(pids)))

    def trickle(self, rate: float, seconds: float, pids: Sequence[int], *, slow: bool = False) -> Window:
        """Let people answer at this rate and look at how long each waits for a first call."""
        return Window(**self.do("trickle", rate=rate, seconds=seconds, pids=list(pids), slow=slow))

    def awaits(self, method: str, folder: Path, count: int = 1, within: float = READY_WITHIN) -> None:
        """Wait for calls of the bot in this folder. Raises NotMeasured with what it said last."""
        if not self.do("until_called", method=method, count=count, within=within):
            said = (folder / "said").read_text("utf-8", "replace")[-SHOWN:]
            raise NotMeasured(f"nobody called {method} within {within:.0f} s\n{said}")


@contextmanager
def stage(role: str) -> Iterator[Remote]:
    """Run a stage with people who behave like this."""
    command = [sys.executable, "-m", "bench.stage", role]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=_plain(), stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Remote(process.stdout.readline().strip(), process.stdin, process.stdout)
        finally:
            process.stdin.close()
            _wait(process)


@contextmanager
def bot(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a bot; what it says goes into the file `said` of its folder."""
    surroundings = _plain() | dict(environment or {})
    with (folder / "said").open("ab") as said:
        said.write(f"$ {' '.join(command[1:4])}\n".encode())
        said.flush()
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.terminate()
            _wait(process)


def tare(api: str, database: str, folder: Path, **changes: str) -> dict[str, str]:
    """Return the settings of our own bot, at no pace but its own."""
    return {
        "TARE_TELEGRAM_TOKEN": TOKEN,
        "TARE_TELEGRAM_API": api,
        "TARE_DATABASE_URL": database,
        "TARE_KEY_FILE": str(folder / "tare.key"),
        "TARE_RATE_BOT": "0",
        "TARE_RATE_CHAT": "0",
        **changes,
    }


def _plain() -> dict[str, str]:
    """The environment of a child: no settings of whoever runs this."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TARE_")}
    return ours | {"PYTHONPATH": str(ROOT)}


def _wait(process: subprocess.Popen[Any]) -> None:
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
