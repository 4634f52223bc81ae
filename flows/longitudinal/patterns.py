"""The patterns of an energy log and its coverage, as the map reads them (assessment.md A7, block E).

Readings of the text, where it leaves room:
- Entries are those of the latest log; as long as a new one has none, those of the one before. What somebody
  only remembers (`recall`) counts half, in every count and every median: memory exaggerates what was bad (B).
- Coverage: days with two entries (or four remembered ones), out of eight; never more than 1.
- A side of a comparison has four entries, and its medians are at least 1 apart.
- A type is an activity with three entries. It drains at a median of -1 or less and energises from 1 on.
- a) The sides are all draining types and all energising ones. The share of the week is that of the entries.
- b) Nothing energises, the median of all entries is below 0, and it falls by 1 with the hours awake (from
  before 14:00 to 16:00 and later, nobody being asked when they got up; the hour of what is remembered is not
  known) or after nights under six hours.
- c) Entries with one tag (G3) against those with other tags: the median with it is below 0, the others are 1
  higher, and so it is in at least two activities with that tag, each with two entries: whatever the task.
- d) One activity with G4 "no" on one side and "neutral" or "yes" on the other; the first drains (below 0),
  the second does not. Different activities are never put together here.
- e) Sharp drains are entries of -2: four at least, but at most a quarter; the median of the others is 0 or
  more, and so is that of three quarters of the usable days.
- f) At least two activities with four entries each, all of a median of -1 or less and less than 1 apart,
  which make up half of the log. Here the sides must not differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from statistics import median

from flows.assessment.facts import EnergyLog
from flows.diary import Diary, Entry
from flows.longitudinal.energy_run import entries_of

LIVE, RECALLED = 2, 1
"""What an entry weighs that was made at once, and one that was remembered: in half entries."""

SIDE = 4 * LIVE
TYPE = 3 * LIVE
PAIR = 2 * LIVE
"""Four, three and two entries, as they are weighed."""

USABLE_DAYS = 8
GAP = 1
MUCH = 1
RARE = 0.2
FEW = 0.25
MOST = 0.75
EARLY, LATE = 14, 16
SHORT_NIGHT = 6

Nights = Mapping[date, int]
Pattern = Callable[[Sequence[Entry], Nights], bool]


def energy_log(diary: Diary) -> EnergyLog | None:
    """Return the patterns of the latest log by their letters, and its coverage; None without an entry."""
    entries = entries_of(diary)
    if not entries:
        return None
    letters = "".join(letter for letter, found in PATTERNS.items() if found(entries, diary.nights))
    return EnergyLog(letters, coverage(entries))


def coverage(entries: Iterable[Entry]) -> float:
    """Return how much of a log there is, from 0 to 1: eight days with two entries are enough."""
    return min(1.0, len(usable_days(entries)) / USABLE_DAYS)


def usable_days(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """Return the entries of each day that has two or more."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.day, []).append(entry)
    return {day: those for day, those in days.items() if weight(those) >= PAIR}


def by_activity(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries of each activity."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.what, []).append(entry)
    return found


def weight(entries: Iterable[Entry]) -> int:
    """Return how much entries weigh, in half entries."""
    return sum(RECALLED if entry.recall else LIVE for entry in entries)


def middle(entries: Iterable[Entry]) -> float:
    """Return the weighted median of some entries; there has to be one."""
    return median(
        chain.from_iterable([entry.left] * (RECALLED if entry.recall else LIVE) for entry in entries)
    )


def drain_follows_the_activity(entries: Sequence[Entry], nights: Nights) -> bool:
    """a: some activities drain, others energise, and those are a fifth of the week at most."""
    del nights
    types = [those for those in by_activity(entries).values() if weight(those) >= TYPE]
    draining = [entry for those in types if middle(those) <= -MUCH for entry in those]
    energising = [entry for those in types if middle(those) >= MUCH for entry in those]
    return _lies_lower(draining, energising) and weight(energising) <= RARE * weight(entries)


def everything_drains_and_falls(entries: Sequence[Entry], nights: Nights) -> bool:
    """b: nothing gives energy, and it gets worse the longer the day or the shorter the night was."""
    types = [those for those in by_activity(entries).values() if weight(those) >= TYPE]
    if middle(entries) >= 0 or any(middle(those) >= MUCH for those in types):
        return False
    early = [entry for entry in entries if entry.hour < EARLY and not entry.recall]
    late = [entry for entry in entries if entry.hour >= LATE and not entry.recall]
    slept_little = [entry for entry in entries if entry.day in nights and nights[entry.day] < SHORT_NIGHT]
    slept_well = [entry for entry in entries if nights.get(entry.day, 0) >= SHORT_NIGHT]
    return _lies_lower(late, early) or _lies_lower(slept_little, slept_well)


def drain_follows_people(entries: Sequence[Entry], nights: Nights) -> bool:
    """c: with some people it drains, whatever the task."""
    del nights
    tagged = [entry for entry in entries if entry.who]
    for who in {entry.who for entry in tagged} - {"alone"}:
        there = [entry for entry in tagged if entry.who == who]
        elsewhere = [entry for entry in tagged if entry.who != who]
        if _lies_lower(there, elsewhere) and middle(there) < 0:
            lower = [
                those
                for those in by_activity(there).values()
                if weight(those) >= PAIR and middle(elsewhere) - middle(those) >= GAP
            ]
            if len(lower) >= 2:
                return True
    return False


def drain_follows_the_purpose(entries: Sequence[Entry], nights: Nights) -> bool:
    """d: the same activity drains for what they are not glad to be known for, and not for the rest."""
    del nights
    for those in by_activity(entries).values():
        disowned = [entry for entry in those if entry.glad == "no"]
        owned = [entry for entry in those if entry.glad in ("yes", "neutral")]
        if _lies_lower(disowned, owned) and middle(disowned) < 0 <= middle(owned):
            return True
    return False


def few_sharp_drains(entries: Sequence[Entry], nights: Nights) -> bool:
    """e: days are decent, but for a few sharp drains."""
    del nights
    sharp = [entry for entry in entries if entry.left == -2]
    rest = [entry for entry in entries if entry.left != -2]
    days = usable_days(entries).values()
    if not _lies_lower(sharp, rest) or middle(rest) < 0 or weight(sharp) > FEW * weight(entries):
        return False
    return bool(days) and sum(middle(those) >= 0 for those in days) >= MOST * len(days)


def all_activities_drain_alike(entries: Sequence[Entry], nights: Nights) -> bool:
    """f: whatever is done, it drains about the same."""
    del nights
    types = [those for those in by_activity(entries).values() if weight(those) >= SIDE]
    middles = [middle(those) for those in types]
    if len(types) < 2 or max(middles) > -MUCH or max(middles) - min(middles) >= GAP:
        return False
    return 2 * sum(map(weight, types)) >= weight(entries)


def _lies_lower(lower: Sequence[Entry], higher: Sequence[Entry]) -> bool:
    """Whether there is enough on both sides, and the one is lower by the gap that counts."""
    enough = weight(lower) >= SIDE and weight(higher) >= SIDE
    return enough and middle(higher) - middle(lower) >= GAP


PATTERNS: Mapping[str, Pattern] = {
    "a": drain_follows_the_activity,
    "b": everything_drains_and_falls,
    "c": drain_follows_people,
    "d": drain_follows_the_purpose,
    "e": few_sharp_drains,
    "f": all_activities_drain_alike,
}
"""The patterns by their letters; f is the last one of A7, which has none there."""
