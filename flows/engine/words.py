"""What helps to understand a person: the vocabulary of a locale, a gazetteer, and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.engine.answers import Value
from flows.engine.places import Gazetteer


@dataclass(frozen=True)
class Words:
    """The vocabulary of one locale, read from its prompts.

    Phrases are stored as `understanding.plain` leaves them. `labels` maps the name of a prompt to its
    options: code to button label.
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


@dataclass(frozen=True, slots=True)
class Ear:
    """Everything a question may consult while it listens to one person."""

    words: Words
    places: Gazetteer
    now: datetime
    country: str | None = None

    def within(self, country: Value) -> Ear:
        """Return the same ear for somebody in that country; unchanged when there is none."""
        return replace(self, country=country) if isinstance(country, str) else self
