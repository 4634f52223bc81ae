"""When its time has come a nudge is sent with its ways out, left for later, or dropped with a word why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.diary import Nudged
from flows.engine.say import Say
from flows.longitudinal.unanswered import KEPT
from flows.nudging import KINDS, TALKING, planned
from flows.person import Standing, begun
from flows.reply import offer
from flows.shelf import FLOWS
from tests.coach.given import HOUSE, names_of, words
from tests.longitudinal.nudged import (
    Life,
    kind,
    never,
    somebody_active,
    three_a_day,
    wanted,
)

TODAY = "2026-03-02"
TONIGHT = kind("settle", 1, wanted("settle", TODAY))


def buttons(say: Say) -> list[str]:
    return [names_of(button)[1] for button in say.buttons]


def test_a_nudge_says_what_it_offers_how_to_put_it_off_and_how_to_stop_it() -> None:
    life = Life(somebody_active(), (TONIGHT,))

    (came,) = life.waits(days=1)

    (say,) = came.nudging.reply.says
    assert buttons(say) == ["next:", "snooze:settle.today", "snooze:settle.tomorrow", "snooze:settle.week"]
    assert [button.key for button in say.buttons] == ["1", "2", "3", "4"]
    assert "/rhythm" in words(came.nudging.reply)


def test_a_nudge_that_was_sent_is_kept_and_its_buttons_can_be_typed() -> None:
    life = Life(somebody_active(), (TONIGHT,))

    (came,) = life.waits(days=1)

    assert life.person.diary.nudged == (
        Nudged("settle", TODAY, came.at, answered=False, capped=True, day=date(2026, 3, 2)),
    )
    assert life.says("tomorrow").prompt == "nudges.tomorrow"


def test_a_nudge_changes_nothing_else_and_nobody_was_heard() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    before = life.person

    life.waits(days=1)

    assert replace(life.person, diary=before.diary, offered=()) == before


def test_the_diary_keeps_the_last_nudges_only() -> None:
    life = Life(somebody_active(), (three_a_day(),))

    life.waits(days=20)

    assert len(life.sent) > KEPT
    assert [each.at for each in life.person.diary.nudged] == [each.at for each in life.sent[-KEPT:]]


def test_a_log_brings_its_own_buttons_and_nothing_is_added() -> None:
    life = Life(somebody_active(), (three_a_day(),))

    came = life.waits(days=1)[0]

    (say,) = came.nudging.reply.says
    assert buttons(say) == ["next:"]
    assert say.foot is None


def test_an_offer_that_has_its_own_ways_and_foot_keeps_them() -> None:
    own = replace(offer("nudges.ways", ("week", "snooze:settle.week")), foot=Say("nudges.week"))
    life = Life(somebody_active(), (kind("settle", 1, wanted("settle", TODAY), offer=lambda *_: own),))

    (came,) = life.waits(days=1)

    assert came.nudging.reply.says == (own,)


def test_late_at_night_nothing_can_be_put_off_to_later_today() -> None:
    late = replace(wanted("settle", TODAY), begins=21 * 60 + 5, ends=21 * 60 + 20)
    life = Life(somebody_active(), (kind("settle", 1, late),))

    (came,) = life.waits(days=1)

    (say,) = came.nudging.reply.says
    assert "snooze:settle.today" not in buttons(say)
    assert "snooze:settle.tomorrow" in buttons(say)


def test_past_its_time_it_is_dropped_as_late() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    (nudge,) = life.waiting

    nudging = life.coach.nudge(life.person, nudge, nudge.until + timedelta(seconds=1))

    assert (nudging.outcome, nudging.why, nudging.reply.says) == ("dropped", "late", ())
    assert nudging.reply.person == replace(life.person, diary=replace(life.person.diary, late=(nudge.kind,)))
    assert life.coach.nudge(life.person, nudge, nudge.until).outcome == "sent"


def test_whoever_is_done_gets_only_what_they_asked_for_when_they_were() -> None:
    asked_for = replace(TONIGHT, at_rest=True)
    for kinds, outcome in (((TONIGHT,), "dropped"), ((asked_for,), "sent")):
        life = Life(somebody_active(), (TONIGHT,))
        (nudge,) = life.waiting
        person = replace(life.person, standing=Standing.RESTING)

        assert replace(life.coach, kinds=kinds).nudge(person, nudge, nudge.due).outcome == outcome


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.ACTIVE, Standing.RESTING}))
def test_whoever_is_not_in_it_gets_none(standing: Standing) -> None:
    life = Life(somebody_active(), (TONIGHT,))
    (nudge,) = life.waiting
    person = replace(life.person, standing=standing)

    nudging = life.coach.nudge(person, nudge, nudge.due)

    assert (nudging.outcome, nudging.why) == ("dropped", str(standing))
    assert nudging.reply.person is person


def test_what_there_is_no_reason_for_any_more_is_dropped_as_done() -> None:
    life = Life(somebody_active(), (kind("settle", 1, wanted("settle", TODAY), offer=never),))

    (came,) = life.waits(days=1)

    assert (came.nudging.outcome, came.nudging.why) == ("dropped", "done")
    assert life.person.diary.nudged == ()


def test_what_is_no_longer_planned_or_known_or_wished_for_is_dropped() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    (nudge,) = life.waiting
    rhythm = replace(life.person.diary.rhythm, silenced=("settle",))
    silenced = replace(life.person, diary=replace(life.person.diary, rhythm=rhythm))
    empty = replace(life.coach, kinds=(kind("settle", 1),))

    assert life.coach.nudge(silenced, nudge, nudge.due).why == "silenced"
    assert empty.nudge(life.person, nudge, nudge.due).why == "unplanned"
    assert replace(life.coach, kinds=()).nudge(life.person, nudge, nudge.due).why == "unknown"


def test_sent_once_it_is_not_sent_again_though_it_fell_due_twice() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    (nudge,) = life.waiting
    sent = life.coach.nudge(life.person, nudge, nudge.due)

    again = life.coach.nudge(sent.reply.person, nudge, nudge.due)

    assert (sent.outcome, again.outcome) == ("sent", "dropped")


def test_nobody_is_interrupted_and_it_comes_half_an_hour_after_the_last_word() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    (nudge,) = life.waiting
    heard = nudge.due - timedelta(minutes=10)
    person = replace(life.person, heard_at=heard)

    assert life.coach.nudge(person, nudge, nudge.due).outcome == "later"
    (moved,) = planned(person, nudge.due, (TONIGHT,))
    assert moved.due == heard + TALKING
    assert life.coach.nudge(person, moved, moved.due).outcome == "sent"


def test_whoever_talks_through_the_whole_evening_gets_none() -> None:
    life = Life(somebody_active(), (TONIGHT,))
    (nudge,) = life.waiting
    person = replace(life.person, heard_at=nudge.until - timedelta(minutes=5))

    nudging = life.coach.nudge(person, nudge, nudge.until)

    assert (nudging.outcome, nudging.why) == ("dropped", "talking")


@pytest.mark.parametrize(("days", "outcome"), [(1, "dropped"), (3, "sent")])
def test_what_was_begun_lately_is_not_offered_beside_itself(days: int, outcome: str) -> None:
    """Until this part of the weeks has flows of its own, a kind leads to the flow of its name."""
    tonight = kind("note", 1, wanted("note", TODAY))
    life = Life(somebody_active(), (tonight,))
    (nudge,) = life.waiting
    person, _ = begun(life.person, FLOWS["note"], nudge.due - timedelta(days=days), {"text": "hm"})

    nudging = life.coach.nudge(person, nudge, nudge.due)

    assert nudging.outcome == outcome
    assert nudging.why == ("open" if outcome == "dropped" else "")


def test_there_is_a_foot_for_every_kind_that_is_shipped() -> None:
    templates = HOUSE.voices["en"].catalogue.templates
    assert templates["nudges.foot"]
    for each in KINDS:
        if f"nudges.foot_{each.kind}" in templates:
            assert "/rhythm" in templates[f"nudges.foot_{each.kind}"]
