"""One step: a conversation and what was heard in, the turn that follows out. Never raises for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flows.engine.answers import Answer, Rejected, Value
from flows.engine.asking import CHANGE, YES, ask, shown
from flows.engine.changing import reopened_by, settled
from flows.engine.conversation import DONE, Conversation, Pending
from flows.engine.flow import Flow
from flows.engine.heard import Commanded, Corrected, Wrote
from flows.engine.questions import FreeText, MultiChoice
from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import BACK, READY, SKIP, WHY, Choice, order_token
from flows.engine.turn import Learned, Turn
from flows.engine.understanding import agrees, nearest, wish
from flows.engine.words import Ear

LATE = 2 * 24 * 3600
"""Seconds after which words of one's own may not be meant for the question that is still open."""

Step = Wrote | Commanded | Corrected | Choice


def step(flow: Flow, conversation: Conversation, heard: Step, ear: Ear) -> Turn:
    """Return the turn that an event causes. Whatever a person does has an answer; nothing raises."""
    match heard:
        case Corrected():
            return _corrected(flow, conversation, heard, ear)
        case Choice():
            return _tapped(flow, conversation, heard, ear)
        case _ if conversation.done:
            return Turn(conversation)
        case Commanded(name):
            return _wished(flow, conversation, name, ear)
        case Wrote():
            return _wrote(flow, conversation, heard, ear)


def _wrote(flow: Flow, conversation: Conversation, heard: Wrote, ear: Ear) -> Turn:
    if conversation.pending:
        return _confirmed(flow, conversation, _yes(heard.text, conversation.pending, ear), ear)
    question = flow.questions[conversation.state]
    wished = wish(heard.text, ear.words)
    if wished:
        return _wished(flow, conversation, wished, ear)
    here = ear.within(conversation.value("country"))
    value = question.parse(heard.text, flow.prompt(conversation.state), here)
    if isinstance(value, Rejected):
        return _rejected(flow, conversation, value, ear)
    answer = Answer(value, _seconds(ear), heard.ref)
    if isinstance(question, FreeText) and _seconds(ear) - conversation.at > LATE:
        return _held(flow, conversation, Pending(answer, "late"), ear)
    return _answered(flow, conversation, answer, ear)


def _tapped(flow: Flow, conversation: Conversation, tap: Choice, ear: Ear) -> Turn:
    if tap.question != conversation.state or tap.seq > conversation.seq:
        return _stale(flow, conversation, tap, ear)
    if conversation.pending or tap.code.startswith("~"):
        return _tapped_aside(flow, conversation, tap, ear)
    question = flow.questions[conversation.state]
    if isinstance(question, MultiChoice) and tap.code[:1] in ("+", "-"):
        return _marked(flow, conversation, question, tap.code, ear)
    value = question.accept(tap.code, ear)
    if isinstance(value, Rejected):
        return _rejected(flow, conversation, value, ear)
    if isinstance(question, MultiChoice):
        value = question.gathered((str(value),))
    return _answered(flow, conversation, Answer(value, _seconds(ear)), ear)


def _tapped_aside(flow: Flow, conversation: Conversation, tap: Choice, ear: Ear) -> Turn:
    """A button that is no answer belongs to the moment it was shown in: an older one does nothing."""
    if tap.seq != conversation.seq:
        return Turn(conversation, toast=Say("engine.moved_on"))
    if conversation.pending:
        agreed = True if tap.code in (CHANGE, YES) else False if tap.code in ("keep", "no") else None
        return _confirmed(flow, conversation, agreed, ear)
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
    value = kind.accept(tap.code.lstrip("+") if isinstance(kind, MultiChoice) else tap.code, ear)
    if isinstance(kind, MultiChoice) or isinstance(value, Rejected) or value == answer.value:
        return Turn(conversation, toast=Say("engine.noted", facts))
    change = Button(
        Label("engine.answered_before", "change"), order_token("change", f"{flow.name}.{tap.question}"), "1"
    )
    facts["question"] = Say(f"{flow.prompt(tap.question)}.short")
    return Turn(conversation, (Say("engine.answered_before", facts, (change,)),))


def _wished(flow: Flow, conversation: Conversation, wished: str, ear: Ear) -> Turn:
    question = flow.questions[conversation.state]
    again = ask(flow, conversation, ear)
    if wished == "why":
        reason = Say(f"{flow.prompt(conversation.state)}.why" if question.explained else "engine.no_reason")
        return Turn(conversation, (reason, again))
    if wished == "back":
        return _back(flow, conversation, ear)
    if wished == "unsure" and "unsure" in question.labelled:
        return _answered(flow, conversation, Answer("unsure", _seconds(ear)), ear)
    if wished not in ("skip", "unsure"):
        return Turn(conversation, (again,))
    if conversation.changing:
        return _left_as_it_was(flow, conversation, ear)
    if not question.skippable:
        return Turn(conversation, (Say("engine.cannot_skip"), again))
    lead = (Say("engine.unsure"),) if wished == "unsure" else ()
    return _answered(flow, conversation, Answer(None, _seconds(ear)), ear, lead)


def _back(flow: Flow, conversation: Conversation, ear: Ear) -> Turn:
    trail = conversation.trail
    place = trail.index(conversation.state) if conversation.state in trail else len(trail)
    if place == 0 or conversation.pending:
        return Turn(conversation, (Say("engine.no_way_back"), ask(flow, conversation, ear)))
    return reopen(flow, conversation, trail[place - 1], ear)


def reopen(flow: Flow, conversation: Conversation, question: str, ear: Ear) -> Turn:
    """Ask an answered question again, quoting what was said; nothing is dropped until it is answered."""
    again = conversation.opened(question, changing=True, at=_seconds(ear))
    before = shown(flow, question, conversation.value(question))
    return Turn(again, (Say("engine.you_said", {"answer": before}), ask(flow, again, ear)))


def _left_as_it_was(flow: Flow, conversation: Conversation, ear: Ear) -> Turn:
    onward = conversation.opened(flow.frontier(conversation), changing=False, at=_seconds(ear))
    return Turn(onward, (Say("engine.left_as_it_was"), *_next_question(flow, onward, ear)))


def _answered(
    flow: Flow, conversation: Conversation, answer: Answer, ear: Ear, lead: tuple[Say, ...] = ()
) -> Turn:
    """Count an answer, unless it would drop others: then ask first."""
    if conversation.changing:
        drops = reopened_by(flow, conversation, answer)
        if drops:
            return _held(flow, conversation, Pending(answer, "reopens", drops), ear)
    return _counted(flow, conversation, answer, (), ear, lead)


def _held(flow: Flow, conversation: Conversation, pending: Pending, ear: Ear) -> Turn:
    held = conversation.opened(conversation.state, pending=pending)
    return Turn(held, (ask(flow, held, ear),))


def _confirmed(flow: Flow, conversation: Conversation, agreed: bool | None, ear: Ear) -> Turn:
    pending = conversation.pending
    if pending is None or agreed is None:
        return Turn(conversation, (Say("engine.not_an_option"), ask(flow, conversation, ear)))
    if agreed:
        return _counted(flow, conversation, pending.answer, pending.drops, ear)
    if pending.why == "reopens":
        return _left_as_it_was(flow, conversation, ear)
    again = conversation.opened(conversation.state, at=_seconds(ear))
    return Turn(again, (ask(flow, again, ear),))


def _counted(
    flow: Flow,
    conversation: Conversation,
    answer: Answer,
    drops: tuple[str, ...],
    ear: Ear,
    lead: tuple[Say, ...] = (),
) -> Turn:
    question = conversation.state
    learned = [Learned(question, answer), *(Learned(dropped, None) for dropped in drops)]
    counted = settled(conversation, question, answer, drops)
    if conversation.changing:
        said: tuple[Say, ...] = (Say("engine.changed", {"answer": shown(flow, question, answer.value)}),)
    else:
        said = lead or _reflection(flow, counted, question)
    opened, obvious = _onward(flow, counted, question, ear)
    return Turn(
        opened,
        (*said, *_next_question(flow, opened, ear)),
        learned=(*learned, *obvious),
        chosen=shown(flow, question, answer.value),
    )


def _onward(
    flow: Flow, counted: Conversation, question: str, ear: Ear
) -> tuple[Conversation, tuple[Learned, ...]]:
    """Open the next question; one that has only one possible answer is answered without asking."""
    state = DONE if counted.changing else flow.next_state(counted, question)
    if counted.changing or state in counted.answers:
        state = flow.frontier(counted)
    opened = counted.opened(state, changing=False, at=_seconds(ear))
    if state == DONE:
        return opened, ()
    value = flow.questions[state].obvious(ear.within(opened.value("country")))
    if value is None:
        return opened, ()
    answer = Answer(value, _seconds(ear))
    further, more = _onward(flow, settled(opened, state, answer, ()), state, ear)
    return further, (Learned(state, answer), *more)


def _next_question(flow: Flow, conversation: Conversation, ear: Ear) -> tuple[Say, ...]:
    return () if conversation.state == DONE else (ask(flow, conversation, ear),)


def _reflection(flow: Flow, conversation: Conversation, question: str) -> tuple[Say, ...]:
    for reflect in flow.reflections:
        if reflect.question == question and (reflect.when is None or reflect.when(conversation)):
            answer = shown(flow, question, conversation.value(question))
            facts: Mapping[str, Fact] = {**flow.facts(conversation), "answer": answer}
            variant = conversation.about.get("situation", "")
            return (Say(f"{flow.prompt(question)}.{reflect.part}", facts, variant=variant),)
    return ()


def _rejected(flow: Flow, conversation: Conversation, rejected: Rejected, ear: Ear) -> Turn:
    """Say why it was no answer and ask again; from the second miss on, say how to answer."""
    missed = replace(conversation, missed=conversation.missed + 1)
    says = [Say(rejected.reason, rejected.facts)]
    if conversation.missed and not rejected.codes:
        says.append(Say(f"engine.how.{flow.questions[conversation.state].kind}"))
    return Turn(missed, (*says, ask(flow, missed, ear, rejected.codes)))


def _marked(flow: Flow, conversation: Conversation, question: MultiChoice, code: str, ear: Ear) -> Turn:
    mark, option = code[0], code[1:]
    if option not in question.labelled:
        return _rejected(flow, conversation, Rejected("engine.not_an_option"), ear)
    draft = set(conversation.draft) | {option} if mark == "+" else set(conversation.draft) - {option}
    marked = replace(conversation, draft=tuple(sorted(draft)))
    return Turn(marked, redraw=ask(flow, marked, ear))


def _ready(flow: Flow, conversation: Conversation, ear: Ear) -> Turn:
    question = flow.questions[conversation.state]
    if not isinstance(question, MultiChoice) or not conversation.draft:
        return Turn(conversation, toast=Say("engine.nothing_marked"))
    value: Value = question.gathered(conversation.draft)
    return _answered(flow, conversation, Answer(value, _seconds(ear)), ear)


def _corrected(flow: Flow, conversation: Conversation, heard: Corrected, ear: Ear) -> Turn:
    """An edit of the message that answered a question in words corrects it; any other edit is ignored."""
    for name, answer in conversation.answers.items():
        if answer.ref == heard.ref and isinstance(flow.questions.get(name), FreeText):
            value = flow.questions[name].parse(heard.text, flow.prompt(name), ear)
            if isinstance(value, Rejected):
                return Turn(conversation, (Say(value.reason, value.facts),))
            corrected = Answer(value, _seconds(ear), heard.ref)
            counted = settled(conversation, name, corrected, ())
            return Turn(counted, (Say("engine.corrected"),), (Learned(name, corrected),))
    return Turn(conversation)


def _yes(text: str, pending: Pending, ear: Ear) -> bool | None:
    labels = ear.words.labels.get(f"engine.{pending.why}", {})
    found = nearest(text, labels)
    return found in (CHANGE, YES) if found else agrees(text, ear.words)


def _seconds(ear: Ear) -> int:
    return int(ear.now.timestamp())
