"""Pictures beside the map: what is on them, as facts and days. Their messages say it in words too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.engine.say import Drawing, Fact, Say


@dataclass(frozen=True, slots=True)
class WeekShown:
    """How heavy one week was, 0 to 10. `unusual`: a holiday or an illness was in it."""

    monday: date
    workday: int | None = None
    day_off: int | None = None
    unusual: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row that have a name: a trial, or a break (`rest`). `last` belongs to it."""

    first: date
    last: date
    name: Fact
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Timeline(Drawing):
    """Heaviness week by week, oldest first; a week without an entry is a gap.

    `maps` are the days on which a map was drawn. `legend` names, in this order: a workday, a day off, an
    unusual week, a map.
    """

    title: Say
    weeks: tuple[WeekShown, ...]
    spans: tuple[Span, ...]
    maps: tuple[date, ...]
    legend: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EnergyRow:
    """How often something left somebody how: counts from drained (first) to full of energy (fifth).

    `note` says how many entries there are; without `enough` of them nothing is read into them.
    """

    name: Fact
    counts: tuple[int, ...]
    note: Fact
    enough: bool


@dataclass(frozen=True, slots=True)
class EnergyBars(Drawing):
    """Energy by activity, or by the sides of some pairs, in groups. `ends` names the first and the fifth."""

    title: Say
    groups: tuple[tuple[EnergyRow, ...], ...]
    ends: tuple[Fact, Fact]
    foot: Say


@dataclass(frozen=True, slots=True)
class EnergyDay:
    """How one day left somebody, -2 to 2 on average, part by part; None where nothing was entered."""

    day: date
    parts: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class EnergyWeek(Drawing):
    """The days of an energy log, oldest first, by parts of the day."""

    title: Say
    parts: tuple[Fact, ...]
    days: tuple[EnergyDay, ...]
    ends: tuple[Fact, Fact]
    foot: Say


@dataclass(frozen=True, slots=True)
class Band:
    """One stage of a slope: its name, its months in words and as a number, and what one of them brings.

    `income` is in hundredths, `amount` the same as it is written; None and "" where nobody said.
    """

    name: Fact
    span: Fact
    months: int
    income: int | None
    amount: Fact


@dataclass(frozen=True, slots=True)
class SlopeChart(Drawing):
    """Stages against months from the first day on, and income as steps against the floor.

    `floor` comes with its words; `now` is what a month brings before the first stage, None: not said.
    `brings` names the steps, `missing` what lies between an income and a floor above it.
    """

    title: Say
    subtitle: Fact
    first: date
    bands: tuple[Band, ...]
    floor: tuple[int, Fact] | None
    now: int | None
    brings: Fact
    missing: Fact
    foot: Say


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a decision, now and then: as shares of a full bar (None: left open), and as it is told.

    `heavy`: more of it is worse, so it is drawn in the other colour.
    """

    name: Fact
    shares: tuple[float | None, float | None]
    told: tuple[Fact, Fact]
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class DecisionBars(Drawing):
    """Two or three measures of a decision, each as two bars. `when` names them: now, then."""

    title: Say
    when: tuple[Fact, Fact]
    rows: tuple[MeasureRow, ...]
    foot: Say
