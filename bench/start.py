"""How fast it starts, what its imports cost, and whether its memory grows with the people who talked."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Effort, Figure, median, spread
from bench.backstage import ROOT, Remote, bot, stage, tare
from bench.contest import our_bot
from bench.processes import resident

STARTS_WITHIN = "below 1.5"
SLOWEST_SHOWN = 10
IMPORTED = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)$", re.MULTILINE)

PEOPLE = 2_000
LOOKS = (0.25, 0.5, 0.75, 1.0)
MOST_GROWN = 1
"""KiB a person. What is kept of everybody would be more; few people leave only the noise of the allocator."""


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure starts on a new database and on one that is there, then imports."""
    new, again = [], []
    for _ in range(effort.rounds):
        with tempfile.TemporaryDirectory() as folder, stage("sketch") as remote:
            new.append(_started(remote, Path(folder), 1))
            again.append(_started(remote, Path(folder), 2))
    yield spread("from the command to the first look for updates", again, "s", STARTS_WITHIN)
    yield spread("the same with the tables yet to be made", new, "s")
    yield from _imports(effort.rounds)


def _started(remote: Remote, folder: Path, looks: int) -> float:
    """Return seconds until the look for updates that makes so many in all."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot.cli", "serve"]
    with bot(command, folder, tare(remote.url, f"sqlite:///{folder}/tare.db", folder)):
        remote.awaits("getUpdates", folder, looks)
        return time.perf_counter() - began


def _imports(rounds: int) -> Iterator[Figure]:
    """Yield what `tare serve` imports, in all, and the packages that take longest with all they import."""
    runs = [_imported() for _ in range(rounds)]
    yield spread("everything imported", [sum(own for own, _ in run.values()) / 1e6 for run in runs], "s")
    packages = {
        name: [run[name][1] / 1000 for run in runs if name in run] for name in runs[0] if "." not in name
    }
    for name in sorted(packages, key=lambda each: -median(packages[each]))[:SLOWEST_SHOWN]:
        yield spread(f"import {name}", packages[name], "ms")


def _imported() -> dict[str, tuple[int, int]]:
    """Return for each module the microseconds of its own, and with all that it imported first."""
    command = [sys.executable, "-X", "importtime", "-c", "import bot.cli, bot.serving"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    return {name: (int(own), int(whole)) for own, whole, _, name in IMPORTED.findall(told)}


def memory(people: int = PEOPLE) -> Iterator[Figure]:
    """Measure what is resident while more and more people begin to talk, and go."""
    with our_bot() as ours:
        [bot_process] = ours.pids
        yield Figure("before anybody talked: resident", resident(bot_process), "MB")
        sizes = {}
        for share in LOOKS:
            ours.stage.do("ready", count=int(people * share))
            talked = int(people * share)
            sizes[talked] = resident(bot_process)
            yield Figure(f"{talked:,} have talked: resident", sizes[talked], "MB")
        ours.check()
    (few, at_first), (many, at_last) = min(sizes.items()), max(sizes.items())
    grown = 1024 * (at_last - at_first) / (many - few)
    yield Figure("for each person more", grown, "KiB", f"below {MOST_GROWN}")
