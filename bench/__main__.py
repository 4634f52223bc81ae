"""Runs all sections, or those that are named: `python -m bench [section ...] [--size NUMBER ...]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from time import perf_counter

from bench import Figure, due, engine

Section = Callable[[], Iterator[Figure]]


def sections(sizes: Sequence[int]) -> Mapping[str, Section]:
    """Return all sections. `sizes`: how many nudges wait in the one about what is due."""
    return {"engine": engine.figures, "due": partial(due.figures, sizes)}


def main(arguments: list[str]) -> int:
    """Print one table a section. Returns 2 when a section is unknown."""
    parser = argparse.ArgumentParser("python -m bench")
    parser.add_argument("names", nargs="*", metavar="section")
    parser.add_argument("--size", type=int, nargs="+", default=due.SIZES, help="how many nudges wait (due)")
    given = parser.parse_args(arguments)
    known = sections(given.size)
    unknown = sorted(set(given.names) - set(known))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in given.names or known:
        show(name, known[name])
    return 0


def show(name: str, section: Section) -> None:
    """Print the figures of a section as they come."""
    began = perf_counter()
    print(f"\n{name}\n{'-' * len(name)}")
    for figure in section():
        print(f"{figure.what:<58}{figure.amount:>12,.1f} {figure.unit:<8}{figure.aim}", flush=True)
    print(f"({perf_counter() - began:.1f} s)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
