"""Decisions of before: seeing them again, and saying how one turned out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows import resuming
from flows.engine.conversation import Conversation
from flows.engine.say import Button, OnDay, Say
from flows.engine.tokens import order_token
from flows.moves.decisions_compared import compared
from flows.moves.decisions_flow import DECISION_LOOK, KINDS
from flows.moves.decisions_kept import keeping, top_of
from flows.moves.decisions_looks import after_of, calibration, looked, told, with_look
from flows.moves.decisions_nudges import decision_of
from flows.person import begun
from flows.quoting import in_short
from flows.reply import Reply, Visit, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

MOST_LISTED = 8


def listed(coach: Coach, visit: Visit, number: str) -> Reply:
    """Show the earlier ones by number, and what they say of the guesses behind them."""
    del coach, number
    earlier = [each for each in visit.person.diary.decisions if each.kept_at is None][-MOST_LISTED:]
    if not earlier:
        return Reply(visit.person, (offer("decide.none_yet", ("new", "decide:new")),))
    lines = tuple(
        Say("decide.listed", {"number": place, "name": in_short(each.name), "day": OnDay(each.on)})
        for place, each in enumerate(earlier, start=1)
    )
    ways = tuple(
        Button(place, order_token("decide", f"see.{each.id}"), str(place))
        for place, each in enumerate(earlier, start=1)
    )
    guesses = calibration(earlier)
    page = with_way_back(visit, Say("decide.list", {"lines": lines}, ways))
    return Reply(visit.person, (*((guesses,) if guesses else ()), page))


def see(coach: Coach, visit: Visit, number: str) -> Reply:
    """Show one comparison again, with how it turned out."""
    del coach
    decision = decision_of(visit.person.diary, number)
    if decision is None or decision.kept_at is not None:
        return Reply(visit.person, (Say("decide.gone"),))
    turned = [say for each in decision.looks if (say := told(decision, each)) is not None]
    way = offer("decide.how_it_is", ("look", f"decide:look.{number}"), ("list", "decide:list"))
    return Reply(visit.person, (*compared(decision, top_of(visit.person)), *turned[-1:], way))


def look(coach: Coach, visit: Visit, number: str) -> Reply:
    """Ask how one turned out."""
    decision = decision_of(visit.person.diary, number)
    if decision is None or decision.kept_at is not None:
        return Reply(visit.person, (Say("decide.gone"),))
    expected = decision.heavy_then
    about: dict[str, str] = {
        "situation": visit.person.situation,
        "id": number,
        "name": str(in_short(decision.name)),
        "kind": decision.kind if decision.kind in KINDS else "",
        "expects": decision.expects,
        "expected": "" if expected is None else str(expected),
        "after": str(after_of(decision, visit.ear.today)),
    }
    person, asking = begun(visit.person, DECISION_LOOK, visit.now, about)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), asking),))


def looked_at(coach: Coach, visit: Visit, reply: Reply, asking: Conversation) -> Reply:
    """Keep how it turned out, lay it beside what was expected, and say what several of them show."""
    del coach
    person = reply.person.without(DECISION_LOOK.name)
    decision = decision_of(person.diary, asking.about.get("id", ""))
    if decision is None:
        return replace(reply, person=person).adding(Say("decide.gone"))
    found = looked(decision, asking, visit.ear.today)
    after = with_look(decision, found)
    others = [each for each in person.diary.decisions if each.id != decision.id]
    turned = told(after, found) or Say("decide.noted")
    guesses = calibration((*others, after)) if found.turned is not None else None
    says = (turned, *((guesses,) if guesses else ()))
    return keeping(replace(reply, person=person), after, "looked", says)
