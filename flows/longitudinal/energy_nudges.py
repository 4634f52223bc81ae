"""First messages of the energy log: at the times that somebody chose, two that end it, and no others (A9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from flows.diary import Diary, LogRun
from flows.engine.say import Button, Label, Say
from flows.engine.tokens import order_token
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.energy_entry import picked
from flows.longitudinal.energy_questions import named_face
from flows.longitudinal.energy_run import (
    KIND,
    LENGTH,
    SILENT,
    Stage,
    at_home,
    last_day,
    logged_at,
    silent_since,
    stage,
    stops_on,
    usual,
)
from flows.longitudinal.energy_seen import insight
from flows.person import Person
from flows.reply import Visit, buttons

PROMPT_LASTS = 20
ENDING_LASTS = 4 * 60
"""Minutes in which a prompt, and the word that the log has ended, may come."""

JUST_DONE = 60
"""Minutes before a prompt in which an entry makes it needless."""

MOST_PLANNED = 3

SILENCE, END = "silence", "end"


def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
    """Yield the next three first messages of a log that runs; the last one of all says that it is over."""
    diary, log = person.diary, person.diary.log
    if log is None or log.ended is not None:
        return
    local = at_home(person, now)
    yield from islice(
        (each for each in _all(diary, log) if (each.day, each.ends) >= (local.date(), _minute(local.time()))),
        MOST_PLANNED,
    )


def _all(diary: Diary, log: LogRun) -> Iterator[Wanted]:
    """Everything that a log would say first, should nothing be entered from now on.

    After a day without an entry it asks once a day, until there is one again.
    """
    stops = stops_on(diary, log)
    for number in range(LENGTH):
        day = log.started + timedelta(days=number)
        if day >= stops:
            yield _wanted(f"{SILENCE}-{stops}", log, number, ENDING_LASTS)
            return
        quiet = (day - silent_since(diary, log)).days > 1
        for minutes in log.times[: 1 if quiet else None]:
            ends = min(minutes + PROMPT_LASTS, 24 * 60 - 1)
            yield Wanted(KIND, f"{day}T{minutes:04}", day, minutes, ends, capped=False)
    yield _wanted(f"{END}-{log.started}", log, LENGTH, ENDING_LASTS)


def _wanted(slot: str, log: LogRun, number: int, lasts: int) -> Wanted:
    day, begins = log.started + timedelta(days=number), log.times[0]
    return Wanted(KIND, slot, day, begins, min(begins + lasts, 24 * 60 - 1), capped=False)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def offer(visit: Visit, due: Wanted) -> Say | None:
    """Word one of them: the first question of an entry with its buttons, or that the log has ended."""
    diary, log = visit.person.diary, visit.person.diary.log
    if log is None or log.ended is not None:
        return None
    if due.slot.startswith(END):
        return _ended(diary) if due.day > last_day(log) else None
    if due.slot.startswith(SILENCE):
        silent = stage(diary, due.day) is Stage.SILENT
        return Say("energy.fell_silent", {"days": SILENT}, _after_silence()) if silent else None
    if stage(diary, due.day) is not Stage.RUNNING or _just_done(visit, due):
        return None
    return _asking(visit)


def _after_silence() -> tuple[Button, ...]:
    return buttons("energy.status", ("resume", "log:resume"), ("seen", "log:seen"))


def _ended(diary: Diary) -> Say:
    say = insight(diary, "energy.ended_insight")
    return Say(say.prompt, say.facts, buttons("energy.over", ("seen", "log:seen")))


def _just_done(visit: Visit, due: Wanted) -> bool:
    day, _ = logged_at(visit.person, visit.now)
    live = (entry for entry in visit.person.diary.entries if entry.day == day and not entry.recall)
    return any(entry.hour * 60 + JUST_DONE >= due.begins for entry in live)


def _asking(visit: Visit) -> Say:
    own = visit.person.diary.activities
    activities = tuple(
        Button(named_face(what), order_token("log", picked(own, what)), str(place))
        for place, what in enumerate(usual(visit.person), start=1)
    )
    further = (("else", "log:more"), ("today", "log:hush"), ("stop", "log:stop"))
    others = tuple(
        Button(
            Label("energy.prompt", code), order_token(*order.split(":", 1)), str(place), aside=code != "else"
        )
        for place, (code, order) in enumerate(further, start=len(activities) + 1)
    )
    return Say("energy.prompt", {}, (*activities, *others), foot=Say("energy.prompt_foot"))


ASKING = NudgeKind(KIND, 5, wanted, offer)
