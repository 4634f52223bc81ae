"""What helps to understand a person: the vocabulary of a locale, a gazetteer, and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.engine.conversation import Conversation
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
    """Everything a question may consult while it listens to one person.

    `offered` are the answers that an unclear one was narrowed to ("which Georgia?").
    """

    words: Words
    places: Gazetteer
    now: datetime
    country: str | None = None
    offered: tuple[str, ...] = ()

    def during(self, conversation: Conversation) -> Ear:
        """Return the same ear in a conversation: for the country named there, and what it offered."""
        country = conversation.value("country")
        if country is None and not conversation.offered:
            return self
        named = country if isinstance(country, str) else self.country
        return replace(self, country=named, offered=conversation.offered)
