"""First messages about what becomes of what somebody told: own words after three months, all after a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flows.engine.say import OnDay, Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, moment, zone_of
from flows.longitudinal.unanswered import comes_last, fell_silent
from flows.person import Person, Standing
from flows.reply import Visit, offer

WORDS_STAY = timedelta(days=90)
"""How long a person's own words are kept, unless they want to keep them longer (safety.md C9)."""

ASKED_BEFORE = timedelta(days=7)
"""So long before words go, it is asked whether they may."""

OLD = WORDS_STAY - ASKED_BEFORE
"""Words older than this are those that the question is about."""

SILENT_FOR = timedelta(days=365)
"""After so long without a sign of somebody everything of them is deleted."""

WARNED_AFTER = timedelta(days=335)
NOTICE = timedelta(days=28)
"""So much time there is at least between the warning and the end."""


def words_go_on(person: Person) -> date | None:
    """Return the day on which the oldest words go; None while there are none."""
    keeping = person.diary.keeping
    if keeping.since is None:
        return None
    return max(keeping.since + WORDS_STAY, keeping.until or date.min)


def asked_on(person: Person, kind: str, since: date) -> datetime | None:
    """Return when a notice of this kind came, on or after a day; None when it did not."""
    sent = (each.at for each in person.diary.nudged if each.kind == kind and each.at.date() >= since)
    return max(sent, default=None)


def _on(person: Person, kind: str, since: date, now: datetime, *, capped: bool) -> Iterator[Wanted]:
    """Yield the one notice, on that day or as soon after it as there is one: unless it came already."""
    if asked_on(person, kind, since) is not None:
        return
    zone, (begins, ends) = zone_of(person.zone), WINDOWS[person.diary.rhythm.window]
    day = max(since, now.astimezone(zone).date())
    if moment(day, ends, zone) < now:
        day += timedelta(days=1)
    yield Wanted(kind, day.isoformat(), day, begins, ends, capped)


def words_wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """A week before the oldest words go. Where the next counted message would only say that it is the last,
    this one is not counted, because it has to be asked.
    """
    day, capped = words_go_on(person), not comes_last(person.diary)
    return () if day is None else _on(person, "retention", day - ASKED_BEFORE, now, capped=capped)


def offer_to_keep(visit: Visit, wanted: Wanted) -> Say | None:
    """Say when they go, and let them stay. Nothing of them is quoted: it would stand on a locked screen."""
    day = words_go_on(visit.person)
    if day is None:
        return None
    facts = {"day": OnDay(max(day, wanted.day + ASKED_BEFORE))}
    ways = (("keep", "keep_words"), ("let_go", "let_go"), ("tomorrow", "snooze:retention.tomorrow"))
    again = "again" if visit.person.diary.keeping.until else ""
    return replace(offer("rights.words", *ways, facts=facts), variant=again)


def warned_on(heard_at: datetime) -> date:
    """Return the first day of the month after eleven months: so that the plan does not change every day."""
    day = heard_at.astimezone(UTC).date() + WARNED_AFTER
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def year_wanted(person: Person, now: datetime) -> Iterable[Wanted]:
    """Once, after eleven months without a sign of somebody."""
    if person.heard_at is None:
        return ()
    return _on(person, "year", warned_on(person.heard_at), now, capped=False)


def offer_to_stay(visit: Visit, wanted: Wanted) -> Say | None:
    """Say when everything goes. Any word of theirs keeps it."""
    day = OnDay(wanted.day + NOTICE)
    return offer(
        "rights.year", ("stay", "later"), ("export", "export"), ("erase", "erase"), facts={"day": day}
    )


RETENTION = NudgeKind("retention", 40, words_wanted, offer_to_keep)
YEAR = NudgeKind("year", 45, year_wanted, offer_to_stay)
NOTICES = (RETENTION, YEAR)


def words_are_due(person: Person, now: datetime, *, reachable: bool) -> bool:
    """Return whether words go now: their day has come, and it was asked in time, or could not be.

    Whoever may be asked is given the week, though not for ever.
    """
    day, today = words_go_on(person), now.astimezone(UTC).date()
    if day is None or today < day:
        return False
    asked = asked_on(person, RETENTION.kind, day - ASKED_BEFORE)
    if asked is not None:
        return now - asked >= ASKED_BEFORE
    return not (reachable and _may_be_asked(person)) or today >= day + 2 * ASKED_BEFORE


def _may_be_asked(person: Person) -> bool:
    diary = person.diary
    wanted = RETENTION.kind not in diary.rhythm.silenced and not fell_silent(diary)
    return wanted and person.standing is Standing.ACTIVE


def is_over(person: Person, heard_at: datetime, now: datetime, *, reachable: bool) -> bool:
    """Return whether everything of somebody goes: a year of silence, and a warning that had its time.

    Whoever paused, is done, or cannot be reached is not written to, and gets another month instead.
    """
    if now - heard_at < SILENT_FOR:
        return False
    warned = asked_on(person, YEAR.kind, warned_on(heard_at))
    if warned is not None:
        return now - warned >= NOTICE + timedelta(days=1)
    may_be_warned = reachable and person.standing is Standing.ACTIVE
    return now - heard_at >= SILENT_FOR + NOTICE * (2 if may_be_warned else 1)


def waits_for_a_notice(person: Person, now: datetime) -> bool:
    """Return whether a notice should have come by now: then the plan is looked at again."""
    day, today = words_go_on(person), now.astimezone(UTC).date()
    asks = day is not None and day - ASKED_BEFORE <= today
    return asks or (person.heard_at is not None and warned_on(person.heard_at) <= today)
