"""Figures on the screen, in a file, and on the page about performance."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter

from bench import Figure
from bench.backstage import ROOT

WIDE = 66
"""Letters of what was measured; more push the rest of the line aside."""


@dataclass
class Report:
    """What was measured on one machine, by section."""

    machine: str
    commit: str
    sections: dict[str, list[Figure]] = field(default_factory=dict)

    @classmethod
    def here(cls) -> Report:
        """Begin one about this machine and what is checked out."""
        cores = os.cpu_count() or 1
        machine = (
            f"{cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
        )
        return cls(machine, _commit())

    @classmethod
    def from_json(cls, text: str) -> Report:
        """Read one again."""
        kept = json.loads(text)
        sections = {name: [Figure(**each) for each in figures] for name, figures in kept["sections"].items()}
        return cls(kept["machine"], kept["commit"], sections)

    def as_json(self) -> str:
        """Return it as text that a later run can be compared with."""
        sections = {name: [each._asdict() for each in figures] for name, figures in self.sections.items()}
        return json.dumps(asdict(self) | {"sections": sections}, indent=1) + "\n"

    def run(self, name: str, section: Callable[[], Iterator[Figure]]) -> None:
        """Print the figures of a section as they come, and keep them."""
        began = perf_counter()
        print(f"\n{name}\n{'-' * len(name)}\n{HEAD}")
        self.sections[name] = []
        for figure in section():
            print(line(figure), flush=True)
            self.sections[name].append(figure)
        print(f"({perf_counter() - began:.1f} s)")


HEAD = f"{'':<{WIDE}}{'median':>12} {'':<6}{'least to most':>20}{'ratio':>8}"


def line(figure: Figure) -> str:
    """Return a figure as a line of a table."""
    between = f"{shown(figure.low)} to {shown(figure.high)}" if figure.low is not None else ""
    beside = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    amount = shown(figure.amount)
    return (
        f"{figure.what:<{WIDE}}{amount:>12} {figure.unit:<6}{between:>20}{beside:>8}  {figure.aim}".rstrip()
    )


def as_markdown(figures: Sequence[Figure]) -> str:
    """Return a table of a page."""
    rows = [
        f"| {one.what} | {shown(one.amount)} {one.unit} | {_range(one)} | {_ratio(one)} | {one.aim} |"
        for one in figures
    ]
    return "\n".join(["| | median | least to most | ratio | should be |", "|---|--:|--:|--:|---|", *rows])


def shown(amount: float | None) -> str:
    """Return a number with as many digits as mean anything."""
    if amount is None:
        return ""
    if abs(amount) >= 100:
        return f"{amount:,.0f}"
    return f"{amount:.1f}" if abs(amount) >= 10 else f"{amount:.2f}"


def _range(figure: Figure) -> str:
    return "" if figure.low is None else f"{shown(figure.low)}–{shown(figure.high)}"


def _ratio(figure: Figure) -> str:
    return "" if figure.ratio is None else f"{figure.ratio:.2f}"


def _commit() -> str:
    """What is checked out, "" outside of a repository."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()
