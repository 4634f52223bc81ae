"""When a trial is looked at, and how that is offered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flows.diary import PlannedTrial
from flows.engine.say import Say
from flows.longitudinal.chapter import Wanted
from flows.longitudinal.local_time import WINDOWS, zone_of
from flows.person import Person
from flows.reply import Visit, buttons

CHECKS = (1, 2, 4, 8, 12)
"""Weeks after the start in which a trial is looked at, as long as it lasts."""


def week_of(running: PlannedTrial, today: date) -> int:
    """Return the week of a trial that a day lies in, from 1."""
    return (today - running.started).days // 7 + 1


def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
    """Yield the looks at a running trial that lie ahead, and the one when its time is over."""
    running = person.diary.trial
    if running is None:
        return
    begins, ends = WINDOWS.get(person.diary.rhythm.window, WINDOWS["evening"])
    today = now.astimezone(zone_of(person.zone)).date()
    done = {check.week for check in running.checks}
    for week in CHECKS:
        day = running.started + timedelta(weeks=week)
        if today <= day < running.ends and not done & {week, week + 1}:
            yield Wanted("trial", f"{running.id}.{week}", day, begins, ends)
    if running.ends >= today:
        yield Wanted("trial", f"{running.id}.end", running.ends, begins, ends)


def offered(visit: Visit, nudge: Wanted) -> Say | None:
    """Return the offer to look at the trial; None when it is over or was just looked at.

    It names nothing of what is tried: it may stand on a locked screen.
    """
    running = visit.person.diary.trial
    if running is None or nudge.slot.partition(".")[0] != str(running.id):
        return None
    if running.checks and visit.ear.today - running.checks[-1].on < timedelta(days=4):
        return None
    over = nudge.slot.endswith(".end")
    week = week_of(running, visit.ear.today) - 1
    prompt = "trials.time_is_over" if over else "trials.how_is_it"
    return Say(prompt, {"week": max(1, week)}, buttons(prompt, ("start", "trial_look")))
