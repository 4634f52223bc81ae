from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.places import offset_of, parse_local_time, parse_offset

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("14:30", time(14, 30)),
        ("2:30 pm", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("14h30", time(14, 30)),
        ("1430", time(14, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("21", time(21)),
        ("It's 9 PM here", time(21)),
        ("9 a.m.", time(9)),
        ("9 p. m.", time(21)),
        ("21 Uhr", time(21)),
        ("21 Uhr 30", time(21, 30)),
        ("14:30:59", time(14, 30)),
        ("around 10:20, I think", time(10, 20)),
        ("１４：３０", time(14, 30)),
        ("٢١:٣٠", time(21, 30)),
    ],
)
def test_a_time_of_day_is_read_in_the_ways_people_write_it(text: str, heard: time) -> None:
    assert parse_local_time(text) == heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("8 Uhr abends", time(20)),
        ("9 de la noche", time(21)),
        ("2 de la madrugada", time(2)),
        ("9 heures du soir", time(21)),
        ("9 heures du matin", time(9)),
        ("9 вечера", time(21)),
        ("2 часа ночи", time(2)),
        ("9 o'clock in the evening", time(21)),
    ],
)
def test_the_half_of_the_day_is_understood_in_every_locale(text: str, heard: time) -> None:
    assert parse_local_time(text) == heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("0:30", time(0, 30)),
        ("24:00", time(0)),
        ("14:30 pm", time(14, 30)),
    ],
)
def test_midnight_and_noon_are_kept_apart(text: str, heard: time) -> None:
    assert parse_local_time(text) == heard


@pytest.mark.parametrize("text", ["9", "12", "0", "half past two", "", "😀", "7 of us", "2:5 pm", "14 am"])
def test_what_leaves_the_hour_open_is_no_time(text: str) -> None:
    assert parse_local_time(text) is None


@pytest.mark.parametrize(
    "text", ["25:00", "24:30", "20.11.2026", "version 2.30.1", "since 2015", "3/4 pm", "14:75"]
)
def test_other_numbers_are_no_time(text: str) -> None:
    assert parse_local_time(text) is None


def test_two_different_times_are_no_answer() -> None:
    assert parse_local_time("from 9 am to 5 pm") is None


def test_the_same_time_said_twice_is_one() -> None:
    assert parse_local_time("it is 9 pm, so 21:00") == time(21)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("UTC+3", 180),
        ("utc +3", 180),
        ("GMT-3:30", -210),
        ("UTC\N{MINUS SIGN}3", -180),
        ("+0530", 330),
        ("+530", 330),
        ("+05", 300),
        ("UTC+5.5", 330),
        ("UTC+5:45", 345),
        ("-5", -300),
        ("utc", 0),
        ("GMT", 0),
        ("+14", 840),
        ("-12", -720),
        ("I am on UTC+2 at the moment", 120),
    ],
)
def test_an_offset_is_read_in_minutes_east(text: str, minutes: int) -> None:
    assert parse_offset(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["5", "530", "+15", "-12:15", "+5:50", "+49", "utc 3", "UTC-", "-5 and so", "plus three", "", "14:30"],
)
def test_what_is_no_offset_in_use_is_none(text: str) -> None:
    assert parse_offset(text) is None


@pytest.mark.parametrize(
    ("local", "minutes"),
    [
        (time(12, 0), 0),
        (time(13, 0), 60),
        (time(7, 0), -300),
        (time(17, 30), 330),
        (time(17, 45), 345),
        (time(0, 0), 720),
        (time(1, 0), 780),
        (time(2, 0), -600),
        (time(23, 59), 720),
    ],
)
def test_a_wall_clock_tells_the_offset(local: time, minutes: int) -> None:
    assert offset_of(local, NOON) == minutes


@pytest.mark.parametrize(("slow", "minutes"), [(-7, 60), (0, 60), (7, 60), (8, 75), (-8, 45)])
def test_a_clock_a_few_minutes_wrong_still_tells_the_offset(slow: int, minutes: int) -> None:
    local = (NOON + timedelta(hours=1, minutes=slow)).time()

    assert offset_of(local, NOON) == minutes


def test_the_time_now_may_be_given_in_any_zone() -> None:
    assert offset_of(time(13, 0), NOON.astimezone(ZoneInfo("Asia/Kolkata"))) == 60


@given(quarters=st.integers(-39, 55), minute=st.integers(0, 20 * 365 * 24 * 60))
def test_every_offset_from_hawaii_to_chatham_comes_back(quarters: int, minute: int) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minute, seconds=minute % 60)
    local = (now + timedelta(minutes=quarters * 15)).time()

    assert offset_of(local, now) == quarters * 15


@given(st.text())
def test_a_stranger_may_type_anything(text: str) -> None:
    offset, local = parse_offset(text), parse_local_time(text)

    assert offset is None or (-720 <= offset <= 840 and offset % 15 == 0)
    assert local is None or local.tzinfo is None


@given(
    st.times(),
    st.sampled_from(["{:%H:%M}", "{:%H.%M}", "{:%Hh%M}", "{:%H%M}", "it's {:%I:%M %p}", "{:%H:%M} Uhr"]),
)
def test_every_minute_is_read_in_every_spelling(clock: time, spelling: str) -> None:
    assert parse_local_time(spelling.format(clock)) == time(clock.hour, clock.minute)
