"""How heavy it was week by week, and how long the nights were, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flows.assessment.reading import Reading
from flows.diary import Diary
from flows.engine.say import Fact, Label, OnDay, Say
from flows.moves.share_lines import Line, line

WEEK = timedelta(weeks=1)

MOST_WEEKS = 12
MOST_NIGHTS = 14


def weeks(reading: Reading) -> Iterator[Line]:
    """Yield workdays and days off week by week, the last twelve; a week without a number is a gap."""
    diary = reading.person.diary
    mondays = _mondays(diary)
    for what in ("workday", "day_off"):
        series = tuple(_number(diary, monday, what) for monday in mondays)
        if any(isinstance(each, int) for each in series):
            facts: dict[str, Fact] = {
                "what": Label("weekly.chart", what),
                "first": OnDay(mondays[0]),
                "numbers": Say("weekly.series", {"numbers": series}),
            }
            yield line(Say("share.weeks", facts))


def _mondays(diary: Diary) -> tuple[date, ...]:
    """The weeks from the first number to the last one, at most twelve of them, without a hole."""
    told = [week.monday for week in diary.weeks if (week.workday, week.day_off) != (None, None)]
    if not told:
        return ()
    first = max(told[0], told[-1] - (MOST_WEEKS - 1) * WEEK)
    return tuple(first + number * WEEK for number in range((told[-1] - first) // WEEK + 1))


def _number(diary: Diary, monday: date, what: str) -> Fact:
    week = next((week for week in diary.weeks if week.monday == monday), None)
    number: int | None = getattr(week, what) if week else None
    return Label("weekly.chart", "gap") if number is None else number


def nights(reading: Reading) -> Iterator[Line]:
    """Yield the hours slept, as they were noted, the last fourteen nights of the log."""
    noted = sorted(reading.person.diary.nights.items())[-MOST_NIGHTS:]
    if noted:
        hours = tuple(hours for _, hours in noted)
        facts: dict[str, Fact] = {
            "first": OnDay(noted[0][0]),
            "numbers": Say("weekly.series", {"numbers": hours}),
        }
        yield line(Say("share.nights", facts))
