"""Wall time is kept through both edges of daylight saving, odd zones, date lines, and journeys."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.longitudinal.local_time import (
    A_DAY,
    WINDOWS,
    is_quiet,
    iso_week,
    minute_of,
    moment,
    monday_of,
    outside,
    spread,
    stretch,
    zone_of,
)

ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))

TABLE = [
    # zone, local day, minute, UTC
    ("Europe/Berlin", "2026-01-15", "19:00", "2026-01-15T18:00"),
    ("Europe/Berlin", "2026-07-15", "19:00", "2026-07-15T17:00"),
    ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59"),
    ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00"),  # the gap: 3:00 is the first minute after
    ("Europe/Berlin", "2026-03-29", "02:59", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-10-25", "02:00", "2026-10-25T00:00"),  # the fold: the first of the two
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
    ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00"),
    ("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00"),
    ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30"),
    ("Europe/London", "2026-06-30", "18:30", "2026-06-30T17:30"),
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
    ("America/New_York", "2026-11-01", "18:30", "2026-11-01T23:30"),
    ("America/Los_Angeles", "2026-03-08", "02:30", "2026-03-08T10:00"),
    ("America/Los_Angeles", "2026-11-01", "01:30", "2026-11-01T08:30"),
    ("America/Los_Angeles", "2026-12-31", "20:00", "2027-01-01T04:00"),  # another year in UTC
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),  # half an hour forward
    ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30"),
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),  # half an hour back
    ("Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-04T15:30"),
    ("Asia/Kathmandu", "2026-05-01", "19:00", "2026-05-01T13:15"),
    ("America/Mexico_City", "2022-07-01", "19:00", "2022-07-02T00:00"),  # the last summer time
    ("America/Mexico_City", "2026-07-01", "19:00", "2026-07-02T01:00"),
    ("Europe/Istanbul", "2015-12-01", "19:00", "2015-12-01T17:00"),
    ("Europe/Istanbul", "2026-12-01", "19:00", "2026-12-01T16:00"),  # summer time all year
    ("Pacific/Apia", "2011-12-29", "19:00", "2011-12-30T05:00"),
    ("Pacific/Apia", "2011-12-30", "19:00", "2011-12-30T10:00"),  # a day that never was: the next midnight
    ("Pacific/Apia", "2011-12-31", "19:00", "2011-12-31T05:00"),
    ("Pacific/Kiritimati", "2026-01-01", "08:00", "2025-12-31T18:00"),
    ("America/Sao_Paulo", "2018-11-04", "00:30", "2018-11-04T03:00"),  # there was no midnight
    ("UTC", "2028-02-29", "24:30", "2028-03-01T00:30"),  # past midnight
]


def minutes(clock: str) -> int:
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


@pytest.mark.parametrize(("zone", "day", "clock", "utc"), TABLE)
def test_wall_time_becomes_utc(zone: str, day: str, clock: str, utc: str) -> None:
    found = moment(date.fromisoformat(day), minutes(clock), zone_of(zone))

    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_the_second_time_in_the_fold_can_be_asked_for() -> None:
    second = moment(date(2026, 10, 25), 150, zone_of("Europe/Berlin"), fold=1)

    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(st.sampled_from(ZONES), DAYS, st.integers(0, A_DAY - 1))
def test_a_minute_that_is_on_the_wall_is_met_and_a_skipped_one_is_met_late(
    name: str, day: date, minute: int
) -> None:
    zone = zone_of(name)

    found = moment(day, minute, zone).astimezone(zone).replace(tzinfo=None)

    wanted = wall(day, minute)
    assert found >= wanted
    assert found == wanted or not exists(wanted, name)


def wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def exists(shown: datetime, name: str) -> bool:
    """Whether some moment of those two days shows this on the wall: tried one by one, by another way."""
    zone, start = zone_of(name), shown.replace(tzinfo=UTC) - timedelta(hours=15)
    walls = (start + timedelta(minutes=minute) for minute in range(30 * 60))
    return any(each.astimezone(zone).replace(tzinfo=None) == shown for each in walls)


@given(st.sampled_from(ZONES), DAYS, st.integers(0, A_DAY - 1), st.integers(0, 300), st.integers())
def test_whatever_is_spread_in_a_span_is_in_it_on_the_wall(
    name: str, day: date, first: int, length: int, seed: int
) -> None:
    zone, last = zone_of(name), min(first + length, A_DAY - 1)

    begins, ends = stretch(day, (first, last), zone)
    found = spread(begins, ends, seed, "weekly", "2026-W10")

    assert begins <= found <= ends
    in_it = first <= minute_of(found, zone) <= last and found.astimezone(zone).date() == day
    assert in_it or not exists(wall(day, first), name) or not exists(wall(day, last), name)


def test_a_crowd_is_spread_over_the_whole_span() -> None:
    begins, ends = stretch(date(2026, 3, 8), WINDOWS["evening"], zone_of("Europe/Berlin"))

    moments = Counter(spread(begins, ends, seed, "weekly", "2026-W10") for seed in range(100_000))

    assert max(moments.values()) < 40  # of 9,001 seconds, 11 each on average
    assert min(moments) - begins < timedelta(seconds=10)
    assert ends - max(moments) < timedelta(seconds=10)


def test_the_moment_of_a_person_is_always_the_same_and_differs_by_slot() -> None:
    begins, ends = stretch(date(2026, 3, 8), WINDOWS["evening"], zone_of("Europe/Berlin"))

    assert spread(begins, ends, 7, "weekly", "a") == spread(begins, ends, 7, "weekly", "a")
    assert len({spread(begins, ends, 7, "weekly", slot) for slot in "abcdef"}) > 3
    assert begins.second == 0
    assert spread(begins, begins, 7, "weekly", "a") == begins


@pytest.mark.parametrize(
    ("span", "quiet", "left"),
    [
        ((450, 570), (1290, 480), (480, 570)),  # quiet until 8
        ((1110, 1260), (1290, 480), (1110, 1260)),
        ((1200, 1320), (1290, 480), (1200, 1289)),
        ((690, 810), (720, 750), (750, 810)),  # quiet in the middle: the longer part
        ((690, 780), (750, 760), (690, 749)),
        ((0, 60), (1290, 480), None),
        ((1380, 1500), (1290, 480), None),
        ((480, 480), (1290, 480), (480, 480)),
        ((479, 479), (1290, 480), None),
        ((1289, 1289), (1290, 480), (1289, 1289)),
        ((1290, 1290), (1290, 480), None),
        ((0, 1439), (600, 600), (0, 1439)),  # no quiet hours at all
        ((600, 700), (0, 1439), None),
    ],
)
def test_what_is_left_of_a_span_outside_quiet_hours(
    span: tuple[int, int], quiet: tuple[int, int], left: tuple[int, int] | None
) -> None:
    assert outside(span, quiet) == left


@given(
    st.tuples(st.integers(0, 2000), st.integers(0, 300)),
    st.tuples(st.integers(0, A_DAY - 1), st.integers(0, A_DAY - 1)),
)
def test_no_minute_that_is_left_is_quiet_and_nothing_is_left_only_if_all_are(
    span: tuple[int, int], quiet: tuple[int, int]
) -> None:
    first, last = span[0], span[0] + span[1]
    loud = [minute for minute in range(first, last + 1) if not is_quiet(minute, quiet)]

    left = outside((first, last), quiet)

    assert (left is None) == (not loud)
    if left is not None:
        assert {*range(left[0], left[1] + 1)} <= {*loud}
        assert left[1] - left[0] + 1 >= len(loud) / 3


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-01-01", "2026-W01"),
        ("2025-12-29", "2026-W01"),
        ("2027-01-01", "2026-W53"),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2024-12-30", "2025-W01"),
    ],
)
def test_weeks_around_new_year_belong_to_the_year_of_their_thursday(day: str, week: str) -> None:
    assert iso_week(date.fromisoformat(day)) == week
    assert iso_week(monday_of(date.fromisoformat(day))) == week


@pytest.mark.parametrize("name", [None, "", "Europe/Atlantis", "America", "../etc/passwd", "\x00"])
def test_a_zone_that_is_not_known_is_utc(name: str | None) -> None:
    assert zone_of(name).key == "UTC"
