"""A part of a core for each process, where Linux lets us share them out (control groups, by root).

On a machine of two cores, two workers, a database and Telegram want more than there is, and what a second
worker adds cannot be seen. Held to a part of a core each, they show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FIRST, SECOND = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")
"""Where groups are made: of the first version, and of the second."""

PERIOD = 20_000
"""Microseconds in which a process may have its part: short, so that it pauses often and never for long."""


@contextmanager
def held(pid: int, part: float) -> Iterator[bool]:
    """Hold a process to this part of one core; yield False where that cannot be done here."""
    quota = int(part * PERIOD)
    for root, written in (
        (FIRST, {"cpu.cfs_period_us": PERIOD, "cpu.cfs_quota_us": quota}),
        (SECOND, {"cpu.max": f"{quota} {PERIOD}"}),
    ):
        group = root / f"tare-bench-{pid}"
        try:
            group.mkdir()
            for name, value in written.items():
                _set(group / name, value)
            _set(group / "cgroup.procs", pid)
        except OSError:
            _gone(group)
            continue
        try:
            yield True
        finally:
            with suppress(OSError):
                _set(root / "cgroup.procs", pid)
            _gone(group)
        return
    yield False


def _set(file: Path, value: object) -> None:
    """Write to a file of a group, and make none: what is no group must not look like one."""
    with file.open("r+") as there:
        there.write(str(value))


def _gone(group: Path) -> None:
    with suppress(OSError):
        group.rmdir()
