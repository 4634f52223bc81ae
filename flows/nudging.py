"""First messages: which are planned for a person, and what becomes of one when its time has come.

What is planned is a pure function of the person, computed anew after every event: moving to another zone,
a pause, or having done the thing already changes the plan by itself.

Each kind wants its slots on a local day, inside a part of it. Planned is what of that lies outside quiet
hours, was not sent, silenced or snoozed, and not more than one on a local day: the lower rank goes first,
and the other one moves to the next free day, at most two days on; by then it would make no sense any more,
and is given up. What a person put off to a day comes on that day whatever else does. Nothing that was
missed is made up for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.chapters import CHAPTERS
from flows.longitudinal.local_time import is_quiet, minute_of, outside, spread, stretch, zone_of
from flows.longitudinal.unanswered import fell_silent, still_wanted
from flows.notices import NOTICES, YEAR
from flows.person import Person, Standing
from flows.reply import Reply
from flows.safety.crisis_look_in import LOOK_IN, may_come

KINDS: tuple[NudgeKind, ...] = (LOOK_IN, *(kind for chapter in CHAPTERS for kind in chapter.nudges), *NOTICES)

MOVES_AT_MOST = 2
"""Local days that a nudge may come late because another one had its day."""

LATELY = timedelta(days=MOVES_AT_MOST + 2)
"""No local day of so long ago matters, wherever they have been since."""

ON_TIME = timedelta(minutes=5)
"""The times of an energy log are chosen to the minute: its prompts come as near to them as a crowd allows."""

TALKING = timedelta(minutes=30)
"""So long after the last word of a person nothing interrupts."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One planned first message: from `due` on, and not after `until`; both UTC.

    Unique by person, kind and slot. Once sent or dropped, the same slot never comes again.
    """

    kind: str
    slot: str
    due: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Nudging:
    """What became of a nudge whose time had come. `why` says in a word why one was dropped.

    "later" leaves it waiting: the person's plan has a new time for the same slot.
    """

    reply: Reply
    outcome: Literal["sent", "dropped", "later"]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A nudge with what it is for."""

    nudge: Nudge
    kind: NudgeKind
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted on a day, before it has its place. `put_off`: the person chose this very day."""

    kind: NudgeKind
    wanted: Wanted
    slot: str
    day: date
    span: tuple[int, int]
    put_off: bool = False

    @property
    def gives_way(self) -> bool:
        """Whether it has to share its day with others."""
        return self.wanted.capped and not self.put_off

    @property
    def order(self) -> tuple[int, date, str, str]:
        return self.kind.rank, self.day, self.kind.kind, self.slot


def planned(person: Person, now: datetime, kinds: Sequence[NudgeKind] = KINDS) -> tuple[Nudge, ...]:
    """Return the nudges that wait, soonest first."""
    return tuple(each.nudge for each in plan(person, now, kinds))


def may_be_written_to(person: Person) -> bool:
    """Return whether anything at all may be sent to a person that they did not ask for just now."""
    return person.standing in (Standing.ACTIVE, Standing.RESTING)


def _heard_by(person: Person, kinds: Iterable[NudgeKind], now: datetime) -> Iterable[NudgeKind]:
    """Whoever is done gets only what they asked for when they were; whoever fell silent hears of them once
    more, before everything is deleted. In a crisis nothing comes but a look in that was wanted.
    """
    kinds = tuple(kind for kind in kinds if may_come(kind, person, now))
    if fell_silent(person.diary):
        return (kind for kind in kinds if kind is YEAR)
    return kinds if person.standing is Standing.ACTIVE else (kind for kind in kinds if kind.at_rest)


def plan(person: Person, now: datetime, kinds: Sequence[NudgeKind] = KINDS) -> list[Planned]:
    """Return the nudges that wait with what they are for, soonest first."""
    if not may_be_written_to(person):
        return []
    calendar = _calendar(person, now)
    wishes = [wish for kind in _heard_by(person, kinds, now) for wish in _wishes(kind, calendar)]
    found = _one_a_day(wishes, calendar)
    return sorted(found, key=lambda each: (each.nudge.due, each.kind.rank, each.nudge.slot))


@dataclass(frozen=True, slots=True)
class _Calendar:
    """One person's days: where they are today, and what came lately."""

    person: Person
    now: datetime
    zone: ZoneInfo
    today: date
    sent: frozenset[tuple[str, str]]
    sent_on: frozenset[date]
    """Days on which one came that counts, as far back as another one may have given way to it."""

    def placed(self, wish: _Wish, day: date) -> Planned | None:
        """Return the nudge on a day; None where its part of the day is quiet, over, or talked away."""
        rhythm = self.person.diary.rhythm
        quiet = (rhythm.quiet_from, rhythm.quiet_until)
        span = outside(wish.span, quiet)
        if span is None:
            return None
        begins, until = stretch(day, span, self.zone)
        latest = until if wish.wanted.capped else min(until, begins + ON_TIME)
        due = spread(begins, latest, self.person.seed, wish.kind.kind, wish.slot)
        if self.person.heard_at is not None:
            due = max(due, self.person.heard_at + TALKING)
        if until < max(due, self.now) or is_quiet(minute_of(due, self.zone), quiet):
            return None
        return Planned(Nudge(wish.kind.kind, wish.slot, due, until), wish.kind, wish.wanted)

    def gave_way(self, wanted: Wanted) -> bool:
        """Whether it is still on its way from a day that another one had."""
        late = (self.today - wanted.day).days
        days = (wanted.day + timedelta(days=day) for day in range(late))
        return wanted.capped and late <= MOVES_AT_MOST and all(day in self.sent_on for day in days)


def _calendar(person: Person, now: datetime) -> _Calendar:
    zone, nudged = zone_of(person.zone), person.diary.nudged
    lately = takewhile(lambda each: now - each.at < LATELY, reversed(nudged))
    return _Calendar(
        person,
        now,
        zone,
        now.astimezone(zone).date(),
        frozenset((each.kind, each.slot) for each in nudged),
        frozenset(each.at.astimezone(zone).date() for each in lately if each.capped),
    )


def _wishes(kind: NudgeKind, calendar: _Calendar) -> Iterator[_Wish]:
    """Yield what one kind wants and the person lets it have."""
    name, rhythm = kind.kind, calendar.person.diary.rhythm
    if name in rhythm.silenced:
        return
    again = rhythm.again.get(name)
    if again is not None and (name, again.slot) not in calendar.sent:
        span = (again.begins, again.ends)
        first = Wanted(name, slot_first_meant(again.slot), again.day, *span)
        yield _Wish(kind, first, again.slot, again.on, span, put_off=True)
    silent_until = rhythm.snoozed.get(name, date.min)
    for wanted in _wanted(kind, calendar):
        missed = wanted.day < calendar.today and not calendar.gave_way(wanted)
        if not missed and (name, wanted.slot) not in calendar.sent and wanted.day >= silent_until:
            yield _Wish(kind, wanted, wanted.slot, wanted.day, (wanted.begins, wanted.ends))


def _wanted(kind: NudgeKind, calendar: _Calendar) -> Iterable[Wanted]:
    """Return what a kind wants from now on, and what it wanted on days that another one had."""
    person, now, zone = calendar.person, calendar.now, calendar.zone
    wanted = still_wanted(kind, person, now, zone)
    if not any(0 <= (calendar.today - day).days <= MOVES_AT_MOST for day in calendar.sent_on):
        return wanted
    earlier = still_wanted(kind, person, now - timedelta(days=MOVES_AT_MOST), zone)
    by_slot = {each.slot: each for each in earlier if each.day <= calendar.today}
    return (by_slot | {each.slot: each for each in wanted}).values()


def slot_first_meant(slot: str) -> str:
    """Return the slot of a nudge before it was put off."""
    return slot.partition("+")[0]


def _one_a_day(wishes: Sequence[_Wish], calendar: _Calendar) -> list[Planned]:
    """Give each day to the wish that goes first; those that give way try again on the next two days."""
    taken = {*calendar.sent_on, *(wish.day for wish in wishes if wish.put_off)}
    found = [placed for wish in wishes if not wish.gives_way and (placed := calendar.placed(wish, wish.day))]
    waiting: dict[date, list[_Wish]] = {}
    for wish in wishes:
        if wish.gives_way:
            waiting.setdefault(wish.day, []).append(wish)
    while waiting:
        day = min(waiting)
        here = sorted(waiting.pop(day), key=lambda wish: wish.order)
        first = None if day in taken else _first(here, day, calendar)
        if first is not None:
            found.append(first[1])
            here.remove(first[0])
        if first is not None or day in taken:
            _give_way(here, day, waiting)
    return found


def _first(here: Sequence[_Wish], day: date, calendar: _Calendar) -> tuple[_Wish, Planned] | None:
    return next(((wish, placed) for wish in here if (placed := calendar.placed(wish, day))), None)


def _give_way(here: Iterable[_Wish], day: date, waiting: dict[date, list[_Wish]]) -> None:
    """Let them wait for the next day, unless they would come too late."""
    for wish in here:
        if (day - wish.day).days < MOVES_AT_MOST:
            waiting.setdefault(day + timedelta(days=1), []).append(wish)
