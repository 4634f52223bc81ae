"""What nobody answers thins out and ends; what is put off comes when it was put off to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.engine.heard import Commanded, Tapped
from flows.engine.say import Say
from flows.longitudinal.chapter import Wanted
from flows.longitudinal.unanswered import KEPT
from flows.reply import Visit, offer
from tests.longitudinal.nudged import MONDAY, Life, kind, somebody_active, three_a_day, wanted, weekly

TODAY = "2026-03-02"
TONIGHT = kind("settle", 1, wanted("settle", TODAY))


def test_a_log_does_not_make_it_forget_how_often_nobody_answered() -> None:
    life = Life(somebody_active(), (three_a_day(), weekly()))

    life.waits(weeks=20)

    counted = [each.nudge.slot for each in life.sent if each.nudge.kind == "weekly"]
    assert counted == ["2026-W10", "2026-W11", "2026-W13"]
    assert life.sent[-1].prompt == "nudges.last"
    assert len(life.person.diary.nudged) <= KEPT + 2


def test_any_event_answers_all_that_waited() -> None:
    for heard in (Commanded("help"), Tapped("c:nonsense:"), Tapped("q:1:1:gone:x")):
        life = Life(somebody_active(), (weekly(),))
        life.waits(weeks=2)
        assert [each.answered for each in life.person.diary.nudged] == [False, False]

        life.hears(heard)

        assert [each.answered for each in life.person.diary.nudged] == [True, True]


def test_the_third_that_nobody_answers_says_only_that_it_is_the_last() -> None:
    life = Life(somebody_active(), (weekly(),))

    life.waits(weeks=20)

    assert [each.nudge.slot for each in life.sent] == ["2026-W10", "2026-W11", "2026-W13"]
    assert [each.prompt for each in life.sent] == ["nudges.lookback"] * 2 + ["nudges.last"]
    (last,) = life.sent[-1].nudging.reply.says
    assert not last.buttons
    assert last.foot is None


def test_whoever_comes_back_after_a_long_silence_finds_no_backlog() -> None:
    life = Life(somebody_active(), (weekly(),))
    life.waits(weeks=20)
    before = life.now

    life.says("hello, I was away")
    came = life.waits(weeks=3)

    assert [each.prompt for each in came] == ["nudges.lookback"] * 2
    assert came[0].at - before < timedelta(weeks=1)
    assert (came[1].day - came[0].day).days == 7


def test_whoever_pauses_and_goes_on_finds_no_backlog() -> None:
    life = Life(somebody_active(), (weekly(),))
    life.commands("pause")

    assert life.waits(weeks=10) == []
    life.commands("continue")
    assert len(life.waits(weeks=1)) == 1


@pytest.mark.parametrize(
    ("when", "day", "hours"),
    [("today", 2, (20, 22)), ("tomorrow", 3, (18, 21))],
)
def test_what_is_put_off_comes_once_more_as_it_was(when: str, day: int, hours: tuple[int, int]) -> None:
    seen: list[Wanted] = []

    def remember(visit: Visit, each: Wanted) -> Say:
        del visit
        seen.append(each)
        return offer("nudges.settle", ("look", "next"))

    life = Life(somebody_active(), (kind("settle", 1, wanted("settle", TODAY), offer=remember),))
    first = life.waits_for_one()

    assert life.commands("snooze", f"settle.{when}").prompt == f"nudges.{when}"
    (second,) = life.waits(days=9)

    assert (second.nudging.outcome, second.nudge.slot) == ("sent", f"{TODAY}+1")
    assert second.day.day == day
    assert hours[0] <= second.wall.hour <= hours[1]
    assert second.at - life.person.diary.nudged[0].at >= timedelta(minutes=30)
    assert (seen[0].slot, seen[0].day) == (seen[1].slot, seen[1].day) == (TODAY, date(2026, 3, 2))
    assert first.nudge.slot == TODAY


def test_a_button_for_later_today_that_is_tapped_too_late_means_tomorrow() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    life.waits(hours=10)

    assert life.commands("snooze", "settle.today").prompt == "nudges.today_is_over"
    (came,) = life.waits(days=2)
    assert came.day == date(2026, 3, 3)


def test_it_can_be_put_off_again_and_again() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    life.waits(hours=9)
    for day in range(1, 5):
        life.commands("snooze", "settle.tomorrow")
        (came,) = life.waits(days=1)

        assert came.nudge.slot == f"{TODAY}+{day}"


@pytest.mark.parametrize("weekday", range(7))
def test_not_this_week_is_silent_until_the_next_monday_and_three_days_at_least(weekday: int) -> None:
    every_day = tuple(weekly("settle", 1, day) for day in range(7))
    life = Life(somebody_active(), every_day, MONDAY + timedelta(days=weekday))
    came = life.waits_for_one()

    assert life.commands("snooze", "settle.week").prompt == "nudges.week"
    after = life.waits(days=20)[0]

    assert came.day.weekday() == weekday
    assert (after.day - came.day).days == max(7 - weekday, 3)
