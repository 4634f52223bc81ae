"""What has been answered so far: every answer, each of which can be changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.say import Button, Fact, Label, Say
from flows.engine.stepping import reopen
from flows.engine.tokens import order_token
from flows.person import Person
from flows.quoting import in_short
from flows.reply import Reply, Visit, buttons
from flows.shelf import SITTINGS

if TYPE_CHECKING:
    from flows.coach import Coach

PAGE = 7
"""Answers in one message: what a phone shows without scrolling."""


class Given(NamedTuple):
    """One answer as it is listed: its number from 1, the conversation, the question."""

    number: int
    conversation: Conversation
    question: str


def given(person: Person) -> list[Given]:
    """Return all answers of all sittings, in the order they were asked."""
    there = [
        (conversation, question)
        for name in SITTINGS
        if (conversation := person.conversations.get(name)) is not None
        for question in conversation.trail
    ]
    return [Given(number, *answer) for number, answer in enumerate(there, start=1)]


def show_answers(coach: Coach, visit: Visit, page: str) -> Reply:
    """List the answers of one sitting, a page at a time; each number is the way to change that one."""
    pages = _pages(given(visit.person))
    if not pages:
        return Reply(visit.person, (Say("coach.no_answers_yet"),))
    asked = int(page) if page.isdecimal() and len(page) < 4 else 1
    number = asked if 1 <= asked <= len(pages) else 1
    some = pages[number - 1]
    numbers = (Button(one.number, order_token("change", str(one.number)), str(one.number)) for one in some)
    ways = (replace(way, key="") for way in _other_pages(visit, pages, number))
    lines = tuple(_line(coach, one) for one in some)
    facts: dict[str, Fact] = {"lines": lines, "sitting": Label("coach.sittings", _sitting(some))}
    return Reply(visit.person, (Say("coach.answers", facts, (*numbers, *ways)),))


def _pages(answers: list[Given]) -> list[list[Given]]:
    """Cut the answers into pages; a sitting begins on a page of its own."""
    sittings = (list(some) for _, some in groupby(answers, key=lambda one: one.conversation.flow))
    return [some[at : at + PAGE] for some in sittings for at in range(0, len(some), PAGE)]


def _sitting(page: list[Given]) -> str:
    return page[0].conversation.flow


def _other_pages(visit: Visit, pages: list[list[Given]], number: int) -> tuple[Button, ...]:
    """The next page, the beginning of every other sitting, and the way back to an open question."""
    here = _sitting(pages[number - 1])
    more = (("more", f"answers:{number + 1}"),) if number < len(pages) else ()
    first = {_sitting(page): place for place, page in reversed([*enumerate(pages, start=1)])}
    others = tuple(
        Button(Label("coach.sittings", name), order_token("answers", str(first[name])))
        for name in SITTINGS
        if name in first and name != here and first[name] != number + 1
    )
    back = (("go_on", "continue:now"),) if visit.person.foreground else ()
    return (*buttons("coach.answers", *more), *others, *buttons("coach.answers", *back))


def _line(coach: Coach, one: Given) -> Say:
    flow = coach.flows[one.conversation.flow]
    value = one.conversation.value(one.question)
    question = flow.short(one.conversation, one.question)
    answer = in_short(shown(flow, one.question, value))
    return Say("coach.answer_line", {"number": one.number, "question": question, "answer": answer})


def change(coach: Coach, visit: Visit, which: str) -> Reply:
    """Ask one question again: by its number in the list, or by flow and question."""
    for one in given(visit.person):
        if which.strip() in (str(one.number), f"{one.conversation.flow}.{one.question}", one.question):
            turn = reopen(coach.flows[one.conversation.flow], one.conversation, one.question, visit.ear)
            person = visit.person.having(turn.conversation).brought_forward(one.conversation.flow)
            return Reply(person, turn.says)
    return show_answers(coach, visit, "")
