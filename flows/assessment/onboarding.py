"""Who this is, and whether to talk at all: language, age, consent, country, clock.

Nothing else is asked before consent (assessment.md BR0). A refusal ends it, and so does being under 18.
"""

from __future__ import annotations

from flows.engine.answers import Rejected, Value
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, Confirm, Place
from flows.engine.small_words import FILLERS
from flows.engine.spelling import words_of
from flows.engine.words import Ear

CONSENT_VERSION = 1
"""Grows whenever what a person agrees to changes; people are then asked again."""

LOCALES = ("en", "de")
"""Languages the coach speaks, each with a folder of prompts."""


ADULT = 18

AROUND_AN_AGE = FILLERS | {"years", "year", "old", "age", "yo", "jahre", "jahr", "alt"}
"""Words that leave an age what it is; "under 18" and "almost 18" are left to the question."""


SITUATIONS = ("employed", "self", "leave", "between", "student", "carer")
"""How somebody works (BR10); it picks the wording."""


class Adult(Confirm):
    """Yes or no, or an age. Only the yes or no is kept (safety.md C7)."""

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        match [word for word in words_of(text) if word not in AROUND_AN_AGE]:
            case [age] if age.isdecimal() and len(self.labelled) < int(age[:3]) < 120:
                return "yes" if int(age[:3]) >= ADULT else "no"
        return super().parse(text, prompt, ear)


def is_not_an_adult(conversation: Conversation) -> bool:
    return conversation.value("adult") != "yes"


def declines(conversation: Conversation) -> bool:
    return conversation.value("consent") != "yes"


ONBOARDING = Flow(
    name="onboarding",
    version=1,
    start="welcome",
    questions={
        "welcome": Choice(*LOCALES, skippable=False, explained=False),
        "adult": Adult(skippable=False),
        "consent": Confirm(skippable=False),
        "country": Place("country"),
        "zone": Place("zone", depends_on=("country",)),
        "situation": Choice(*SITUATIONS),
    },
    transitions=(
        Go("welcome", "adult"),
        Go("adult", DONE, when=is_not_an_adult),
        Go("adult", "consent"),
        Go("consent", DONE, when=declines),
        Go("consent", "country"),
        Go("country", "zone"),
        Go("zone", "situation"),
        Go("situation", DONE),
    ),
)
