"""Bots that are measured in turns: A B C, A B C, so that whatever else the machine does meets all alike."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import Effort, median
from bench.backstage import NotMeasured, Remote, bot, stage, tare
from bench.stage import Window
from tests.servers.botapi import TOKEN

ANSWERS_A_SECOND = 45
"""How many people go through the sketch in a second, at the very most: so many wait to take their places."""

BROKEN_SHOWN = 3


@dataclass
class Contender:
    """A bot at work on a stage of its own, and what was seen of it in each round."""

    name: str
    stage: Remote
    pids: Sequence[int]
    warm: float = 1.0
    """Seconds of each run that do not count yet."""
    most: int = 1_000
    """People at the same time, where fewer already keep it busy for long."""
    windows: list[Window] = field(default_factory=list)

    def calls_a_second(self) -> list[float]:
        """Return one figure a round."""
        return [each.calls / each.seconds for each in self.windows]

    def updates_a_second(self) -> list[float]:
        """Return one figure a round."""
        return [each.updates / each.seconds for each in self.windows]

    def per_call(self) -> list[float]:
        """Return milliseconds of a processor, one figure a round."""
        return [1000 * each.bot / max(1, each.calls) for each in self.windows]

    def per_update(self) -> list[float]:
        """Return milliseconds of a processor, one figure a round."""
        return [1000 * each.bot / max(1, each.updates) for each in self.windows]

    def check(self) -> None:
        """Raise NotMeasured when the bot broke a rule of the Bot API: its work was another one then."""
        if broken := self.stage.do("broken"):
            raise NotMeasured(f"{self.name}: {len(broken)} rules broken: {broken[:BROKEN_SHOWN]}")


def measured_in_turns(contenders: Sequence[Contender], effort: Effort) -> None:
    """Run all rounds. Raises NotMeasured."""
    for _ in range(effort.rounds):
        for each in contenders:
            places = min(effort.people, each.most)
            each.stage.do("ready", count=places + int(ANSWERS_A_SECOND * (effort.seconds + each.warm)))
            each.windows.append(each.stage.play(places, effort.seconds, each.pids, each.warm))
    for each in contenders:
        each.check()


def ratio(better: Callable[[Contender], list[float]], ours: Contender, other: Contender) -> float:
    """Return the median, over the rounds, of what ours has of a figure for each one the other has."""
    pairs = zip(better(ours), better(other), strict=True)
    return median([mine / theirs for mine, theirs in pairs])


@contextmanager
def our_bot(name: str = "tare serve", database: str | None = None, **settings: str) -> Iterator[Contender]:
    """Run `tare serve`, polling, on a new SQLite file unless there is another database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        remote = stack.enter_context(stage("sketch"))
        url = database or f"sqlite:///{folder}/tare.db"
        yield stack.enter_context(serving(name, remote, folder, tare(remote.url, url, folder, **settings)))


@contextmanager
def serving(name: str, remote: Remote, folder: Path, settings: Mapping[str, str]) -> Iterator[Contender]:
    """Run `tare serve` on a stage that is there."""
    command = [sys.executable, "-m", "bot.cli", "serve"]
    with bot(command, folder, settings) as process:
        remote.awaits("getUpdates", folder)
        yield Contender(name, remote, [process.pid])


@contextmanager
def baseline(
    name: str, role: str, module: str, *options: str, python: str = sys.executable, **how: Any
) -> Iterator[Contender]:
    """Run one of bench/baselines. `how` it is measured: `warm` and `most` of Contender."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        remote = stack.enter_context(stage(role))
        command = [python, "-m", f"bench.baselines.{module}", remote.url, TOKEN, *options]
        process = stack.enter_context(bot(command, folder))
        remote.awaits("getUpdates", folder)
        yield Contender(name, remote, [process.pid], **how)
