"""The energy log as a chat: switched on, moved, stopped, over, and when another one makes sense."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.diary import Diary, LogRun, Rhythm
from flows.longitudinal.energy_run import settled, stage
from tests.coach.given import bubbles, prompts, said, words
from tests.longitudinal.energy_logs import MONDAY, NOON, buttons, entries, entry, keeping
from tests.longitudinal.given import with_diary


def test_the_log_says_what_it_is_in_one_bubble_and_asks_how_often() -> None:
    reply = with_diary(Diary()).commands("log")

    (bubble,) = bubbles(reply)
    assert len(bubble.html.split()) <= 65
    assert prompts(reply) == ("energy_run.often",)
    assert buttons(reply)[:2] == ["2", "3"]


@pytest.mark.parametrize("situation", ["employed", "self", "leave", "between", "student", "carer"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_everybody_can_keep_one_in_their_language_also_on_sick_leave(situation: str, locale: str) -> None:
    chat = with_diary(Diary(), situation=situation, locale=locale)
    for answer in ("log", "2", "1100_1600", "more", "u1", "drained", "h7", "team", "no"):
        reply = chat.commands(answer) if answer == "log" else chat.taps(answer)
        assert words(reply, locale)

    (kept,) = chat.person.diary.entries
    assert (kept.what, kept.left, kept.who, kept.glad) == ("meetings", -2, "team", "no")
    assert chat.person.diary.log == LogRun(date(2026, 3, 3), (11 * 60, 16 * 60))


def test_a_log_begins_today_when_one_of_its_times_is_still_to_come() -> None:
    chat = with_diary(Diary())
    chat.now = NOON
    chat.commands("log")
    chat.says("3")
    reply = chat.says("11, 12:30 and 17")

    assert chat.person.diary.log == LogRun(date(2026, 3, 4), (660, 750, 1020))
    assert "From today for two weeks, at 11:00, 12:30, and 17:00" in words(reply)


def test_whoever_does_not_want_one_has_none() -> None:
    chat = with_diary(Diary())
    chat.commands("log")
    reply = chat.says("skip")

    assert prompts(reply) == ("energy.not_begun",)
    assert chat.person.diary.log is None
    assert chat.person.foreground is None


def test_a_time_in_quiet_hours_and_a_missing_clock_are_said_at_once() -> None:
    chat = with_diary(Diary(rhythm=Rhythm(quiet_from=19 * 60)), zone=None)
    chat.commands("log")
    chat.taps("3")
    reply = chat.taps("1200_1700_2000")

    assert "20:00 lies in your quiet hours (19:00 to 08:00)" in words(reply)
    assert "would go by UTC" in words(reply)
    assert "clock" in buttons(reply)


def test_status_says_the_day_and_what_can_be_done() -> None:
    reply = keeping(entry(1, "writing", 1, day=4), entry(2, "writing", 1, day=3)).commands("log")

    assert said(reply, "energy.status").facts == {"day": 3, "today": 1}
    assert buttons(reply) == ["more", "seen", "yesterday", "list", "times", "stop"]


@pytest.mark.parametrize("way", ["switching on", "going on"])
def test_switching_it_on_ends_a_pause_and_what_silenced_it(way: str) -> None:
    rhythm = Rhythm(silenced=("log", "trial"), snoozed={"log": date(2027, 1, 1), "week": date(2027, 1, 1)})
    stopped = LogRun(MONDAY, (720, 1020), ended=MONDAY, why_ended="stopped")
    chat = with_diary(Diary(rhythm=rhythm, log=stopped if way == "going on" else None))
    chat.commands("pause")
    if way == "going on":
        chat.now = NOON
        chat.commands("log", "resume")
    else:
        chat.commands("log")
        chat.says("2")
        chat.taps("1100_1600")

    after = chat.person.diary.rhythm
    assert (after.silenced, set(after.snoozed)) == (("trial",), {"week"})
    assert chat.person.standing == "active"


def test_the_times_can_be_moved_while_it_runs() -> None:
    chat = keeping()
    chat.commands("log", "times")
    assert "Two weeks" not in words(chat.replies[-1])
    chat.taps("3")
    chat.taps("1100_1400_1800")

    assert chat.person.diary.log == LogRun(MONDAY, (660, 840, 1080), insights=(3,))


def test_a_log_can_be_stopped_and_gone_on_with() -> None:
    chat = keeping(entry(1, "writing", 1))
    chat.commands("log", "stop")
    assert stage(chat.person.diary, date(2026, 3, 4)) == "stopped"
    assert prompts(chat.commands("log")) == ("energy.was_stopped",)
    chat.taps("resume")

    assert stage(chat.person.diary, date(2026, 3, 4)) == "running"
    assert entries(chat) == [("writing", 1)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "running"), (4, "running"), (5, "silent"), (13, "silent"), (14, "over")],
)
def test_after_four_silent_days_a_log_is_silent_and_after_two_weeks_over(days: int, expected: str) -> None:
    diary = keeping(entry(1, "writing", 1)).person.diary
    today = MONDAY + timedelta(days=days)

    assert stage(diary, today) == expected
    assert stage(settled(diary, today), today) == expected


def test_an_end_that_came_by_itself_is_written_down_with_its_reason() -> None:
    diary = keeping(*(entry(n, "writing", 1, day=n) for n in range(2, 15))).person.diary
    silent = keeping(entry(1, "writing", 1)).person.diary

    done = settled(diary, date(2026, 3, 20)).log
    assert done is not None
    assert (done.ended, done.why_ended) == (date(2026, 3, 15), "done")
    quiet = settled(silent, date(2026, 3, 20)).log
    assert quiet is not None
    assert (quiet.ended, quiet.why_ended) == (date(2026, 3, 7), "silent")


def test_another_log_comes_four_weeks_later_and_not_before() -> None:
    written = tuple(entry(n, "writing", 1, day=n) for n in range(2, 15))
    chat = keeping(*written, now=datetime(2026, 4, 11, 10, tzinfo=UTC))
    reply = chat.commands("log")
    assert prompts(reply) == ("energy.over_wait",)
    assert "Sunday, April 12" in words(reply)
    assert prompts(chat.commands("log", "again")) == ("energy.over_wait",)

    chat.waits(days=1)
    assert prompts(chat.commands("log")) == ("energy.over",)
    assert prompts(chat.taps("again")) == ("energy_run.often",)
