"""The same with a network in between: 40 ms on every call, and one chat into which a call takes 3 seconds."""

from __future__ import annotations

from collections.abc import Iterator

from bench import Effort, Figure, spread
from bench.contest import Contender, baseline, measured_in_turns, our_bot, ratio
from bench.latency import middle, of_delays, trickled
from bench.stage import SLOW

DELAY = 0.04
RATE = 60
"""Updates a second, while somebody is slow."""


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure throughput beside an echo, then with and without a slow chat."""
    yield from _throughput(effort)
    yield from _beside_a_slow_one(effort)


def _throughput(effort: Effort) -> Iterator[Figure]:
    echo = baseline("python-telegram-bot echo, eight at once", "echo", "ptb_echo", "--at-once", "8")
    with our_bot() as ours, echo as other:
        for each in (ours, other):
            _far_away(each)
        measured_in_turns([ours, other], effort)
        beside = ratio(Contender.calls_a_second, ours, other)
        aim = "at least 300"
        yield spread(f"{ours.name}, 40 ms away: calls", ours.calls_a_second(), "/s", aim, beside)
        yield spread(f"{other.name}, 40 ms away: calls", other.calls_a_second(), "/s")
        yield spread(f"{ours.name}, 40 ms away: CPU a call", ours.per_call(), "ms")


def _beside_a_slow_one(effort: Effort) -> Iterator[Figure]:
    """A run has to be longer than one slow call, so that somebody could wait for it."""
    seconds = max(effort.seconds, 1.3 * SLOW)
    with our_bot() as alone, our_bot() as beside:
        for each in (alone, beside):
            _far_away(each)
        runs: dict[bool, list[list[float]]] = {False: [], True: []}
        for _ in range(effort.rounds):
            for contender, slow in ((alone, False), (beside, True)):
                runs[slow].append(trickled(contender, RATE, seconds, slow=slow).delays)
        yield from of_delays("nobody is slow", runs[False])
        yield from of_delays("one is slow, the others", runs[True], "as without")
        worst = middle(runs[True], 1.0)
        yield Figure("one is slow: the longest that any other waited", worst, "ms", f"far below {SLOW:.0f} s")


def _far_away(contender: Contender) -> None:
    contender.stage.do("fail", kind="latency", times=None, seconds=DELAY)
