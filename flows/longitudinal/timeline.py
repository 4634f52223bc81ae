"""The picture of the weeks: heaviness so far, with breaks and trials as bands, and maps as marks.

Nothing is averaged and nothing is filled in: a week without an entry is a gap, and one with a holiday or an
illness in it is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from flows.diary import Diary, Week
from flows.engine.pictures import Span, Timeline, WeekShown
from flows.engine.say import Day, Fact, Label, Say
from flows.longitudinal.local_time import monday_of, zone_of
from flows.person import Person

WEEK = timedelta(weeks=1)

MOST = 26
"""Weeks on one picture: half a year is what a phone can show."""

LEAST = 6
"""Weeks that it shows even when there were fewer."""

IN_WORDS = 8
"""Weeks that the words under the picture tell one by one."""

SPANS = 4
"""Bands that have room; the latest stay."""

FRIDAY = timedelta(days=4)


def timeline(person: Person, now: datetime) -> Timeline | None:
    """Return the picture of all weeks so far, at most the last 26; None before there is a number to show."""
    mondays = shown_mondays(person, now)
    if not mondays:
        return None
    diary, zone = person.diary, zone_of(person.zone)
    last = mondays[-1] + WEEK
    spans = sorted(_spans(diary, now.astimezone(zone).date()), key=lambda span: span.first)
    inside = [
        _within(span, mondays[0], last) for span in spans if span.last >= mondays[0] and span.first < last
    ]
    maps = {drawn.at.astimezone(zone).date() for drawn in diary.maps}
    return Timeline(
        Say("weekly.chart_title"),
        tuple(_shown(diary, monday) for monday in mondays),
        tuple(inside[-SPANS:]),
        tuple(sorted(day for day in maps if mondays[0] <= day < last)),
        tuple(Label("weekly.chart", code) for code in ("workday", "day_off", "unusual", "map")),
    )


def chart(person: Person, now: datetime) -> Say | None:
    """Return the picture with the same in words under it; None before there is a number to show."""
    picture = timeline(person, now)
    if picture is None:
        return None
    told = [week for week in picture.weeks if week.monday < now.astimezone(zone_of(person.zone)).date()]
    told = _from_the_first_number(told)[-IN_WORDS:]
    noon = datetime.combine(told[0].monday, datetime.min.time(), zone_of(person.zone)) + timedelta(hours=12)
    facts: dict[str, Fact] = {
        **named(),
        "first": Day(noon, now, person.zone or "UTC"),
        "workday": _series(week.workday for week in told),
        "day_off": _series(week.day_off for week in told),
        "between": _names(picture.spans) if picture.spans else "",
    }
    return Say("weekly.chart", facts, apart=True, picture=picture)


def shown_mondays(person: Person, now: datetime) -> list[date]:
    """Return the Mondays of the weeks on the picture, without a hole: from the first number to this week."""
    numbered = [week.monday for week in person.diary.weeks if _has_a_number(week)]
    if not numbered:
        return []
    last = max(monday_of(now.astimezone(zone_of(person.zone)).date()), numbered[-1])
    if (last - numbered[-1]) // WEEK >= MOST:
        last = numbered[-1]  # after half a year of silence what there was is shown, and no empty picture
    first = max(numbered[0], last - (MOST - 1) * WEEK)
    count = max((last - first) // WEEK + 1, LEAST)
    return [first + number * WEEK for number in range(count)]


def is_unusual(diary: Diary, week: Week) -> bool:
    """Return whether a holiday or an illness was in a week, as they said or as a break tells."""
    return bool({"holiday", "illness"} & set(week.changes)) or _was_off(diary, week.monday)


def _was_off(diary: Diary, monday: date) -> bool:
    return any(each.first <= monday + FRIDAY and each.last >= monday for each in diary.breaks)


def _has_a_number(week: Week) -> bool:
    return week.workday is not None or week.day_off is not None


def _shown(diary: Diary, monday: date) -> WeekShown:
    week = next((week for week in diary.weeks if week.monday == monday), None)
    if week is None:
        return WeekShown(monday, unusual=_was_off(diary, monday))
    return WeekShown(monday, week.workday, week.day_off, is_unusual(diary, week))


def _spans(diary: Diary, today: date) -> Iterator[Span]:
    for each in diary.breaks:
        yield Span(each.first, each.last, Label("weekly.breaks", each.kind), rest=True)
    for trial in diary.trials:
        last = trial.ended or max(trial.ends, today)
        yield Span(trial.started, last, Label("battery.T1", trial.kind))


def _within(span: Span, first: date, end: date) -> Span:
    last = min(span.last, end - timedelta(days=1))
    return Span(max(min(span.first, last), first), last, span.name, span.rest)


def _from_the_first_number(weeks: list[WeekShown]) -> list[WeekShown]:
    last = max(place for place, week in enumerate(weeks) if (week.workday, week.day_off) != (None, None))
    return weeks[: last + 1]


def named() -> dict[str, Fact]:
    """Return what the two numbers of a week are called, in the words of a person's situation."""
    return {"what": Label("weekly.chart", "workday"), "off": Label("weekly.chart", "day_off")}


def _names(spans: tuple[Span, ...]) -> Say:
    return Say("weekly.names", {"names": tuple(span.name for span in spans)})


def _series(numbers: Iterable[int | None]) -> Say:
    gap = Label("weekly.chart", "gap")
    return Say("weekly.series", {"numbers": tuple(gap if each is None else each for each in numbers)})
