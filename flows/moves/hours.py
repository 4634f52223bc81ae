"""Bad hours: when nothing is said that weighs, and nothing is decided."""

from __future__ import annotations

from datetime import timedelta

from flows.assessment.known import known
from flows.longitudinal.local_time import is_quiet, minute_of, zone_of
from flows.person import Person
from flows.reply import Visit

LATE = (23 * 60, 6 * 60)
"""From eleven at night until six, local time."""

TOO_HEAVY = 9

LATELY = timedelta(days=13)
"""How long a weekly number says something about now: its own week and the one after it."""


def is_a_bad_hour(visit: Visit) -> bool:
    """Return whether it is late where they are, or a workday weighs nearly as much as it can."""
    late = is_quiet(minute_of(visit.now, zone_of(visit.person.zone)), LATE)
    return late or _is_heavy_now(visit.person, visit)


def _is_heavy_now(person: Person, visit: Visit) -> bool:
    told = [week for week in person.diary.weeks if week.workday is not None]
    if told:
        latest = told[-1]
        return (latest.workday or 0) >= TOO_HEAVY and visit.ear.today - latest.monday <= LATELY
    return (known(person).number("O2") or 0) >= TOO_HEAVY
