"""How an open question is put: its prompt, its facts, its buttons, and how far along it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flows.engine.answers import Value
from flows.engine.conversation import Conversation, Pending
from flows.engine.flow import Flow
from flows.engine.question import Option, Question
from flows.engine.questions import Choice, Confirm, MultiChoice
from flows.engine.say import ASIDES, Button, Fact, Label, Say
from flows.engine.tokens import BACK, READY, SKIP, WHY, choice_token
from flows.engine.words import Ear

CHANGE, KEEP = "change", "keep"
DECIDING: Mapping[str, Choice] = {"reopens": Choice(CHANGE, KEEP), "late": Confirm()}
"""What is asked about an answer that is held, by why it is."""
AFFIRMING = (CHANGE, "yes")

_ASIDES = {code: Label(ASIDES, code) for code in ("back", "skip", "leave", "why")}


def ask(flow: Flow, conversation: Conversation, ear: Ear) -> Say:
    """Return the open question as a message."""
    if conversation.pending:
        return _ask_pending(flow, conversation, conversation.pending)
    question = flow.questions[conversation.state]
    prompt = flow.prompt(conversation.state)
    options = question.options(prompt, ear.during(conversation))
    return Say(
        prompt,
        facts=flow.facts(conversation, conversation.state),
        buttons=(*_answers(question, options, conversation), *_asides(question, conversation)),
        variant=conversation.about.get("situation", ""),
        foot=progress(flow, conversation),
    )


def progress(flow: Flow, conversation: Conversation) -> Say | None:
    """Return "7 of 18", or nothing where a flow counts nothing."""
    steps = flow.steps(conversation)
    if conversation.state not in steps:
        return None
    return Say("engine.progress", {"number": steps.index(conversation.state) + 1, "total": len(steps)})


def shown(flow: Flow, question: str, value: Value) -> Fact:
    """Return an answer as it is quoted to the person who gave it."""
    kind = flow.questions[question]
    prompt = flow.prompt(question)
    if value is None:
        return Label(ASIDES, "skipped")
    if isinstance(value, tuple):
        return tuple(kind.label(prompt, code) for code in value)
    if kind.kind == "free_text" and value not in kind.labelled:
        return str(value)
    return kind.label(prompt, str(value))


def _answers(question: Question, options: tuple[Option, ...], conversation: Conversation) -> Iterator[Button]:
    """Buttons that answer, or on a list set or clear one mark each: a repeated tap changes nothing."""
    tapped, draft = _token_of(conversation), conversation.draft
    if not isinstance(question, MultiChoice):
        for option in options:
            yield Button(option.label, tapped(option.code), option.key)
        return
    for option in options:
        chosen = option.code in draft
        mark = "-" if chosen else "" if option.code in question.alone else "+"
        yield Button(option.label, tapped(mark + option.code), option.key, chosen)
    if draft:
        yield Button(Label(ASIDES, "ready"), tapped(READY), aside=True)


def _asides(question: Question, conversation: Conversation) -> list[Button]:
    tapped = _token_of(conversation)
    skip = "leave" if conversation.changing else "skip"
    asides = [
        (BACK, "back", bool(conversation.trail) and not conversation.changing),
        (SKIP, skip, question.skippable or conversation.changing),
        (WHY, "why", question.explained),
    ]
    return [Button(_ASIDES[label], tapped(code), aside=True) for code, label, there in asides if there]


def _ask_pending(flow: Flow, conversation: Conversation, pending: Pending) -> Say:
    tapped = _token_of(conversation)
    codes = DECIDING[pending.why].labelled
    prompt = f"engine.{pending.why}"
    facts: dict[str, Fact] = {
        "answer": shown(flow, conversation.state, pending.answer.value),
        "count": len(pending.drops),
        "question": flow.short(conversation, conversation.state),
    }
    buttons = tuple(Button(Label(prompt, code), tapped(code), str(n)) for n, code in enumerate(codes, 1))
    return Say(prompt, facts, buttons)


def _token_of(conversation: Conversation) -> Callable[[str], str]:
    """Return what makes the tokens of the open question."""
    return choice_token(conversation.id, conversation.seq, conversation.state, "").__add__
