"""First messages about the assessment itself: a sitting that was left, maps of long ago, a map to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from flows.assessment.again import AGAIN
from flows.assessment.checks import CHECKS
from flows.assessment.facts import Facts
from flows.assessment.severity import is_severe
from flows.assessment.sittings import SITTINGS
from flows.diary import DrawnMap
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.say import Day, Fact, Label, Say
from flows.longitudinal.chapter import Chapter, NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, moment, zone_of
from flows.person import Person
from flows.reply import Visit, buttons, offer

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (*SITTINGS, *AGAIN, CHECKS)}
"""What can be left half-finished."""

DAYS_LEFT = (2, 9)
"""Local days after a sitting was left; then it is left alone."""

DAYS_BACK = {"quarter": 91, "half": 182}
"""Days after the first map, about three and six months."""

WEEKS = {False: 4, True: 12}
"""Weeks until a map can be settled; the longer one on the severe track (assessment.md A8, BR7)."""


def _on(person: Person, kind: str, slot: str, day: date, now: datetime) -> Iterator[Wanted]:
    """Yield one slot in the part of the day that the person likes, unless it is over."""
    zone, (begins, ends) = zone_of(person.zone), WINDOWS[person.diary.rhythm.window]
    if now <= moment(day, ends, zone):
        yield Wanted(kind, slot, day, begins, ends)


def left_open(person: Person) -> Conversation | None:
    """Return the sitting that was left half-finished, the one nearest to the front."""
    names = [name for name in person.open_flows if name in FLOWS]
    return person.conversations[names[-1]] if names else None


def resume_wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """On the second and the ninth local day after a sitting was left; going on with it starts anew."""
    sitting = left_open(person)
    if sitting is None:
        return
    left = datetime.fromtimestamp(sitting.at, UTC).astimezone(zone_of(person.zone)).date()
    for days in DAYS_LEFT:
        slot = f"{sitting.id}.{left:%y%m%d}.{days}"
        yield from _on(person, "resume", slot, left + timedelta(days=days), now)


def offer_to_resume(visit: Visit, wanted: Wanted) -> Say | None:
    """Say where they were. No answer is quoted: it would stand on a locked screen."""
    del wanted
    sitting = left_open(visit.person)
    if sitting is None:
        return None
    flow = FLOWS[sitting.flow]
    steps = flow.steps(sitting)
    done = sum(step in sitting.answers for step in steps)
    facts: dict[str, Fact] = {
        "day": Day(datetime.fromtimestamp(sitting.at, UTC), visit.now, visit.person.zone or "UTC"),
        "count": done,
        "total": len(steps),
        "question": flow.short(sitting, sitting.state),
    }
    in_front = visit.person.foreground is sitting
    go_on = buttons("nudges.resume", ("go_on", "continue:now" if in_front else "next"))
    return Say("nudges.resume" if done else "nudges.resume_start", facts, go_on)


def lookback_wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """About three and six months after the first map."""
    if not person.diary.maps:
        return
    first = person.diary.maps[0].at.astimezone(zone_of(person.zone)).date()
    for name, days in DAYS_BACK.items():
        yield from _on(person, "lookback", f"{name}.{first}", first + timedelta(days=days), now)


def offer_to_look_back(visit: Visit, wanted: Wanted) -> Say | None:
    """Offer the maps, then and now."""
    if not visit.person.diary.maps:
        return None
    if wanted.slot.startswith("half."):
        return offer("nudges.lookback_half", ("look", "map"))
    return offer("nudges.lookback", ("look", "map"))


def settle_wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """When the latest map can be settled; never while a trial runs, which is looked at by itself."""
    latest, zone = person.diary.map, zone_of(person.zone)
    if latest is None or person.diary.trial is not None:
        return
    ready = latest.at + timedelta(weeks=WEEKS[_rests_on_much(latest)])
    day = ready.astimezone(zone).date()
    if moment(day, WINDOWS[person.diary.rhythm.window][0], zone) < ready:
        day += timedelta(days=1)
    yield from _on(person, "settle", f"{latest.at:%Y-%m-%d}", day, now)


def _rests_on_much(drawn: DrawnMap) -> bool:
    return is_severe(Facts(answers=drawn.answers))


def offer_to_settle(visit: Visit, wanted: Wanted) -> Say | None:
    """Offer to look whether it has moved since."""
    del wanted
    latest = visit.person.diary.map
    if latest is None or visit.person.diary.trial is not None:
        return None
    facts: dict[str, Fact] = {"ago": Label("nudges.ago", "twelve" if _rests_on_much(latest) else "four")}
    if latest.unclear:
        return offer("nudges.settle_unclear", ("look", "next"), facts=facts)
    return offer("nudges.settle", ("look", "next"), facts=facts)


CHAPTER = Chapter(
    nudges=(
        NudgeKind("settle", 50, settle_wanted, offer_to_settle),
        NudgeKind("resume", 60, resume_wanted, offer_to_resume),
        NudgeKind("lookback", 70, lookback_wanted, offer_to_look_back),
    )
)
