"""Pictures of other kinds than the map on their way to the studio: facts become words, days become places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Protocol

from bot.pictures import DecisionCard, Drawable, EnergyBarsCard, EnergyWeekCard, SlopeCard, TimelineCard
from bot.pictures.decision import MeasureLine
from bot.pictures.energy_log import EnergyDayLine, EnergyLine
from bot.pictures.slope import MonthTick, SlopeBand
from bot.pictures.timeline import Bar, Tick, WeekDots
from flows.engine.pictures import Band, DecisionBars, EnergyBars, EnergyRow, EnergyWeek, SlopeChart, Timeline
from flows.engine.say import Drawing, Fact

WEEK = 7


class Speaker(Protocol):
    """What a card needs of a voice."""

    def plain(self, fact: Fact) -> str:
        """Return a fact as plain words."""
        ...

    def date(self, day: date, pattern: str) -> str:
        """Return a day by a CLDR skeleton."""
        ...


def card_of(picture: Drawing, voice: Speaker) -> Drawable:
    """Return the card of a picture, by its kind."""
    return CARDS[type(picture)](picture, voice)


def _timeline(picture: Timeline, voice: Speaker) -> TimelineCard:
    first = picture.weeks[0].monday

    def place(day: date) -> float:
        return (day - first).days / WEEK

    length = round(place(picture.weeks[-1].monday)) + 1
    return TimelineCard(
        title=voice.plain(picture.title),
        length=length,
        weeks=tuple(
            WeekDots(round(place(week.monday)), week.workday, week.day_off, week.unusual)
            for week in picture.weeks
        ),
        bars=tuple(
            Bar(place(span.first), place(span.last + timedelta(days=1)), voice.plain(span.name), span.rest)
            for span in picture.spans
        ),
        maps=tuple(place(day) for day in picture.maps),
        ticks=tuple(Tick(place(day), voice.date(day, "MMM")) for day in _months(first, length)),
        legend=tuple(voice.plain(name) for name in picture.legend),
    )


def _months(first: date, weeks: int) -> list[date]:
    """The first days of the months that begin within so many weeks."""
    days = (first + timedelta(days=number) for number in range(weeks * WEEK))
    return [day for day in days if day.day == 1]


def _energy_bars(picture: EnergyBars, voice: Speaker) -> EnergyBarsCard:
    def line(row: EnergyRow) -> EnergyLine:
        return EnergyLine(voice.plain(row.name), row.counts, voice.plain(row.note), row.enough)

    first, last = picture.ends
    return EnergyBarsCard(
        title=voice.plain(picture.title),
        groups=tuple(tuple(map(line, group)) for group in picture.groups),
        ends=(voice.plain(first), voice.plain(last)),
        foot=voice.plain(picture.foot),
    )


def _energy_week(picture: EnergyWeek, voice: Speaker) -> EnergyWeekCard:
    first, last = picture.ends
    return EnergyWeekCard(
        title=voice.plain(picture.title),
        parts=tuple(map(voice.plain, picture.parts)),
        days=tuple(EnergyDayLine(voice.date(day.day, "MMMEd"), day.parts) for day in picture.days),
        ends=(voice.plain(first), voice.plain(last)),
        foot=voice.plain(picture.foot),
    )


def _slope(picture: SlopeChart, voice: Speaker) -> SlopeCard:
    def band(each: Band) -> SlopeBand:
        words = [voice.plain(each.span), *([voice.plain(each.amount)] if each.amount else [])]
        return SlopeBand(voice.plain(each.name), " \u00b7 ".join(words), each.months, _units(each.income))

    floor, floor_name = picture.floor or (None, "")
    months = sum(each.months for each in picture.bands)
    return SlopeCard(
        title=voice.plain(picture.title),
        subtitle=voice.plain(picture.subtitle),
        bands=tuple(map(band, picture.bands)),
        ticks=tuple(_month_ticks(picture.first, months, voice)),
        names=(voice.plain(floor_name), voice.plain(picture.brings), voice.plain(picture.missing)),
        foot=voice.plain(picture.foot),
        floor=_units(floor),
        now=_units(picture.now),
    )


def _month_ticks(first: date, months: int, voice: Speaker) -> Iterator[MonthTick]:
    """Name every month, and the year with the first one and with each January."""
    for place in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
        told = str(year) if place == 0 or month == 0 else ""
        yield MonthTick(place, voice.date(date(year, month + 1, 1), "MMM"), told)


def _units(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _decision(picture: DecisionBars, voice: Speaker) -> DecisionCard:
    first, second = picture.when
    return DecisionCard(
        title=voice.plain(picture.title),
        when=(voice.plain(first), voice.plain(second)),
        lines=tuple(
            MeasureLine(
                voice.plain(row.name),
                row.shares,
                (voice.plain(row.told[0]), voice.plain(row.told[1])),
                row.heavy,
            )
            for row in picture.rows
        ),
        foot=voice.plain(picture.foot),
    )


CARDS: Mapping[type[Drawing], Callable[[Any, Speaker], Drawable]] = {
    Timeline: _timeline,
    EnergyBars: _energy_bars,
    EnergyWeek: _energy_week,
    SlopeChart: _slope,
    DecisionBars: _decision,
}
"""What makes the card of a kind of picture; the cards themselves are told apart by `bot.pictures.KINDS`."""
