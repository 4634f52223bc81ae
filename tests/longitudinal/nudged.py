"""What tests of nudges start from: kinds of their own, and somebody who lives through days with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.diary import Diary, Rhythm
from flows.engine.heard import Commanded, Heard, Wrote
from flows.engine.say import Say
from flows.longitudinal.chapter import NudgeKind, Wanted
from flows.longitudinal.local_time import WINDOWS, iso_week, moment, zone_of
from flows.nudging import Nudge, Nudging, planned
from flows.person import Person, Standing
from flows.reply import Reply, Visit, offer
from tests.coach.given import HOUSE

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def offered(visit: Visit, wanted: Wanted) -> Say | None:
    del visit, wanted
    return offer("nudges.lookback", ("look", "next"))


def never(visit: Visit, wanted: Wanted) -> Say | None:
    del visit, wanted
    return None


def kind(
    name: str, rank: int, *wanted: Wanted, offer: Callable[[Visit, Wanted], Say | None] = offered
) -> NudgeKind:
    """A kind that wants these slots, each of them until its part of the day is over."""

    def still_to_come(person: Person, now: datetime) -> Iterable[Wanted]:
        zone = zone_of(person.zone)
        return [each for each in wanted if now <= moment(each.day, each.ends, zone)]

    return NudgeKind(name, rank, still_to_come, offer)


def wanted(name: str, day: str, part: str = "evening", slot: str = "", *, capped: bool = True) -> Wanted:
    begins, ends = WINDOWS[part]
    return Wanted(name, slot or day, date.fromisoformat(day), begins, ends, capped)


def weekly(name: str = "weekly", rank: int = 10, weekday: int = 6, part: str = "evening") -> NudgeKind:
    """A kind that wants every week: the next two or three of them, as all kinds do."""

    def every_week(person: Person, now: datetime) -> Iterator[Wanted]:
        zone = zone_of(person.zone)
        today = now.astimezone(zone).date()
        begins, ends = WINDOWS[part]
        first = today + timedelta(days=(weekday - today.weekday()) % 7)
        for day in (first, first + timedelta(weeks=1), first + timedelta(weeks=2)):
            if now <= moment(day, ends, zone):
                yield Wanted(name, iso_week(day), day, begins, ends)

    return NudgeKind(name, rank, every_week, offered)


def three_a_day(name: str = "log", rank: int = 90, ends_after: int = 1000) -> NudgeKind:
    """A kind that is switched on and not counted, at noon, in the afternoon and in the evening, for days."""
    last = MONDAY.date() + timedelta(days=ends_after)

    def every_day(person: Person, now: datetime) -> Iterator[Wanted]:
        zone = zone_of(person.zone)
        today = now.astimezone(zone).date()
        for day in (today, today + timedelta(days=1)):
            for part in ("noon", "afternoon", "evening") if day <= last else ():
                begins, ends = WINDOWS[part]
                if now <= moment(day, ends, zone):
                    yield Wanted(name, f"{day}.{part}", day, begins, ends, capped=False)

    return NudgeKind(name, rank, every_day, offered)


def somebody_active(zone: str = BERLIN, rhythm: Rhythm | None = None, seed: int = 7) -> Person:
    diary = Diary(rhythm=rhythm or Rhythm())
    return Person(seed=seed, standing=Standing.ACTIVE, zone=zone, diary=diary)


@dataclass(frozen=True)
class Came:
    """One nudge whose time had come, and what became of it."""

    at: datetime
    nudge: Nudge
    nudging: Nudging
    before: Person

    @property
    def wall(self) -> datetime:
        return self.at.astimezone(ZoneInfo(self.before.zone or "UTC"))

    @property
    def day(self) -> date:
        return self.wall.date()

    @property
    def prompt(self) -> str:
        (say,) = self.nudging.reply.says
        return say.prompt


@dataclass
class Life:
    """Somebody over days, as storage and service let them live: the plan is kept and renewed after every
    event and every nudge, and a slot that was sent or dropped never comes again.
    """

    person: Person
    kinds: tuple[NudgeKind, ...]
    now: datetime = MONDAY
    came: list[Came] = field(default_factory=list)
    gone: set[tuple[str, str]] = field(default_factory=set)
    waiting: tuple[Nudge, ...] = ()

    def __post_init__(self) -> None:
        self.coach = replace(HOUSE.coach, kinds=self.kinds)
        self._plan()

    def _plan(self) -> None:
        plan = planned(self.person, self.now, self.kinds)
        self.waiting = tuple(each for each in plan if (each.kind, each.slot) not in self.gone)

    def hears(self, heard: Heard) -> Reply:
        reply = self.coach.turn(self.person, heard, self.now)
        self.person = reply.person
        self._plan()
        return reply

    def says(self, text: str) -> Say:
        return self.hears(Wrote(text)).says[-1]

    def commands(self, name: str, argument: str = "") -> Say:
        return self.hears(Commanded(name, argument)).says[-1]

    def moves_to(self, zone: str) -> None:
        """They tell where they are, which is an event as any other."""
        self.person = replace(self.person, zone=zone)
        self.commands("help")

    def waits(self, **time: float) -> list[Came]:
        """Let time pass; return what came meanwhile."""
        until, before = self.now + timedelta(**time), len(self.came)
        while self.waiting and max(self.now, self.waiting[0].due) <= until:
            assert len(self.came) < 2000, "it falls due for ever"
            self.now = max(self.now, self.waiting[0].due)
            self._falls_due(self.waiting[0])
        self.now = until
        return self.came[before:]

    def waits_for_one(self) -> Came:
        """Let time pass until the next one that is planned has come, and no longer."""
        (came, *_) = self.waits(seconds=(self.waiting[0].due - self.now).total_seconds())
        return came

    def _falls_due(self, nudge: Nudge) -> None:
        nudging = self.coach.nudge(self.person, nudge, self.now)
        self.came.append(Came(self.now, nudge, nudging, self.person))
        self.person = nudging.reply.person
        if nudging.outcome != "later":
            self.gone.add((nudge.kind, nudge.slot))
        self._plan()

    @property
    def sent(self) -> list[Came]:
        return [each for each in self.came if each.nudging.outcome == "sent"]
