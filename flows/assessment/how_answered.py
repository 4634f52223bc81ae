"""How somebody answered: very fast, or nearly always alike (assessment.md A6, X13). It is asked, never held
against them.

Times are whole seconds, so a gap of 1.5 s shows as 1 or 2. Only a person most of whose gaps show as at most
one second counts as fast; where nearly no time passed at all, nobody tapped: a script did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from statistics import median
from typing import Literal

from flows.assessment.again import STATEMENTS
from flows.assessment.guards import ticks
from flows.assessment.inventory import HARM
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, FreeText
from flows.engine.say import Fact, Say

ENOUGH = 10
"""Answers from which on anything can be said about how they were given."""

FAST = 2
"""Seconds for one item; under it they can hardly have been read (X13)."""

FASTEST = 0.25
"""Seconds that a thumb needs at the very least, with the message on its way; below it no person tapped."""

How = Literal["", "fast", "alike"]


def how_answered(flow: Flow, sitting: Conversation) -> How:
    """Return what stands out about how a sitting was answered. Harm that was told comes before any of it."""
    if ticks("e1", HARM)(sitting):
        return ""
    if was_fast(flow, sitting):
        return "fast"
    return "alike" if was_alike(sitting) else ""


def was_fast(flow: Flow, sitting: Conversation) -> bool:
    """Return whether most answers came within two seconds; words and what was skipped are no part of it."""
    times = sorted(
        answer.at
        for question, answer in sitting.answers.items()
        if answer.value is not None and not isinstance(flow.questions.get(question), FreeText)
    )
    if len(times) < ENOUGH or times[-1] - times[0] < FASTEST * len(times):
        return False
    return median(later - earlier for earlier, later in pairwise(times)) < FAST


def was_alike(sitting: Conversation) -> bool:
    """Return whether all statements, or all but one, got the same degree."""
    degrees = [degree for sign in STATEMENTS if (degree := sitting.number(sign)) is not None]
    if len(degrees) < ENOUGH:
        return False
    (_, most), *_ = Counter(degrees).most_common(1)
    return most >= len(degrees) - 1


def key(sitting: Conversation) -> str:
    """Return what a sitting is remembered by: each time it is asked again counts as one of its own."""
    return f"{sitting.flow}{sitting.about.get('round', '')}"


def left_for_later(conversations: Mapping[str, Conversation]) -> tuple[str, ...]:
    """Return the flows that the person wants to go through once more, but later."""
    asked = conversations.get(PACE_CHECK.name)
    return tuple(asked.about.get("later", "").split()) if asked else ()


def caution(conversations: Mapping[str, Conversation]) -> tuple[Say, ...]:
    """Return the line with which a map is shown while answers wait to be gone through once more."""
    return (Say("pace_check.caution"),) if left_for_later(conversations) else ()


def _facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    return {"fast": conversation.about.get("how") == "fast"}


PACE_CHECK = Flow(
    name="pace_check",
    version=1,
    start="pace",
    questions={"pace": Choice("now", "later", "leave")},
    transitions=(Go("pace", DONE),),
    facts=_facts,
)
"""`about`: `sitting` and `how` of the one that is asked about; `asked` holds the keys of all that were,
`later` the flows that wait.
"""
