"""Whether using the explanation has changed anything: asked every fourth time, parked after two "no" (A8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flows.diary import Diary, Useful

EVERY = 4
"""The question comes with every so many reflections; weeks that were missed do not count."""

IN_A_ROW = 2


def is_due(diary: Diary, monday: date) -> bool:
    """Return whether the reflection on this week is the fourth, the eighth, and so on."""
    return sum(week.monday < monday for week in diary.weeks) % EVERY == EVERY - 1


def with_usefulness(diary: Diary, monday: date, changed: bool) -> Diary:
    """Return the diary with the answer of one week, and the explanation parked after two "no" in a row.

    Only answers about what leads now count: another lead begins anew.
    """
    others = (useful for useful in diary.useful if useful.on != monday)
    told = tuple(sorted((*others, Useful(monday, changed)), key=lambda each: each.on))
    since = _leads_since(diary)
    last = [useful.changed for useful in told if useful.on >= since][-IN_A_ROW:]
    return replace(diary, useful=told, parked=last == [False] * IN_A_ROW)


def _leads_since(diary: Diary) -> date:
    """The day from which on every map had the lead of the latest one; long ago where that is not known."""
    days = list(_days_of_this_lead(diary))
    return days[-1] if 0 < len(days) < len(diary.maps) else date.min


def _days_of_this_lead(diary: Diary) -> Iterator[date]:
    for drawn in reversed(diary.maps):
        if drawn.lead != diary.maps[-1].lead:
            return
        yield drawn.at.date()
