"""What tests of the engine start from: an English ear, a small flow, and short ways to say things."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from bot.catalogue import load_catalogues
from flows.engine.answers import Answer, Value
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Reflect
from flows.engine.heard import Wrote
from flows.engine.places import City
from flows.engine.questions import Choice, FreeText, MultiChoice, Scale
from flows.engine.say import Button
from flows.engine.stepping import Step, step
from flows.engine.tokens import Choice as Tap
from flows.engine.tokens import read_token
from flows.engine.turn import Turn
from flows.engine.words import Ear

NOW = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)


class FewPlaces:
    """A gazetteer with two countries: one with a single clock, one with several."""

    ZONES: ClassVar[dict[str, tuple[str, ...]]] = {
        "DE": ("Europe/Berlin",),
        "US": ("America/New_York", "America/Chicago"),
    }
    NAMES: ClassVar[dict[str, str]] = {"germany": "DE", "usa": "US"}
    CITIES: ClassVar[dict[str, tuple[City, ...]]] = {
        "berlin": (City("Berlin", "DE", "Europe/Berlin"),),
        "springfield": (
            City("Springfield", "US", "America/Chicago"),
            City("Springfield", "US", "America/New_York"),
        ),
    }

    def countries(self, text: str, locale: str) -> tuple[str, ...]:
        del locale
        if text.casefold() == "georgia":
            return ("GE", "US")
        found = self.NAMES.get(text.casefold())
        return (found,) if found else ()

    def cities(self, text: str, country: str | None) -> tuple[City, ...]:
        del country
        return self.CITIES.get(text.casefold(), ())

    def zones(self, country: str) -> tuple[str, ...]:
        return self.ZONES.get(country, ())

    def zones_at(self, offset: int, now: datetime, country: str | None) -> tuple[str, ...]:
        del now, country
        return {60: ("Europe/Berlin",), -300: ("America/New_York",)}.get(offset, ())


ENGLISH = load_catalogues()["en"]


def an_ear(at: datetime = NOW, **labels: dict[str, str]) -> Ear:
    """An English ear; keyword arguments are labels of prompts, with __ for the dot."""
    added = {name.replace("__", "."): options for name, options in labels.items()}
    words = replace(ENGLISH.words, labels={**ENGLISH.labels, **LABELS, **added})
    return Ear(words, FewPlaces(), at)


def heaviness_jumped(conversation: Conversation) -> bool:
    return (conversation.number("heaviness") or 0) >= 8


LABELS = {
    "checkin.what_changed": {
        "holiday": "A holiday",
        "illness": "I was ill",
        "load": "More to do",
        "unsure": "Hard to tell",
    },
    "checkin.sleep": {"no": "Nothing", "nights": "Bad nights", "worry": "A worry", "baby": "A baby"},
}

CHECKIN = Flow(
    name="checkin",
    version=1,
    start="heaviness",
    questions={
        "heaviness": Scale(0, 10),
        "what_changed": Choice("holiday", "illness", "load", "unsure", depends_on=("heaviness",)),
        "sleep": MultiChoice("no", "nights", "worry", "baby", alone=("no",)),
        "note": FreeText(80),
    },
    transitions=(
        Go("heaviness", "what_changed", when=heaviness_jumped),
        Go("heaviness", "sleep"),
        Go("what_changed", "sleep"),
        Go("sleep", "note"),
        Go("note", DONE),
    ),
    reflections=(Reflect("heaviness", "heavy", when=heaviness_jumped),),
    steps=lambda conversation: ("heaviness", "sleep", "note"),
)


def at(state: str, **answers: Value) -> Conversation:
    """A conversation at this question, with these answers given a minute ago."""
    given = {name: Answer(value, int(NOW.timestamp()) - 60) for name, value in answers.items()}
    return Conversation(
        flow="checkin",
        version=1,
        id="c0ffee",
        state=state,
        seq=1 + len(given),
        answers=given,
        trail=tuple(given),
        at=int(NOW.timestamp()) - 60,
    )


def said(text: str, ref: int | None = None) -> Wrote:
    return Wrote(text, ref)


def tapped(conversation: Conversation, code: str, **changes: Any) -> Tap:
    """A tap on an option of the open question, as the button carries it."""
    return replace(Tap(conversation.id, conversation.seq, conversation.state, code), **changes)


def turn_of(conversation: Conversation, heard: Step, after: timedelta = timedelta(0)) -> Turn:
    """What this event causes in the check-in, so much later."""
    return step(CHECKIN, conversation, heard, an_ear(NOW + after))


def prompts(turn: Turn) -> tuple[str, ...]:
    """The names of everything that was said."""
    return tuple(say.prompt for say in turn.says)


def code_of(button: Button) -> str:
    """The option that a button stands for."""
    token = read_token(button.token)
    assert isinstance(token, Tap)
    return token.code
