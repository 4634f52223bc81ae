"""Tables and numbers as Markdown shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill

from flows.assessment.explanations import Explanation

NOTHING = "nothing"
WIDTH = 115


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown, with an empty line before it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n" + "".join(f"| {' | '.join(cell(each) for each in line)} |\n" for line in lines)


def paragraph(*parts: str) -> str:
    """Return a paragraph of Markdown, wrapped, with an empty line before it. A part that begins with "- " or
    "1. " is a point of a list, and its further lines are indented.
    """
    return "\n" + "".join(_wrapped(part) + "\n" for part in parts)


def _wrapped(part: str) -> str:
    point = re.match(r"(-|\d+\.) ", part)
    indent = " " * len(point[0]) if point else ""
    words = " ".join(part.split())
    return fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def cell(text: str) -> str:
    """Return words that may stand in one cell: in one line, and without its border."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def number(points: float) -> str:
    """Return a number as it is read: without zeros behind it, with a real minus."""
    return f"{round(points, 2):g}".replace("-", "−")


def signed(points: float) -> str:
    """Return points for or against: +2, −1, 0."""
    return f"+{number(points)}" if points > 0 else number(points)


def said(points: Mapping[Explanation, float] | Iterable[tuple[Explanation, float]]) -> str:
    """Return whom points speak for and against: "CAP +2, VAL −1"; "nothing" where there are none."""
    pairs = points.items() if isinstance(points, Mapping) else points
    return ", ".join(f"{explanation} {signed(each)}" for explanation, each in pairs) or NOTHING
