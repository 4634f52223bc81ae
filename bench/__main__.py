"""Runs all sections, or those that are named: `python -m bench [section ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

from bench import Figure, engine

Section = Callable[[], Iterator[Figure]]

SECTIONS: Mapping[str, Section] = {"engine": engine.figures}


def main(names: list[str]) -> int:
    """Print one table a section. Returns 2 when a section is unknown."""
    unknown = sorted(set(names) - set(SECTIONS))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    for name in names or SECTIONS:
        show(name, SECTIONS[name])
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
