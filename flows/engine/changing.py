"""Changing an answer: what it drops, and how a conversation survives a new release of its flow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from flows.engine.answers import Answer
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow


def settled(
    conversation: Conversation, question: str, answer: Answer, drops: tuple[str, ...]
) -> Conversation:
    """Return the conversation with one answer counted and what depended on the old one gone."""
    answers = {**conversation.answers, question: answer}
    trail = conversation.trail if question in conversation.trail else (*conversation.trail, question)
    if not drops:
        return replace(conversation, answers=answers, trail=trail)
    return _without(replace(conversation, answers=answers, trail=trail), drops)


def reopened_by(flow: Flow, conversation: Conversation, question: str, answer: Answer) -> tuple[str, ...]:
    """Return the answered questions that another answer to this one makes stale, in the order of asking.

    Stale is what no longer lies on the path, and what says that it depends on the changed question.
    """
    before = conversation.answers.get(question)
    if before is not None and before.value == answer.value:
        return ()
    stale = _depending(flow, conversation, {question})
    remaining = _without(settled(conversation, question, answer, ()), stale)
    stale |= _off_the_path(flow, remaining)
    return tuple(name for name in conversation.trail if name in stale and name != question)


def first_open(flow: Flow, conversation: Conversation) -> tuple[str, bool]:
    """Return the first open question, DONE when none is, and whether answered ones lie behind it."""
    path = tuple(flow.path(conversation))
    state = DONE if path[-1] in conversation.answers else path[-1]
    return state, state != DONE and not conversation.answers.keys() <= set(path)


def carry_over(flow: Flow, conversation: Conversation) -> Conversation:
    """Return the conversation as the flow of this release has it.

    Every answer that still answers its question is kept, but not those that depend on one that is not;
    then the first open question is asked. What was finished stays finished. Pure, never raises.
    """
    known = conversation.state in flow.questions or conversation.done
    if conversation.version == flow.version and known:
        return conversation
    gone = {
        name
        for name, answer in conversation.answers.items()
        if name not in flow.questions or not flow.questions[name].holds(answer.value)
    }
    kept = _without(conversation, gone | _depending(flow, conversation, gone))
    state, ahead = (DONE, False) if conversation.done else first_open(flow, kept)
    if state == DONE:
        kept = _without(kept, _off_the_path(flow, kept))
    return kept.opened(state, version=flow.version, changing=False, ahead=ahead)


def _without(conversation: Conversation, dropped: Collection[str]) -> Conversation:
    answers = {name: answer for name, answer in conversation.answers.items() if name not in dropped}
    trail = tuple(name for name in conversation.trail if name in answers)
    return replace(conversation, answers=answers, trail=trail)


def _depending(flow: Flow, conversation: Conversation, questions: set[str]) -> set[str]:
    """Answered questions that say that they depend on these, or on others that do."""
    found, growing = set(questions), True
    while growing:
        more = {
            name
            for name in conversation.answers
            if name in flow.questions and found & set(flow.questions[name].depends_on)
        }
        growing = not more <= found
        found |= more
    return found - questions


def _off_the_path(flow: Flow, conversation: Conversation) -> set[str]:
    """Answered questions that the table does not lead to; a question reopened in between is stepped over."""
    reached, there, state = set[str](), conversation, flow.start
    while state != DONE and state not in reached:
        reached.add(state)
        if state not in there.answers:
            there = replace(there, answers={**there.answers, state: Answer(None, 0)})
        state = flow.next_state(there, state)
    return conversation.answers.keys() - reached
