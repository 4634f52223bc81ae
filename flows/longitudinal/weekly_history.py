"""Everything so far by time: maps, weeks, trials, breaks, the energy log, and how many notes were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from flows.diary import Diary, DrawnMap, LogRun, Week
from flows.engine.say import Fact, Label, OnDay, Say
from flows.longitudinal.local_time import zone_of
from flows.longitudinal.timeline import chart, named
from flows.reply import Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

PAGE = 6
"""Things in one message: what a phone shows without scrolling."""


class Happened(NamedTuple):
    """One thing in the history: its day, and what is said of it."""

    day: date
    says: Say


def show_history(coach: Coach, visit: Visit, page: str) -> Reply:
    """Show what happened, the latest first, a page at a time; the picture of the weeks stands before it."""
    del coach
    happened = history(visit)
    if not happened:
        return Reply(visit.person, (with_way_back(visit, offer("weekly.no_history", ("week", "week"))),))
    pages = [happened[at : at + PAGE] for at in range(0, len(happened), PAGE)]
    asked = int(page) if page.isdecimal() and len(page) < 4 else 1
    number = asked if 1 <= asked <= len(pages) else 1
    drawn = chart(visit.person, visit.now) if number == 1 else None
    lines: tuple[Fact, ...] = tuple(
        Say("weekly.history_line", {"day": OnDay(each.day), "what": each.says}) for each in pages[number - 1]
    )
    older = (("older", f"history:{number + 1}"),) if number < len(pages) else ()
    facts: dict[str, Fact] = {"lines": lines, "notes": visit.person.diary.notes if number == 1 else 0}
    listed = Say("weekly.history", facts, buttons("weekly.history", *older, ("map", "map")))
    return Reply(visit.person, (*((drawn,) if drawn else ()), with_way_back(visit, listed)))


def history(visit: Visit) -> list[Happened]:
    """Return everything with a day, the latest first."""
    diary, zone = visit.person.diary, zone_of(visit.person.zone)
    found = [
        *(Happened(drawn.at.astimezone(zone).date(), _map(drawn)) for drawn in diary.maps),
        *(Happened(week.at.astimezone(zone).date(), _week(week)) for week in diary.weeks),
        *_trials(diary),
        *(Happened(each.first, _break(each.kind, each.last)) for each in diary.breaks),
        *(Happened(run.started, _log(run, diary)) for run in (diary.log,) if run is not None),
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)


def _map(drawn: DrawnMap) -> Say:
    if not drawn.lead:
        return Say("weekly.was.map_unclear")
    return Say("weekly.was.map", {"layers": tuple(Label("map.layers", layer) for layer in drawn.lead)})


def _week(week: Week) -> Say:
    facts = named() | {"workday": week.workday or 0, "day_off": week.day_off or 0}
    numbers = {(True, True): "week", (True, False): "week_workday", (False, True): "week_day_off"}
    which = numbers.get((week.workday is not None, week.day_off is not None), "week_in_words")
    return Say(f"weekly.was.{which}", facts)


def _trials(diary: Diary) -> Iterator[Happened]:
    """A trial twice: when it began, and when it ended with what came of it."""
    for trial in diary.trials:
        kind = Label("battery.T1", trial.kind)
        yield Happened(trial.started, Say("weekly.was.trial_began", {"kind": kind}))
        if trial.ended is not None:
            outcome = Label("weekly.outcomes", trial.outcome or "open")
            yield Happened(trial.ended, Say("weekly.was.trial_ended", {"kind": kind, "outcome": outcome}))


def _break(kind: str, last: date) -> Say:
    return Say("weekly.was.break", {"kind": Label("weekly.breaks", kind), "last": OnDay(last)})


def _log(run: LogRun, diary: Diary) -> Say:
    count = sum(entry.day >= run.started for entry in diary.entries)
    return Say("weekly.was.log", {"count": count})
