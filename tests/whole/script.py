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
from flows.engine.question import Question
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
    """A country, and a zone in it; `city` where there are several clocks, so that one is asked for."""

    country: str
    zone: str
    city: str = ""


HOMES = (
    Home("IE", "Europe/Dublin"),
    Home("GB", "Europe/London"),
    Home("AT", "Europe/Vienna"),
    Home("JP", "Asia/Tokyo"),
    Home("US", "America/Chicago", "chicago"),
    Home("CA", "America/Toronto", "Toronto"),
)


def script_of(seed: int, hows: tuple[How, ...] = tuple(How), locale: str = "en") -> Script:
    """Return one person's script, each answer given in one of these ways."""
    author = _Author(Random(seed), hows, catalogues()[locale])
    answers = {name: author.answer_to(name, flow.questions[name]) for name, flow in FLOW_OF.items()}
    return {**answers, **author.home()}


@dataclass(frozen=True)
class _Author:
    chance: Random
    hows: tuple[How, ...]
    catalogue: Catalogue

    def answer_to(self, name: str, question: Question) -> Intended:
        if name in SKETCH.questions and self.chance.random() < (0.3 if name == "O1" else 0.05):
            return self._tapped_or_typed(None, (SKIP,), self._label("engine.asides", "skip"))
        match question:
            case FreeText():
                return self._own_words()
            case Scale():
                number = self.chance.randint(question.low, question.high)
                return self._tapped_or_typed(number, (str(number),), str(number))
            case MultiChoice():
                return self._marks(name, question)
            case Confirm():
                return self._option(name, "yes")
        return self._option(name, self.catalogue.locale if name == "welcome" else self._any_of(question))

    def home(self) -> Script:
        """Where they live; a country without a button is typed."""
        home = self.chance.choice(HOMES)
        has_button = home.country in self.catalogue.words.labels["onboarding.country"]
        words = Locale(self.catalogue.locale).territories[home.country].lower()
        how = self.chance.choice(self.hows) if has_button else How.TYPE
        return {
            "country": Intended(home.country, (home.country,), words, how),
            "zone": Intended(home.zone, (), home.city, How.TYPE),
        }

    def _any_of(self, question: Question) -> str:
        return self.chance.choice(question.labelled) if question.labelled else ""

    def _own_words(self) -> Intended:
        words = f"Meetings & “deadlines” <no end>, {self.chance.randrange(10**6)} 😮‍💨\nevery week"
        return Intended(words, (), words, How.TYPE)

    def _option(self, name: str, code: str) -> Intended:
        label = self._label(FLOW_OF[name].prompt(name), code) if code else ""
        return self._tapped_or_typed(code, (code,), label)

    def _marks(self, name: str, question: MultiChoice) -> Intended:
        """One option that stands alone, or some of the others."""
        shared = [code for code in question.labelled if code not in question.alone]
        alone = self.chance.random() < 0.4
        codes = (self.chance.choice(question.alone),) if alone else tuple(self.chance.sample(shared, 2))
        labels = [self._label(FLOW_OF[name].prompt(name), code) for code in codes]
        return self._tapped_or_typed(question.gathered(codes), codes, ", ".join(labels))

    def _tapped_or_typed(self, value: Value, codes: tuple[str, ...], words: str) -> Intended:
        return Intended(value, codes, words, self.chance.choice(self.hows))

    def _label(self, prompt: str, code: str) -> str:
        return self.catalogue.words.labels[prompt][code]
