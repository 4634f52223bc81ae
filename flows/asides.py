"""Small tasks beside the assessment: settings, a note, starting over, leaving."""

from __future__ import annotations

from flows.assessment.onboarding import LOCALES, SITUATIONS
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, Confirm, Place, Question
from flows.engine.say import Fact


def _one_question(name: str, question: Question) -> Flow:
    return Flow(
        name=name,
        version=1,
        start="ask",
        questions={"ask": question},
        transitions=(Go("ask", DONE),),
        facts=_what_it_is_about,
    )


def _what_it_is_about(conversation: Conversation, question: str) -> dict[str, Fact]:
    del question
    return {"text": conversation.about.get("text", "")}


def no_country_is_named(conversation: Conversation) -> bool:
    return conversation.value("country") is None


LANGUAGE = _one_question("language", Choice(*LOCALES, explained=False))
COUNTRY = Flow(
    name="country",
    version=1,
    start="country",
    questions={
        "country": Place("country"),
        "zone": Place("zone", depends_on=("country",)),
    },
    transitions=(
        Go("country", DONE, when=no_country_is_named),
        Go("country", "zone"),
        Go("zone", DONE),
    ),
)
CLOCK = _one_question("clock", Place("zone"))
SITUATION = _one_question("situation", Choice(*SITUATIONS, explained=False))
NOTE = _one_question("note", Confirm(explained=False))
START_OVER = _one_question("start_over", Confirm(explained=False))
ERASE = _one_question("erase", Confirm(explained=False))

ASIDES = (LANGUAGE, COUNTRY, CLOCK, SITUATION, NOTE, START_OVER, ERASE)
