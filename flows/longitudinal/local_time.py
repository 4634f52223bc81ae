"""Wall time where a person is, and UTC: through both edges of daylight saving, and after any journey.

A minute of a day is counted from its midnight by the clock on the wall; it may go past 24 hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2s
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

A_DAY = 24 * 60

Span = tuple[int, int]
"""Two minutes of a day, both of them inside."""

WINDOWS: Mapping[str, Span] = {
    "morning": (7 * 60 + 30, 9 * 60 + 30),
    "noon": (11 * 60 + 30, 13 * 60 + 30),
    "afternoon": (15 * 60, 17 * 60 + 30),
    "evening": (18 * 60 + 30, 21 * 60),
}
"""The parts of a day that a person may pick: outside most meetings, before most people are in bed."""


@lru_cache(maxsize=1024)
def zone_of(name: str | None) -> ZoneInfo:
    """Return the zone of this IANA name; UTC for none, and for one that the zone data (no longer) have."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=8192)
def moment(day: date, minute: int, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """Return when the clock on the wall shows this minute, in UTC.

    A time that the clocks skip becomes the first minute after the gap; of one that they show twice it is
    the first, or with `fold=1` the second.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    found = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    return _after_the_gap(wall, zone)


def _after_the_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """Find the minute of the change between the two readings of a time that is in neither."""
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    was = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        between = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if between.astimezone(zone).utcoffset() == was:
            before = between
        else:
            after = between
    return after


def stretch(day: date, span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first and the last moment at which the clock on the wall is inside a span, in UTC.

    Where the clocks go back inside the span's first or last hour, the hour that they show twice is left
    out rather than run through a time that is not in it.
    """
    begins, ends = moment(day, span[0], zone, fold=1), moment(day, span[1], zone)
    return (begins, ends) if begins <= ends else (moment(day, span[0], zone), ends)


def spread(begins: datetime, ends: datetime, seed: int, kind: str, slot: str) -> datetime:
    """Return the second between two moments that is this person's own: always the same, and no crowd's."""
    digest = blake2s(f"{seed}:{kind}:{slot}".encode(), digest_size=8).digest()
    seconds = int((ends - begins).total_seconds())
    return begins + timedelta(seconds=int.from_bytes(digest) % (seconds + 1))


def minute_of(at: datetime, zone: ZoneInfo) -> int:
    """Return the minute that the clock on the wall shows."""
    wall = at.astimezone(zone)
    return wall.hour * 60 + wall.minute


def is_quiet(minute: int, quiet: Span) -> bool:
    """Return whether a minute is in hours that may go past midnight; the last one is not."""
    begins, ends = quiet
    minute %= A_DAY
    if begins <= ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends


@lru_cache(maxsize=1024)
def outside(span: Span, quiet: Span) -> Span | None:
    """Return the longest part of a span that is not in quiet hours, the first of two; None if all is."""
    parts = [part for part in _parts(span, quiet) if part[0] <= part[1]]
    return max(parts, key=lambda part: part[1] - part[0], default=None)


def _parts(span: Span, quiet: Span) -> Iterator[Span]:
    begins, (quiet_from, quiet_until) = span[0], quiet
    length = (quiet_until - quiet_from) % A_DAY
    for days in range(-1, 3 if length else -1):
        quiet_begins = quiet_from + days * A_DAY
        yield begins, min(span[1], quiet_begins - 1)
        begins = max(begins, quiet_begins + length)
    yield begins, span[1]


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def iso_week(day: date) -> str:
    """Return the week of a day as "2026-W53": around New Year it may belong to the other year."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
