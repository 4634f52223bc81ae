"""The event loop of a program that serves for long: uvloop, where the machine has it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from typing import Any


def run_fast(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, like `asyncio.run`."""
    with asyncio.Runner(loop_factory=_factory()) as runner:
        runner.run(work)


def _factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not made for Windows
    except ImportError:
        return None
    return uvloop.new_event_loop


def calm_the_collector() -> None:
    """Once everything is wired: leave what stays for good out of every collection, and collect less often.

    Flows, prompts and word lists are hundreds of thousands of objects; walking over them again and again took
    a sixth of the processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
