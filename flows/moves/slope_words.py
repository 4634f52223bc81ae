"""A slope put before a person: its stages, how they stand against the floor, and what would make it fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flows.diary import Slope, Stage
from flows.engine.pictures import Band, SlopeChart
from flows.engine.say import Button, Fact, Label, Say
from flows.moves.money import written_like
from flows.moves.slope_plan import (
    Reckoning,
    floor_that_fits,
    later,
    later_start,
    longer_first_stage,
    reckoned,
    way_back,
)
from flows.reply import buttons


def plan_says(slope: Slope, today: date) -> Iterator[Say]:
    """Yield the plan with its picture, how it stands against the floor, and what would make it fit."""
    yield the_plan(slope)
    if slope.asked is not None and sum(stage.months for stage in slope.stages) > slope.asked:
        yield Say("slopes.took_longer", {"last": month(slope.stages[-1].last)})
    yield from against_the_floor(slope, today)


def the_plan(slope: Slope) -> Say:
    """Return the picture; its caption says the same in words."""
    lines = tuple(_line(slope, place) for place in range(len(slope.stages)))
    floor = Say("slopes.no_floor_line")
    if slope.floor is not None:
        floor = Say("slopes.floor_line", {"floor": money(slope, slope.floor)})
    return Say("slopes.plan", {"lines": lines, "floor": floor}, apart=True, picture=_chart(slope))


def against_the_floor(slope: Slope, today: date) -> Iterator[Say]:
    """Yield how the months stand against the floor: nothing below it goes unsaid."""
    found = reckoned(slope)
    if slope.floor is None or len(found.unknown) == len(slope.stages):
        yield Say("slopes.only_time")
        return
    if found.lacking:
        yield _missing(slope, found)
    elif found.below:
        yield _carried(slope, found)
    else:
        yield _fits(slope, found)
    if found.unknown and found.below:
        yield Say("slopes.also_open", {"stages": _named(slope, found.unknown)})
    if found.goes_on_below:
        by, last = money(slope, found.goes_on_below), month(slope.stages[-1].last)
        yield Say("slopes.stays_below", {"by": by, "last": last})
    if found.lacking:
        ways: dict[str, Fact] = {
            "ways": tuple(_ways(slope, found, today)),
            "last": month(slope.stages[-1].last),
        }
        yield Say("slopes.ways_until" if found.goes_on_below else "slopes.ways", ways)


def about_stage(slope: Slope, place: int, ways: Sequence[tuple[str, str]]) -> Say:
    """Return one stage: its time, its money, what it tests, what to agree, and the way back."""
    stage = slope.stages[place]
    facts: dict[str, Fact] = {
        "stage": Label("slope.stages", stage.kind),
        "span": span(stage.first, stage.last),
        "money": _against(slope, stage),
        "back": month(way_back(stage)),
    }
    return Say(f"slopes.about.{stage.kind}", facts, buttons("slopes.ways_on", *ways))


def way_on(slope: Slope) -> Say:
    """Return the buttons below a plan: one for each stage, then what can become of it."""
    stages = [(stage.kind, f"slope:{place}") for place, stage in enumerate(slope.stages, start=1)]
    ways: tuple[Button, ...] = buttons(
        "slopes.next", *stages, ("change", "slope:change"), ("drop", "slope_drop")
    )
    return Say("slopes.next", buttons=ways)


def month(day: date) -> Say:
    """Return the month of a day, with its year."""
    return Say("slopes.month", {"month": Label("slopes.names", str(day.month)), "year": day.year})


def span(first: date, last: date) -> Fact:
    """Return the months of some days in a row; of a single month its name."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    begins: Fact = month(first)
    if first.year == last.year:
        begins = Label("slopes.names", str(first.month))
    return Say("slopes.span", {"first": begins, "last": month(last)})


def money(slope: Slope, hundredths: int) -> str:
    """Return an amount as the person would write it."""
    return written_like(slope.currency, hundredths)


def out_says(slope: Slope, today: date) -> Iterator[Say]:
    """Yield how far the money carries somebody who is out; no stages, and nothing that asks to stay."""
    after = slope.stages[0].income
    if slope.floor is None or after is None:
        yield Say("slopes.out_open")
    elif after >= slope.floor:
        facts: dict[str, Fact] = {"after": money(slope, after), "floor": money(slope, slope.floor)}
        yield Say("slopes.out_holds", facts)
    else:
        missing = slope.floor - after
        months = (slope.savings or 0) // missing
        if months:
            last = month(later(today, min(months, 1200)))
            by = money(slope, missing)
            yield Say("slopes.out_carries", {"by": by, "months": months, "last": last})
        else:
            yield Say("slopes.out_short", {"by": money(slope, missing)})
    yield Say("slopes.out_first", apart=True)


def _line(slope: Slope, place: int) -> Say:
    stage = slope.stages[place]
    facts: dict[str, Fact] = {
        "number": place + 1,
        "stage": Label("slope.stages", stage.kind),
        "span": span(stage.first, stage.last),
        "money": _against(slope, stage),
    }
    return Say("slopes.line", facts)


def _against(slope: Slope, stage: Stage) -> Say:
    if stage.income is None:
        return Say("slopes.money.open")
    facts: dict[str, Fact] = {"income": money(slope, stage.income)}
    if slope.floor is None:
        return Say("slopes.money.plain", facts)
    above = stage.income - slope.floor
    side = "above" if above > 0 else "below" if above else "at"
    return Say(f"slopes.money.{side}", {**facts, "by": money(slope, abs(above))})


def _fits(slope: Slope, found: Reckoning) -> Say:
    if found.unknown:
        return Say("slopes.fits_unless", {"stages": _named(slope, found.unknown)})
    return Say("slopes.fits")


def _carried(slope: Slope, found: Reckoning) -> Say:
    facts: dict[str, Fact] = {
        "months": found.months,
        "total": money(slope, found.total),
        "lines": _short_lines(slope, found),
        "left": money(slope, found.left),
    }
    return Say("slopes.carried", facts)


def _missing(slope: Slope, found: Reckoning) -> Say:
    facts: dict[str, Fact] = {"total": money(slope, found.total)}
    cover = Say("slopes.cover_none", facts)
    if slope.savings:
        facts |= {"lacking": money(slope, found.lacking), "months": found.uncovered}
        cover = Say("slopes.cover_part", facts)
    return Say("slopes.missing", {"lines": _short_lines(slope, found), "cover": cover})


def _short_lines(slope: Slope, found: Reckoning) -> tuple[Fact, ...]:
    return tuple(
        Say(
            "slopes.short_line",
            {
                "stage": Label("slope.stages", slope.stages[each.place].kind),
                "by": money(slope, each.by),
                "months": each.months,
            },
        )
        for each in found.below
    )


def _ways(slope: Slope, found: Reckoning, today: date) -> Iterator[Fact]:
    """Yield what would make up for all that is missing, each by itself."""
    begins = slope.stages[0].first
    longer, later_by = longer_first_stage(slope), later_start(slope) if today < begins else None
    if longer is not None:
        facts = _put_aside(slope, slope.stages[0].income, longer)
        yield Say("slopes.way_longer" if longer else "slopes.way_aside", facts)
    if later_by is not None:
        yield Say("slopes.way_later", _put_aside(slope, slope.income, later_by))
    yield Say("slopes.way_floor", {"amount": money(slope, floor_that_fits(slope))})
    yield Say("slopes.way_savings", {"amount": money(slope, found.lacking)})


def _put_aside(slope: Slope, income: int | None, months: int) -> dict[str, Fact]:
    return {"months": months, "above": money(slope, (income or 0) - (slope.floor or 0))}


def _named(slope: Slope, places: Sequence[int]) -> tuple[Fact, ...]:
    return tuple(Label("slope.stages", slope.stages[place].kind) for place in places)


def _chart(slope: Slope) -> SlopeChart:
    floor = Say("slopes.chart.floor", {"floor": money(slope, slope.floor or 0)})
    brings = Say("slopes.chart.brings")
    if slope.income is not None:
        brings = Say("slopes.chart.brings_now", {"income": money(slope, slope.income)})
    return SlopeChart(
        title=Say("slopes.chart.title"),
        subtitle=span(slope.stages[0].first, slope.stages[-1].last),
        first=slope.stages[0].first,
        bands=tuple(
            Band(
                Label("slope.stages", stage.kind),
                span(stage.first, stage.last),
                stage.months,
                stage.income,
                "" if stage.income is None else money(slope, stage.income),
            )
            for stage in slope.stages
        ),
        floor=None if slope.floor is None else (slope.floor, floor),
        now=slope.income,
        brings=brings,
        missing=Say("slopes.chart.missing"),
        foot=Say("slopes.chart.foot"),
    )
