"""How the Sunday evening of a million goes out through one bot: who is reached, what replies wait meanwhile.

Everybody's minute is the one that the coach plans for them, and messages go out by the bot's arithmetic of
slots, nudges behind replies and the longest overdue first, as in `bot.slots` and `bot.storage.nudges`. Only
the clock is a fake, and there is no network and no database: what those cost is measured elsewhere.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from random import Random

from bench import Figure, at_share
from bot.pacing import Rate
from flows.diary import Diary, Rhythm
from flows.longitudinal.local_time import WINDOWS, spread, stretch, zone_of
from flows.nudging import planned
from flows.person import Person, Standing

PER_SECOND, BURST = 30.0, 3
"""What Telegram lets a bot send for free, and how much of it at once (`bot.app`)."""

PEOPLE = 1_000_000

COMPARED = 200
"""People whose minute is looked up in their whole plan as well."""

SATURDAY = datetime(2026, 11, 21, 6, tzinfo=UTC)
"""Before it is Sunday evening anywhere."""

SUNDAY = date(2026, 11, 22)
KIND, SLOT = "weekly", "2026-11-16"

ANSWERED, MESSAGES_EACH = 0.35, 5
"""The share of people who answer within the evening, and how many messages a look back then takes."""

THINKS, PICKS_UP = 20.0, 1200.0
"""Seconds on average between two answers of a person, and until they look at their phone."""

ONE_CITY = {"Europe/Berlin": 1.0}
WORLD = {
    "America/Los_Angeles": 0.05,
    "America/New_York": 0.10,
    "America/Sao_Paulo": 0.08,
    "Europe/London": 0.07,
    "Europe/Berlin": 0.20,
    "Europe/Kyiv": 0.08,
    "Europe/Moscow": 0.16,
    "Asia/Tehran": 0.06,
    "Asia/Kolkata": 0.12,
    "Asia/Jakarta": 0.08,
}
"""Shares that were made up: a bot in many languages. What counts is that no zone has more than a fifth."""

Moment = tuple[float, int]
"""Seconds since the start, and who."""


@dataclass
class Evening:
    """What became of the nudges and of the replies of one Sunday."""

    reached: int = 0
    late: int = 0
    waits: list[float] = field(default_factory=list)
    """Seconds that each reply waited for its slot."""
    lag: list[float] = field(default_factory=list)
    """Seconds that each nudge came after its own minute."""
    per_second: Counter[int] = field(default_factory=Counter)


def figures(people: int = PEOPLE) -> Iterator[Figure]:
    """Simulate the same people in one zone and around the world."""
    for name, shares in (("one zone", ONE_CITY), ("the world", WORLD)):
        went = evening(minutes_of(people, shares), PER_SECOND)
        of_them = f"{people:,} in {name}"
        yield Figure(f"{of_them}: reached inside the window", 100 * went.reached / people, "%")
        yield Figure(f"{of_them}: dropped, with a row that says so", 100 * went.late / people, "%")
        yield Figure(f"{of_them}: a nudge after its minute, p99", at_share(went.lag, 0.99) / 60, "min")
        yield Figure(f"{of_them}: a reply waits, p99", at_share(went.waits, 0.99), "s", "at most 1")
        busiest, most = max(went.per_second.values()), PER_SECOND + BURST
        yield Figure(f"{of_them}: messages in the busiest second", busiest, "", f"at most {most:.0f}")


def minutes_of(people: int, shares: Mapping[str, float]) -> list[tuple[float, float]]:
    """Return when each person's nudge is due, and until when it may come, in seconds since the start.

    Raises `AssertionError` when the coach's plans say otherwise.
    """
    zones = [zone for zone, share in shares.items() for _ in range(round(100 * share))]
    windows = {zone: stretch(SUNDAY, WINDOWS["evening"], zone_of(zone)) for zone in shares}
    found = []
    for number in range(people):
        begins, ends = windows[zones[number % len(zones)]]
        found.append((spread(begins, ends, number, KIND, SLOT), ends))
    assert found[:COMPARED] == [_by_plan(number, zones[number % len(zones)]) for number in range(COMPARED)]
    return [(_seconds(due), _seconds(until)) for due, until in found]


def _by_plan(number: int, zone: str) -> tuple[datetime, datetime]:
    rhythm = Rhythm(weekday=SUNDAY.weekday(), window="evening")
    person = Person(seed=number, standing=Standing.ACTIVE, zone=zone, diary=Diary(rhythm=rhythm))
    nudge = next(each for each in planned(person, SATURDAY) if each.kind == KIND)
    assert nudge.slot == SLOT
    return nudge.due, nudge.until


def evening(due: Sequence[tuple[float, float]], per_second: float, seed: int = 1) -> Evening:
    """Send everything that is due, slot by slot, and let people answer."""
    chance, went, rate = Random(seed), Evening(), Rate(per_second, BURST)
    nudges = deque(sorted(due))
    replies: list[Moment] = []
    now = 0.0
    while nudges or replies:
        coming = min([replies[0][0]] if replies else [], default=float("inf"))
        now = max(now, min(coming, nudges[0][0] if nudges else coming))
        now += rate.wait(now)
        if replies and replies[0][0] <= now:
            asked, left = heappop(replies)
            went.waits.append(now - asked)
            if left > 1:
                heappush(replies, (now + chance.expovariate(1 / THINKS), left - 1))
        elif nudges and nudges[0][0] <= now:
            minute, until = nudges.popleft()
            if until < now:
                went.late += 1
                continue  # decided without a message
            went.reached += 1
            went.lag.append(now - minute)
            if chance.random() < ANSWERED:
                heappush(replies, (now + chance.expovariate(1 / PICKS_UP), MESSAGES_EACH))
        else:
            continue
        rate.spend(now)
        went.per_second[int(now)] += 1
    return went


def _seconds(moment: datetime) -> float:
    return (moment - SATURDAY) / timedelta(seconds=1)
