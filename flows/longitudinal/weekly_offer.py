"""The offer to look back at the week, on the weekday and in the part of the day that the person chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from flows.engine.say import Label, Say
from flows.longitudinal.chapter import Chapter, NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, minute_of, moment, monday_of, zone_of
from flows.longitudinal.weekly import WEEK
from flows.longitudinal.weekly_closing import week_kept
from flows.longitudinal.weekly_history import show_history
from flows.longitudinal.weekly_opening import look_back
from flows.longitudinal.weekly_weeks import TUESDAY, WEEK_LONG, kept
from flows.person import Person
from flows.reply import Visit, offer

AHEAD = 3
"""Weeks that are planned."""


def wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """Yield the next chosen days whose week is not done yet; nothing before a day was chosen."""
    rhythm = person.diary.rhythm
    if rhythm.weekday is None:
        return
    zone, (begins, ends) = zone_of(person.zone), WINDOWS[rhythm.window]
    monday = monday_of(now.astimezone(zone).date())
    for number in range(AHEAD):
        day = monday + number * WEEK_LONG + timedelta(days=rhythm.weekday)
        meant = meant_on(day)
        if now <= moment(day, ends, zone) and kept(person.diary, meant) is None:
            yield Wanted("weekly", meant.isoformat(), day, begins, ends)


def meant_on(day: date) -> date:
    """Return the Monday of the week that is looked back at on a day: on Mondays and Tuesdays the last one."""
    monday = monday_of(day)
    return monday - WEEK_LONG if day.weekday() <= TUESDAY else monday


def offered(visit: Visit, wanted: Wanted) -> Say | None:
    """Offer it in a sentence, and another one when we missed the last time; None when that week is done."""
    if kept(visit.person.diary, date.fromisoformat(wanted.slot)) is not None:
        return None
    zone = zone_of(visit.person.zone)
    weekday = visit.now.astimezone(zone).weekday()
    say = offer(
        "weekly.offer",
        ("start", f"week:{wanted.slot}"),
        facts={
            "weekday": Label("weekly.weekdays", str(weekday)),
            "part": Label("weekly.parts", part_of_day(minute_of(visit.now, zone))),
        },
    )
    return replace(say, variant="late") if "weekly" in visit.person.diary.late else say


def part_of_day(minute: int) -> str:
    """Return what a minute of the day is called."""
    ends = {"morning": 11 * 60, "noon": 14 * 60, "afternoon": 18 * 60}
    return next((part for part, end in ends.items() if minute < end), "evening")


CHAPTER = Chapter(
    flows=(WEEK,),
    endings={WEEK.name: week_kept},
    commands={"week": look_back, "history": show_history},
    nudges=(NudgeKind("weekly", 20, wanted, offered),),
)
