"""Answers, and what is said of text that did not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.engine.say import Fact

Value = str | int | tuple[str, ...] | None
"""An option code, words, a number on a scale, a set of codes; None when the question was skipped."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered, when (seconds since 1970), and in which message, where it was words."""

    value: Value
    at: int
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Text that did not answer, with the name of the prompt that says why.

    `codes` replace the options of the question when the text came near several answers ("which Georgia?").
    """

    reason: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
