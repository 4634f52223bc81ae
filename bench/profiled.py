"""`python -m bench.profiled FILE ...`: `tare ...`, looked at some hundred times a second of processor time.

Between SIGUSR1 and SIGUSR2; then FILE holds one line a stack, innermost call last, with how often it was
seen. Unlike a tracing profiler this costs small functions no more than large ones.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY = 0.001
"""Seconds of processor time, of all threads; systems make it 0.004. The stack is the main thread's."""

DEEPEST = 60


def main(file: Path) -> None:
    """Run the rest of the command line as `tare` would."""
    seen: Counter[str] = Counter()

    def look(number: int, frame: FrameType | None) -> None:
        del number
        seen[stack_of(frame)] += 1

    def begin(*_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def end(*_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        lines = (f"{stack} {count}" for stack, count in seen.most_common())
        written = file.with_suffix(".part")
        written.write_text("\n".join(lines), "utf-8")
        written.rename(file)

    for number, done in ((signal.SIGPROF, look), (signal.SIGUSR1, begin), (signal.SIGUSR2, end)):
        signal.signal(number, done)
    from bot.cli import main as tare  # noqa: PLC0415 - it is what is watched

    tare()


def stack_of(frame: FrameType | None) -> str:
    """Return the calls that are open, each as file:function, outermost first."""
    calls: list[str] = []
    while frame is not None and len(calls) < DEEPEST:
        calls.append(f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}".replace(" ", ""))
        frame = frame.f_back
    return ";".join(reversed(calls))


if __name__ == "__main__":
    main(Path(sys.argv.pop(1)))
