"""An edited message: words that were an answer are taken anew, any other edit is left alone."""

from __future__ import annotations

from dataclasses import replace

from flows.engine.answering import answered, held, seconds
from flows.engine.answers import Answer, Rejected
from flows.engine.changing import reopened_by, settled
from flows.engine.conversation import Conversation, Pending
from flows.engine.flow import Flow
from flows.engine.heard import Corrected
from flows.engine.questions import FreeText
from flows.engine.say import Say
from flows.engine.turn import Learned, Turn
from flows.engine.words import Ear


def corrected(flow: Flow, conversation: Conversation, heard: Corrected, ear: Ear) -> Turn:
    """Return the turn of an edit. The open question stays open."""
    name, before = _edited(flow, conversation, heard)
    if before is None:
        return Turn(conversation)
    value = flow.questions[name].parse(heard.text, flow.prompt(name), ear)
    if isinstance(value, Rejected):
        return Turn(conversation, (Say(value.reason, value.facts),))
    if value == before.value:
        return Turn(conversation)
    answer = Answer(value, seconds(ear), heard.ref)
    if conversation.pending and before is conversation.pending.answer:
        return _held_anew(flow, conversation, conversation.pending, answer, ear)
    drops = reopened_by(flow, conversation, name, answer)
    if drops:
        there = conversation.opened(name, changing=True)
        return held(flow, there, Pending(answer, "reopens", drops), ear)
    counted = settled(conversation, name, answer, ())
    return Turn(counted, (Say("engine.corrected"),), (Learned(name, answer),))


def _edited(flow: Flow, conversation: Conversation, heard: Corrected) -> tuple[str, Answer | None]:
    """The answer in words that this message was, counted or still held, and its question."""
    there = dict(conversation.answers)
    if conversation.pending:
        there[conversation.state] = conversation.pending.answer
    for name, answer in there.items():
        if answer.ref == heard.ref and isinstance(flow.questions.get(name), FreeText):
            return name, answer
    return "", None


def _held_anew(flow: Flow, conversation: Conversation, pending: Pending, answer: Answer, ear: Ear) -> Turn:
    if pending.why == "late":
        return held(flow, conversation, replace(pending, answer=answer), ear)
    return answered(flow, replace(conversation, pending=None), answer, ear)
