"""Plays the matrix of crashes and faults for as long as you like: `python -m tests.soak --minutes 10`.

Prints a table and every rule that did not hold; ends with 1 when there is one. The same seed makes the same
people and draws the same misfortunes; the moments are those of the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.crash.aftermath import Aftermath
from tests.servers.postgres import running_postgres
from tests.soak.report import cells, table, told
from tests.soak.rows import BY_NAME, Row
from tests.soak.soaking import Ground, Length, Soaked


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.soak", description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10.0, help="for each row")
    parser.add_argument("--often", type=float, default=5.0, help="seconds between two events for everybody")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--row", choices=sorted(BY_NAME), action="append", help="one of them; else all")
    return parser.parse_args(arguments)


def main(given: argparse.Namespace) -> int:
    """Return how many rows broke a rule, or came to no end."""
    rows = [BY_NAME[name] for name in given.row or BY_NAME]
    length = Length(given.people, 60 * given.minutes, given.often)
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        ground = Ground(Path(folder), server)
        calm = asyncio.run(ground.calm(given.seed, given.people))
        print(f"seed {given.seed}; {given.people} people in calm: {calm.seconds:.0f} s", flush=True)
        done = [_played(ground, row, given.seed, length, calm) for row in rows]
    return _told([soaked for soaked in done if soaked], len(rows))


def _played(ground: Ground, row: Row, seed: int, length: Length, calm: Aftermath) -> Soaked | None:
    """Play one row; what ends it is printed, and the others are played all the same."""
    try:
        soaked = asyncio.run(ground.soak(row, seed, length, calm))
    except (AssertionError, ExceptionGroup) as error:
        print(f"\n{row.name} came to no end: {_reason(error)}", flush=True)
        return None
    print(f"\n{row.name}: {told(soaked.met)}", flush=True)
    for rule in soaked.verdict.broken:
        print(f"  broken: {rule}", flush=True)
    return soaked


def _reason(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return "\n".join(_reason(each) for each in error.exceptions)
    return "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])


def _told(done: Sequence[Soaked], expected: int) -> int:
    print(f"\n{table([cells(soaked) for soaked in done])}")
    return expected - sum(not soaked.verdict.broken for soaked in done)


if __name__ == "__main__":
    sys.exit(min(1, main(options())))
