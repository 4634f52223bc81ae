"""How long somebody waits for a first sign, at a load that does not wait for the bot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench import Effort, Figure, at_share, median, spread
from bench.contest import Contender, our_bot
from bench.stage import Window

RATES = (20, 100, 300)
"""Updates a second. Each is about three calls."""

SLOWEST = 1.0
"""Seconds that a turn may take before nobody is left who could answer."""

ANSWERS_EACH = 12
"""Answers that one person is counted on for."""


def figures(effort: Effort, rates: Sequence[int] = RATES) -> Iterator[Figure]:
    """Measure at each rate in turns."""
    with our_bot() as ours:
        windows: dict[int, list[Window]] = {rate: [] for rate in rates}
        for _ in range(effort.rounds):
            for rate in rates:
                windows[rate].append(trickled(ours, rate, effort.seconds))
        ours.check()
    for rate, seen in windows.items():
        yield from of_delays(f"{rate} updates/s", [window.delays for window in seen])
        yield spread(f"{rate} updates/s: CPU an update", [1000 * one.bot / one.updates for one in seen], "ms")
        missed = sum(window.empty for window in seen)
        if missed:
            yield Figure(f"{rate} updates/s: not given, all waited", missed, "", "none")


def trickled(contender: Contender, rate: float, seconds: float, *, slow: bool = False) -> Window:
    """Let people answer at a rate, enough of them there."""
    contender.stage.do("ready", count=int(rate * (seconds / ANSWERS_EACH + SLOWEST)) + 1)
    return contender.stage.trickle(rate, seconds, contender.pids, slow=slow)


def of_delays(what: str, runs: Sequence[Sequence[float]], aim: str = "") -> Iterator[Figure]:
    """Yield the median over the runs of the delay that half, and of that which one in a hundred exceeds."""
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        delays = [1000 * at_share(run, share) for run in runs if run]
        yield spread(f"{what}: until the first call, {name}", delays, "ms", aim)


def middle(runs: Sequence[Sequence[float]], share: float) -> float:
    """Return the same figure alone, in milliseconds."""
    return median([1000 * at_share(run, share) for run in runs if run])
