"""Being done: six light weeks of the last seven, or the person says so. Finishing is what this is for.

The coach offers to fall silent, with one look in after three months for whoever wants it. Somebody who is
done is at rest: nothing else comes until they go on by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flows.diary import Week
from flows.engine.say import Fact, OnDay, Say
from flows.longitudinal.chapter import Chapter, NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, moment, zone_of
from flows.person import Person, Standing
from flows.reply import Remembered, Reply, Visit, buttons, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

LIGHT = 4
"""A workday below this does not weigh (0 to 10)."""

WEEKS, ENOUGH = 7, 6
"""Light weeks that are enough, of the last so many; one that is missing stays missing."""

SAID_FOR = timedelta(weeks=26)
"""So long the coach does not bring it up again."""

THREE_MONTHS = timedelta(days=91)

RECENT = timedelta(days=20)
"""How long ago the Monday of the latest number may be."""

WAYS = (("look_in", "done:look_in"), ("quiet", "done:quiet"), ("not_yet", "done:not_yet"))

KIND = "done"
LOOK_IN = "look_in."
"""How the slot of the one look in begins."""


def is_enough(person: Person, today: date) -> bool:
    """Return whether workdays have been light for six of the last seven weeks, and no trial runs.

    The seven end with the latest number, which is not long ago and has to be a light one, too.
    """
    told = [week for week in person.diary.weeks if week.workday is not None]
    if not told or person.diary.trial is not None or today - told[-1].monday > RECENT:
        return False
    after = told[-1].monday - timedelta(weeks=WEEKS)
    light = sum(_is_light(week) for week in told if week.monday > after)
    return light >= ENOUGH and _is_light(told[-1])


def _is_light(week: Week) -> bool:
    return week.workday is not None and week.workday < LIGHT


def may_be_said(person: Person, today: date) -> bool:
    """Return whether the coach may say by itself that this is enough."""
    said = person.diary.enough_said
    return (said is None or today - said >= SAID_FOR) and is_enough(person, today)


def enough(person: Person, today: date, *further: tuple[str, str]) -> tuple[Person, Say]:
    """Say that they may not need the coach for now, and keep that it was said."""
    there = replace(person, diary=replace(person.diary, enough_said=today))
    return there, Say("done.enough", {}, buttons("done.ways", *WAYS, *further))


def done(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask how to leave it; or leave it: with a look in after three months, in silence, or not yet."""
    del coach
    match argument:
        case "look_in":
            return _at_rest(visit, visit.ear.today + THREE_MONTHS)
        case "quiet":
            return _at_rest(visit, None)
        case "not_yet":
            return _not_yet(visit)
        case "well":
            return Reply(visit.person, (Say("done.well"),))
    today, trial = visit.ear.today, visit.person.diary.trial
    person, say = enough(visit.person, today)
    if not is_enough(person, today):
        facts: dict[str, Fact] = {"day": OnDay(trial.ends) if trial else ""}
        say = Say("done.asked", facts, say.buttons)
    return Reply(person, (with_way_back(visit, say),))


def _at_rest(visit: Visit, look_in: date | None) -> Reply:
    """Fall silent, but for the look in that they want. Nothing is lost, and what was open stays open."""
    diary = replace(visit.person.diary, enough_said=visit.ear.today, look_in_on=look_in)
    person = replace(visit.person, standing=Standing.RESTING, diary=diary)
    kept = Remembered("done", {"look_in": look_in.isoformat() if look_in else None})
    silent = Say("done.look_in", {"day": OnDay(look_in)}) if look_in else Say("done.quiet")
    return Reply(person, (silent, Say("done.come_back")), (kept,))


def _not_yet(visit: Visit) -> Reply:
    """Go on as before; it is not brought up again for half a year."""
    there = visit.person
    if there.standing is Standing.RESTING:
        there = replace(there, standing=Standing.ACTIVE)
    return Reply(there, (with_way_back(visit, Say("done.not_yet")),))


def wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """Want the one look in of somebody at rest; of others the day after the week that made it enough."""
    zone, (begins, ends) = zone_of(person.zone), WINDOWS[person.diary.rhythm.window]
    today = now.astimezone(zone).date()
    if person.standing is Standing.RESTING:
        day = person.diary.look_in_on
        slot = f"{LOOK_IN}{day}"
    else:
        due = may_be_said(person, today) and not _came_lately(person, now)
        day = _day_after(person.diary.weeks[-1], person) if due else None
        slot = f"enough.{day}"
    if day is not None and now <= moment(day, ends, zone):
        yield Wanted(KIND, slot, day, begins, ends)


def _came_lately(person: Person, now: datetime) -> bool:
    return any(each.kind == KIND and now - each.at < SAID_FOR for each in person.diary.nudged)


def _day_after(week: Week, person: Person) -> date:
    """The local day after a week was told: not in the middle of telling it."""
    return week.at.astimezone(zone_of(person.zone)).date() + timedelta(days=1)


def offered(visit: Visit, nudge: Wanted) -> Say | None:
    """Return the look in, or the word that it may be enough; None when that is not true any more.

    It may stand on a locked screen: no number is in it.
    """
    tomorrow = ("tomorrow", f"snooze:{KIND}.tomorrow")
    if nudge.slot.startswith(LOOK_IN):
        ways = (("week", "week"), ("well", "done:well"), tomorrow)
        return Say("done.looking_in", {}, buttons("done.looking_in", *ways), foot=Say("done.foot_look_in"))
    if not is_enough(visit.person, visit.ear.today):
        return None
    return Say("done.may_be", {}, buttons("done.ways", *WAYS, tomorrow), foot=Say("done.foot"))


CHAPTER = Chapter(commands={"done": done}, nudges=(NudgeKind(KIND, 45, wanted, offered, at_rest=True),))
