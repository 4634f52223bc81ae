"""Which activity lies on which side of the pairs that S2 looks at (concept 93), in one table.

| pair | one side | the other |
|---|---|---|
| strategy, people | figures, planning, deciding | talking, selling, helping, teaching, leading |
| new, kept up | making, learning | fixing, paperwork |
| alone, together | tagged "alone" | tagged one person, the team, clients or others, the boss |

Writing and meetings are on neither side of the first two: they may be either. Words of a person's own are on
none, as nobody knows what they mean; the third pair has only entries that say who was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from flows.diary import Entry

Side = Literal["strategy", "people", "new", "kept", "alone", "together"]

AXES: tuple[tuple[Side, Side], ...] = (("strategy", "people"), ("new", "kept"), ("alone", "together"))

ACTIVITIES_OF: Mapping[Side, tuple[str, ...]] = {
    "strategy": ("figures", "planning", "deciding"),
    "people": ("talking", "selling", "helping", "teaching", "leading"),
    "new": ("making", "learning"),
    "kept": ("fixing", "paperwork"),
}

TAGS_OF: Mapping[Side, tuple[str, ...]] = {
    "alone": ("alone",),
    "together": ("one", "team", "clients", "boss"),
}
"""Who was there (G3)."""


def on_side(side: Side, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that lie on a side."""
    if side in TAGS_OF:
        return tuple(entry for entry in entries if entry.who in TAGS_OF[side])
    return tuple(entry for entry in entries if entry.what in ACTIVITIES_OF[side])
