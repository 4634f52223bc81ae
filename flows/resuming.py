"""Coming back: the same question after hours, where we were after days, and when nothing is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows import asking_again
from flows.assessment.again import AGAIN
from flows.assessment.checks import CHECKS
from flows.assessment.how_answered import PACE_CHECK, left_for_later
from flows.assessment.sittings import SITTINGS, next_sitting, started_with
from flows.assessment.sketch import SKETCH
from flows.engine.asking import ask, shown
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.say import Day, Fact, Say
from flows.engine.stepping import LATE
from flows.looking_twice import once_more
from flows.person import begun
from flows.quoting import in_short
from flows.reply import Reply, Visit, buttons, offer

if TYPE_CHECKING:
    from flows.coach import Coach


NAMES = frozenset(flow.name for flow in (*SITTINGS, *AGAIN))


def is_long_ago(conversation: Conversation, now: datetime) -> bool:
    """Return whether so much time has passed that a person needs to be told where we were."""
    return now.timestamp() - conversation.at > LATE


def ask_again(coach: Coach, visit: Visit, conversation: Conversation) -> Say:
    """Return the open question of a conversation, with the tokens it already had."""
    return ask(coach.flows[conversation.flow], conversation, visit.ear)


def go_on(coach: Coach, visit: Visit, argument: str = "") -> Reply:
    """Ask the open question again; after days say first where we were, unless that was just answered."""
    conversation = visit.person.foreground
    if conversation is None:
        return nothing_open(coach, visit)
    if is_long_ago(conversation, visit.now) and argument != "now":
        return resume(coach, visit, conversation)
    fresh = replace(conversation, at=int(visit.now.timestamp()))
    return Reply(visit.person.having(fresh), (ask_again(coach, visit, fresh),))


def resume(coach: Coach, visit: Visit, conversation: Conversation) -> Reply:
    """Say where we were: the day, how far, the last answer. The open question stays open."""
    flow = coach.flows[conversation.flow]
    steps = flow.steps(conversation)
    told = bool(steps and conversation.trail) and not (conversation.changing or conversation.pending)
    question = conversation.trail[-1] if told else conversation.state
    facts: dict[str, Fact] = {
        "day": Day(datetime.fromtimestamp(conversation.at, UTC), visit.now, visit.person.zone or "UTC"),
        "count": sum(step in conversation.answers for step in steps),
        "total": len(steps),
        "question": flow.short(conversation, question),
        "answer": in_short(shown(flow, question, conversation.value(question))) if told else "",
    }
    prompt = "coach.resume" if told else "coach.resume_start"
    orders = [("go_on", "continue:now")]
    if flow.name in NAMES and conversation.trail:
        orders += [("answers", "answers"), ("over", "restart")]
    return Reply(visit.person, (Say(prompt, facts, buttons("coach.resume", *orders)),))


def nothing_open(coach: Coach, visit: Visit) -> Reply:
    """Begin the sketch if there is none yet, go on with it if it was left, else say what there is to do."""
    sketch = visit.person.conversations.get(SKETCH.name)
    if sketch is None:
        return begin_sketch(coach, visit)
    if not sketch.done:
        return go_on(coach, visit.of(visit.person.brought_forward(SKETCH.name)))
    further = (("sitting", "next"),) if next_sitting(visit.person.conversations) else ()
    ways = (*further, ("map", "map"), ("answers", "answers"))
    return Reply(visit.person, (offer("coach.nothing_open", *ways),))


def begin_next(coach: Coach, visit: Visit, argument: str = "") -> Reply:
    """Open the next sitting, or what may be asked again; one that was begun is gone on with first."""
    sitting = next_sitting(visit.person.conversations)
    unfinished = [name for name in visit.person.open_flows if name in (*NAMES, CHECKS.name, PACE_CHECK.name)]
    if unfinished:
        visit = visit.of(visit.person.brought_forward(unfinished[-1]))
    if sitting is not None and not unfinished:
        return _begin(coach, visit, sitting)
    if visit.person.foreground is not None:
        return go_on(coach, visit, "now")
    return _again(coach, visit, argument)


def _again(coach: Coach, visit: Visit, name: str) -> Reply:
    """Open what was picked, if it may be asked again by now; else say what may be, or from when on."""
    if name in left_for_later(visit.person.conversations):
        return once_more(coach, visit, name)
    if name in asking_again.may_be_asked(visit.person, visit.now):
        return _begin(coach, visit, coach.flows[name])
    return asking_again.at_the_door(visit)


def begin_sketch(coach: Coach, visit: Visit) -> Reply:
    """Open the first sitting with its first question."""
    return _begin(coach, visit, SKETCH)


def _begin(coach: Coach, visit: Visit, sitting: Flow) -> Reply:
    """Open a sitting, in the wording of the person's situation and with what the ones before it found."""
    situation = visit.person.situation
    about = {"situation": situation} if situation else {}
    about |= started_with(sitting, visit.person.conversations, coach.rule)
    about |= {"began": str(int(visit.now.timestamp()))} if sitting in AGAIN else {}
    person, conversation = begun(visit.person, coach.flows[sitting.name], visit.now, about)
    return Reply(person, (ask_again(coach, visit, conversation),))
