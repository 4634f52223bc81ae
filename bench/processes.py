"""What other processes have used so far, on any system."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

psutil: Any = import_module("psutil")  # it comes without types


def spent(pids: Iterable[int]) -> float:
    """Return seconds of processor time, of the programs and of the system for them, all threads."""
    times = [psutil.Process(pid).cpu_times() for pid in pids]
    return float(sum(each.user + each.system for each in times))


def resident(pid: int) -> float:
    """Return the megabytes that are in memory."""
    return float(psutil.Process(pid).memory_info().rss) / 2**20


def cores() -> int:
    """Return how many processors there are."""
    return int(psutil.cpu_count() or 1)
