"""The one message that may come by itself in a crisis: a look in, for whoever said yes to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flows.engine.say import Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.local_time import minute_of, moment, zone_of
from flows.person import Person
from flows.reply import Visit
from flows.safety.crisis import A_DAY, asked, holds

KIND = "look_in"

BY_DAY = (9 * 60, 21 * 60)
"""Minutes of the local day between which it comes: not in the night, whatever hour it began."""

AT_LEAST = 15
"""Minutes that are left for it on a day; with fewer it comes on the next."""


def wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """Want it once in a crisis, from a full day after it began, or after the last explicit words, by day."""
    crisis, zone = person.crisis, zone_of(person.zone)
    if crisis.since is None or not crisis.look_in:
        return
    soonest = max(crisis.explicit_at or crisis.since, crisis.since) + A_DAY
    day, begins = soonest.astimezone(zone).date(), max(BY_DAY[0], minute_of(soonest, zone) + 1)
    if begins > BY_DAY[1] - AT_LEAST:
        day, begins = day + timedelta(days=1), BY_DAY[0]
    if now <= moment(day, BY_DAY[1], zone):
        yield Wanted(KIND, f"{crisis.since:%Y-%m-%dT%H:%M:%S}", day, begins, BY_DAY[1], capped=False)


def offered(visit: Visit, nudge: Wanted) -> Say | None:
    """Ask how today is, in words that may stand on a locked screen."""
    del nudge
    return asked("crisis.looking_in", "go_on", "waiting", "lines") if visit.person.crisis.on else None


LOOK_IN = NudgeKind(KIND, 0, wanted, offered, at_rest=True)


def may_come(kind: NudgeKind, person: Person, now: datetime) -> bool:
    """Return whether a kind may come at all: in a crisis, and a day after explicit words, only this one."""
    return kind.kind == KIND or not holds(person.crisis, now)
