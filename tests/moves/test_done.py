"""Being done: when it is said, how one falls silent, the one look in, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows.diary import Nudged, PlannedTrial, Rhythm, Week
from flows.engine.heard import Commanded
from flows.longitudinal.chapters import CHAPTERS
from flows.moves.done import THREE_MONTHS, is_enough, offered, wanted
from flows.nudging import KINDS
from flows.person import Person, Standing
from tests.coach.given import HOUSE, Chat, facts, names_of, order, prompts, sketched, words
from tests.longitudinal.given import MONDAY, weeks_before
from tests.longitudinal.nudged import Life, weekly
from tests.moves.mapped import with_kept

LIGHT = (7, 3, 3, 3, 3, 3, 3)
"""A heavy week, and six light ones."""

A_TRIAL = PlannedTrial(1, "load", MONDAY, date(2026, 3, 30))


def enough_of(*heaviness: int, today: date = MONDAY) -> bool:
    return is_enough(with_kept(sketched(), weeks=weeks_before(*heaviness)).person, today)


@pytest.mark.parametrize(
    ("heaviness", "enough"),
    [
        (LIGHT, True),
        ((3, 3, 3, 3, 3, 3), True),
        ((3, 3, 3, 3, 3), False),
        ((3, 3, 5, 3, 3, 3, 3), True),
        ((3, 3, 5, 3, 5, 3, 3), False),
        ((3, 3, 3, 3, 3, 3, 8), False),
        ((4, 4, 4, 4, 4, 4, 4), False),
        ((0, 0, 0, 0, 0, 0, 9, 9, 3, 3, 3, 3), False),
        ((), False),
    ],
    ids=str,
)
def test_six_light_weeks_of_the_last_seven_are_enough(heaviness: tuple[int, ...], *, enough: bool) -> None:
    assert enough_of(*heaviness) is enough


def test_missing_weeks_stay_missing() -> None:
    every_other = tuple(
        Week(MONDAY - timedelta(weeks=2 * back), datetime(2026, 1, 1, tzinfo=UTC), 3)
        for back in range(9, 0, -1)
    )

    assert not is_enough(with_kept(sketched(), weeks=every_other).person, MONDAY)


def test_light_weeks_of_long_ago_say_nothing_about_now() -> None:
    assert enough_of(*LIGHT, today=MONDAY + timedelta(days=13))
    assert not enough_of(*LIGHT, today=MONDAY + timedelta(days=28))


def test_while_a_trial_runs_nobody_is_done() -> None:
    chat = with_kept(sketched(), weeks=weeks_before(*LIGHT), trials=(A_TRIAL,))

    assert not is_enough(chat.person, MONDAY)


def test_it_is_said_where_the_moves_would_stand_and_once_in_half_a_year() -> None:
    chat = with_kept(sketched(), weeks=weeks_before(*LIGHT))

    assert prompts(chat.commands("moves")) == ("done.enough",)
    assert prompts(chat.taps("moves"))[-1] == "moves.list"
    assert prompts(chat.commands("moves"))[-1] == "moves.list"


def test_whoever_says_it_first_is_asked_how_to_leave() -> None:
    chat = sketched()
    reply = chat.commands("done")

    assert prompts(reply) == ("done.asked",)
    assert "has to be perfect" in words(reply)
    assert chat.person.standing is Standing.ACTIVE


def test_a_trial_that_runs_is_mentioned_when_they_leave() -> None:
    chat = with_kept(sketched(), trials=(A_TRIAL,))

    assert "March 30" in words(chat.commands("done"))


def test_leaving_it_here_means_that_nothing_is_sent_any_more() -> None:
    life = a_life("quiet")

    assert life.person.standing is Standing.RESTING
    assert life.person.diary.look_in_on is None
    assert life.waits(days=400) == []


def test_whoever_wants_one_look_in_gets_one_after_three_months_and_nothing_else() -> None:
    life = a_life("look_in")
    left = life.now.date()

    (came,) = life.waits(days=400)

    assert came.nudge.kind == "done"
    assert came.day == left + THREE_MONTHS
    assert came.prompt == "done.looking_in"
    buttons = came.nudging.reply.says[0].buttons
    assert [names_of(button)[-1] for button in buttons] == ["week", "well", "tomorrow"]
    assert Rhythm().quiet_until <= came.wall.hour * 60 < Rhythm().quiet_from


def test_the_look_in_can_be_put_off_by_a_day() -> None:
    life = a_life("look_in")
    life.waits(days=95)
    life.commands("snooze", "done.tomorrow")

    later = life.waits(days=30)

    assert [came.prompt for came in later] == ["done.looking_in"]


def test_a_pause_after_it_is_a_pause_and_lets_nothing_through() -> None:
    life = a_life("look_in")
    life.commands("pause")

    assert life.waits(days=400) == []


def test_a_kind_that_was_silenced_does_not_look_in_either() -> None:
    life = a_life("look_in")
    rhythm = replace(life.person.diary.rhythm, silenced=("done",))
    life.person = replace(life.person, diary=replace(life.person.diary, rhythm=rhythm))
    life.commands("help")

    assert life.waits(days=200) == []


def test_going_on_ends_it_and_the_weeks_come_again() -> None:
    life = a_life("quiet")
    life.commands("continue")

    assert life.person.standing is Standing.ACTIVE
    assert "weekly" in {came.nudge.kind for came in life.waits(days=14)}


def test_not_yet_goes_on_as_before() -> None:
    chat = with_kept(sketched(), weeks=weeks_before(*LIGHT))
    chat.commands("done")
    chat.taps("quiet")
    chat.hears(order("done", "not_yet"))

    assert chat.person.standing is Standing.ACTIVE


def test_what_was_kept_stays_when_somebody_is_done() -> None:
    chat = sketched()
    before = chat.person
    chat.commands("done")
    chat.taps("quiet")

    assert chat.person.conversations == before.conversations
    assert chat.person.diary.maps == before.diary.maps
    assert [each.body for each in chat.remembered("done")] == [{"look_in": None}]


def test_it_is_offered_on_the_day_after_the_week_that_made_it_enough() -> None:
    person = sketched_person(weeks=weeks_before(*LIGHT))
    sunday_evening = person.diary.weeks[-1].at

    (wish,) = wanted(person, sunday_evening)

    assert wish.day == MONDAY
    assert not list(wanted(sketched_person(weeks=weeks_before(8, 8, 8, 8, 8, 8, 3)), sunday_evening))


def test_it_is_offered_by_itself_once_in_half_a_year() -> None:
    sent = Nudged("done", "enough.2026-03-02", datetime(2026, 3, 2, 18, tzinfo=UTC), answered=True)
    person = sketched_person(weeks=weeks_before(*LIGHT, 3, until=MONDAY + timedelta(weeks=1)), nudged=(sent,))

    assert list(wanted(person, datetime(2026, 3, 8, 20, tzinfo=UTC))) == []


def test_an_offer_that_is_no_longer_true_is_dropped() -> None:
    person = sketched_person(weeks=weeks_before(*LIGHT))
    (wish,) = wanted(person, person.diary.weeks[-1].at)
    heavier = replace(person, diary=replace(person.diary, weeks=weeks_before(7, 3, 3, 3, 3, 3, 8)))

    said = offered(HOUSE.coach._visit(person, NOON), wish)
    assert said is not None
    assert not any(sign.isdigit() for sign in HOUSE.voices["en"].bubble(said).html)
    assert offered(HOUSE.coach._visit(heavier, NOON), wish) is None


def test_the_kind_has_a_name_on_the_page_that_shows_the_rhythm() -> None:
    for voice in HOUSE.voices.values():
        assert "done" in voice.catalogue.labels["rhythm.kinds"]
    assert {kind.kind for kind in KINDS if kind.at_rest} == {"done", "look_in"}
    assert "done" in {name for chapter in CHAPTERS for name in chapter.commands}


def test_a_stranger_cannot_be_done() -> None:
    chat = Chat()
    chat.commands("done", "look_in")

    assert chat.person.standing is Standing.NEW
    assert chat.person.diary.look_in_on is None


@pytest.mark.parametrize("argument", ["", "x", "look_in ", "QUIET", "\U0001f600"])
def test_any_other_argument_asks(argument: str) -> None:
    chat = sketched()

    assert prompts(chat.commands("done", argument)) == ("done.asked",)


def test_the_day_of_the_look_in_is_said() -> None:
    chat = sketched()
    chat.commands("done")
    reply = chat.taps("look_in")

    assert facts(reply, "done.look_in")["day"].day == chat.now.date() + THREE_MONTHS
    assert "/continue" in words(reply)
    assert "/sos" in words(reply)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def sketched_person(**diary: Any) -> Person:
    return with_kept(sketched(), **diary).person


def a_life(how: str) -> Life:
    """Somebody with a weekly look back who is done, and how they left it."""
    life = Life(sketched().person, (weekly(), *KINDS), NOON + timedelta(days=1))
    life.hears(Commanded("done"))
    life.hears(order("done", how))
    return life
