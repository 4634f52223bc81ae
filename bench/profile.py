"""Where the processor time of `tare serve` goes under load: by library, and by our own function."""

from __future__ import annotations

import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bench import Effort, Figure
from bench.backstage import NotMeasured, bot, stage, tare
from bench.contest import ANSWERS_A_SECOND, Contender

LIBRARY = re.compile(r"site-packages/([\w-]+)")
STANDARD = re.compile(r"/python3\.\d+/(\w+)")
OURS = re.compile(r"/((?:bot|flows)/[\w/]+\.py:[\w.<>]+)$")
SHOWN = 12
SECONDS = 6.0
WRITTEN_WITHIN = 10.0


def figures(effort: Effort) -> Iterator[Figure]:
    """Look at one run of the sketch. Work in C counts as that of the function that called it."""
    stacks = _looked_at(effort)
    total = stacks.total()
    for what, named in (("itself in", library), ("in or under", own_function)):
        shares: Counter[str] = Counter()
        for stack, count in stacks.items():
            shares[named(stack.split(";"))] += count
        for name, count in shares.most_common(SHOWN):
            yield Figure(f"{what} {name}", 100 * count / total, "%")


def library(calls: list[str]) -> str:
    """Whose function the innermost one is."""
    innermost = calls[-1]
    if innermost.endswith("Runner.run"):
        return "the event loop"
    for pattern, kind in ((LIBRARY, ""), (STANDARD, "standard library: ")):
        if found := pattern.search(innermost):
            return kind + found[1]
    return next((part for part in ("bot", "flows") if f"/{part}/" in innermost), "generated code")


def own_function(calls: list[str]) -> str:
    """Our innermost function that was open."""
    ours = (found[1] for call in reversed(calls) if (found := OURS.search(call)))
    return next(ours, "nothing of ours")


def _looked_at(effort: Effort) -> Counter[str]:
    """Return how often each stack of calls was seen."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        remote = stack.enter_context(stage("sketch"))
        samples = folder / "samples"
        command = [sys.executable, "-m", "bench.profiled", str(samples), "serve"]
        settings = tare(remote.url, f"sqlite:///{folder}/tare.db", folder)
        process = stack.enter_context(bot(command, folder, settings))
        remote.awaits("getUpdates", folder)
        ours = Contender("tare serve", remote, [process.pid])
        remote.do("ready", count=effort.people + int(ANSWERS_A_SECOND * (SECONDS + ours.warm)))
        process.send_signal(signal.SIGUSR1)
        remote.play(effort.people, SECONDS, ours.pids, ours.warm)
        process.send_signal(signal.SIGUSR2)
        _until(samples.exists)
        return read(samples.read_text("utf-8"))


def read(text: str) -> Counter[str]:
    """Read what bench.profiled wrote."""
    pairs = (line.rpartition(" ") for line in text.splitlines())
    return Counter({stack: int(count) for stack, _, count in pairs})


def _until(holds: Callable[[], bool]) -> None:
    over = time.monotonic() + WRITTEN_WITHIN
    while not holds():
        if time.monotonic() > over:
            raise NotMeasured("the profile was not written")
        time.sleep(0.05)
