"""One neutral question for each pair of answers that pull apart (assessment.md A6). It quotes both.

Any choice settles the matter and is kept; "I can't say" leaves it open, and an open one counts.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.guards import about
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, Question
from flows.engine.say import Fact, Label, Say

UNSURE = "unsure"

QUESTIONS: Mapping[str, Question] = {
    "X2": Choice("doing", "tasks", "both", UNSURE),
    "X5": Choice("rest", "back", "both", UNSURE),
    "X6": Choice("dense", "broken", "feeling", "home", UNSURE),
    "X7": Choice("friend", "honest", "both", UNSURE),
    "X8": Choice("missing", "lighter", UNSURE),
    "X11": Choice("vague", "named", UNSURE),
    "X12": Choice("money", "wish", UNSURE),
}
"""The checks that a person can settle in a chat, in the order of A6."""

WHERE = dict.fromkeys(("K2", "E1", "V1", "D1", "I1", "R3"), "sketch") | {"CF6": "battery"}
"""The sitting of a quoted item, where it is not the inventory."""


def opened(conversation: Conversation) -> tuple[str, ...]:
    """Return the checks this person is asked about."""
    return tuple(code for code in QUESTIONS if code in conversation.about.get("codes", "").split())


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return both answers of a check, as labels of the questions they were given to."""
    quoted = conversation.about.get(question, "").split()
    pairs = [each.partition("=") for each in quoted]
    answers: list[Fact] = [_answer(item, code) for item, _, code in pairs]
    told = dict(zip(("first", "second"), answers, strict=False))
    return told | ({"other": _short(pairs[-1][0])} if pairs else {})


def _short(item: str) -> Say:
    return Say(f"{WHERE.get(item, 'inventory')}.{item}.short")


def _answer(item: str, code: str) -> Fact:
    if item in ("O2", "CF2", "CF6"):
        return int(code)
    return Label(f"{WHERE.get(item, 'inventory')}.{item}", code)


def _onward(source: str) -> tuple[Go, ...]:
    order = tuple(QUESTIONS)
    behind = order if source == "apart" else order[order.index(source) + 1 :]
    return (*(Go(source, code, when=about("codes", code)) for code in behind), Go(source, DONE))


CHECKS = Flow(
    name="checks",
    version=1,
    start="apart",
    questions={"apart": Choice("on", explained=False, skippable=False), **QUESTIONS},
    transitions=(*_onward("apart"), *(go for code in QUESTIONS for go in _onward(code))),
    steps=opened,
    facts=facts,
)
