"""Ways of staying where one is while busy: named once, kindly, with the way out (concepts 41, 87 to 90).

The signs are what somebody told and what really happened. A trap is a pattern among people, not a verdict on
one: it is said as something noticed, and never in a bad hour, to somebody on leave, or to somebody harmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from flows.assessment.facts import Facts
from flows.assessment.fit import ITEM
from flows.assessment.known import known
from flows.diary import Named
from flows.engine.say import Say
from flows.longitudinal.responses import rested
from flows.moves.hours import is_a_bad_hour
from flows.person import Person
from flows.reply import Reply, Visit

CAPACITY = ("load", "support", "rest")
"""Kinds of attempts against plain overload (BR11)."""

SAME_KIND = 3
"""Attempts of one kind that came to nothing, from which on it is a pattern (A8)."""

REAL = 0.5
"""The least dose at which an attempt that came to nothing says something."""

HEAVY = 6
LONG = ("6-24", "gt2", "always")
"""Answers to O3 of more than half a year."""

CAME_BACK = ("days", "2w", "2-6w")
"""After a break it was soon as heavy as before (R3)."""

WITHOUT_PAY = ("student", "carer")
"""Situations in which the ties are other ones than pay."""

APART = timedelta(days=7)
"""Never two within so long."""

COST = "cost"
"""What staying costs (concept 30): no trap, but said as rarely."""

COSTLY = ("VAL", "IDN")

MORE_THAN_A_HUNCH = 2
"""The tier of a map that rests on more than the sketch (A8)."""


def trap(person: Person) -> str | None:
    """Return the trap whose signs are there and that was not named yet: the most telling one."""
    named = {each.what for each in person.diary.traps_named}
    facts = known(person)
    if _is_spared(person, facts):
        return None
    return next((name for name, shows in SIGNS.items() if name not in named and shows(person, facts)), None)


def costs_something(person: Person) -> bool:
    """Return whether what staying costs may be put into words: the lead is in the work, and it lasts."""
    drawn, facts = person.diary.map, known(person)
    said = COST in {each.what for each in person.diary.traps_named}
    if said or drawn is None or drawn.tier < MORE_THAN_A_HUNCH or _is_spared(person, facts):
        return False
    return bool({*drawn.lead} & {*COSTLY}) and facts.code("O3") in LONG


def _is_spared(person: Person, facts: Facts) -> bool:
    """Somebody on leave, or harmed, is told of none of this."""
    return person.situation == "leave" or facts.answers.get("e1") == "3"


def name_one(visit: Visit) -> tuple[Person, tuple[Say, ...]]:
    """Return what is to be named now, if anything, and the person to whom it was said."""
    person, today = visit.person, visit.ear.today
    lately = any(today - each.on < APART for each in person.diary.traps_named)
    if lately or is_a_bad_hour(visit):
        return person, ()
    what = trap(person) or (COST if costs_something(person) else None)
    if what is None:
        return person, ()
    diary = replace(person.diary, traps_named=(*person.diary.traps_named, Named(what, today)))
    return replace(person, diary=diary), (Say(_prompt(person, what), apart=True),)


def with_a_trap_named(visit: Visit, reply: Reply) -> Reply:
    """Return a reply with what is to be named at its beginning, before what can be done about it."""
    person, says = name_one(visit.of(reply.person))
    return replace(reply, person=person, says=(*says, *reply.says))


def _prompt(person: Person, what: str) -> str:
    drawn = person.diary.map
    if what != COST or drawn is None:
        return f"traps.{what}"
    return f"traps.cost.{next(each for each in drawn.lead if each in COSTLY)}"


def keeps_the_same_name(person: Person, facts: Facts) -> bool:
    """Three attempts at rest or less load came to nothing, and it is still called overload (S1)."""
    drawn = person.diary.map
    called_load = facts.answers.get("O5") == "a" or facts.answers.get(ITEM) == "CAP"
    label = called_load or (drawn is not None and "CAP" in drawn.lead)
    outcomes = [outcome for kind, outcome in _attempts(person, facts) if kind in CAPACITY]
    return label and "held" not in outcomes and len(outcomes) >= SAME_KIND


def learns_its_way_out(person: Person, facts: Facts) -> bool:
    """They got better at it, and it did not get lighter (concept 90)."""
    outcomes = [outcome for kind, outcome in _attempts(person, facts) if kind == "skill"]
    return bool(outcomes) and "held" not in outcomes


def sticks_it_out(person: Person, facts: Facts) -> bool:
    """The pay holds them, for long, or was raised and lifted nothing; and nothing else was tried (87, 88)."""
    if person.situation in WITHOUT_PAY or person.diary.trials:
        return False
    raises = [outcome for kind, outcome in _attempts(person, facts) if kind == "pay"]
    only_pay = facts.answers.get("v5") == "onlypay" and facts.code("O3") in LONG
    return only_pay or (bool(raises) and "held" not in raises)


def dreams_of_escape(person: Person, facts: Facts) -> bool:
    """All or nothing: something else entirely, heavy for long, and not one small step toward it (89)."""
    entirely = facts.answers.get("CF8") == "entire" and facts.code("O3") in LONG
    heavy = (facts.number("O2") or 0) >= HEAVY
    nothing = not (facts.tried or person.diary.trials or person.diary.moves_done)
    return entirely and heavy and nothing


SIGNS: Mapping[str, Callable[[Person, Facts], bool]] = {
    "relabel": keeps_the_same_name,
    "optimise": learns_its_way_out,
    "stick": sticks_it_out,
    "escape": dreams_of_escape,
}
"""The four, the most telling first: what was tried says more than what is dreamt of."""


def _attempts(person: Person, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield kind and outcome of what was tried for real: remembered, logged, and days off."""
    yield from ((each.kind, each.outcome) for each in facts.tried if each.dose >= REAL)
    for trial in person.diary.trials:
        if trial.outcome and (trial.dose or 0) >= REAL:
            yield trial.kind, trial.outcome
    for each in person.diary.breaks:
        seen = rested(each, person.diary.weeks)
        if seen is not None and seen.outcome and each.kind != "sick":
            yield "rest", seen.outcome
    if facts.code("R3") in CAME_BACK and facts.code("R4") in ("ord", "light"):
        yield "rest", "temp"
