"""What goes on paper: a file that a person may hand on, as prompts and facts. It is made when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.engine.say import Enclosure, Fact, Say


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of a paper: its heading, and its lines. `closing`: it is set apart, at the end."""

    title: Fact
    lines: tuple[Fact, ...]
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Paper(Enclosure):
    """One or two pages of words. `day` is the local day on which they were made.

    `missing` is said in small print when there are letters in it that no typeface has.
    """

    title: Fact
    subtitle: Fact
    passages: tuple[Passage, ...]
    foot: Say
    missing: Say
    day: date
