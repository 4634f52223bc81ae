"""Conditions that several sittings share. Each reads as a statement in the diagrams."""

from __future__ import annotations

from flows.engine.conversation import Conversation
from flows.engine.flow import Guard


def named(guard: Guard, name: str) -> Guard:
    """Return the guard under the name that diagrams show."""
    guard.__name__ = name
    return guard


def is_answered(question: str) -> Guard:
    """Return the guard: the question was not skipped."""

    def has_an_answer(conversation: Conversation) -> bool:
        return conversation.value(question) is not None

    return named(has_an_answer, f"{question}_is_answered")


def at_least(question: str, number: int) -> Guard:
    """Return the guard: the answer on a scale is that high."""

    def is_at_least(conversation: Conversation) -> bool:
        answer = conversation.number(question)
        return answer is not None and answer >= number

    return named(is_at_least, f"{question}_is_at_least_{number}")


def at_most(question: str, number: int) -> Guard:
    """Return the guard: the answer on a scale is that low."""

    def is_at_most(conversation: Conversation) -> bool:
        answer = conversation.number(question)
        return answer is not None and answer <= number

    return named(is_at_most, f"{question}_is_at_most_{number}")


def says(question: str, *codes: str) -> Guard:
    """Return the guard: the answer is one of these options."""

    def is_said(conversation: Conversation) -> bool:
        return conversation.value(question) in codes

    return named(is_said, f"{question}_is_{'_or_'.join(codes)}")


def ticks(question: str, *codes: str) -> Guard:
    """Return the guard: at least one of these options is marked."""

    def is_ticked(conversation: Conversation) -> bool:
        value = conversation.value(question)
        return isinstance(value, tuple) and bool(set(value) & set(codes))

    return named(is_ticked, f"{question}_has_{'_or_'.join(codes)}")


def is_not(guard: Guard) -> Guard:
    """Return the guard: this does not hold."""

    def does_not_hold(conversation: Conversation) -> bool:
        return not guard(conversation)

    return named(does_not_hold, f"not_{guard.__name__}")


def both(*guards: Guard) -> Guard:
    """Return the guard: all of these hold."""

    def hold_together(conversation: Conversation) -> bool:
        return all(guard(conversation) for guard in guards)

    return named(hold_together, "_and_".join(guard.__name__ for guard in guards))


def about(fact: str, value: str) -> Guard:
    """Return the guard: the conversation was started with this fact."""

    def is_about(conversation: Conversation) -> bool:
        return value in conversation.about.get(fact, "").split()

    return named(is_about, f"{fact}_include_{value}")
