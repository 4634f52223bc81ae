"""The two conversations of the energy log: switching it on, and one entry (A3 G1, G2; A9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Unpack

from flows.assessment.guards import says
from flows.assessment.inventory import ACTIVITIES
from flows.engine.answers import Rejected, Value
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.numerals import at_place, place
from flows.engine.question import Face, Option, Question, Shared
from flows.engine.questions import Choice, Scale
from flows.engine.say import Fact, Label
from flows.engine.words import Ear
from flows.longitudinal.energy_run import named
from flows.longitudinal.energy_times import Times
from flows.longitudinal.energy_words import (
    LEFT_BY,
    LONGEST_TELLING,
    LONGEST_WORD,
    activity,
    cleaned,
    has_words,
    only_feels,
    told_in,
)

ELSE = "else"
"""The button for what is not on the list."""

TOLD = "\n"
"""How an answer ends that is a whole telling ("meeting drained") and not only what was done."""

PARTS: Mapping[str, int] = {"morning": 9, "noon": 12, "afternoon": 15, "evening": 19}
"""Parts of a day that is over, each with the hour that stands for it."""


class Activity(Question):
    """What was done: one of the person's usual activities, or words of their own.

    Its value is the code of an activity of the assessment, their own words, or a whole telling that ends
    in a line break. `offering`: the usual ones stand on buttons.
    """

    kind = "activity"

    def __init__(self, *, offering: bool = True, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.offering = offering
        self.labelled = (ELSE,) if offering else ()

    @property
    def how(self) -> str:
        return "choice" if self.offering else "free_text"

    def options(self, prompt: str, ear: Ear) -> tuple[Option, ...]:
        if not self.offering:
            return ()
        usual = [Option(f"u{n}", named_face(what), str(n)) for n, what in enumerate(ear.usual, start=1)]
        return (*usual, Option(ELSE, Label(prompt, ELSE), str(len(usual) + 1)))

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, ELSE) if code == ELSE else named_face(code.rstrip(TOLD))

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        options = self.options(prompt, ear)
        number = place(text, ear.words)
        chosen = at_place(number, tuple(option.code for option in options)) if number is not None else None
        if chosen is not None:
            return self.accept(chosen, ear)
        if self.offering and self.button_that_says(text, prompt, ear.words):
            return ELSE
        return self._in_their_words(text.replace("\x00", ""), ear)

    def _in_their_words(self, text: str, ear: Ear) -> Value | Rejected:
        if not has_words(text):
            return Rejected("engine.no_words")
        known = activity(cleaned(text), ear.usual, ear.words)
        if known in ACTIVITIES or known in ear.usual:
            return known
        if only_feels(text, ear.words):
            return Rejected("energy.what_first")
        if told_in(text, ear.usual, ear.words):
            return text.strip() + TOLD
        word = cleaned(text)
        if len(word) > LONGEST_WORD:
            return Rejected("engine.too_long", {"count": len(word), "longest": LONGEST_WORD})
        return word

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        """Return what the button stood for; a client may send one that was never there."""
        if code == ELSE:
            return ELSE
        theirs = re.fullmatch(r"u([1-9]\d?)", code)
        found = at_place(int(theirs[1]), ear.usual) if theirs else None
        return found or Rejected("engine.not_an_option")

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and 0 < len(value) <= LONGEST_TELLING + 1)


def named_face(what: str) -> Face:
    """Return an activity as it stands on a button."""
    face = named(what)
    return face if isinstance(face, Label) else what


def nothing_is_named(conversation: Conversation) -> bool:
    return (conversation.value("words") or conversation.value("what")) in (None, ELSE)


def nothing_is_named_at_first(conversation: Conversation) -> bool:
    return conversation.value("what") is None


def it_is_told_in_full(conversation: Conversation) -> bool:
    return what_was_done(conversation).endswith(TOLD)


def it_was_yesterday(conversation: Conversation) -> bool:
    return conversation.about.get("recall") == "yes" and "entry" not in conversation.about


def what_was_done(conversation: Conversation) -> str:
    """Return the activity, or the whole telling, "" when there is none."""
    value = conversation.value("what")
    value = conversation.value("words") if value == ELSE else value
    return value if isinstance(value, str) else ""


def _of_the_entry(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    return {
        "what": named(what_was_done(conversation).rstrip(TOLD)),
        "yesterday": conversation.about.get("recall") == "yes",
    }


ENTRY = Flow(
    name="energy",
    version=1,
    start="what",
    questions={
        "what": Activity(),
        "words": Activity(offering=False, explained=False),
        "part": Choice(*PARTS, explained=False),
        "left": Choice(*LEFT_BY),
    },
    transitions=(
        Go("what", DONE, when=nothing_is_named_at_first),
        Go("what", "words", when=says("what", ELSE)),
        Go("what", DONE, when=it_is_told_in_full),
        Go("what", "part", when=it_was_yesterday),
        Go("what", "left"),
        Go("words", DONE, when=nothing_is_named),
        Go("words", DONE, when=it_is_told_in_full),
        Go("words", "part", when=it_was_yesterday),
        Go("words", "left"),
        Go("part", "left"),
        Go("left", DONE),
    ),
    facts=_of_the_entry,
)


def two_a_day(conversation: Conversation) -> bool:
    return conversation.value("often") == 2


def not_now(conversation: Conversation) -> bool:
    return conversation.value("often") is None


def _of_the_run(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    return {"anew": conversation.about.get("anew") == "yes"}


RUN = Flow(
    name="energy_run",
    version=1,
    start="often",
    questions={
        "often": Scale(2, 3),
        "two": Times("1200_1700", "1100_1600", "1330_1830"),
        "three": Times("1200_1700_2000", "1000_1300_1700", "1100_1400_1800"),
    },
    transitions=(
        Go("often", DONE, when=not_now),
        Go("often", "two", when=two_a_day),
        Go("often", "three"),
        Go("two", DONE),
        Go("three", DONE),
    ),
    facts=_of_the_run,
)
