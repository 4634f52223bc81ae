"""Bad hours for deciding: what makes one, and how what is kept comes back after two days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.diary import Diary, Entry, Rhythm, Week
from flows.engine.say import Say
from flows.longitudinal.local_time import zone_of
from flows.moves.decisions_hours import bad_hour, first_span_after
from flows.nudging import planned
from tests.coach.given import HOUSE, NOW, Chat, facts, order, prompts, words
from tests.longitudinal.given import MONDAY, with_diary
from tests.moves.deciding import NIGHT, PROMOTION, deciding, in_berlin


@pytest.mark.parametrize(
    ("clock", "why"),
    [("22:59", ""), ("23:00", "night"), ("02:30", "night"), ("05:59", "night"), ("06:00", ""), ("12:00", "")],
)
def test_the_night_is_a_bad_hour(clock: str, why: str) -> None:
    local = datetime.fromisoformat(f"2026-03-04T{clock}").replace(tzinfo=zone_of("Europe/Berlin"))

    assert bad_hour(in_berlin(), local.astimezone(UTC)) == why


def test_whose_clock_is_not_known_has_no_night() -> None:
    assert bad_hour(in_berlin(zone=None), NIGHT + timedelta(hours=2)) == ""


@pytest.mark.parametrize(
    ("left", "day", "why"), [(-2, MONDAY, "drained"), (-1, MONDAY, ""), (-2, date(2026, 3, 1), "")]
)
def test_a_day_that_drained_is_a_bad_hour_until_it_is_over(left: int, day: date, why: str) -> None:
    diary = Diary(entries=(Entry(1, day, 10, "meetings", left),))

    assert bad_hour(in_berlin(diary), NOW) == why


@pytest.mark.parametrize(
    ("heavy", "monday", "why"), [(9, MONDAY, "heavy"), (8, MONDAY, ""), (10, date(2026, 2, 23), "")]
)
def test_a_very_heavy_week_is_a_bad_hour_as_long_as_it_lasts(heavy: int, monday: date, why: str) -> None:
    diary = Diary(weeks=(Week(monday, NOW, heavy),))

    assert bad_hour(in_berlin(diary), NOW) == why


def kept_at_night() -> Chat:
    chat = with_diary(Diary())
    chat.now = NIGHT
    chat.commands("decide")
    for answer in ("Graz", "offer", "later"):
        chat.gives(answer)
    return chat


def test_in_a_bad_hour_one_sentence_says_why_and_it_is_kept() -> None:
    chat = kept_at_night()
    asked = chat.replies[-2]

    assert facts(asked, "decide.hour")["why"] == Say("decide.because.night")
    (kept,) = chat.person.diary.decisions
    assert (kept.name, kept.kind, kept.kept_at) == ("Graz", "offer", chat.now)
    assert prompts(chat.replies[-1]) == ("decide.kept",)


def test_whoever_wants_to_goes_on_in_a_bad_hour() -> None:
    chat = deciding(at=NIGHT)

    assert chat.person.diary.decisions[0].kept_at is None
    assert chat.person.diary.decisions[0].energy_now == 50


def test_in_a_good_hour_nobody_is_asked_to_wait() -> None:
    chat = deciding()

    assert "hour" not in {each.body["question"] for each in chat.remembered("answer")}


@given(
    st.integers(0, 365 * 24 * 60),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Chatham", "Asia/Kolkata"]),
    st.sampled_from(["morning", "noon", "afternoon", "evening"]),
)
def test_what_is_kept_comes_after_two_days_and_not_much_later(minutes: int, zone: str, window: str) -> None:
    now = NOW + timedelta(minutes=minutes)
    person = in_berlin(Diary(rhythm=Rhythm(window=window)), zone)

    begins, _ = first_span_after(person, now)

    assert timedelta(hours=48) <= begins - now <= timedelta(hours=48 + 26)


def test_it_is_offered_again_once_without_a_word_of_what_it_is_about() -> None:
    chat = kept_at_night()
    (nudge,) = [each for each in planned(chat.person, chat.now) if each.kind == "decision"]

    sent = HOUSE.coach.nudge(chat.person, nudge, nudge.due)

    assert sent.outcome == "sent"
    assert nudge.due >= chat.now + timedelta(hours=48)
    assert "Graz" not in words(sent.reply)
    assert not [each for each in planned(sent.reply.person, nudge.due) if each.kind == "decision"]


def test_what_was_kept_is_taken_up_where_it_was_left_and_keeps_its_number() -> None:
    chat = kept_at_night().waits(days=3, hours=-4)
    reply = chat.hears(order("decide", "go.1"))
    chat.answers(**PROMOTION)

    assert prompts(reply) == ("decide.paper",)
    (decision,) = chat.person.diary.decisions
    assert (decision.id, decision.name, decision.kind, decision.kept_at) == (1, "Graz", "offer", None)


def test_the_command_offers_what_is_kept_first_and_lets_go_of_it_when_asked() -> None:
    chat = kept_at_night().waits(hours=9)

    assert prompts(chat.commands("decide")) == ("decide.one_is_kept",)
    assert prompts(chat.taps("drop")) == ("decide.dropped",)
    assert chat.person.diary.decisions == ()


@pytest.mark.parametrize("what", ["go", "drop", "see", "look"])
def test_a_button_of_a_decision_that_is_gone_says_so(what: str) -> None:
    chat = with_diary(Diary())

    assert prompts(chat.hears(order("decide", f"{what}.7"))) == ("decide.gone",)
