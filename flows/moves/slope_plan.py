"""The arithmetic of a slope: months and days forwards from its start, and back from what a month must bring.

Money is in hundredths of a currency. What a month must bring is the floor; only savings may fill what is
missing, and what lies above the floor in one stage is never counted for another.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.diary import Slope, Stage

KINDS = ("hours", "contract", "projects", "elsewhere")
"""The stages in their order (S0, the eighteen months): hours down, another contract, projects, elsewhere."""

LONGEST = 60
"""Months; a plan over more than five years is none."""

TOO_LONG = 36
"""Months of putting money aside that nobody is offered."""

WAY_BACK = {"hours": 1, "contract": 3, "projects": 1, "elsewhere": 3}
"""Months after which each stage can first be undone without breaking a word."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One stage before it has its months: its kind, and what a month of it brings; None: not said."""

    kind: str
    income: int | None = None


@dataclass(frozen=True, slots=True)
class Below:
    """A stage below the floor: its place from 0, by how much a month, and for how many months."""

    place: int
    by: int
    months: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a slope stands against its floor.

    `total` is all that is missing over its months, `uncovered` how many of these the savings do not reach,
    `lacking` what more would. `unknown` are the places of stages whose income nobody said. `goes_on_below`
    is what is missing each month after the end, as the last stage stays.
    """

    below: tuple[Below, ...] = ()
    total: int = 0
    uncovered: int = 0
    lacking: int = 0
    left: int = 0
    unknown: tuple[int, ...] = ()
    goes_on_below: int = 0

    @property
    def months(self) -> int:
        """How many months are below the floor."""
        return sum(each.months for each in self.below)


def later(day: date, months: int) -> date:
    """Return the same day so many months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_of_a_month(day: date) -> date:
    """Return the day itself if it is the first of a month, else the first of the next one."""
    return day if day.day == 1 else later(day.replace(day=1), 1)


def whole_months(start: date, until: date) -> int:
    """Return how many months from the start are over by the end of a day; 0 when not one is."""
    months = max(0, (until.year - start.year) * 12 + until.month - start.month + 1)
    while months and later(start, months) - A_DAY > until:
        months -= 1
    return months


def parted(months: int, parts: Sequence[Part], floor: int | None, savings: int) -> tuple[int, ...]:
    """Return the months of each stage: even at first, then moved out of those that savings cannot carry.

    Every stage keeps a month at least, so the sum may be more than asked for. Months go from the stage that
    is furthest below the floor to the first one that is not; where all are, nothing is gained by moving.
    """
    even, more = divmod(max(months, len(parts)), len(parts))
    spans = [even + (place < more) for place in range(len(parts))]
    gaps = [_gap(part.income, floor) for part in parts]
    holds = next((place for place, gap in enumerate(gaps) if not gap), None)
    while holds is not None and sum(span * gap for span, gap in zip(spans, gaps, strict=True)) > savings:
        short = [place for place, gap in enumerate(gaps) if gap and spans[place] > 1]
        if not short:
            break
        spans[max(short, key=gaps.__getitem__)] -= 1
        spans[holds] += 1
    return tuple(spans)


def staged(start: date, parts: Sequence[Part], spans: Sequence[int]) -> tuple[Stage, ...]:
    """Return the stages with their days, one right after the other.

    All days are counted from the start, so that a short month in between moves none of the later ones.
    """
    found, gone = [], 0
    for part, span in zip(parts, spans, strict=True):
        first, gone = later(start, gone), gone + span
        found.append(Stage(part.kind, first, later(start, gone) - A_DAY, span, part.income))
    return tuple(found)


def reckoned(slope: Slope) -> Reckoning:
    """Return how the months of a slope stand against its floor, first to last."""
    stages, floor, savings = slope.stages, slope.floor, slope.savings or 0
    unknown = tuple(place for place, stage in enumerate(stages) if stage.income is None)
    below = tuple(
        Below(place, gap, stage.months)
        for place, stage in enumerate(stages)
        if (gap := _gap(stage.income, floor))
    )
    total, left, uncovered = sum(each.by * each.months for each in below), savings, 0
    for each in below:
        carried = min(each.months, left // each.by)
        left -= carried * each.by
        uncovered += each.months - carried
    return Reckoning(
        below=below,
        total=total,
        uncovered=uncovered,
        lacking=max(0, total - savings),
        left=max(0, savings - total),
        unknown=unknown if floor is not None else (),
        goes_on_below=_gap(stages[-1].income, floor),
    )


def floor_that_fits(slope: Slope) -> int:
    """Return the highest floor, in whole units, that the savings carry over all months; at least 0."""
    savings, low, high = slope.savings or 0, 0, (slope.floor or 0) // 100
    while low < high:
        middle = (low + high + 1) // 2
        missing = sum(_gap(stage.income, middle * 100) * stage.months for stage in slope.stages)
        low, high = (middle, high) if missing <= savings else (low, middle - 1)
    return low * 100


def longer_first_stage(slope: Slope) -> int | None:
    """Return how many months more of the first stage would make up for what is missing.

    They do if what is above the floor in it is put aside from its first month on. 0: it is enough as long
    as it is; None: nothing is above the floor there, or it would take over three years.
    """
    first = slope.stages[0]
    return _months_of_surplus(slope, first.income, first.months)


def later_start(slope: Slope) -> int | None:
    """Return how many months more as it is now, with what is above the floor put aside, would do the same."""
    return _months_of_surplus(slope, slope.income, 0)


def _months_of_surplus(slope: Slope, income: int | None, already: int) -> int | None:
    if income is None or slope.floor is None or income <= slope.floor:
        return None
    months = max(0, -(-reckoned(slope).lacking // (income - slope.floor)) - already)
    return months if months <= TOO_LONG else None


def prolonged(slope: Slope, place: int, months: int = 1) -> Slope:
    """Return the slope with one stage longer, as was asked for; the later ones move on by as much."""
    spans = [stage.months + (months if at == place else 0) for at, stage in enumerate(slope.stages)]
    parts = [Part(stage.kind, stage.income) for stage in slope.stages]
    asked = None if slope.asked is None else slope.asked + months
    return replace(slope, stages=staged(slope.stages[0].first, parts, spans), asked=asked)


def way_back(stage: Stage) -> date:
    """Return the first day from which a stage can be undone; never after the day that follows its last."""
    return min(later(stage.first, WAY_BACK.get(stage.kind, 1)), stage.last + A_DAY)


def _gap(income: int | None, floor: int | None) -> int:
    """What a month misses; nothing where one of the two is not known."""
    return 0 if income is None or floor is None else max(0, floor - income)
