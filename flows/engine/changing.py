"""Changing an answer: what it drops, and how a conversation survives a new release of its flow."""

from __future__ import annotations

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
    for dropped in drops:
        del answers[dropped]
    return replace(conversation, answers=answers, trail=tuple(q for q in trail if q in answers))


def reopened_by(flow: Flow, conversation: Conversation, answer: Answer) -> tuple[str, ...]:
    """Return the answered questions that a changed answer makes stale, in the order they were asked.

    Stale is what no longer lies on the path, and what says that it depends on the changed question.
    """
    question = conversation.state
    before = conversation.answers.get(question)
    if before is None or before.value == answer.value:
        return ()
    changed = settled(conversation, question, answer, ())
    stale = _depending(flow, conversation, question)
    remaining = replace(changed, answers={q: a for q, a in changed.answers.items() if q not in stale})
    stale |= _off_the_path(flow, remaining)
    return tuple(q for q in conversation.trail if q in stale and q != question)


def _depending(flow: Flow, conversation: Conversation, question: str) -> set[str]:
    found, growing = {question}, True
    while growing:
        more = {
            name
            for name in conversation.answers
            if name in flow.questions and found & set(flow.questions[name].depends_on)
        }
        growing = not more <= found
        found |= more
    return found - {question}


def _off_the_path(flow: Flow, conversation: Conversation) -> set[str]:
    """Answered questions that the table does not lead to; a question reopened in between is stepped over."""
    reached, answers = set[str](), dict(conversation.answers)
    state = flow.start
    while state != DONE and state not in reached:
        reached.add(state)
        answers.setdefault(state, Answer(None, 0))
        state = flow.next_state(replace(conversation, answers=answers), state)
    return set(conversation.answers) - reached


def carry_over(flow: Flow, conversation: Conversation) -> Conversation:
    """Return the conversation as the flow of this release has it.

    Every answer that still answers its question is kept; then the first open question. Pure, never raises.
    """
    known = conversation.state in flow.questions or conversation.state == DONE
    if conversation.version == flow.version and known:
        return conversation
    answers = {
        name: answer
        for name, answer in conversation.answers.items()
        if name in flow.questions and flow.questions[name].holds(answer.value)
    }
    kept = replace(
        conversation,
        version=flow.version,
        answers=answers,
        trail=tuple(name for name in conversation.trail if name in answers),
    )
    return kept.opened(flow.frontier(kept), changing=False)
