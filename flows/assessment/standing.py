"""What stands by now: the first answers, and in their place what was answered again later.

The stored conversations stay what the person said in each; here they are laid over each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flows.assessment.again import AGAIN, ITEMS, SIGNS, STATEMENTS, TESTS, THINGS, before, thing
from flows.assessment.battery import BATTERY, WORDS
from flows.assessment.inventory import INVENTORY
from flows.assessment.sketch import SKETCH
from flows.engine.answers import Answer
from flows.engine.conversation import Conversation

Conversations = Mapping[str, Conversation]

ASKED_AGAIN: Mapping[str, tuple[str, ...]] = {SIGNS.name: STATEMENTS, TESTS.name: ITEMS}
"""The items of each flow that asks again."""

HOME = {
    item: next(flow.name for flow in (SKETCH, INVENTORY, BATTERY) if item in flow.questions)
    for items in ASKED_AGAIN.values()
    for item in items
}
"""The sitting in which an item was asked the first time."""

LAST = {SIGNS.name: STATEMENTS[-1], TESTS.name: "CF8"}
"""The last question that everybody meets."""


def as_they_stand(conversations: Conversations) -> Conversations:
    """Return the conversations with the latest answer to each item in its first place.

    Only what was gone through to its end counts. A skipped item keeps its earlier answer; of two answers
    the later one counts, wherever it was given or changed. Applied twice it changes nothing more.
    """
    for flow in AGAIN:
        later = conversations.get(flow.name)
        if later is not None:
            conversations = _laid_over(conversations, later)
    return conversations


def was_finished(later: Conversation) -> bool:
    """Return whether it was gone through; it stays so while one of its answers is changed."""
    return later.done or (LAST[later.flow] in later.answers and (later.changing or later.ahead))


def standing_answers(conversations: Conversations, flow: str) -> dict[str, Answer]:
    """Return the answers that stand to the items of a flow that asks again; open ones are left out."""
    there = as_they_stand(conversations)
    homes = ((item, there.get(HOME[item])) for item in ASKED_AGAIN[flow])
    answers = ((item, home.answers.get(item)) for item, home in homes if home is not None)
    return {item: answer for item, answer in answers if answer is not None and answer.value is not None}


def _laid_over(conversations: Conversations, later: Conversation) -> Conversations:
    began = int(later.about.get("began", "0"))
    over = _counting(later, began)
    changed = {
        home: _renewed(conversations[home], later, over, began)
        for home in dict.fromkeys(HOME[item] for item in ASKED_AGAIN[later.flow])
        if home in conversations
    }
    if BATTERY.name in changed and later.flow == TESTS.name:
        changed[BATTERY.name] = _as_it_is_told(changed, later, over)
    return {**conversations, **changed}


def _counting(later: Conversation, began: int) -> dict[str, Answer]:
    """What stood when it began, and what was answered since if it was gone through."""
    stood = {item: Answer(value, began) for item, value in before(later).items()}
    if not was_finished(later):
        return stood
    items = ASKED_AGAIN[later.flow]
    given = {item: answer for item, answer in later.answers.items() if item in items}
    gone = {item for item in THINGS if later.value(f"{item}_draft") == "no"}
    gone |= {"F1"} - given.keys()
    new = {item: answer for item, answer in given.items() if answer.value is not None}
    return {item: answer for item, answer in (stood | new).items() if item not in gone}


def _renewed(home: Conversation, later: Conversation, over: Mapping[str, Answer], began: int) -> Conversation:
    """Return a sitting with the answers that count; what was changed in it since then is newer still."""
    answers = dict(home.answers)
    for item in ASKED_AGAIN[later.flow]:
        first, new = answers.get(item), over.get(item)
        if HOME[item] != home.flow or (first and first.at > max(began, new.at if new else 0)):
            continue
        if new is not None:
            answers[item] = new
        elif first is not None and first.value is not None:
            del answers[item]
    if answers.get("CF8", _ELSE).value != _ELSE.value:
        answers.pop("CF9", None)
    return replace(home, answers=answers)


_ELSE = Answer("else", 0)
"""The one wish for next year after which it is asked why (CF9)."""


def _as_it_is_told(
    changed: Mapping[str, Conversation], later: Conversation, over: Mapping[str, Answer]
) -> Conversation:
    """The battery with the Monday that its scenarios are compared with by now, and the things as they are
    put by now.
    """
    told = changed[BATTERY.name]
    monday = changed[SKETCH.name].number("CF0") if SKETCH.name in changed else None
    about = told.about if monday is None else {**told.about, "baseline": str(monday)}
    finished = was_finished(later)
    words = {
        WORDS[name]: Answer(thing(later, name) if finished else later.about.get(name, ""), over[name].at)
        for name in THINGS
        if name in over and later.about.get(name)
    }
    return replace(told, about=about, answers={**told.answers, **words})
