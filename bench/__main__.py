"""Runs all sections, or those that are named: `python -m bench [section ...]`, twelve minutes in all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bench import (
    QUICK,
    Effort,
    Figure,
    calls,
    curve,
    due,
    engine,
    growth,
    latency,
    network,
    profile,
    safety,
    start,
    workers,
)
from bench.backstage import NotMeasured
from bench.report import Report

Section = Callable[[], Iterator[Figure]]


def sections(given: argparse.Namespace) -> Mapping[str, Section]:
    """Return all sections, with what was asked of them."""
    effort = QUICK if given.quick else Effort()
    sizes = tuple(given.size) if given.size else due.SIZES[: 2 if given.quick else None]
    return {
        "engine": engine.figures,
        "calls": partial(calls.figures, effort),
        "workers": partial(workers.figures, effort),
        "latency": partial(latency.figures, effort),
        "network": partial(network.figures, effort),
        "growth": partial(growth.figures, effort, sizes),
        "due": partial(due.figures, sizes),
        "memory": partial(start.memory, given.people or (500 if given.quick else start.PEOPLE)),
        "start": partial(start.figures, effort),
        "profile": partial(profile.figures, effort),
        "curve": partial(curve.figures, given.people or curve.PEOPLE),
        "safety": safety.figures,
    }


def options() -> argparse.ArgumentParser:
    """Return what can be asked for."""
    parser = argparse.ArgumentParser("python -m bench")
    parser.add_argument("names", nargs="*", metavar="section")
    parser.add_argument("--size", type=int, nargs="+", help="how many people are there (growth, due)")
    parser.add_argument("--people", type=int, help="how many people talk (memory)")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs: a first look")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="keep the figures, to compare or to publish"
    )
    return parser


def main(arguments: list[str]) -> int:
    """Print one table a section. Returns 2 when a section is unknown, 1 when one could not be measured."""
    given = options().parse_args(arguments)
    known = sections(given)
    unknown = sorted(set(given.names) - set(known))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    report = Report.here()
    missed = 0
    for name in given.names or known:
        try:
            report.run(name, known[name])
        except NotMeasured as trouble:
            missed += 1
            print(f"{name} was not measured: {trouble}", file=sys.stderr)
    if given.json:
        given.json.write_text(report.as_json(), "utf-8")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
