"""Whatever somebody does for weeks and wherever they go: what always holds of what comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time
from timeit import repeat
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.diary import Nudged, Rhythm
from flows.longitudinal import coming_back
from flows.longitudinal.local_time import WINDOWS, is_quiet, minute_of, zone_of
from flows.longitudinal.unanswered import KEPT
from flows.nudging import TALKING, planned
from flows.person import Standing
from tests.coach.given import sketched
from tests.longitudinal.nudged import (
    BERLIN,
    MONDAY,
    Came,
    Life,
    kind,
    somebody_active,
    three_a_day,
    wanted,
    weekly,
)

ZONES = (
    *(BERLIN, "Europe/London", "America/New_York", "America/Los_Angeles", "Australia/Lord_Howe", "UTC"),
    *("Asia/Kathmandu", "America/Mexico_City", "Europe/Istanbul", "Pacific/Apia", "Pacific/Kiritimati"),
)
NAMES = ("weekly", "settle", "lookback", "resume")
KINDS = (
    weekly("weekly", 10, 6),
    weekly("settle", 20, 6),
    weekly("lookback", 30, 0, "morning"),
    kind("resume", 40, *(wanted("resume", f"2026-03-{day:02}") for day in range(2, 31))),
    three_a_day(ends_after=14),
)

Act = tuple[str, str]
ACTS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 100).map(str)),
    st.tuples(st.just("say"), st.sampled_from(["hello", "tomorrow", "no"])),
    st.tuples(st.just("go to"), st.sampled_from(ZONES)),
    st.tuples(st.sampled_from(["quiet", "wake"]), st.sampled_from(NAMES)),
    st.tuples(
        st.just("snooze"),
        st.builds("{}.{}".format, st.sampled_from(NAMES), st.sampled_from(["today", "tomorrow", "week"])),
    ),
    st.tuples(st.sampled_from(["pause", "continue"]), st.just("")),
    st.tuples(
        st.just("quiet hours"), st.sampled_from(["1290 480", "1140 600", "600 600", "700 1100", "0 1439"])
    ),
)


def lived(zone: str, seed: int, start: datetime, acts: list[Act]) -> Life:
    """Somebody who did all this, and was then left in peace for a month."""
    life = Life(somebody_active(zone, seed=seed), KINDS, start)
    for act, how in acts:
        life.waits(hours=1)
        doing = DOING.get(act)
        if doing is None:
            life.commands(act, how)
        else:
            doing(life, how)
    life.waits(days=30)
    return life


def set_quiet_hours(life: Life, hours: str) -> None:
    begin, end = hours.split()
    rhythm = replace(life.person.diary.rhythm, quiet_from=int(begin), quiet_until=int(end))
    life.person = replace(life.person, diary=replace(life.person.diary, rhythm=rhythm))
    life.says("ok")


DOING: dict[str, Callable[[Life, str], object]] = {
    "wait": lambda life, hours: life.waits(hours=int(hours)),
    "say": lambda life, text: life.says(text),
    "go to": lambda life, zone: life.moves_to(zone),
    "quiet hours": set_quiet_hours,
}


STARTS = st.sampled_from(
    [MONDAY, datetime(2026, 3, 25, 1, tzinfo=UTC), datetime(2026, 10, 22, 20, tzinfo=UTC)]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 2**32), STARTS, st.lists(ACTS, max_size=20))
def test_whatever_people_do_for_weeks(zone: str, seed: int, start: datetime, acts: list[Act]) -> None:
    life = lived(zone, seed, start, acts)

    assert_one_a_local_day(life.sent)
    assert_nothing_came_at_a_bad_time(life.sent)
    assert_it_fell_silent_after_three(life.sent)
    slots = [(each.nudge.kind, each.nudge.slot) for each in life.sent]
    assert len(slots) == len(set(slots))


def is_counted(came: Came) -> bool:
    return came.nudge.kind != "log"


def assert_one_a_local_day(sent: list[Came]) -> None:
    """By the clock of where they are. What a person put off to a day was asked for, and comes beside it."""
    counted = [each for each in sent if is_counted(each)]
    for place, each in enumerate(counted):
        earlier = {
            other.at.astimezone(ZoneInfo(each.before.zone or "UTC")).date() for other in counted[:place]
        }
        assert each.day not in earlier or "+" in each.nudge.slot


def assert_nothing_came_at_a_bad_time(sent: list[Came]) -> None:
    for each in sent:
        person, rhythm = each.before, each.before.diary.rhythm
        minute = minute_of(each.at, zone_of(person.zone))
        assert not is_quiet(minute, (rhythm.quiet_from, rhythm.quiet_until))
        assert each.nudge.due <= each.at <= each.nudge.until
        assert person.standing is Standing.ACTIVE
        assert person.heard_at is None or each.at - person.heard_at >= TALKING
        assert each.nudge.kind not in rhythm.silenced


def assert_it_fell_silent_after_three(sent: list[Came]) -> None:
    """Between two words of the person at most three come that are counted; after the third none at all."""
    by_word: dict[datetime | None, list[Came]] = {}
    for each in sent:
        by_word.setdefault(each.before.heard_at, []).append(each)
    for came in by_word.values():
        counted = [each for each in came if is_counted(each)]
        assert len(counted) <= 3
        last = [each for each in counted if each.prompt == "nudges.last"]
        assert last == counted[2:]
        assert not last or came[-1] is last[0]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 2**32),
    st.integers(0, 6),
    st.sampled_from(sorted(WINDOWS)),
    st.lists(st.sampled_from(ZONES), max_size=3),
)
def test_a_weekly_one_that_is_answered_comes_every_week_of_a_year(
    zone: str, seed: int, weekday: int, part: str, journeys: list[str]
) -> None:
    """Through both edges of daylight saving and from place to place: people travel two days before it."""
    life = Life(somebody_active(zone, seed=seed), (weekly("weekly", 1, weekday, part),))
    start = MONDAY + timedelta(days=weekday + 4)
    life.waits(seconds=(start - life.now).total_seconds())
    seen = len(life.sent)
    for week in range(52):
        if week < len(journeys):
            life.moves_to(journeys[week])
        life.waits(days=5)
        life.says("done")
        life.waits(days=2)

    begins, ends = WINDOWS[part]
    sent = life.sent[seen:]
    assert len(sent) == 52
    for each in sent:
        assert each.day.weekday() == weekday
        assert begins <= each.wall.hour * 60 + each.wall.minute <= ends


@pytest.mark.parametrize("hour", range(24))
def test_two_that_want_the_same_day_both_come_every_week(hour: int) -> None:
    """Whenever they write, once a day: in winter time, and so that no evening is talked away."""
    life = Life(somebody_active("UTC"), (weekly("weekly", 1, 6), weekly("settle", 2, 6)))
    life.waits(hours=12 + hour)
    for _ in range(70):
        life.says("done")
        life.waits(days=1)

    days = [(each.nudge.kind, each.day.weekday()) for each in life.sent]
    expected = [("weekly", 6), ("settle", 0)] * 10
    assert days == expected if hour not in (19, 20) else set(days) == set(expected)


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_talking_at_any_time_only_ever_moves_it(hour: int) -> None:
    """Somebody who writes every three hours still gets it, inside its part of the day."""
    life = Life(somebody_active(), (weekly(),), MONDAY + timedelta(hours=hour))
    for _ in range(8 * 14):
        life.waits(hours=3)
        life.says("hm")

    assert len(life.sent) == 2


def test_planning_for_an_ordinary_person_takes_some_ten_microseconds() -> None:
    """70 to 80 here; the limit leaves room for a busy machine, and none for anything that grows."""
    chat = sketched()
    chat.commands("next")
    nudged = tuple(
        Nudged("weekly", f"{n}", MONDAY - timedelta(weeks=n), answered=True) for n in range(KEPT, 0, -1)
    )
    diary = replace(chat.person.diary, rhythm=Rhythm(weekday=6), nudged=nudged)
    person = replace(chat.person, diary=diary, zone=BERLIN)
    kinds = (*coming_back.CHAPTER.nudges, kind("weekly", 1, wanted("weekly", "2026-03-08")))
    now = chat.now + timedelta(days=1)
    assert len(planned(person, now, kinds)) == 6

    runs = repeat(lambda: planned(person, now, kinds), timer=process_time, number=100, repeat=20)

    assert min(runs) / 100 < 200e-6
