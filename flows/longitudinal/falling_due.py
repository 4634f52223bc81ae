"""What becomes of a nudge when its time has come: sent with its buttons, left for later, or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.diary import Nudged
from flows.engine.say import Button, Say
from flows.longitudinal.chapter import NudgeKind
from flows.longitudinal.chapters import CHAPTERS
from flows.longitudinal.putting_off import room_today
from flows.longitudinal.unanswered import comes_last, with_one_more
from flows.nudging import TALKING, Nudge, Nudging, Planned, may_be_written_to, plan
from flows.offers import offered_by
from flows.person import Person
from flows.reply import Reply, Visit, buttons
from flows.resuming import is_long_ago

SIDE_BY_SIDE = {
    kind.kind: frozenset(flow.name for flow in chapter.flows)
    for chapter in CHAPTERS
    for kind in chapter.nudges
}
"""The flows that a kind of nudge leads to: those of its own chapter."""


def fall_due(visit: Visit, nudge: Nudge, kinds: Sequence[NudgeKind]) -> Nudging:
    """Return what becomes of a nudge now. The person in the reply has heard nothing yet."""
    why = _in_the_way(visit, nudge, kinds)
    if why:
        return Nudging(Reply(_missed(visit.person, nudge) if why == "late" else visit.person), "dropped", why)
    there = _in_the_plan(visit, nudge, kinds)
    if there is None:
        talking = visit.person.heard_at is not None and visit.now - visit.person.heard_at < TALKING
        return Nudging(Reply(visit.person), "dropped", "talking" if talking else "unplanned")
    if there.nudge.due > visit.now:
        return Nudging(Reply(visit.person), "later")
    say = there.kind.offer(visit, there.wanted)
    return Nudging(Reply(visit.person), "dropped", "done") if say is None else _sent(visit, there, say)


def _in_the_way(visit: Visit, nudge: Nudge, kinds: Sequence[NudgeKind]) -> str:
    """Return in a word why it never comes any more, "" when it may."""
    person = visit.person
    if visit.now > nudge.until:
        return "late"
    if not may_be_written_to(person):
        return str(person.standing)
    if nudge.kind not in {kind.kind for kind in kinds}:
        return "unknown"
    if nudge.kind in person.diary.rhythm.silenced:
        return "silenced"
    return "open" if _is_open(visit, nudge.kind) else ""


def _missed(person: Person, nudge: Nudge) -> Person:
    """Remember that this kind did not come at its time, which was our doing: there were too many at once."""
    if not may_be_written_to(person):
        return person
    late = tuple(sorted({*person.diary.late, nudge.kind}))
    return replace(person, diary=replace(person.diary, late=late))


def _is_open(visit: Visit, kind: str) -> bool:
    """Whether what it would lead to was begun lately and waits for an answer."""
    names = SIDE_BY_SIDE.get(kind, frozenset((kind,)))
    waiting = (visit.person.conversations[name] for name in visit.person.open_flows if name in names)
    return any(not is_long_ago(conversation, visit.now) for conversation in waiting)


def _in_the_plan(visit: Visit, nudge: Nudge, kinds: Sequence[NudgeKind]) -> Planned | None:
    wanted = (nudge.kind, nudge.slot)
    plans = plan(visit.person, visit.now, kinds)
    return next((each for each in plans if (each.nudge.kind, each.nudge.slot) == wanted), None)


def _sent(visit: Visit, there: Planned, say: Say) -> Nudging:
    """Send the offer; the last of several that nobody answered says only that it is the last."""
    nudge, wanted, diary = there.nudge, there.wanted, visit.person.diary
    diary = replace(diary, late=tuple(kind for kind in diary.late if kind != nudge.kind))
    if wanted.capped:
        say = Say("nudges.last") if comes_last(diary) else _with_ways(visit, say, nudge.kind)
    sent = Nudged(nudge.kind, nudge.slot, visit.now, capped=wanted.capped, day=wanted.day)
    person = replace(visit.person, diary=with_one_more(diary, sent), offered=offered_by((say,)))
    return Nudging(Reply(person, (say,)), "sent")


def _with_ways(visit: Visit, say: Say, kind: str) -> Say:
    """Put the ways to put it off beside what it offers, and last and quietly why it comes."""
    today = (("today", f"snooze:{kind}.today"),) if room_today(visit) else ()
    orders = (*today, ("tomorrow", f"snooze:{kind}.tomorrow"), ("week", f"snooze:{kind}.week"))
    brings_them = any(button.token.startswith("c:snooze:") for button in say.buttons)
    ways: tuple[Button, ...] = () if brings_them else buttons("nudges.ways", *orders)
    numbered = tuple(
        replace(button, key=str(place)) for place, button in enumerate((*say.buttons, *ways), start=1)
    )
    return replace(say, buttons=numbered, foot=say.foot or Say("nudges.foot", variant=kind))
