"""Somebody weeks after all three sittings, and what they answer when they are asked again."""

from __future__ import annotations

from flows.assessment.sittings import facts_of
from flows.engine.answers import Value
from flows.reply import Reply
from tests.coach.given import PURPOSE, Chat, prompts
from tests.coach.personas import OBJECTION, at_the_end

THEN: dict[str, Value] = {
    **{**PURPOSE, "game": "on", "apart": "on", "T1": ("none",), "K1": 2, "V2": 4, "I3": 0},
    **{"v1": OBJECTION, "v2": "some", "CF3_draft": "yes", "CF3": 1, "CF3_more": "no"},
    **{"CF6": 6, "CF7": 6, "CF8": "else", "CF9": "cause"},
}
"""What somebody said the first time."""


def somebody_after(weeks: float, **answers: Value) -> Chat:
    """Somebody so long after all three sittings."""
    return at_the_end({**THEN, **answers}).chat.waits(days=int(weeks * 7))


def again(chat: Chat, name: str, **answers: Value) -> Reply:
    """Ask one of the two again, with these answers; the others are skipped."""
    first = chat.commands("next", name)
    assert prompts(first)[-1].endswith(("K2", "CF0")), prompts(first)
    return finishes(chat, **answers)


def finishes(chat: Chat, **answers: Value) -> Reply:
    while chat.person.foreground is not None:
        told = "leave" if chat.foreground.flow == "pace_check" else answers.get(chat.foreground.state)
        reply = chat.gives("on" if chat.foreground.state == "apart" else told)
    return reply


def asked(chat: Chat, flow: str) -> list[str]:
    """The questions that were asked in a flow, in their order."""
    return list(chat.person.conversations[flow].trail)


def told(chat: Chat) -> dict[str, object]:
    return dict(facts_of(chat.person.conversations).answers)
