"""An energy log of two weeks: on which day of it somebody is, whether it runs, when it may come again (A9).

Whether a log runs follows from the diary and the day alone; that it has ended is written down with the next
thing the person does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from flows.assessment.inventory import ACTIVITIES, INVENTORY
from flows.diary import Diary, Entry, LogRun
from flows.engine.say import Fact, Label
from flows.longitudinal.local_time import zone_of
from flows.person import Person

KIND = "log"
"""The kind of the log's first messages."""

LENGTH = 14
"""Days from the first to the last, both counted."""

SILENT = 4
"""Days without an entry after which a log stops itself (A9)."""

APART = timedelta(weeks=4)
"""From the end of a log to the next one: keeping a log changes what is logged (A11, reactivity)."""

INSIGHTS = (3, 7)
"""Days of a log whose first entry is followed by what shows so far; the third insight comes at its end."""

DAY_BEGINS = 4
"""Hour before which a day has not begun: an entry after midnight belongs to the evening before."""

ACTIVITY = "inventory.d1_fills"
"""The prompt that names the activities."""

MOST_USUAL = 8
FEWEST_USUAL = 6
FOR_ANYBODY = ("meetings", "writing", "talking", "planning", "paperwork", "making", "fixing", "helping")
"""Activities that are offered before anything is known of a week."""


class Stage(StrEnum):
    """How it stands with a log on some day."""

    NONE = "none"
    RUNNING = "running"
    SILENT = "silent"
    STOPPED = "stopped"
    OVER = "over"


def at_home(person: Person, now: datetime) -> datetime:
    """Return the local time of a person; UTC as long as their clock is not known."""
    return now.astimezone(zone_of(person.zone))


def logged_at(person: Person, now: datetime) -> tuple[date, int]:
    """Return the day and the hour of an entry made now: what is told at 1 at night belongs to 23 o'clock."""
    local = at_home(person, now)
    if local.hour >= DAY_BEGINS:
        return local.date(), local.hour
    return local.date() - timedelta(days=1), 23


def last_day(log: LogRun) -> date:
    """Return the last day on which a log asks."""
    return log.started + timedelta(days=LENGTH - 1)


def silent_since(diary: Diary, log: LogRun) -> date:
    """Return the day from which a log counts its silent days: of the last entry, the start or a new start."""
    days: list[date] = [log.started, *([log.again_on] if log.again_on else ())]
    return max((*days, *(entry.day for entry in entries_of(diary))))


def stops_on(diary: Diary, log: LogRun) -> date:
    """Return the day on which a log says that it stops itself, should nothing be entered until then."""
    return silent_since(diary, log) + timedelta(days=SILENT + 1)


def stage(diary: Diary, today: date) -> Stage:
    """Return how it stands with the log of this diary. A log that was stopped can be gone on with in time."""
    log = diary.log
    if log is None:
        return Stage.NONE
    if today > last_day(log) or log.why_ended == "done":
        return Stage.OVER
    if log.why_ended == "stopped":
        return Stage.STOPPED
    silent = log.why_ended == "silent" or today >= stops_on(diary, log)
    return Stage.SILENT if silent else Stage.RUNNING


def settled(diary: Diary, today: date) -> Diary:
    """Return the diary with the end of its log written down, where it has come by itself."""
    log = diary.log
    if log is None or log.ended is not None:
        return diary
    match stage(diary, today):
        case Stage.SILENT:
            return replace(diary, log=replace(log, ended=stops_on(diary, log), why_ended="silent"))
        case Stage.OVER:
            silent = stops_on(diary, log) <= last_day(log)
            end = stops_on(diary, log) if silent else last_day(log)
            return replace(diary, log=replace(log, ended=end, why_ended="silent" if silent else "done"))
    return diary


def next_from(diary: Diary) -> date | None:
    """Return the first day on which another log makes sense; None when there was none."""
    log = diary.log
    return None if log is None else (log.ended or last_day(log)) + APART


def day_of(log: LogRun, today: date) -> int:
    """Return which day of a log it is, from 1 to 14."""
    return min(max((today - log.started).days + 1, 1), LENGTH)


def entries_of(diary: Diary) -> tuple[Entry, ...]:
    """Return the entries of the latest log; as long as it has none, those from before it."""
    if diary.log is None:
        return diary.entries
    begins, ends = diary.log.started - timedelta(days=1), last_day(diary.log)
    return tuple(each for each in diary.entries if begins <= each.day <= ends) or (
        tuple(each for each in diary.entries if each.day < begins)
    )


def on_day(entries: Iterable[Entry], day: date) -> tuple[Entry, ...]:
    """Return the entries of one day."""
    return tuple(entry for entry in entries if entry.day == day)


def named(what: str) -> Fact:
    """Return an activity as it is told: by the words of the assessment, or by the person's own."""
    return Label(ACTIVITY, what) if what in ACTIVITIES else what


def usual(person: Person) -> tuple[str, ...]:
    """Return what to offer, at most 8: what was entered most often, then what they said of their week."""
    diary = person.diary
    used = [entry.what for entry in diary.entries]
    by_use = sorted(dict.fromkeys(reversed(used)), key=lambda what: -used.count(what))
    known = list(dict.fromkeys([*by_use, *_of_the_week(person), *reversed(diary.activities)]))
    spare = [what for what in FOR_ANYBODY if what not in known]
    return tuple([*known, *spare[: max(0, FEWEST_USUAL - len(known))]][:MOST_USUAL])


def _of_the_week(person: Person) -> list[str]:
    """The answers to d1: what fills the week, and what gives energy."""
    inventory = person.conversations.get(INVENTORY.name)
    given = [inventory.value(item) for item in ("d1_fills", "d1_energy")] if inventory else []
    return [what for value in given if isinstance(value, tuple) for what in value]
