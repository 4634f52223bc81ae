"""What an energy log shows so far: what gives and what drains, with counts and honest blanks.

Nothing is said of an activity before its third entry, nor of a side of a pair before its fourth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean

from flows.diary import Diary, Entry
from flows.engine.pictures import EnergyBars, EnergyDay, EnergyRow, EnergyWeek
from flows.engine.say import Fact, Label, Say
from flows.longitudinal.energy_axes import AXES, Side, on_side
from flows.longitudinal.energy_run import LENGTH, entries_of, named
from flows.longitudinal.patterns import MUCH, SIDE, TYPE, by_activity, energy_log, middle, weight

DEGREES = (-2, -1, 0, 1, 2)

MOST_SAID = 2
MOST_ROWS = 9
MOST_BLANK = 3
"""How many activities are named in words as giving and as draining, are drawn, and are called too few."""

BY_ACTIVITY = "a"
"""The pattern that the lines about what gives and what drains show already."""

HOURS = (
    ("morning", range(11)),
    ("noon", range(11, 14)),
    ("afternoon", range(14, 18)),
    ("evening", range(18, 24)),
)
"""Parts of a day by their hours."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One activity in a log, and whether its entries are enough to say something of it."""

    what: str
    entries: tuple[Entry, ...]

    @property
    def enough(self) -> bool:
        return weight(self.entries) >= TYPE

    @property
    def middle(self) -> float:
        return middle(self.entries)

    @property
    def drains(self) -> bool:
        return self.enough and self.middle <= -MUCH

    @property
    def gives(self) -> bool:
        return self.enough and self.middle >= MUCH


def activities(entries: Iterable[Entry]) -> tuple[Shown, ...]:
    """Return the activities of a log: what gives most first, those with too few entries last."""
    found = [Shown(what, tuple(those)) for what, those in by_activity(entries).items()]
    return tuple(sorted(found, key=lambda each: (not each.enough, -each.middle, -len(each.entries))))


def insight(diary: Diary, prompt: str = "energy.insight", **facts: Fact) -> Say:
    """Return what shows so far as one message: what gives, what drains, what is too little to tell."""
    shown = activities(entries_of(diary))
    gives = [each for each in shown if each.gives][:MOST_SAID]
    drains = [each for each in reversed(shown) if each.drains][:MOST_SAID]
    blanks = [each for each in shown if not each.enough]
    lines = [
        *(_line("energy.gives", each, sum(entry.left > 0 for entry in each.entries)) for each in gives),
        *(_line("energy.drains", each, sum(entry.left < 0 for entry in each.entries)) for each in drains),
        *(found := _patterns(diary)),
        *(() if gives or drains or found else (Say("energy.nothing_stands_out"),)),
        *_too_few(blanks),
    ]
    return Say(prompt, {"lines": tuple(lines), **facts})


def _patterns(diary: Diary) -> tuple[Say, ...]:
    """What the rule sees in a log and the activities alone do not show: company, purpose, tiredness (A7)."""
    log = energy_log(diary)
    letters = [letter for letter in log.letters if letter != BY_ACTIVITY] if log else []
    return tuple(Say(f"energy.shows.{letter}") for letter in letters)


def _line(prompt: str, shown: Shown, count: int) -> Say:
    return Say(prompt, {"what": named(shown.what), "count": count, "total": len(shown.entries)})


def _too_few(blanks: Sequence[Shown]) -> tuple[Say, ...]:
    if not blanks:
        return ()
    if len(blanks) == 1:
        (only,) = blanks
        return (Say("energy.too_few", {"what": named(only.what), "count": len(only.entries)}),)
    whats = tuple(named(each.what) for each in blanks[:MOST_BLANK])
    return (Say("energy.too_few_each", {"lines": whats, "more": len(blanks) > MOST_BLANK}),)


def bars(diary: Diary) -> EnergyBars:
    """Return the picture of energy by activity, what gives most on top."""
    rows = tuple(_row(named(each.what), each.entries, each.enough) for each in activities(entries_of(diary)))
    return EnergyBars(
        title=Say("energy.picture_bars"),
        groups=(rows[:MOST_ROWS],),
        ends=_ends(),
        foot=Say("energy.picture_foot"),
    )


def axes(diary: Diary) -> EnergyBars:
    """Return the picture of three pairs (S2): strategy or people, new or kept up, alone or together."""
    entries = entries_of(diary)
    return EnergyBars(
        title=Say("energy.picture_axes"),
        groups=tuple(tuple(_side(side, entries) for side in axis) for axis in AXES),
        ends=_ends(),
        foot=Say("energy.picture_axes_foot"),
    )


def lean(diary: Diary) -> tuple[Say, ...]:
    """Return what the pairs show in a line each: which side leaves more, or that there is too little."""
    entries = entries_of(diary)
    return tuple(_compared(one, other, entries) for one, other in AXES)


def _compared(one: Side, other: Side, entries: Sequence[Entry]) -> Say:
    first, second = on_side(one, entries), on_side(other, entries)
    pair: dict[str, Fact] = {"one": _name(one), "other": _name(other)}
    if weight(first) < SIDE or weight(second) < SIDE:
        return Say("energy.pair_too_few", {**pair, "count": len(first), "others": len(second)})
    gap = middle(first) - middle(second)
    if abs(gap) < MUCH:
        return Say("energy.pair_alike", pair)
    return Say("energy.pair_differs", pair if gap > 0 else {"one": pair["other"], "other": pair["one"]})


def week(diary: Diary) -> EnergyWeek:
    """Return the picture of the days of a log by parts of the day; what was remembered later is left out."""
    live = [entry for entry in entries_of(diary) if not entry.recall]
    known = [entry.day for entry in entries_of(diary)]
    last = max(known)
    first = max(min(known), last - timedelta(days=LENGTH))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return EnergyWeek(
        title=Say("energy.picture_week"),
        parts=tuple(Label("energy.part", part) for part, _ in HOURS),
        days=tuple(
            EnergyDay(
                day,
                tuple(
                    _mean(entry for entry in live if entry.day == day and entry.hour in hours)
                    for _, hours in HOURS
                ),
            )
            for day in days
        ),
        ends=_ends(),
        foot=Say("energy.picture_week_foot"),
    )


def by_part(diary: Diary) -> tuple[Say, ...]:
    """Return what the picture of the days shows in a line for each part of the day that has entries."""
    live = [entry for entry in entries_of(diary) if not entry.recall]
    parts = [(part, [entry for entry in live if entry.hour in hours]) for part, hours in HOURS]
    return tuple(_of_part(part, those) for part, those in parts if those)


def _of_part(part: str, entries: Sequence[Entry]) -> Say:
    facts: dict[str, Fact] = {"part": Label("energy.part", part), "count": len(entries)}
    if weight(entries) < SIDE:
        return Say("energy.part_too_few", facts)
    counts = {
        "gave": sum(entry.left > 0 for entry in entries),
        "took": sum(entry.left < 0 for entry in entries),
    }
    return Say("energy.part_shows", {**facts, **counts})


def _mean(entries: Iterable[Entry]) -> float | None:
    lefts = [entry.left for entry in entries]
    return fmean(lefts) if lefts else None


def _side(side: Side, entries: Sequence[Entry]) -> EnergyRow:
    there = on_side(side, entries)
    return _row(_name(side), there, weight(there) >= SIDE)


def _name(side: Side) -> Label:
    return Label("energy.sides", side)


def _row(name: Fact, entries: Sequence[Entry], enough: bool) -> EnergyRow:
    counts = tuple(sum(entry.left == degree for entry in entries) for degree in DEGREES)
    note = "energy.times" if enough else "energy.times_too_few"
    return EnergyRow(name, counts, Say(note, {"count": len(entries)}), enough)


def _ends() -> tuple[Fact, Fact]:
    return Label("energy.left", "drained"), Label("energy.left", "energy")
