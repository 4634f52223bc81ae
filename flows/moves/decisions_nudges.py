"""First messages about decisions: one that was kept for a better hour, and how one turned out after a while.

None of them names what it is about: it may stand on a locked screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.diary import Decision, Diary
from flows.engine.say import Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, zone_of
from flows.moves.decisions_hours import first_span_after
from flows.person import Person
from flows.reply import Visit, buttons

KIND = "decision"
AFTER = (30, 90)
"""Days after which it is asked how a decision turned out."""

MOST_PLANNED = 3


def decision_of(diary: Diary, number: str) -> Decision | None:
    """Return the decision with this number, None when there is none (any more)."""
    return next((each for each in diary.decisions if str(each.id) == number), None)


def is_settled(decision: Decision) -> bool:
    """Return whether it needs no further look: it was not done, or was looked at after the last time."""
    return any(look.came == "not_done" or look.after == AFTER[-1] for look in decision.looks)


def wanted(person: Person, now: datetime) -> Iterator[Wanted]:
    """Yield the next three of what lies ahead, soonest first."""
    today = now.astimezone(zone_of(person.zone)).date()
    ahead = [each for decision in person.diary.decisions for each in _of(decision, person)]
    yield from sorted((each for each in ahead if each.day >= today), key=lambda each: each.day)[:MOST_PLANNED]


def _of(decision: Decision, person: Person) -> Iterator[Wanted]:
    if decision.kept_at is not None:
        at, span = first_span_after(person, decision.kept_at)
        day = at.astimezone(zone_of(person.zone)).date()
        yield Wanted(KIND, f"{decision.id}.again", day, *span)
        return
    done = {look.after for look in decision.looks}
    span = WINDOWS.get(person.diary.rhythm.window, WINDOWS["evening"])
    for days in AFTER if not is_settled(decision) else ():
        if days not in done:
            yield Wanted(KIND, f"{decision.id}.{days}", decision.on + timedelta(days=days), *span)


def offered(visit: Visit, nudge: Wanted) -> Say | None:
    """Word one of them; None when the decision is gone, was looked at, or needs it no more."""
    number, _, what = nudge.slot.partition(".")
    decision = decision_of(visit.person.diary, number)
    if decision is None:
        return None
    if what == "again":
        ways = (("go", f"decide:go.{number}"), ("drop", f"decide:drop.{number}"))
        waits = decision.kept_at is not None
        return Say("decide.again", {}, buttons("decide.again", *ways)) if waits else None
    if decision.kept_at is not None or is_settled(decision) or _was_looked_at(decision, what):
        return None
    return Say(
        "decide.how_was_it",
        {"days": int(what)},
        buttons("decide.how_was_it", ("look", f"decide:look.{number}")),
    )


def _was_looked_at(decision: Decision, days: str) -> bool:
    return any(str(look.after) == days for look in decision.looks)


ASKING = NudgeKind(KIND, 25, wanted, offered)
