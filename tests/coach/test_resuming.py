"""Coming back: after hours the same question, after days where we were first, and nothing is ever lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.engine.flow import Flow, Go
from flows.engine.heard import Returned, Tapped
from flows.engine.questions import Choice, Scale
from flows.engine.say import Day
from tests.coach.given import (
    HOUSE,
    PURPOSE,
    Chat,
    at_question,
    facts,
    order,
    prompts,
    sketched,
    somebody,
    without_time,
    words,
)


@pytest.mark.parametrize("hours", [0, 3, 24, 47])
def test_after_hours_the_same_question_comes_again(hours: int) -> None:
    chat = at_question("O4").waits(hours=hours)

    assert prompts(chat.commands("continue")) == ("sketch.O4",)


@pytest.mark.parametrize("command", ["continue", "start"])
def test_after_days_it_is_said_first_where_we_were(command: str) -> None:
    chat = at_question("O4").waits(days=7)

    reply = chat.commands(command)

    there = facts(reply, "coach.resume")
    assert (there["count"], there["total"]) == (2, 18)
    assert there["question"].prompt == "sketch.O3.short"
    assert there["answer"].code == "6-24"
    assert isinstance(there["day"], Day)


def test_words_that_answer_nothing_days_later_are_met_with_where_we_were() -> None:
    chat = at_question("O4").waits(days=7)
    before = chat.sketch

    assert prompts(chat.says("hello, it's me again")) == ("coach.resume",)
    assert without_time(chat.sketch) == without_time(before)


def test_words_that_do_answer_days_later_just_count() -> None:
    chat = at_question("O4").waits(days=7)

    assert prompts(chat.says("most weeks")) == ("sketch.O5",)


@pytest.mark.parametrize("text", ["yes", "ok", "Go on", "yes please", "sure"])
def test_a_yes_goes_on(text: str) -> None:
    chat = at_question("O4").waits(days=7)
    chat.says("hello?")

    assert prompts(chat.says(text)) == ("sketch.O4",)
    assert prompts(chat.says("hm")) == ("engine.not_an_option", "sketch.O4")


@pytest.mark.parametrize("text", ["no", "not really", "no thanks"])
def test_a_no_leaves_it_for_later_and_keeps_the_place(text: str) -> None:
    chat = at_question("O4").waits(days=7)
    chat.says("hello?")

    assert prompts(chat.says(text)) == ("coach.later",)
    assert chat.foreground.state == "O4"


def test_looking_at_the_answers_first_does_not_ask_twice_whether_to_go_on() -> None:
    chat = at_question("O4").waits(days=7)
    chat.commands("continue")
    chat.taps("answers")

    assert prompts(chat.says("go on")) == ("sketch.O4",)


def test_a_long_story_is_quoted_in_short() -> None:
    chat = somebody()
    chat.says("word " * 300, ref=1)
    chat.waits(days=3)

    answer = facts(chat.commands("continue"), "coach.resume")["answer"]

    assert len(answer) < 150
    assert chat.sketch.value("O1") == ("word " * 300).strip()


@pytest.mark.parametrize(
    ("days", "named"), [(3, "Last Saturday"), (6, "Last Saturday"), (8, "On"), (400, "On")]
)
def test_a_day_is_named_as_one_would_say_it(days: int, named: str) -> None:
    chat = at_question("O4")
    chat.now = chat.now.replace(month=3, day=7)
    chat.gives("most")
    chat.waits(days=days)

    assert words(chat.commands("continue")).startswith(named)


def test_in_the_middle_of_a_change_that_question_is_named() -> None:
    chat = sketched()
    chat.commands("change", "O3")
    chat.waits(days=5)

    reply = chat.says("what was that?")

    assert prompts(reply) == ("coach.resume_start",)
    assert facts(reply, "coach.resume_start")["question"].prompt == "sketch.O3.short"


def test_words_of_ones_own_that_come_late_are_asked_about_and_not_lost() -> None:
    chat = somebody().waits(days=3)
    asked = chat.says("It is the meetings.", ref=5)
    assert prompts(asked) == ("engine.late",)
    assert chat.sketch.value("O1") is None

    chat.says("yes")

    assert chat.sketch.value("O1") == "It is the meetings."


def test_late_words_that_were_meant_for_something_else_are_let_go() -> None:
    chat = somebody().waits(days=3)
    chat.says("Remind me on Friday.")

    assert prompts(chat.says("no")) == ("sketch.O1",)
    assert chat.sketch.value("O1") is None


def test_letting_the_coach_in_again_starts_no_talk() -> None:
    chat = at_question("O4").waits(days=30)
    before = chat.person

    reply = chat.hears(Returned())

    assert not reply.says
    assert chat.person == before


def test_with_nothing_begun_the_first_sitting_begins() -> None:
    chat = somebody()
    chat.person = chat.person.without("sketch")

    assert prompts(chat.commands("continue")) == ("sketch.O1",)


def test_with_everything_done_there_is_the_map() -> None:
    assert prompts(sketched().commands("continue")) == ("coach.nothing_open",)


OLDER = Flow(
    name="sketch",
    version=0,
    start="O2",
    questions={"O2": Scale(0, 10), "gone": Choice("a", "b"), "O4": Choice("events", "monthly")},
    transitions=(Go("O2", "gone"), Go("gone", "O4"), Go("O4", "done")),
)
"""The sketch as an earlier release might have had it: fewer questions, and one that is no more."""


def from_an_earlier_release(**answers: str | int) -> Chat:
    """Somebody who answered these in the older sketch, and meets the one of today."""
    chat = somebody()
    flows = {**HOUSE.coach.flows, "sketch": OLDER}
    chat.coach = replace(HOUSE.coach, flows=flows)
    chat.person = chat.person.without("sketch")
    chat.commands("continue")
    for answer in answers.values():
        chat.gives(answer)
    chat.coach = HOUSE.coach
    return chat


def test_after_a_release_nothing_that_still_fits_is_lost_and_it_is_said() -> None:
    chat = from_an_earlier_release(O2=7, gone="a")
    assert chat.sketch.version == 0

    reply = chat.commands("continue")

    assert prompts(reply) == ("coach.flow_changed", "sketch.O1")
    assert chat.sketch.value("O2") == 7
    assert "gone" not in chat.sketch.answers
    assert chat.sketch.version == HOUSE.coach.flows["sketch"].version


def test_after_a_release_one_goes_on_to_a_map() -> None:
    chat = from_an_earlier_release(O2=7, gone="a")
    chat.commands("continue")

    assert prompts(chat.answers(**PURPOSE))[-1] == "map.next"


def test_a_release_is_told_even_when_the_first_event_needs_no_answer() -> None:
    chat = from_an_earlier_release(O2=7)
    old = chat.token("a")

    reply = chat.hears(Tapped(old))

    assert prompts(reply)[0] == "coach.flow_changed"
    assert prompts(chat.commands("continue"))[0] != "coach.flow_changed"


def test_what_a_release_no_longer_has_is_left_alone_and_harms_nothing() -> None:
    chat = sketched()
    stray = replace(chat.sketch, flow="quiz", id="f00", state="q1")
    chat.person = replace(
        chat.person,
        conversations={**chat.person.conversations, "quiz": stray},
        open_flows=("quiz",),
    )

    assert prompts(chat.commands("continue")) == ("coach.nothing_open",)
    assert chat.hears(Tapped("q:f00:1:q1:a")).toast is not None
    assert chat.edits("other words", 900).says
    assert "quiz" in chat.person.conversations


def test_what_was_finished_stays_finished_and_its_map_can_be_seen() -> None:
    chat = sketched()
    finished = replace(chat.sketch, version=0)
    chat.person = replace(chat.person, conversations={**chat.person.conversations, "sketch": finished})

    reply = chat.commands("map")

    assert prompts(reply)[-1] == "map.next"
    assert "coach.flow_changed" not in prompts(reply)


def test_a_language_that_is_gone_becomes_english() -> None:
    chat = at_question("O4")
    chat.person = replace(chat.person, locale="tlh")

    assert chat.commands("continue").says
    assert chat.person.locale == "en"


def test_go_on_after_help_asks_the_question_even_days_later() -> None:
    chat = at_question("O4").waits(days=5)
    chat.commands("help")

    assert prompts(chat.hears(order("continue", "now"))) == ("sketch.O4",)


def test_a_question_that_no_longer_exists_becomes_the_first_open_one() -> None:
    chat = at_question("O4")
    lost = replace(chat.sketch, state="a_question_of_long_ago")
    chat.person = chat.person.having(lost)

    reply = chat.commands("continue")

    assert chat.foreground.state == "O4"
    assert prompts(reply)[0] == "coach.flow_changed"
