"""Ways of answering that have nothing to do with the questions: all alike, all yes, anything, fast."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from flows.assessment.how_answered import PACE_CHECK
from flows.assessment.sittings import SITTINGS
from flows.engine.answers import Value
from flows.engine.questions import MultiChoice, Question
from flows.reply import Reply
from tests.coach.given import A_MOMENT, Chat, bubbles, somebody

Way = Callable[[Question], Value]

LISTED = re.compile("\u2022|\u25cf|\u25cb")
"""What marks a bubble that is mostly the person's own answers."""

MANY = 400
"""Replies after which a chat goes round in circles."""

NAMING = ("map.hunch", "map.says", "map.joint")
"""Prompts that name where the weight comes from."""


def middle(question: Question) -> Value:
    return _nth(question, len(question.codes) // 2)


def lowest(question: Question) -> Value:
    return _nth(question, 0)


def highest(question: Question) -> Value:
    return _nth(question, len(question.codes) - 1)


def agreeing(question: Question) -> Value:
    """Yes to everything: every statement very much, every list ticked, every Monday as heavy as it gets."""
    if isinstance(question, MultiChoice):
        return tuple(code for code in question.codes if code not in question.alone)[: question.most]
    return highest(question) if question.kind == "scale" else lowest(question)


def refusing(question: Question) -> Value:
    """No to everything, and none of what a list has."""
    if question.kind == "confirm":
        return "no"
    return question.alone[:1] or None if isinstance(question, MultiChoice) else lowest(question)


def tapping_anywhere(seed: int) -> Way:
    """Any answer to anything, the same ones for one seed."""
    chance = Random(seed)

    def tap(question: Question) -> Value:
        return _nth(question, chance.randrange(len(question.codes))) if question.codes else None

    return tap


def _nth(question: Question, place: int) -> Value:
    if not question.codes:
        return None
    code = question.codes[place]
    return (code,) if isinstance(question, MultiChoice) else code


WAYS: dict[str, Way] = {
    "all the same": middle,
    "always the first": lowest,
    "always the last": highest,
    "all yes": agreeing,
    "all no": refusing,
    **{f"anywhere {seed}": tapping_anywhere(seed) for seed in range(12)},
}

each_way = pytest.mark.parametrize("name", WAYS)
each_pace = pytest.mark.parametrize("seconds", [1, 20], ids=["in a second each", "at leisure"])


def gives_in(chat: Chat, seconds: float, value: Value) -> Reply:
    """Answer the open question so many seconds after the last one; marks on a list take no time."""
    events = len(value) + 1 if isinstance(value, tuple) else 1
    chat.now += timedelta(seconds=seconds) - events * A_MOMENT
    return chat.gives(value)


def through_all(way: Way, seconds: float, about_the_pace: str = "leave") -> Chat:
    """Somebody who answers all three sittings one way, at one pace."""
    chat = somebody()
    for flow in SITTINGS:
        if flow.name in chat.person.conversations and chat.person.conversations[flow.name].done:
            continue
        if chat.person.foreground is None:
            chat.commands("next")
        while chat.person.foreground is not None and len(chat.replies) < MANY:
            asks_about_it = chat.foreground.flow == PACE_CHECK.name
            gives_in(chat, seconds, about_the_pace if asks_about_it else way(chat.question))
    return chat


def all_bubbles(chat: Chat, locale: str) -> list[str]:
    return [bubble.html for reply in chat.replies for bubble in bubbles(reply, locale)]


def plain_words(html: str) -> int:
    return len(re.sub(r"<[^>]+>", "", html).split())
