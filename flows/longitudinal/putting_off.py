"""Putting a nudge off: to later today, to tomorrow, or past this week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flows.diary import Again, Rhythm
from flows.longitudinal.local_time import (
    A_DAY,
    WINDOWS,
    Span,
    is_quiet,
    minute_of,
    monday_of,
    outside,
    zone_of,
)
from flows.person import Person
from flows.reply import Visit

LATER = 2 * 60
"""Minutes until later today; less where quiet hours or the night come first, but not under half an hour."""

SOONEST = 30
WITHIN = 20
"""Minutes in which it then comes."""

AT_LEAST = timedelta(days=3)
"""How long "not this week" lasts when the week is nearly over."""


def room_today(visit: Visit) -> Span | None:
    """Return the minutes of today in which it can come once more; None when the day is too far gone."""
    rhythm, now = visit.person.diary.rhythm, minute_of(visit.now, zone_of(visit.person.zone))
    quiet = (rhythm.quiet_from, rhythm.quiet_until)
    if is_quiet(now, quiet):
        return None
    last = _end_of_day(now, quiet)
    begins = min(now + LATER, last - WITHIN)
    return (begins, begins + WITHIN) if begins >= now + SOONEST else None


def _end_of_day(now: int, quiet: Span) -> int:
    """Return the last minute of the day before quiet hours, or before midnight."""
    begins, ends = quiet
    return begins - 1 if begins != ends and begins > now else A_DAY - 1


def put_off(visit: Visit, kind: str, when: str) -> Rhythm | None:
    """Return the rhythm with the last nudge of a kind put off; None where there is nothing to put off.

    `when` is today, tomorrow or week. What is put off to a day comes on that day, in the part of the day
    that the person likes; past the week the next regular one comes, and nothing before it.
    """
    person, today = visit.person, visit.now.astimezone(zone_of(visit.person.zone)).date()
    if when == "week":
        return _silent_until(person, kind, max(monday_of(today) + timedelta(days=7), today + AT_LEAST))
    last = next((nudged for nudged in reversed(person.diary.nudged) if nudged.kind == kind), None)
    span, on = _free_span(visit, when), today if when == "today" else today + timedelta(days=1)
    if last is None or span is None or when not in ("today", "tomorrow"):
        return None
    slot, day = _once_more(last.slot), last.day or today
    rhythm = person.diary.rhythm
    again = {**rhythm.again, kind: Again(slot, day, on, *span)}
    return replace(rhythm, again=again, snoozed=without(rhythm.snoozed, kind))


def _free_span(visit: Visit, when: str) -> Span | None:
    rhythm = visit.person.diary.rhythm
    if when == "today":
        return room_today(visit)
    quiet = (rhythm.quiet_from, rhythm.quiet_until)
    return outside(WINDOWS[rhythm.window], quiet) or outside(WINDOWS["noon"], quiet)


def _silent_until(person: Person, kind: str, day: date) -> Rhythm:
    rhythm = person.diary.rhythm
    return replace(rhythm, snoozed={**rhythm.snoozed, kind: day}, again=without(rhythm.again, kind))


def without(by_kind: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return what is kept by kind without this kind."""
    return {other: kept for other, kept in by_kind.items() if other != kind}


def _once_more(slot: str) -> str:
    """Return the slot of the same nudge, put off once more: "2026-W10+1", "2026-W10+2"."""
    first, _, times = slot.partition("+")
    return f"{first}+{int(times or 0) + 1}"
