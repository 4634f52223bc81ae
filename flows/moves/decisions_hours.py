"""Hours in which a decision looks heavier than it is: it is kept then, and offered again after two days."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.longitudinal.energy_run import logged_at
from flows.longitudinal.local_time import (
    WINDOWS,
    Span,
    minute_of,
    moment,
    monday_of,
    outside,
    zone_of,
)
from flows.person import Person

PAUSE = timedelta(hours=48)

NIGHT_BEGINS, NIGHT_ENDS = 23, 6
DRAINED = -2
HEAVY = 9


def bad_hour(person: Person, now: datetime) -> str:
    """Return in a word why this hour is bad for deciding: night, drained or heavy; "" when it is not.

    Whose clock is not known has no night.
    """
    local = now.astimezone(zone_of(person.zone))
    if person.zone and (local.hour >= NIGHT_BEGINS or local.hour < NIGHT_ENDS):
        return "night"
    today = {local.date(), logged_at(person, now)[0]}
    if any(entry.left == DRAINED and entry.day in today for entry in person.diary.entries):
        return "drained"
    this_week = [week for week in person.diary.weeks if week.monday == monday_of(local.date())]
    return "heavy" if any((week.workday or 0) >= HEAVY for week in this_week) else ""


def first_span_after(person: Person, at: datetime) -> tuple[datetime, Span]:
    """Return when the part of the day that the person likes next begins after a pause, and that part."""
    zone, rhythm = zone_of(person.zone), person.diary.rhythm
    quiet = (rhythm.quiet_from, rhythm.quiet_until)
    span = outside(WINDOWS.get(rhythm.window, WINDOWS["evening"]), quiet) or WINDOWS["noon"]
    earliest = at + PAUSE
    day = earliest.astimezone(zone).date()
    if minute_of(earliest, zone) > span[0]:
        day += timedelta(days=1)
    return moment(day, span[0], zone), span
