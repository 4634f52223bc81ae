"""Opening a week: begin it, go on with it, or show what was said so that it can be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flows import resuming
from flows.assessment.battery import BATTERY
from flows.diary import Diary, Week
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.say import Button, Fact, OnDay, Say
from flows.engine.stepping import reopen
from flows.engine.tokens import order_token
from flows.longitudinal.local_time import monday_of, zone_of
from flows.longitudinal.reflections import chosen, was_harmed
from flows.longitudinal.weekly import WEEK
from flows.longitudinal.weekly_usefulness import is_due
from flows.longitudinal.weekly_weeks import (
    as_conversation,
    as_remembered,
    kept,
    monday_in,
    week_meant,
    week_of,
    with_week,
)
from flows.person import Person, begun
from flows.quoting import in_short
from flows.reply import Remembered, Reply, Visit, buttons, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

COMPARED = timedelta(weeks=4)
"""How long ago the week before may be, to be compared with this one."""


def look_back(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Open the week: `argument` is empty, the Monday of one, or "W1.2026-03-02" for one answer of one."""
    question, _, day = argument.partition(".")
    if question in WEEK.questions:
        return _change(coach, visit, question, day)
    monday = week_meant(visit.person, visit.now, argument.strip())
    open_one = _unfinished(visit.person)
    if open_one is not None and monday_in(open_one) == monday:
        return resuming.go_on(coach, visit.of(visit.person.brought_forward(WEEK.name)), "now")
    week = kept(visit.person.diary, monday)
    return _begin(coach, visit, monday) if week is None else _what_was_said(coach, visit, week)


def _unfinished(person: Person) -> Conversation | None:
    there = person.conversations.get(WEEK.name)
    return there if there is not None and WEEK.name in person.open_flows else None


def _begin(coach: Coach, visit: Visit, monday: date) -> Reply:
    """Ask the first question; whatever an unfinished week before it has said by then is kept."""
    left = _left_behind(visit)
    person, conversation = begun(left.person, WEEK, visit.now, started_with(left.person, monday))
    says = (_opening(visit, monday), *_last_step(person.diary, monday))
    return replace(left, person=person, says=(*says, resuming.ask_again(coach, visit, conversation)))


def _left_behind(visit: Visit) -> Reply:
    left = _unfinished(visit.person)
    before = kept(visit.person.diary, monday_in(left)) if left else None
    week = week_of(left, datetime.fromtimestamp(left.at, visit.now.tzinfo)) if left and not before else None
    if week is None:
        return Reply(visit.person)
    person = replace(visit.person, diary=with_week(visit.person.diary, week))
    return Reply(person, remember=(Remembered("week", as_remembered(week)),))


def _opening(visit: Visit, monday: date) -> Say:
    today = visit.now.astimezone(zone_of(visit.person.zone)).date()
    if monday == monday_of(today):
        return Say("weekly.opening")
    return Say("weekly.opening_before", {"monday": OnDay(monday)})


def _last_step(diary: Diary, monday: date) -> tuple[Say, ...]:
    """What they wanted to do since, in their words; nobody is asked whether they did."""
    last = latest(diary, monday)
    if last is None or not (last.cue and last.act):
        return ()
    return (Say("weekly.last_step", {"cue": last.cue, "act": last.act}),)


def latest(diary: Diary, monday: date) -> Week | None:
    """Return the last week before this Monday, unless it is too long ago to compare."""
    before = [week for week in diary.weeks if monday - COMPARED <= week.monday < monday]
    return before[-1] if before else None


def started_with(person: Person, monday: date) -> dict[str, str]:
    """Return what a reflection knows from the beginning; what is not so is left out."""
    diary = person.diary
    before = latest(diary, monday)
    lead = diary.map.lead[0] if diary.map and diary.map.lead and not diary.parked else ""
    battery = person.conversations.get(BATTERY.name)
    known = {
        "situation": person.situation,
        "monday": monday.isoformat(),
        "prompt": chosen(person, monday),
        "before": "" if before is None or before.workday is None else str(before.workday),
        "lead": lead,
        "harmed": "yes" if was_harmed(diary) else "",
        "leads": "yes" if battery is not None and battery.value("leads") == "yes" else "",
        "useful": "due" if lead and is_due(diary, monday) else "",
    }
    return {name: fact for name, fact in known.items() if fact}


def _change(coach: Coach, visit: Visit, question: str, day: str) -> Reply:
    """Ask one answer of a week anew; the others stay as they are."""
    week = next((each for each in visit.person.diary.weeks if each.monday.isoformat() == day), None)
    if week is None:
        return look_back(coach, visit, "")
    person, there = _as_said(visit, week)
    turn = reopen(WEEK, there, question, visit.ear)
    return Reply(person.having(turn.conversation).brought_forward(WEEK.name), turn.says)


def _as_said(visit: Visit, week: Week) -> tuple[Person, Conversation]:
    about = started_with(visit.person, week.monday)
    return as_conversation(_left_behind(visit).person, week, about, visit.now)


def _what_was_said(coach: Coach, visit: Visit, week: Week) -> Reply:
    """List the answers of a week, each with the button that changes it."""
    del coach
    _, there = _as_said(visit, week)
    day = week.monday.isoformat()
    lines = []
    numbers = []
    for number, question in enumerate(there.trail, start=1):
        answer = in_short(shown(WEEK, question, there.value(question)))
        facts: dict[str, Fact] = {"number": number, "question": WEEK.short(there, question), "answer": answer}
        lines.append(Say("coach.answer_line", facts))
        numbers.append(Button(number, order_token("week", f"{question}.{day}"), str(number)))
    ways = tuple(replace(way, key="") for way in buttons("weekly.said", ("history", "history")))
    said = Say("weekly.said", {"lines": tuple(lines), "monday": OnDay(week.monday)}, (*numbers, *ways))
    return Reply(visit.person, (with_way_back(visit, said),))
