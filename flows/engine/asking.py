"""How an open question is put: its prompt, its facts, its buttons, and how far along it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flows.engine.answers import Value
from flows.engine.conversation import Conversation, Pending
from flows.engine.flow import Flow
from flows.engine.questions import MultiChoice, Question, Scale
from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import BACK, READY, SKIP, WHY, choice_token
from flows.engine.words import Ear

ASIDES = "engine.asides"
"""The prompt that holds the labels of skip, back, why and the like."""

CHANGE, KEEP = "change", "keep"
YES, NO = "yes", "no"


def ask(flow: Flow, conversation: Conversation, ear: Ear, codes: tuple[str, ...] = ()) -> Say:
    """Return the open question as a message. `codes` narrow it ("which Georgia?")."""
    if conversation.pending:
        return _ask_pending(flow, conversation, conversation.pending)
    question = flow.questions[conversation.state]
    prompt = flow.prompt(conversation.state)
    offered = codes or question.offers(prompt, ear.within(conversation.value("country")))
    return Say(
        prompt,
        facts=flow.facts(conversation),
        buttons=(*_options(question, prompt, conversation, offered), *_asides(question, conversation)),
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
        return tuple(Label(prompt, code) for code in value)
    if kind.kind == "free_text":
        return str(value)
    return kind.label(prompt, str(value))


def _options(
    question: Question, prompt: str, conversation: Conversation, offered: tuple[str, ...]
) -> list[Button]:
    tapped = _token_of(conversation)
    if isinstance(question, MultiChoice):
        return _marks(question, prompt, conversation, offered)
    counted = isinstance(question, Scale)
    return [
        Button(question.label(prompt, code), tapped(code), code if counted else str(place))
        for place, code in enumerate(offered, start=1)
    ]


def _marks(
    question: MultiChoice, prompt: str, conversation: Conversation, offered: tuple[str, ...]
) -> list[Button]:
    """Buttons that set or clear one option; what a tap does is in its token, so a repeat changes nothing."""
    tapped, draft = _token_of(conversation), conversation.draft
    marks = [
        Button(
            question.label(prompt, code),
            tapped(("-" if code in draft else "" if code in question.alone else "+") + code),
            str(place),
            chosen=code in draft,
        )
        for place, code in enumerate(offered, start=1)
    ]
    ready = [Button(Label(ASIDES, "ready"), tapped(READY), aside=True)] if draft else []
    return marks + ready


def _asides(question: Question, conversation: Conversation) -> list[Button]:
    tapped = _token_of(conversation)
    skip = "leave" if conversation.changing else "skip"
    asides = [
        (BACK, "back", bool(conversation.trail) and not conversation.changing),
        (SKIP, skip, question.skippable or conversation.changing),
        (WHY, "why", question.explained),
    ]
    return [Button(Label(ASIDES, label), tapped(code), aside=True) for code, label, there in asides if there]


def _ask_pending(flow: Flow, conversation: Conversation, pending: Pending) -> Say:
    tapped = _token_of(conversation)
    codes = (CHANGE, KEEP) if pending.why == "reopens" else (YES, NO)
    prompt = f"engine.{pending.why}"
    facts: dict[str, Fact] = {
        "answer": shown(flow, conversation.state, pending.answer.value),
        "count": len(pending.drops),
        "question": Say(f"{flow.prompt(conversation.state)}.short"),
    }
    buttons = tuple(Button(Label(prompt, code), tapped(code), str(n)) for n, code in enumerate(codes, 1))
    return Say(prompt, facts, buttons)


def _token_of(conversation: Conversation) -> Callable[[str], str]:
    """Return what makes the tokens of the open question."""
    return partial(choice_token, conversation.id, conversation.seq, conversation.state)
