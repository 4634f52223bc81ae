"""A sitting that was left, maps of long ago, a map to settle: when each is brought up, and when no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from flows.diary import DrawnMap, PlannedTrial, Rhythm
from flows.longitudinal import coming_back
from flows.longitudinal.local_time import moment, zone_of
from flows.nudging import planned
from flows.person import Person
from tests.coach.given import Chat, at_question, names_of, sketched, words
from tests.longitudinal.nudged import BERLIN, Life

KINDS = coming_back.CHAPTER.nudges


def living(chat: Chat) -> Life:
    """The same person from now on, in Berlin."""
    return Life(replace(chat.person, zone=BERLIN), KINDS, chat.now)


def of_kind(life: Life, kind: str) -> list[str]:
    return [str(each.day) for each in life.sent if each.nudge.kind == kind]


def with_maps(*maps: DrawnMap) -> Person:
    chat = sketched()
    return replace(chat.person, zone=BERLIN, diary=replace(chat.person.diary, maps=maps))


def drawn(at: datetime, answers: Mapping[str, int | str] | None = None, *, unclear: bool = False) -> DrawnMap:
    return DrawnMap(at, "1", tier=2, points={}, words={}, answers=dict(answers or {}), unclear=unclear)


def test_a_sitting_that_was_left_is_brought_up_on_the_second_and_on_the_ninth_day_and_never_again() -> None:
    life = living(at_question("O4"))  # on Monday, 2 March

    life.waits(days=60)

    assert of_kind(life, "resume") == ["2026-03-04", "2026-03-11"]


def test_it_says_where_they_were_and_goes_on_there_without_any_answer_on_the_screen() -> None:
    chat = at_question("O4")
    life = living(chat)
    (came, *_) = life.waits(days=3)
    said = words(came.nudging.reply)

    assert said.startswith("Last Monday we stopped with 2 of 18 done")
    assert "6 months" not in said
    assert names_of(came.nudging.reply.says[0].buttons[0])[1] == "continue:now"
    assert life.says("go on").prompt == "sketch.O4"


def test_whoever_goes_on_and_leaves_again_is_asked_anew() -> None:
    life = living(at_question("O4"))
    life.waits(days=3)
    life.commands("continue", "now")

    life.waits(days=60)

    assert of_kind(life, "resume") == ["2026-03-04", "2026-03-07", "2026-03-14"]


def test_whoever_finished_is_not_asked() -> None:
    life = living(sketched())

    life.waits(days=20)

    assert of_kind(life, "resume") == []


def test_with_something_else_in_front_it_leads_back_to_the_sitting() -> None:
    chat = at_question("O4")
    chat.commands("clock")
    life = living(chat)

    (came, *_) = life.waits(days=3)

    assert names_of(came.nudging.reply.says[0].buttons[0])[1] == "next:"


def test_it_comes_in_the_part_of_the_day_they_like() -> None:
    chat = at_question("O4")
    chat.person = replace(chat.person, diary=replace(chat.person.diary, rhythm=Rhythm(window="noon")))
    life = living(chat)

    (came, *_) = life.waits(days=3)

    assert 11 <= came.wall.hour <= 13


def test_a_map_is_looked_back_at_after_about_three_and_six_months() -> None:
    first = datetime.fromisoformat("2026-03-02T19:00+00:00")
    person = with_maps(drawn(first), drawn(first + timedelta(days=80)))
    now, days = first, []
    for _ in range(30):
        now += timedelta(days=7)
        days += [each.due.date() for each in planned(person, now, KINDS) if each.kind == "lookback"]

    assert sorted(set(days)) == [date(2026, 6, 1), date(2026, 8, 31)]


def test_a_map_without_a_time_asks_for_nothing() -> None:
    person = with_maps(drawn(datetime.fromisoformat("1970-01-01T00:00+00:00")))

    assert planned(person, datetime.fromisoformat("2026-03-02T12:00+00:00"), KINDS) == ()


@pytest.mark.parametrize(
    ("answers", "day"),
    [
        ({"O2": 7, "O3": "gt2", "O6": 2}, "2026-03-30"),
        ({"O2": 8, "O3": "6-24"}, "2026-05-25"),
        ({"O2": 8, "O3": "1-6"}, "2026-03-30"),
        ({"O2": 4, "O6": 3}, "2026-05-25"),
        ({}, "2026-03-30"),
    ],
)
def test_a_map_is_to_be_settled_after_four_weeks_or_twelve_on_the_severe_track(
    answers: dict[str, int | str], day: str
) -> None:
    at = datetime.fromisoformat("2026-03-02T12:00+00:00")

    settle = [
        each for each in planned(with_maps(drawn(at, answers=answers)), at, KINDS) if each.kind == "settle"
    ]

    assert [str(each.due.date()) for each in settle] == [day]


def test_it_never_comes_before_what_it_asks_for_may_be_asked() -> None:
    """The statements may be asked again four weeks later to the minute; that evening may be too early."""
    at = datetime.fromisoformat("2026-03-02T20:30+01:00")

    settle = [each for each in planned(with_maps(drawn(at)), at, KINDS) if each.kind == "settle"]

    assert [str(each.due.date()) for each in settle] == ["2026-03-31"]


def test_while_a_trial_runs_there_is_nothing_to_settle() -> None:
    at = datetime.fromisoformat("2026-03-02T12:00+00:00")
    person = with_maps(drawn(at))
    trial = PlannedTrial(1, "rest", at.date(), at.date() + timedelta(weeks=6))
    trying = replace(person, diary=replace(person.diary, trials=(trial,)))

    assert [each.kind for each in planned(person, at, KINDS)][:1] == ["settle"]
    assert "settle" not in [each.kind for each in planned(trying, at, KINDS)]


@pytest.mark.parametrize(("unclear", "said"), [(True, "I couldn't tell"), (False, "leaned one way")])
def test_it_says_what_stood_then_and_leads_to_what_may_be_asked_again(unclear: bool, said: str) -> None:
    at = datetime.fromisoformat("2026-03-02T12:00+00:00")
    life = Life(with_maps(drawn(at, unclear=unclear)), KINDS, at)

    (came,) = life.waits(days=30)

    assert said in words(came.nudging.reply)
    assert words(came.nudging.reply).startswith("Four weeks ago")
    assert names_of(came.nudging.reply.says[0].buttons[0])[1] == "next:"


@pytest.mark.parametrize("hours", range(0, 24 * 12, 7))
def test_what_is_wanted_stays_wanted_until_its_part_of_the_day_is_over(hours: int) -> None:
    """Nothing that is planned may vanish by itself before its time has passed."""
    chat = at_question("O4")
    person, now = replace(chat.person, zone=BERLIN), chat.now + timedelta(hours=hours)
    for kind in KINDS:
        for wanted in kind.wanted(person, now):
            last = moment(wanted.day, wanted.ends, zone_of(BERLIN))
            assert wanted in list(kind.wanted(person, last))
            assert wanted not in list(kind.wanted(person, last + timedelta(seconds=1)))
