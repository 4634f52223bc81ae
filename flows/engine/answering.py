"""An answer and what follows: it counts, or first asks about those it would drop; the next question opens."""

from __future__ import annotations

from collections.abc import Mapping

from flows.engine.answers import Answer
from flows.engine.asking import ask, shown
from flows.engine.changing import first_open, reopened_by, settled
from flows.engine.conversation import DONE, Conversation, Pending
from flows.engine.flow import Flow
from flows.engine.say import Fact, Say
from flows.engine.turn import Learned, Turn
from flows.engine.words import Ear


def answered(
    flow: Flow, conversation: Conversation, answer: Answer, ear: Ear, lead: tuple[Say, ...] = ()
) -> Turn:
    """Return the turn of an answer to the open question. One that would drop others is held until confirmed.

    `lead` is said instead of a reflection.
    """
    if conversation.changing or conversation.ahead:
        drops = reopened_by(flow, conversation, conversation.state, answer)
        if drops:
            return held(flow, conversation, Pending(answer, "reopens", drops), ear)
    return counted(flow, conversation, answer, (), ear, lead)


def held(flow: Flow, conversation: Conversation, pending: Pending, ear: Ear) -> Turn:
    """Return the turn that asks about an answer before it counts."""
    waiting = conversation.opened(conversation.state, pending=pending, at=seconds(ear))
    return Turn(waiting, (ask(flow, waiting, ear),))


def counted(
    flow: Flow,
    conversation: Conversation,
    answer: Answer,
    drops: tuple[str, ...],
    ear: Ear,
    lead: tuple[Say, ...] = (),
) -> Turn:
    """Return the turn of an answer that counts, with those gone that it drops."""
    question = conversation.state
    chosen = shown(flow, question, answer.value)
    after = settled(conversation, question, answer, drops)
    if conversation.changing:
        said: tuple[Say, ...] = (Say("engine.changed", {"answer": chosen}),)
    else:
        said = lead or _reflection(flow, after, question, chosen)
    opened, obvious = _onward(flow, after, question, ear)
    learned = (Learned(question, answer), *(Learned(dropped, None) for dropped in drops), *obvious)
    return Turn(opened, (*said, *next_question(flow, opened, ear)), learned, chosen)


def left_as_it_was(flow: Flow, conversation: Conversation, ear: Ear) -> Turn:
    """Return the turn after a change that was not made: back to the first open question.

    A question that had no answer yet, and whose answer would have dropped later ones, is left open.
    """
    nothing = Answer(None, seconds(ear))
    said = (Say("engine.left_as_it_was"),)
    may_stay_open = not conversation.changing and flow.questions[conversation.state].skippable
    if may_stay_open and not reopened_by(flow, conversation, conversation.state, nothing):
        return counted(flow, conversation, nothing, (), ear, said)
    onward = conversation.opened(flow.frontier(conversation), changing=False, at=seconds(ear))
    return Turn(onward, (*said, *next_question(flow, onward, ear)))


def next_question(flow: Flow, conversation: Conversation, ear: Ear) -> tuple[Say, ...]:
    """Return the open question, nothing when none is."""
    return () if conversation.done else (ask(flow, conversation, ear),)


def seconds(ear: Ear) -> int:
    """Return the time of an event as answers carry it."""
    return int(ear.now.timestamp())


def _onward(
    flow: Flow, after: Conversation, question: str, ear: Ear
) -> tuple[Conversation, tuple[Learned, ...]]:
    """Open the next question; one that has only one possible answer is answered without asking."""
    state, ahead = _next_state(flow, after, question)
    opened = after.opened(state, changing=False, ahead=ahead, at=seconds(ear))
    value = None if state == DONE else flow.questions[state].obvious(ear.during(opened))
    if value is None:
        return opened, ()
    answer = Answer(value, seconds(ear))
    further, more = _onward(flow, settled(opened, state, answer, ()), state, ear)
    return further, (Learned(state, answer), *more)


def _next_state(flow: Flow, after: Conversation, question: str) -> tuple[str, bool]:
    """The next open question, and whether answered ones lie behind it; only a change can make it so."""
    if not (after.changing or after.ahead):
        state = flow.next_state(after, question)
        if state not in after.answers:
            return state, False
    return first_open(flow, after)


def _reflection(flow: Flow, conversation: Conversation, question: str, answer: Fact) -> tuple[Say, ...]:
    for reflect in flow.reflections:
        if reflect.question == question and (reflect.when is None or reflect.when(conversation)):
            facts: Mapping[str, Fact] = {**flow.facts(conversation, question), "answer": answer}
            variant = conversation.about.get("situation", "")
            return (Say(f"{flow.prompt(question)}.{reflect.part}", facts, variant=variant),)
    return ()
