"""One step: a conversation and what was heard in, the turn that follows out. Never raises for a person."""

from __future__ import annotations

from dataclasses import replace

from flows.engine.answering import answered, counted, held, left_as_it_was, seconds
from flows.engine.answers import Answer, Rejected, Value
from flows.engine.asking import AFFIRMING, DECIDING, ask, shown
from flows.engine.changing import carry_over
from flows.engine.conversation import Conversation, Pending
from flows.engine.correcting import corrected
from flows.engine.flow import Flow
from flows.engine.heard import Commanded, Corrected, Wrote
from flows.engine.questions import FreeText, MultiChoice
from flows.engine.say import ASIDES, Button, Fact, Label, Say
from flows.engine.tokens import BACK, READY, SKIP, WHY, Choice, order_token
from flows.engine.turn import Turn
from flows.engine.understanding import agrees, says_label, wish
from flows.engine.words import Ear

LATE = 2 * 24 * 3600
"""Seconds after which words of one's own may not be meant for the question that is still open."""

Step = Wrote | Commanded | Corrected | Choice


def step(flow: Flow, conversation: Conversation, heard: Step, ear: Ear) -> Turn:
    """Return the turn that an event causes. Whatever a person does has an answer; nothing raises."""
    conversation = carry_over(flow, conversation)
    match heard:
        case Corrected():
            return corrected(flow, conversation, heard, ear)
        case Choice():
            return _tapped(flow, conversation, heard, ear)
        case _ if conversation.done:
            return Turn(conversation)
        case Commanded(name):
            return _wished(flow, conversation, name, ear)
        case Wrote():
            return _wrote(flow, conversation, heard, ear)


def reopen(flow: Flow, conversation: Conversation, question: str, ear: Ear) -> Turn:
    """Ask an answered question again, quoting what was said; nothing is dropped until it is answered."""
    conversation = carry_over(flow, conversation)
    if question not in conversation.answers:
        return Turn(conversation) if conversation.done else _asked_again(flow, conversation, ear)
    again = conversation.opened(question, changing=True, at=seconds(ear))
    before = shown(flow, question, conversation.value(question))
    return Turn(again, (Say("engine.you_said", {"answer": before}), ask(flow, again, ear)))


def _wrote(flow: Flow, conversation: Conversation, heard: Wrote, ear: Ear) -> Turn:
    if conversation.pending:
        return _decided(flow, conversation, conversation.pending, heard.text, ear)
    return _typed_aside(flow, conversation, heard.text, ear) or _typed_answer(flow, conversation, heard, ear)


def _typed_aside(flow: Flow, conversation: Conversation, text: str, ear: Ear) -> Turn | None:
    """A wish, or word that all is marked; not what stands on a button, whatever else that may mean."""
    question, prompt = flow.questions[conversation.state], flow.prompt(conversation.state)
    if question.button_that_says(text, prompt, ear.words) is not None:
        return None
    if isinstance(question, MultiChoice) and _says_ready(conversation, text, ear):
        if not conversation.draft:
            return _asked_again(flow, conversation, ear, Say("engine.nothing_marked"))
        return _ready(flow, conversation, ear)
    wished = wish(text, ear.words)
    return _wished(flow, conversation, wished, ear) if wished else None


def _typed_answer(flow: Flow, conversation: Conversation, heard: Wrote, ear: Ear) -> Turn:
    """An answer, or at second sight a wish with a slip in it."""
    question, prompt = flow.questions[conversation.state], flow.prompt(conversation.state)
    value = question.parse(heard.text, prompt, ear.during(conversation))
    if isinstance(value, Rejected):
        wished = wish(heard.text, ear.words, loosely=True)
        if wished:
            return _wished(flow, conversation, wished, ear)
        return _rejected(flow, conversation, value, ear)
    if isinstance(question, MultiChoice) and isinstance(value, tuple):
        value = question.added(conversation.draft, value)
    answer = Answer(value, seconds(ear), heard.ref)
    if isinstance(question, FreeText) and _is_late(conversation, ear):
        return held(flow, conversation, Pending(answer, "late"), ear)
    return answered(flow, conversation, answer, ear)


def _tapped(flow: Flow, conversation: Conversation, tap: Choice, ear: Ear) -> Turn:
    if tap.conversation != conversation.id:
        return Turn(conversation, toast=Say("engine.moved_on"))
    if conversation.done or tap.question != conversation.state or tap.seq > conversation.seq:
        return _stale(flow, conversation, tap, ear)
    if conversation.pending or tap.code.startswith("~"):
        return _tapped_aside(flow, conversation, tap, ear)
    question = flow.questions[conversation.state]
    if isinstance(question, MultiChoice) and tap.code[:1] in ("+", "-"):
        return _marked(flow, conversation, question, tap.code, ear)
    return _answered_with(flow, conversation, question.accept(tap.code, ear.during(conversation)), ear)


def _tapped_aside(flow: Flow, conversation: Conversation, tap: Choice, ear: Ear) -> Turn:
    """A button that is no answer belongs to the moment it was shown in: an older one does nothing."""
    if tap.seq != conversation.seq:
        return Turn(conversation, toast=Say("engine.moved_on"))
    if conversation.pending:
        known = tap.code in DECIDING[conversation.pending.why].labelled
        return _confirmed(flow, conversation, tap.code in AFFIRMING if known else None, ear)
    if tap.code == READY:
        return _ready(flow, conversation, ear)
    wishes = {SKIP: "skip", BACK: "back", WHY: "why"}
    return _wished(flow, conversation, wishes.get(tap.code, ""), ear)


def _stale(flow: Flow, conversation: Conversation, tap: Choice, ear: Ear) -> Turn:
    """A button of a question that is answered: a repeat is quiet, another choice is offered as a change."""
    answer = conversation.answers.get(tap.question)
    kind = flow.questions.get(tap.question)
    if answer is None or kind is None or tap.code.startswith("~"):
        return Turn(conversation, toast=Say("engine.moved_on"))
    facts: dict[str, Fact] = {"answer": shown(flow, tap.question, answer.value)}
    value = kind.accept(tap.code, ear.during(conversation))
    if isinstance(kind, MultiChoice) or isinstance(value, Rejected) or value == answer.value:
        return Turn(conversation, toast=Say("engine.noted", facts))
    change = Button(
        Label("engine.answered_before", "change"), order_token("change", f"{flow.name}.{tap.question}"), "1"
    )
    facts["question"] = flow.short(conversation, tap.question)
    return Turn(conversation, (Say("engine.answered_before", facts, (change,)),))


def _wished(flow: Flow, conversation: Conversation, wished: str, ear: Ear) -> Turn:
    """Do what is wished instead of an answer; while an answer is held, anything but "why" lets go of it."""
    question = flow.questions[conversation.state]
    if wished == "why":
        explained = question.explained and not conversation.pending
        reason = f"{flow.prompt(conversation.state)}.why" if explained else "engine.no_reason"
        return _asked_again(flow, conversation, ear, Say(reason))
    if wished not in ("skip", "back", "unsure"):
        return _asked_again(flow, conversation, ear)
    if conversation.pending:
        return _confirmed(flow, conversation, False, ear)
    return _back(flow, conversation, ear) if wished == "back" else _skipped(flow, conversation, wished, ear)


def _skipped(flow: Flow, conversation: Conversation, wished: str, ear: Ear) -> Turn:
    """Leave the question open; whoever is unsure gets the option that says so, where there is one.

    That this is fine is said of the first that stays open.
    """
    question = flow.questions[conversation.state]
    if wished == "unsure" and "unsure" in question.labelled:
        return _answered_with(flow, conversation, question.accept("unsure", ear), ear)
    if conversation.changing:
        return left_as_it_was(flow, conversation, ear)
    if not question.skippable:
        return _asked_again(flow, conversation, ear, Say("engine.cannot_skip"))
    first = all(answer.value is not None for answer in conversation.answers.values())
    lead = (Say("engine.unsure"),) if wished == "unsure" and first else ()
    return answered(flow, conversation, Answer(None, seconds(ear)), ear, lead)


def _answered_with(flow: Flow, conversation: Conversation, value: Value | Rejected, ear: Ear) -> Turn:
    if isinstance(value, Rejected):
        return _rejected(flow, conversation, value, ear)
    return answered(flow, conversation, Answer(value, seconds(ear)), ear)


def _back(flow: Flow, conversation: Conversation, ear: Ear) -> Turn:
    trail = conversation.trail
    place = trail.index(conversation.state) if conversation.state in trail else len(trail)
    if place == 0:
        return _asked_again(flow, conversation, ear, Say("engine.no_way_back"))
    return reopen(flow, conversation, trail[place - 1], ear)


def _asked_again(flow: Flow, conversation: Conversation, ear: Ear, *first: Say) -> Turn:
    """Ask the open question again with the tokens it has; what comes next is then not late any more."""
    fresh = replace(conversation, at=seconds(ear)) if _is_late(conversation, ear) else conversation
    return Turn(fresh, (*first, ask(flow, fresh, ear)))


def _rejected(flow: Flow, conversation: Conversation, rejected: Rejected, ear: Ear) -> Turn:
    """Say why it was no answer and ask again; from the second miss on, say how to answer."""
    missed = replace(conversation, missed=conversation.missed + 1, offered=rejected.codes)
    question = flow.questions[conversation.state]
    how = DECIDING[conversation.pending.why].how if conversation.pending else question.how
    hint = (Say(f"engine.how.{how}"),) if conversation.missed and not rejected.codes else ()
    return _asked_again(flow, missed, ear, Say(rejected.reason, rejected.facts), *hint)


def _decided(flow: Flow, conversation: Conversation, pending: Pending, text: str, ear: Ear) -> Turn:
    """Words in answer to "change it?" or "was that meant for the open question?"."""
    kind, prompt = DECIDING[pending.why], f"engine.{pending.why}"
    code = kind.parse(text, prompt, ear)
    wished = wish(text, ear.words) if isinstance(code, Rejected) else None
    if wished:
        return _wished(flow, conversation, wished, ear)
    agreed = agrees(text, ear.words) if isinstance(code, Rejected) else code in AFFIRMING
    return _confirmed(flow, conversation, agreed, ear)


def _confirmed(flow: Flow, conversation: Conversation, agreed: bool | None, ear: Ear) -> Turn:
    pending = conversation.pending
    if pending is None or agreed is None:
        return _rejected(flow, conversation, Rejected("engine.not_an_option"), ear)
    if agreed and pending.why == "reopens":
        return counted(flow, conversation, pending.answer, pending.drops, ear)
    if agreed:
        return answered(flow, replace(conversation, pending=None), pending.answer, ear)
    if pending.why == "reopens":
        return left_as_it_was(flow, conversation, ear)
    again = conversation.opened(conversation.state, at=seconds(ear))
    return Turn(again, (ask(flow, again, ear),))


def _marked(flow: Flow, conversation: Conversation, question: MultiChoice, code: str, ear: Ear) -> Turn:
    mark, option = code[0], code[1:]
    if option not in question.codes:
        return _rejected(flow, conversation, Rejected("engine.not_an_option"), ear)
    marked = replace(conversation, draft=question.marked(conversation.draft, mark, option))
    return Turn(marked, redraw=ask(flow, marked, ear))


def _says_ready(conversation: Conversation, text: str, ear: Ear) -> bool:
    """Whether the text says that all is marked: the words of that button, or with marks any yes."""
    agreed = bool(conversation.draft) and agrees(text, ear.words) is True
    return agreed or says_label(text, ASIDES, "ready", ear.words)


def _ready(flow: Flow, conversation: Conversation, ear: Ear) -> Turn:
    question = flow.questions[conversation.state]
    value = question.gathered(conversation.draft) if isinstance(question, MultiChoice) else ()
    if not value:
        return Turn(conversation, toast=Say("engine.nothing_marked"))
    return answered(flow, conversation, Answer(value, seconds(ear)), ear)


def _is_late(conversation: Conversation, ear: Ear) -> bool:
    return seconds(ear) - conversation.at > LATE
