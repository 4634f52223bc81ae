"""A plan for the next hour: three blanks, shown once and not kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import order_token
from flows.person import Person
from flows.reply import Reply, Visit
from flows.safety.crisis import TAPPED, asked, contacts_of, ordered, saying
from flows.safety.helplines import Helpline

if TYPE_CHECKING:
    from flows.coach import Coach

BLANKS = ("crisis.plan_hour", "crisis.plan_who", "crisis.plan_line")
OFFERED = {
    "crisis.plan_hour": ("walk", "shower", "music", "open"),
    "crisis.plan_who": ("friend", "family", "neighbour", "open"),
}

LONGEST = 200
"""Characters of a line: more is no plan any more, and would make the page too long to be read."""


def begin_plan(visit: Visit) -> Reply:
    """Ask for the first line."""
    person = _planning(visit, ())
    return saying(person, (asked(BLANKS[0], *OFFERED[BLANKS[0]]),))


def fill(coach: Coach, visit: Visit, line: str) -> Reply | None:
    """Take one line, a code of a button or words, and ask for the next; None when all three are there."""
    lines = (*visit.person.crisis.plan, line[:LONGEST])
    person = _planning(visit, lines)
    if len(lines) >= len(BLANKS):
        return None
    question = BLANKS[len(lines)]
    if question in OFFERED:
        return saying(person, (asked(question, *OFFERED[question]),))
    return saying(person, (Say(question, {}, _lines(coach, visit), apart=True),))


def shown(visit: Visit, last: str) -> tuple[Person, tuple[Say, ...]]:
    """Return the finished plan; of its lines nothing is kept."""
    hour, who, line = (
        _worded(prompt, said[:LONGEST])
        for prompt, said in zip(BLANKS, (*visit.person.crisis.plan, last), strict=True)
    )
    facts: dict[str, Fact] = {"hour": hour, "who": who, "line": line}
    says = (Say("crisis.plan_shown", facts, apart=True), Say("crisis.plan_shown.how", apart=True))
    return _planning(visit, ()), says


def _worded(prompt: str, said: str) -> Fact:
    """Words stand as they were written; the code of a button is what stands on it."""
    if said == "open":
        return Say("crisis.plan_shown.open")
    known = said in OFFERED.get(prompt, ("finder",))
    return Label(prompt, said) if known else said


def _lines(coach: Coach, visit: Visit) -> tuple[Button, ...]:
    """One button for each line of the country, with how it is reached on it."""
    lines = contacts_of(coach, visit).lines
    reached = tuple(
        Button(_reached(each), order_token(TAPPED, f"plan_line.{place}"), str(place))
        for place, each in enumerate(lines, start=1)
    )
    others = ("open",) if reached else ("finder", "open")
    further = ordered("crisis.plan_line", *((code, f"plan_line.{code}") for code in others))
    return (
        *reached,
        *(replace(each, key=str(place)) for place, each in enumerate(further, len(reached) + 1)),
    )


def line_at(coach: Coach, visit: Visit, code: str) -> str:
    """Return what stands on the button of a line: how it is reached."""
    lines = contacts_of(coach, visit).lines
    place = int(code) if code.isdecimal() else 0
    return _reached(lines[place - 1]) if 0 < place <= len(lines) else code


def _reached(line: Helpline) -> str:
    return line.display or line.text


def _planning(visit: Visit, lines: tuple[str, ...]) -> Person:
    at = visit.now if lines else None
    return replace(visit.person, crisis=replace(visit.person.crisis, plan=lines, plan_at=at))
