"""What helps to understand a person: the vocabulary of a locale, a gazetteer, and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.engine.conversation import Conversation
from flows.engine.places import Gazetteer

Elsewhere = Mapping[str, tuple[str, ...]]
"""What the button of an option says to people in other situations, by code."""

if TYPE_CHECKING:
    from flows.engine.days import Calendar


@dataclass(frozen=True)
class Words:
    """The vocabulary of one locale, read from its prompts.

    Phrases are stored as `understanding.plain` leaves them. `labels` maps the name of a prompt to its
    options: code to button label; `elsewhere` to what their buttons say to others, which is understood
    just as well; `also` to phrases that mean an option when they are all the text says.
    """

    locale: str
    skip: frozenset[str]
    back: frozenset[str]
    why: frozenset[str]
    unsure: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    numbers: Mapping[str, int]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class PlainDays:
    """Reads days as computers write them, and nothing else."""

    def day(self, text: str, ear: Ear, *, ahead: bool) -> date | None:
        del ear, ahead
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Ear:
    """Everything a question may consult while it listens to one person.

    `offered` are the answers that an unclear one was narrowed to ("which Georgia?"); `usual` are those
    that this person gives most often, where a question offers what is theirs.
    """

    words: Words
    places: Gazetteer
    now: datetime
    country: str | None = None
    offered: tuple[str, ...] = ()
    zone: str | None = None
    calendar: Calendar = field(default_factory=PlainDays)
    usual: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """The day it is where the person is; in UTC as long as that is not known."""
        try:
            zone = ZoneInfo(self.zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):  # renamed or dropped since it was stored
            zone = ZoneInfo("UTC")
        return self.now.astimezone(zone).date()

    def during(self, conversation: Conversation) -> Ear:
        """Return the same ear in a conversation: for the country named there, and what it offered."""
        country, usual = conversation.value("country"), conversation.about.get("usual")
        if country is None and usual is None and not conversation.offered:
            return self
        named = country if isinstance(country, str) else self.country
        theirs = tuple(usual.split("\n")) if usual else ()
        return replace(self, country=named, offered=conversation.offered, usual=theirs)
