"""Days off, watched: in the middle, and on the way back into the old weight or not (A9, break capture).

Coming back heavy after a holiday is what most people know, so it says little by itself; when it comes back,
and with how much load, says more (B, vacation fade-out). What a break says to the rule is in `responses`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, cast

from flows import resuming
from flows.assessment.guards import about
from flows.diary import Break, Felt
from flows.engine.conversation import DONE, Conversation
from flows.engine.days import DayOf, day_named
from flows.engine.flow import Flow, Go
from flows.engine.questions import Choice, Scale
from flows.engine.say import Fact, Label, OnDay, Say
from flows.longitudinal.chapter import Chapter, NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, zone_of
from flows.longitudinal.responses import rested
from flows.person import Person, begun
from flows.reply import Remembered, Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

KINDS = ("holiday", "sick", "sabbatical")
AFTER: Mapping[str, timedelta] = {
    "day2": timedelta(days=2),
    "day10": timedelta(days=10),
    "week3": timedelta(weeks=3),
    "week6": timedelta(weeks=6),
}
"""When it is asked how heavy a workday is: so long after the last day off."""

WITH_LOAD = ("day2", "day10")
"""The two at which the load on return is asked, until it is known."""

WATCHED = AFTER["week6"] + timedelta(days=7)
"""So long after its end a break is of interest."""

LEAST_FOR_A_MIDDLE = timedelta(days=3)


def _facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    del question
    when = conversation.about.get("when", "")
    return {"moment": Label("breaks.moments", when) if when else ""}


def is_no_break(conversation: Conversation) -> bool:
    """No kind or no first day was given: nothing to watch."""
    return conversation.value("kind") is None


def it_never_began(conversation: Conversation) -> bool:
    return conversation.value("first") is None


BREAK = Flow(
    name="break",
    version=1,
    start="kind",
    questions={
        "kind": Choice(*KINDS),
        "first": DayOf("yesterday", "today", "tomorrow", "monday"),
        "last": DayOf(depends_on=("first",)),
    },
    transitions=(
        Go("kind", DONE, when=is_no_break),
        Go("kind", "first"),
        Go("first", DONE, when=it_never_began),
        Go("first", "last"),
        Go("last", DONE),
    ),
    facts=_facts,
)

BREAK_FELT = Flow(
    name="break_felt",
    version=1,
    start="felt",
    questions={"felt": Scale(0, 10), "load": Choice("heavy", "ord", "light")},
    transitions=(Go("felt", "load", when=about("load", "yes")), Go("felt", DONE), Go("load", DONE)),
    facts=_facts,
)


def current(person: Person, today: date) -> Break | None:
    """Return the break that is ahead, running, or not yet six weeks over; the newest one."""
    watched = (each for each in reversed(person.diary.breaks) if each.last + WATCHED >= today)
    return next(watched, None)


def days_off(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Plan a break to be watched, or show the one that is."""
    person = visit.person
    known = current(person, visit.ear.today)
    if known is None or argument == "new":
        person, planning = begun(person, BREAK, visit.now, {"situation": person.situation})
        return Reply(person, (resuming.ask_again(coach, visit.of(person), planning),))
    facts: dict[str, Fact] = {
        "kind": Label("break.kind", known.kind),
        "first": OnDay(known.first),
        "last": OnDay(known.last),
    }
    ways = (("another", "break:new"), ("remove", f"break_off:{known.id}"))
    return Reply(person, (with_way_back(visit, offer("breaks.status", *ways, facts=facts)),))


def take_back(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Forget a break that was entered by mistake or is not happening."""
    person = visit.person
    gone = next((each for each in person.diary.breaks if str(each.id) == argument), None)
    if gone is None:
        return days_off(coach, visit, "")
    kept = tuple(each for each in person.diary.breaks if each is not gone)
    person = replace(person, diary=replace(person.diary, breaks=kept))
    return Reply(person, (Say("breaks.removed"),), (_remembered("removed", gone),))


def _planned(coach: Coach, visit: Visit, reply: Reply, planning: Conversation) -> Reply:
    del coach
    person = reply.person.without(planning.flow)
    days = {"first": planning.value("first"), "last": planning.value("last")}
    kind, first, last = planning.value("kind"), day_named(days, "first"), day_named(days, "last")
    if not isinstance(kind, str) or first is None:
        return replace(reply, person=person).adding(Say("breaks.none"))
    last = last or first
    number = max((each.id for each in person.diary.breaks), default=0) + 1
    made = Break(
        number, cast("Literal['holiday', 'sick', 'sabbatical']", kind), min(first, last), max(first, last)
    )
    diary = replace(person.diary, breaks=(*person.diary.breaks, made))
    facts: dict[str, Fact] = {"first": OnDay(made.first), "last": OnDay(made.last)}
    prompt = "breaks.planned_sick" if kind == "sick" else "breaks.planned"
    return replace(
        reply,
        person=replace(person, diary=diary),
        says=(*reply.says, Say(prompt, facts)),
        remember=(*reply.remember, _remembered("planned", made)),
    )


def felt(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask how heavy a workday is at one point of a break ("3.day10")."""
    number, _, when = argument.partition(".")
    found = _break(visit.person, number)
    if found is None or when not in ("mid", *AFTER):
        return days_off(coach, visit, "")
    load = "yes" if when in WITH_LOAD and not found.load else "no"
    about = {"situation": visit.person.situation, "break": number, "when": when, "load": load}
    person, asking = begun(visit.person, BREAK_FELT, visit.now, about)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), asking),))


def _felt(coach: Coach, visit: Visit, reply: Reply, asking: Conversation) -> Reply:
    """Keep what it felt like, and say what the course so far means, if it means anything."""
    del coach
    person = reply.person.without(asking.flow)
    found, heaviness = _break(person, asking.about.get("break", "")), asking.number("felt")
    if found is None or heaviness is None:
        return replace(reply, person=person).adding(Say("breaks.left_open"))
    when, load = asking.about["when"], asking.value("load")
    course = (*(each for each in found.felt if each.when != when), Felt(when, visit.ear.today, heaviness))
    updated = replace(found, felt=course)
    if isinstance(load, str):
        updated = replace(updated, load=cast("Literal['', 'heavy', 'ord', 'light']", load))
    breaks = tuple(updated if each.id == updated.id else each for each in person.diary.breaks)
    return replace(
        reply,
        person=replace(person, diary=replace(person.diary, breaks=breaks)),
        says=(*reply.says, reading(updated, person)),
        remember=(*reply.remember, _remembered("felt", updated)),
    )


def reading(found: Break, person: Person) -> Say:
    """Return what the course of a break says so far, with the ordinary fade called ordinary."""
    seen = rested(found, person.diary.weeks)
    if found.kind == "sick":
        return Say("breaks.noted_sick")
    if seen is None or (not seen.outcome and not seen.ordinary_fade):
        return Say("breaks.noted")
    if seen.ordinary_fade:
        return Say("breaks.ordinary_fade")
    if seen.outcome == "temp":
        return Say(f"breaks.back_{found.load or 'unknown'}", {"days": seen.back_within or 0})
    return Say("breaks.held" if seen.outcome == "held" else "breaks.none_felt")


def _break(person: Person, number: str) -> Break | None:
    return next((each for each in person.diary.breaks if str(each.id) == number), None)


def _remembered(what: str, each: Break) -> Remembered:
    course = [{"when": one.when, "on": one.on.isoformat(), "heaviness": one.heaviness} for one in each.felt]
    body = asdict(each) | {"first": each.first.isoformat(), "last": each.last.isoformat(), "felt": course}
    return Remembered("break", {"event": what, **body})


def moments(each: Break) -> Iterator[tuple[str, date]]:
    """Yield when a break is looked at: mid (of three days and more), day2, day10, week3, week6."""
    if each.last - each.first >= LEAST_FOR_A_MIDDLE - timedelta(days=1):
        yield "mid", each.first + (each.last - each.first) / 2
    for when, after in AFTER.items():
        yield when, each.last + after


def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
    """Yield the looks at a break that lie ahead."""
    today = now.astimezone(zone_of(person.zone)).date()
    found = current(person, today)
    if found is None:
        return
    begins, ends = WINDOWS.get(person.diary.rhythm.window, WINDOWS["evening"])
    seen = {each.when for each in found.felt}
    for when, day in moments(found):
        if day >= today and when not in seen:
            yield Wanted("break", f"{found.id}.{when}", day, begins, ends)


def offered(visit: Visit, nudge: Wanted) -> Say | None:
    """Return the offer of one tap; None when that break is gone or this was already told."""
    number, _, when = nudge.slot.partition(".")
    found = _break(visit.person, number)
    if found is None or when in {each.when for each in found.felt}:
        return None
    prompt = "breaks.ask_mid" if when == "mid" else "breaks.ask_after"
    facts: dict[str, Fact] = {"moment": Label("breaks.moments", when)}
    return Say(prompt, facts, buttons(prompt, ("start", f"felt:{nudge.slot}")))


CHAPTER = Chapter(
    flows=(BREAK, BREAK_FELT),
    endings={BREAK.name: _planned, BREAK_FELT.name: _felt},
    commands={"break": days_off, "break_off": take_back, "felt": felt},
    nudges=(NudgeKind("break", 15, wanted, offered),),
)
