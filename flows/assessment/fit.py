"""The one question after "not quite": which of the five is nearer in the person's own view (A8).

The answer is an item of the block of self-labels: it moves no explanation by more than one point.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.codes import CHOICES
from flows.assessment.guards import says
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, FreeText

ITEM = "FIT"
"""Its id in the rule."""

OTHER = "other"
BEFORE = "before"
"""Where a conversation keeps what was answered the time before: it counts until there is a new answer."""

FIT = Flow(
    name="fit",
    version=1,
    start="nearer",
    questions={"nearer": Choice(*CHOICES[ITEM]), "words": FreeText(600, explained=False)},
    transitions=(
        Go("nearer", "words", when=says("nearer", OTHER)),
        Go("nearer", DONE),
        Go("words", DONE),
    ),
)


def own_view(conversations: Mapping[str, Conversation]) -> str:
    """Return the code of what somebody said is nearer, "" when they never did."""
    there = conversations.get(FIT.name)
    if there is None:
        return ""
    return str(there.value("nearer") or there.about.get(BEFORE, ""))
