"""What all kinds of questions share."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypedDict, Unpack

from flows.engine.answers import Rejected, Value
from flows.engine.matching import nearest
from flows.engine.say import CountryName, Label, OnDay, ZoneName
from flows.engine.spelling import plain
from flows.engine.words import Ear, Words

Face = Label | CountryName | ZoneName | OnDay | int | str
"""What stands on a button; a `str` are words of the person's own."""


class Shared(TypedDict, total=False):
    """What every kind may be given.

    `skippable`: it may stay open. `depends_on`: questions whose change makes this answer stale.
    `explained`: its prompt says why it is asked. The first and the last are so unless told otherwise.
    """

    skippable: bool
    depends_on: tuple[str, ...]
    explained: bool


class Option(NamedTuple):
    """One button: the code it stands for, what stands on it, and what may be typed instead."""

    code: str
    label: Face
    key: str


class Question:
    """One kind of question. It knows codes, never words: labels come from the prompts of a locale."""

    kind = ""
    labelled: tuple[str, ...] = ()
    """The codes that need a label in every locale; numbers speak for themselves."""

    def __init__(self, **shared: Unpack[Shared]) -> None:
        self.skippable = shared.get("skippable", True)
        self.depends_on = shared.get("depends_on", ())
        self.explained = shared.get("explained", True)

    @property
    def how(self) -> str:
        """The prompt that shows how to answer, without its "engine.how."."""
        return self.kind

    @property
    def codes(self) -> tuple[str, ...]:
        """The options, in order."""
        return self.labelled

    def options(self, prompt: str, ear: Ear) -> tuple[Option, ...]:
        """Return the buttons that answer, in order."""
        del ear
        return _fixed(self, prompt)

    def key(self, place: int, code: str) -> str:
        """Return what may be typed for the option at a place, counted from 1."""
        del code
        return str(place)

    def label(self, prompt: str, code: str) -> Face:
        """Return what stands on the button of a code."""
        return Label(prompt, code)

    def obvious(self, ear: Ear) -> Value:
        """Return the only answer there can be, None when a person has to be asked."""
        del ear
        return None

    def labels(self, prompt: str, words: Words) -> dict[str, str]:
        """Return the words on the buttons in one locale, by code."""
        known = words.labels.get(prompt, {})
        return {code: known[code] for code in self.labelled if code in known}

    def button_that_says(self, text: str, prompt: str, words: Words) -> str | None:
        """Return the code whose button says exactly this."""
        said = plain(text)
        labels = self.labels(prompt, words)
        exact = next((code for code, label in labels.items() if plain(label) == said), None)
        others = words.elsewhere.get(prompt, {})
        exact = exact or next((code for code in others if said in map(plain, others[code])), None)
        return exact or words.also.get(prompt, {}).get(said)

    def meant(self, text: str, prompt: str, words: Words) -> str | None:
        """Return the code that the text comes nearest to, None when none or several could be meant."""
        known = words.also.get(prompt, {}).get(plain(text))
        return known or nearest(text, self.labels(prompt, words), words, words.elsewhere.get(prompt, {}))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        """Return the value that the text means, or why it is none. Never raises."""
        raise NotImplementedError

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        """Return the value of a tapped code; a client may send one that no button had."""
        del ear
        return code if code in self.labelled else Rejected("engine.not_an_option")

    def holds(self, value: Value) -> bool:
        """Return whether a stored value still answers this question: flows change between releases."""
        return value is None or value in self.labelled


@lru_cache(maxsize=1024)
def _fixed(question: Question, prompt: str) -> tuple[Option, ...]:
    """The buttons of a question that asks everybody the same."""
    return tuple(
        Option(code, question.label(prompt, code), question.key(place, code))
        for place, code in enumerate(question.codes, start=1)
    )
