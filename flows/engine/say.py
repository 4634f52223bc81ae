"""What the coach says, before it becomes words: names of prompts, facts and buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Union

ASIDES = "engine.asides"
"""The prompt that holds the labels of skip, back, why and the like."""


@dataclass(frozen=True, slots=True)
class Label:
    """The words on an option's button: prompt name and option code."""

    prompt: str
    code: str


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country in the person's language; ISO 3166 alpha-2."""

    code: str


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A time zone as people call it: its city; IANA name."""

    zone: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day as one would say it at `now` in that IANA zone: "today", "Tuesday", "12 November"."""

    at: datetime
    now: datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class OnDay:
    """A calendar day with its weekday: "Monday, 12 August"."""

    day: date


Fact = Union[str, int, Label, CountryName, ZoneName, Day, OnDay, "Say", tuple["Fact", ...]]
"""A fact a template may use; a tuple is a list of them.

A `str` was written by a person: it is escaped, and never becomes a template.
"""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its words, the token it sends, and what a person types instead of tapping it."""

    label: Label | CountryName | ZoneName | OnDay | int | str
    token: str
    key: str = ""
    chosen: bool = False
    aside: bool = False
    """Shown smaller and below the answers: skip, back, why."""


class Drawing:
    """What a message may show beside its words; each kind of picture is a dataclass of its own."""

    __slots__ = ()


class Enclosure:
    """A file that comes with a message; each kind of file is a dataclass of its own."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a picture: a name, a word for how sure it is, dots out of five, and the reasons.

    `earlier` holds the word and the dots that it had on the earlier one of two maps.
    """

    name: Fact
    word: Fact
    dots: int
    reasons: tuple[Fact, ...] = ()
    leading: bool = False
    earlier: tuple[Fact, int] | None = None


@dataclass(frozen=True, slots=True)
class Picture(Drawing):
    """A card that shows what the words of its message say too; where no picture can be seen they suffice.

    `columns` names the two maps of a card that compares them, the earlier one first.
    """

    title: Say
    subtitle: Say
    rows: tuple[Row, ...]
    foot: Say
    flag: Say | None = None
    columns: tuple[Fact, Fact] | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """One message: the name of its prompt, the facts it needs, its buttons.

    `variant` picks other wording where the prompt has it (a self-employed person has no colleagues);
    `foot` is a quiet last line, such as the progress. Short messages are joined with the next one, unless
    they stand `apart`.
    """

    prompt: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    variant: str = ""
    foot: Say | None = None
    apart: bool = False
    picture: Drawing | None = None
    file: Enclosure | None = None
