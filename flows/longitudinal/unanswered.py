"""What becomes of nudges when nobody answers: they thin out, and end with one honest sentence.

Of those that are counted (an energy log, which people switch on, has its own end), the first two come as
planned. After two in a row the kind of the second one skips a slot. The third says that it is the last, in
place of what it was to offer; then nothing is planned, of any kind, until the person does anything at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.diary import Diary, Nudged
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.local_time import moment
from flows.person import Person

MOST = 3
"""Nudges in a row that nobody answers, the last words among them."""

KEPT = 40
"""Nudges that the diary keeps, beside counted ones that are older and unanswered: a log may bring many."""


def unanswered(diary: Diary) -> list[Nudged]:
    """Return the counted ones that came since the person last did anything, the latest first."""
    found: list[Nudged] = []
    for nudged in reversed(diary.nudged):
        if nudged.answered:
            break
        if nudged.capped:
            found.append(nudged)
    return found


def fell_silent(diary: Diary) -> bool:
    """Whether the last words were said and nothing came back."""
    return len(unanswered(diary)) >= MOST


def comes_last(diary: Diary) -> bool:
    """Whether the next one that is counted has to be the last."""
    return len(unanswered(diary)) == MOST - 1


def with_one_more(diary: Diary, nudged: Nudged) -> Diary:
    """Return the diary after a nudge was sent; what was put off has come now."""
    again = {kind: put_off for kind, put_off in diary.rhythm.again.items() if kind != nudged.kind}
    rhythm = replace(diary.rhythm, again=again)
    older, latest = diary.nudged[: 1 - KEPT], diary.nudged[1 - KEPT :]
    waiting = (each for each in older if each.capped and not each.answered)
    return replace(diary, rhythm=rhythm, nudged=(*waiting, *latest, nudged))


def answered(person: Person) -> Person:
    """Return the person once they did anything: whatever waited for an answer has one."""
    nudged = person.diary.nudged
    if not nudged or nudged[-1].answered:
        return person
    all_answered = tuple(each if each.answered else replace(each, answered=True) for each in nudged)
    return replace(person, diary=replace(person.diary, nudged=all_answered))


def still_wanted(kind: NudgeKind, person: Person, now: datetime, zone: ZoneInfo) -> Iterable[Wanted]:
    """Return what is wanted of a kind, without the slot that it skips after two unanswered ones.

    Which slot that is follows from the time of the second, and stays the same however often it is asked.
    """
    silent = unanswered(person.diary)
    if len(silent) != MOST - 1 or silent[0].kind != kind.kind:
        return kind.wanted(person, now)
    skipped = _next_after(silent[0], kind, person, zone)
    if skipped is None:
        return kind.wanted(person, now)
    resumes = max(now, moment(skipped.day + timedelta(days=1), 0, zone))
    return (wanted for wanted in kind.wanted(person, resumes) if wanted.day > skipped.day)


def _next_after(nudged: Nudged, kind: NudgeKind, person: Person, zone: ZoneInfo) -> Wanted | None:
    day = nudged.at.astimezone(zone).date()
    return next((wanted for wanted in kind.wanted(person, nudged.at) if wanted.day > day), None)
