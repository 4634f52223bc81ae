"""All that is shipped for the weeks at once: somebody with a log, a trial, a break and a weekday."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.diary import Break, LogRun, PlannedTrial, Rhythm
from flows.nudging import KINDS
from flows.person import Person
from tests.coach.given import HOUSE, Chat, sketched, words
from tests.longitudinal.nudged import BERLIN, Life
from tests.longitudinal.test_nudges_over_weeks import (
    assert_nothing_came_at_a_bad_time,
    assert_one_a_local_day,
)


def busy(locale: str) -> tuple[Person, Chat]:
    chat = sketched()
    today = chat.now.date()
    chat.commands("next")
    diary = replace(
        chat.person.diary,
        rhythm=Rhythm(weekday=6),
        log=LogRun(today, (720, 1020)),
        trials=(PlannedTrial(1, "load", today, today + timedelta(weeks=9), "fewer meetings"),),
        breaks=(Break(1, "holiday", date(2026, 3, 14), date(2026, 3, 22)),),
    )
    return replace(chat.person, locale=locale, zone=BERLIN, diary=diary), chat


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_whoever_does_everything_at_once_hears_of_all_of_it_and_once_a_day_at_most(locale: str) -> None:
    person, chat = busy(locale)
    life = Life(person, KINDS, chat.now)
    life.waits(hours=4)
    for _ in range(70):
        life.waits(days=1)
        life.commands("help")

    came = Counter(each.nudge.kind for each in life.sent)
    assert {"weekly", "log", "trial", "break", "resume"} <= set(came)
    assert came["weekly"] == 10
    assert_one_a_local_day(life.sent)
    assert_nothing_came_at_a_bad_time(life.sent)
    for each in life.sent:
        assert words(each.nudging.reply, locale)


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_whoever_never_answers_hears_three_at_most_beside_the_log(locale: str) -> None:
    person, chat = busy(locale)
    life = Life(person, KINDS, chat.now)

    life.waits(days=200)

    counted = [each for each in life.sent if each.nudge.kind != "log"]
    assert len(counted) == 3
    assert life.sent[-1].prompt == "nudges.last"
