"""Words that are taken for explicit by what they are like: help at once, and a no is believed."""

from __future__ import annotations

import pytest

from flows.person import Crisis, Standing
from tests.coach.given import order, prompts, words
from tests.safety.crisis_given import GUESSED, at_work, last

FIRST = ("crisis.guessed", "sos.program", "sos.lines", "crisis.ask")


def test_the_lines_come_at_once_and_then_the_question() -> None:
    chat = at_work()
    before = chat.sketch

    reply = chat.says(GUESSED, ref=900)

    assert prompts(reply) == FIRST
    assert [each.body["type"] for each in reply.remember] == ["guessed"]
    assert chat.person.crisis.on
    assert chat.sketch == before


@pytest.mark.parametrize("no", ["No, it is about work", "no", "it's just work", "I'm not suicidal", "tap"])
def test_a_no_is_believed_and_work_goes_on_at_once(no: str) -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)

    reply = chat.taps("no") if no == "tap" else chat.says(no)

    assert prompts(reply) == ("crisis.believe_guess", "crisis.way_back")
    assert not chat.person.crisis.on
    assert prompts(chat.taps("go_on"))[-1] == "sketch.O1"


@pytest.mark.parametrize("code", ["yes", "sometimes"])
def test_a_yes_says_it_outright_and_a_no_after_it_ends_nothing(code: str) -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)

    assert last(chat.taps(code)) == "crisis.safe"

    chat.hears(order("crisis", "ask.no"))

    assert chat.person.crisis.on
    assert chat.person.crisis.explicit_at is not None


def test_explicit_words_after_it_are_what_they_are() -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)
    chat.says("I want to die")

    chat.hears(order("crisis", "ask.no"))

    assert chat.person.crisis.on


def test_who_would_rather_not_say_is_asked_whether_they_are_safe() -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)

    assert prompts(chat.taps("rather_not")) == ("crisis.safe",)
    assert chat.person.crisis.on


def test_without_an_answer_work_waits_for_a_day_as_ever() -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)

    assert "crisis.too_soon" in prompts(chat.says("I'm OK to go on"))

    assert prompts(chat.waits(hours=25).says("I'm OK to go on")) == ("crisis.went_on",)


def test_who_said_no_is_not_stopped_again_that_day() -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)
    chat.taps("no")

    reply = chat.says(f"{GUESSED}, as I said", ref=901)

    assert prompts(reply)[0] == "crisis.heard"
    assert not chat.person.crisis.on


def test_a_day_later_the_same_words_are_taken_as_seriously() -> None:
    chat = at_work()
    chat.says(GUESSED, ref=900)
    chat.taps("no")

    assert prompts(chat.waits(hours=25).says(GUESSED, ref=902)) == FIRST


def test_of_somebody_who_refused_nothing_is_asked_and_nothing_is_kept() -> None:
    chat = at_work(standing=Standing.DECLINED)

    reply = chat.says(GUESSED, ref=900)

    assert prompts(reply) == ("crisis.guessed", "sos.program", "sos.lines", "sos.emergency")
    assert chat.person.crisis == Crisis()


def test_it_says_that_it_may_be_wrong_and_asks_as_plainly_as_ever() -> None:
    chat = at_work()

    reply = chat.says(GUESSED, ref=900)

    assert "reading you wrong" in words(reply)
    assert [code for _, code, _ in chat.person.offered] == ["yes", "sometimes", "no", "rather_not"]
