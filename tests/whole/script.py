"""What somebody is going to answer: for every question they may be asked one answer, tapped or typed.

It depends on a seed alone, so that the same person can be played again, and compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from random import Random

from babel import Locale

from bot.catalogue import Catalogue, load_catalogues
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sketch import SKETCH
from flows.engine.answers import Value
from flows.engine.questions import Confirm, FreeText, MultiChoice, Scale
from flows.engine.tokens import SKIP

FLOW_OF = {name: flow for flow in (ONBOARDING, SKETCH) for name in flow.questions}

catalogues = cache(load_catalogues)


class How(Enum):
    """The ways to answer."""

    TAP = "tap"
    TAP_TWICE = "tap twice"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Intended:
    """One answer. `codes` are the buttons to tap and `words` what to type; both mean `value`."""

    value: Value
    codes: tuple[str, ...]
    words: str
    how: How


Script = Mapping[str, Intended]
"""By the name of the question."""


@dataclass(frozen=True, slots=True)
class Home:
    """A country, and a zone in it."""

    country: str
    zone: str


HOMES = (
    Home("IE", "Europe/Dublin"),
    Home("GB", "Europe/London"),
    Home("AT", "Europe/Vienna"),
    Home("JP", "Asia/Tokyo"),
    Home("US", "America/Chicago"),
    Home("CA", "America/Toronto"),
)

CITIES = {"America/Chicago": "chicago", "America/Toronto": "Toronto"}
"""What is typed where a country has several clocks, so that a zone is asked for."""


WHOLE: Mapping[str, Value] = {"O2": 7, "O7": ("sleep", "money"), "CF0": 8, "R3": "2w"}
"""Answers with which no question of the sketch is left out, but for the one about a short round."""


def script_of(
    seed: int, hows: tuple[How, ...] = tuple(How), locale: str = "en", *, whole: bool = False
) -> Script:
    """Return one person's script, each answer given in one of these ways.

    `whole`: every question of the sketch is asked, and answered. Otherwise some are skipped.
    """
    author = _Author(Random(seed), hows, catalogues()[locale], skips=not whole)
    home = author.chance.choice(HOMES)
    values = {name: author.value_of(name) for name in FLOW_OF} | (dict(WHOLE) if whole else {})
    values |= {"welcome": locale, "country": home.country, "zone": home.zone} | _in_no_danger(values)
    return {name: author.said(name, value) for name, value in values.items()}


def _in_no_danger(values: Mapping[str, Value]) -> dict[str, Value]:
    """One scenario lifts, and there is a place where it does not follow: else the coach asks about danger."""
    monday = values["CF0"]
    calmer: dict[str, Value] = {"CF2": monday // 2 if isinstance(monday, int) else None}
    if values["O6"] == 4:
        calmer["O6"] = 3
    return calmer


@dataclass(frozen=True)
class _Author:
    chance: Random
    hows: tuple[How, ...]
    catalogue: Catalogue
    skips: bool

    def value_of(self, name: str) -> Value:
        """Any answer that keeps a person here."""
        question = FLOW_OF[name].questions[name]
        skipped = self.chance.random() < (0.3 if name == "O1" else 0.05)
        if skipped and self.skips and name in SKETCH.questions:
            return None
        match question:
            case FreeText():
                return f"Meetings & “deadlines” <no end>, {self.chance.randrange(10**6)} 😮‍💨\nevery week"
            case Scale():
                return self.chance.randint(question.low, question.high)
            case MultiChoice():
                return self._marks(question)
            case Confirm():
                return "yes"
        return self.chance.choice(question.labelled) if question.labelled else None

    def _marks(self, question: MultiChoice) -> Value:
        """One option that stands alone, or two of the others."""
        if self.chance.random() < 0.4:
            return (self.chance.choice(question.alone),)
        shared = [code for code in question.labelled if code not in question.alone]
        return question.gathered(self.chance.sample(shared, 2))

    def said(self, name: str, value: Value) -> Intended:
        """How a value is tapped or typed. What has no button is typed."""
        question, how = FLOW_OF[name].questions[name], self.chance.choice(self.hows)
        if value is None:
            return Intended(None, (SKIP,), self._label("engine.asides", "skip"), how)
        if isinstance(value, tuple):
            return Intended(value, value, ", ".join(self._label(name, code) for code in value), how)
        code = str(value)
        if isinstance(question, FreeText) or name == "zone":
            return Intended(value, (), CITIES.get(code, code), How.TYPE)
        if name == "country":
            return Intended(value, (code,), self._country(code), how if self._has_button(code) else How.TYPE)
        return Intended(value, (code,), code if isinstance(value, int) else self._label(name, code), how)

    def _country(self, code: str) -> str:
        return str(Locale(self.catalogue.locale).territories[code]).lower()

    def _has_button(self, country: str) -> bool:
        return country in self.catalogue.words.labels["onboarding.country"]

    def _label(self, name: str, code: str) -> str:
        prompt = FLOW_OF[name].prompt(name) if name in FLOW_OF else name
        return self.catalogue.words.labels[prompt][code]
