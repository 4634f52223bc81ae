"""The door to what was asked before: what may be asked again now, why, how long it takes, and what moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.assessment.again import SIGNS, TESTS, before
from flows.assessment.battery import WORDS
from flows.assessment.due import TESTS_APART, due, last_asked
from flows.assessment.how_answered import left_for_later
from flows.assessment.standing import ASKED_AGAIN
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.questions import Scale
from flows.engine.say import Day, Fact, Say
from flows.person import Person
from flows.reply import Reply, Visit, offer

MOVED = 0.3
"""The part of its scale by which an answer has to change to be named: two degrees of five, three of ten."""

NAMED_AT_MOST = 3


def may_be_asked(person: Person, now: datetime) -> tuple[str, ...]:
    """Return the flows that may be asked again by now."""
    times = due(person.conversations, person.diary.maps)
    return tuple(name for name, at in times.items() if at <= now)


def at_the_door(visit: Visit) -> Reply:
    """Say what there is to go through again, or from when on it makes sense. All sittings are done."""
    ready = may_be_asked(visit.person, visit.now)
    if ready:
        return Reply(visit.person, (_offered(visit, ready),))
    left = left_for_later(visit.person.conversations)
    if left:
        ways = (("again", f"next:{left[-1]}"), ("map", "map"))
        return Reply(visit.person, (offer("pace_check.left", *ways),))
    soonest = min(due(visit.person.conversations, visit.person.diary.maps).values())
    facts: dict[str, Fact] = {"day": _dated(soonest, visit.person.zone or "UTC")}
    return Reply(visit.person, (offer("again.not_yet", ("map", "map"), ("answers", "answers"), facts=facts),))


def _offered(visit: Visit, ready: tuple[str, ...]) -> Say:
    weeks = min(_weeks_since(visit, name) for name in ready)
    facts: dict[str, Fact] = {"weeks": weeks}
    signs, tests = f"next:{SIGNS.name}", f"next:{TESTS.name}"
    if len(ready) > 1:
        ways = (("signs", signs), ("tests", tests), ("later", "later"))
        return offer("again.both_due", *ways, facts=facts)
    if SIGNS.name in ready:
        return offer("again.signs_due", ("now", signs), ("later", "later"), facts=facts)
    if weeks < TESTS_APART.days // 7:
        return offer("again.tests_after_trial", ("now", tests), ("later", "later"), facts=facts)
    return offer("again.tests_due", ("now", tests), ("later", "later"), facts=facts)


def _weeks_since(visit: Visit, name: str) -> int:
    return (visit.now - last_asked(visit.person.conversations, name)).days // 7


def _dated(at: datetime, zone: str) -> Day:
    """A day to come by its date: seen from a week after it, since it is never "yesterday"."""
    return Day(at, at + timedelta(weeks=1), zone)


def what_moved(flow: Flow, again: Conversation) -> tuple[Say, ...]:
    """Return what has moved most since the last time, or that nothing has; nothing where all was skipped."""
    stood = before(again)
    reworded = {name for name, words in WORDS.items() if again.value(words) is not None}
    items = (item for item in ASKED_AGAIN[again.flow] if item not in reworded)
    answered = [item for item in items if isinstance(again.value(item), int)]
    shifts = {item: _shift(flow, item, stood[item], again.value(item)) for item in answered if item in stood}
    if not shifts:
        return ()
    most = sorted((item for item in shifts if shifts[item] >= MOVED), key=lambda item: -shifts[item])
    if not most:
        return (Say("again.stands"),)
    lines = tuple(_moved(flow, again, item, stood[item]) for item in most[:NAMED_AT_MOST])
    return (Say("again.moved", {"lines": lines}),)


def _shift(flow: Flow, item: str, earlier: object, later: object) -> float:
    question = flow.questions[item]
    if not (isinstance(question, Scale) and isinstance(earlier, int) and isinstance(later, int)):
        return 0.0
    return abs(later - earlier) / (question.high - question.low)


def _moved(flow: Flow, again: Conversation, item: str, earlier: int | str) -> Say:
    name = Say(f"{flow.prompt(item)}.short", flow.facts(again, item))
    facts: dict[str, Fact] = {
        "question": name,
        "earlier": shown(flow, item, earlier),
        "answer": shown(flow, item, again.value(item)),
    }
    return Say("again.moved_line", facts)
