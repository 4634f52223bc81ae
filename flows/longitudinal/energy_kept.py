"""Changes to the entries of an energy log, each with what is remembered of it for good.

The diary holds what counts now; the records keep how it came to be, corrections included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flows.assessment.inventory import ACTIVITIES
from flows.diary import Diary, Entry
from flows.reply import Remembered

MOST_ACTIVITIES = 40
"""Words of a person's own that are known again; older ones go first."""

MOST_ENTRIES = 400
"""Entries that count, several logs of them; older ones stay in the records."""

WHO = ("alone", "one", "team", "clients", "boss")
GLAD = ("yes", "neutral", "no")
LEAST_SLEEP, MOST_SLEEP = 4, 9
"""Hours on the buttons; the first and the last mean "or less" and "or more"."""

Change = tuple[Diary, Remembered]


def added(
    diary: Diary, day: date, hour: int, told: Sequence[tuple[str, int]], *, recall: bool
) -> tuple[Diary, tuple[Entry, ...], Remembered]:
    """Return the diary with entries (what, left) of one day, those entries, and what to remember."""
    first = max((entry.id for entry in diary.entries), default=0) + 1
    new = tuple(
        Entry(number, day, hour, what, left, recall=recall)
        for number, (what, left) in enumerate(told, start=first)
    )
    learnt = learning(diary, (what for what, _ in told))
    record = Remembered("energy", {"entries": [_as_plain(entry) for entry in new]})
    return replace(learnt, entries=(*diary.entries, *new)[-MOST_ENTRIES:]), new, record


def learning(diary: Diary, whats: Iterable[str]) -> Diary:
    """Return the diary that knows these words again; the latest ones last."""
    new = [what for what in dict.fromkeys(whats) if what not in ACTIVITIES]
    kept = [word for word in diary.activities if word not in new]
    return replace(diary, activities=(*kept, *new)[-MOST_ACTIVITIES:])


def entry_of(diary: Diary, number: int) -> Entry | None:
    """Return the entry with this number, None when it was taken back."""
    return next((entry for entry in diary.entries if entry.id == number), None)


def changed(diary: Diary, number: int, **changes: Any) -> Change:
    """Return the diary with one entry changed; it has to be there."""
    entries = tuple(replace(entry, **changes) if entry.id == number else entry for entry in diary.entries)
    whats = [changes["what"]] if "what" in changes else []
    record = Remembered("energy", {"entry": number, "changed": changes})
    return replace(learning(diary, whats), entries=entries), record


def undone(diary: Diary, numbers: Sequence[int]) -> Change:
    """Return the diary without some entries. A word that they alone had taught is forgotten with them."""
    left = tuple(entry for entry in diary.entries if entry.id not in numbers)
    gone = {entry.what for entry in diary.entries if entry.id in numbers} - {entry.what for entry in left}
    words = tuple(word for word in diary.activities if word not in gone)
    return replace(diary, entries=left, activities=words), Remembered("energy", {"undone": list(numbers)})


def slept(diary: Diary, day: date, hours: int) -> Change:
    """Return the diary with the hours of the night that ended on a day."""
    nights = {**diary.nights, day: hours}
    return replace(diary, nights=nights), Remembered("energy", {"night": day.isoformat(), "hours": hours})


def _as_plain(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "hour": entry.hour,
        "what": entry.what,
        "left": entry.left,
        "recall": entry.recall,
    }
