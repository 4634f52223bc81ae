"""/decide: an offer, a promotion, a project or a "should I", compared now against then (A9, S2).

A comparison, never a verdict. One that is opened in a bad hour is kept and offered again after two days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from flows import resuming
from flows.assessment.known import known
from flows.diary import Decision
from flows.engine.answers import Answer
from flows.engine.conversation import Conversation
from flows.engine.say import OnDay, Say
from flows.longitudinal.chapter import Chapter
from flows.longitudinal.energy_run import entries_of
from flows.longitudinal.local_time import zone_of
from flows.longitudinal.patterns import SIDE, weight
from flows.moves.decisions_compared import compared, thumb
from flows.moves.decisions_earlier import listed, look, looked_at, see
from flows.moves.decisions_flow import DECIDE, DECISION_LOOK, it_is_left_for_later
from flows.moves.decisions_hours import bad_hour, first_span_after
from flows.moves.decisions_kept import keeping, remembered, top_of
from flows.moves.decisions_nudges import ASKING, decision_of
from flows.moves.decisions_share import HOURS
from flows.person import Person, begun
from flows.quoting import in_short
from flows.reply import Reply, Visit, offer

if TYPE_CHECKING:
    from flows.coach import Coach

Part = Callable[["Coach", Visit, str], Reply]

LONGEST_NAME = 100

_BUTTON = re.compile(r"(new|list|(?:go|drop|see|look)\.\d{1,9})")


def decide(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Begin a comparison, go on with one, or do what a button asks; other words name what it is about."""
    if _BUTTON.fullmatch(argument):
        name, _, number = argument.partition(".")
        return BUTTONS[name](coach, visit, number)
    if DECIDE.name in visit.person.open_flows:
        return resuming.go_on(coach, visit.of(visit.person.brought_forward(DECIDE.name)))
    name = argument.strip()
    if not name and visit.person.diary.decisions:
        return _door(visit)
    return _begin(coach, visit, {"name": name} if 0 < len(name) <= LONGEST_NAME else {})


def _door(visit: Visit) -> Reply:
    """Lead to the one that was kept, or to the earlier ones, before a new one is begun."""
    decisions = visit.person.diary.decisions
    kept = next((each for each in reversed(decisions) if each.kept_at is not None), None)
    if kept is not None:
        ways = (("go", f"decide:go.{kept.id}"), ("new", "decide:new"), ("drop", f"decide:drop.{kept.id}"))
        return Reply(visit.person, (offer("decide.one_is_kept", *ways, facts={"name": in_short(kept.name)}),))
    return Reply(visit.person, (offer("decide.door", ("new", "decide:new"), ("list", "decide:list")),))


def new(coach: Coach, visit: Visit, number: str) -> Reply:
    """Begin another one; one that is open is gone on with."""
    del number
    if DECIDE.name in visit.person.open_flows:
        return resuming.go_on(coach, visit.of(visit.person.brought_forward(DECIDE.name)))
    return _begin(coach, visit, {})


def _begin(coach: Coach, visit: Visit, given: Mapping[str, str]) -> Reply:
    person, asking = begun(
        visit.person, DECIDE, visit.now, {**_about(visit), "hour": bad_hour(visit.person, visit.now)}
    )
    asking = _answered(asking, given, visit.now)
    person = person.having(asking)
    return Reply(person, (Say("decide.intro"), resuming.ask_again(coach, visit.of(person), asking)))


def _answered(asking: Conversation, given: Mapping[str, str], now: datetime) -> Conversation:
    """Return the conversation with its first questions answered, and the next one open."""
    if not given:
        return asking
    answers = {name: Answer(value or None, int(now.timestamp())) for name, value in given.items()}
    answered = replace(asking, answers=answers, trail=tuple(given))
    return answered.opened(DECIDE.frontier(answered))


def _about(visit: Visit) -> dict[str, str]:
    heavy = _heavy_now(visit.person)
    return {
        "situation": visit.person.situation,
        "top": "\n".join(top_of(visit.person)),
        "logged": _logged(visit.person),
        "heavy_now": "" if heavy is None else str(heavy),
    }


def _heavy_now(person: Person) -> int | None:
    weeks = [week.workday for week in person.diary.weeks if week.workday is not None]
    return weeks[-1] if weeks else known(person).number("O2")


def _logged(person: Person) -> str:
    """How many of ten entries of the energy log gave something; "" for too few."""
    entries = entries_of(person.diary)
    if weight(entries) < 2 * SIDE:
        return ""
    return str(round(HOURS * sum(entry.left > 0 for entry in entries) / len(entries)))


def go(coach: Coach, visit: Visit, number: str) -> Reply:
    """Take up one that was kept, where it was left: after what it is."""
    kept = decision_of(visit.person.diary, number)
    if kept is None or kept.kept_at is None:
        return Reply(visit.person, (Say("decide.gone"),))
    if DECIDE.name in visit.person.open_flows:
        return resuming.go_on(coach, visit.of(visit.person.brought_forward(DECIDE.name)))
    about = {**_about(visit), "id": number}
    person, asking = begun(visit.person, DECIDE, visit.now, about)
    asking = _answered(asking, {"name": kept.name, "kind": kept.kind}, visit.now)
    person = person.having(asking)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), asking),))


def drop(coach: Coach, visit: Visit, number: str) -> Reply:
    """Let go of one that was kept."""
    del coach
    kept = decision_of(visit.person.diary, number)
    if kept is None or kept.kept_at is None:
        return Reply(visit.person, (Say("decide.gone"),))
    others = tuple(each for each in visit.person.diary.decisions if each.id != kept.id)
    person = replace(visit.person, diary=replace(visit.person.diary, decisions=others))
    return Reply(person, (Say("decide.dropped"),), (remembered("dropped", kept),))


def ended(coach: Coach, visit: Visit, reply: Reply, asking: Conversation) -> Reply:
    """Keep it for a better hour, or lay now and then side by side."""
    del coach
    person = reply.person.without(DECIDE.name)
    made = _made(visit, person, asking)
    if it_is_left_for_later(asking):
        at, _ = first_span_after(person, visit.now)
        day = at.astimezone(zone_of(person.zone)).date()
        kept = replace(made, kept_at=visit.now)
        says: tuple[Say, ...] = (Say("decide.kept", {"day": OnDay(day)}),)
        return keeping(replace(reply, person=person), kept, "kept", says)
    there = compared(made, top_of(person))
    if not there:
        return replace(reply, person=person).adding(Say("decide.nothing"))
    rule = thumb(made)
    says = (*there, *((rule,) if rule else ()), _closing(person))
    return keeping(replace(reply, person=person), made, "compared", says)


def _made(visit: Visit, person: Person, asking: Conversation) -> Decision:
    numbers = [each.id for each in person.diary.decisions]
    heavy_now = asking.about.get("heavy_now", "")
    return Decision(
        id=int(asking.about.get("id") or max(numbers, default=0) + 1),
        on=visit.ear.today,
        kind=_text(asking, "kind"),
        name=_text(asking, "name"),
        paper=_codes(asking, "paper"),
        energy_now=asking.number("energy_now"),
        energy_then=asking.number("energy_then"),
        purpose_now=asking.number("purpose_now"),
        purpose_then=asking.number("purpose_then"),
        back=_text(asking, "back"),
        locks=_codes(asking, "locks"),
        year=_text(asking, "year"),
        expects=_text(asking, "expects"),
        heavy_now=int(heavy_now) if heavy_now else None,
        heavy_then=asking.number("heavy"),
    )


def _text(asking: Conversation, question: str) -> str:
    value = asking.value(question)
    return value if isinstance(value, str) else ""


def _codes(asking: Conversation, question: str) -> tuple[str, ...]:
    value = asking.value(question)
    return value if isinstance(value, tuple) else ()


def _closing(person: Person) -> Say:
    """Say whose decision it is; whoever has no direction yet is shown the way to one."""
    if not top_of(person):
        return offer("decide.yours_undirected", ("direction", "direction"))
    return Say("decide.yours")


BUTTONS: Mapping[str, Part] = {
    "new": new,
    "list": listed,
    "go": go,
    "drop": drop,
    "see": see,
    "look": look,
}
"""What stands behind "decide:" on a button, up to its dot."""

CHAPTER = Chapter(
    flows=(DECIDE, DECISION_LOOK),
    endings={DECIDE.name: ended, DECISION_LOOK.name: looked_at},
    commands={"decide": decide},
    nudges=(ASKING,),
)
