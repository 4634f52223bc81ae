"""Every answer can be seen and changed, by its number or its name, and a change is never silent."""

from __future__ import annotations

import pytest

from flows.engine.say import Label
from flows.looking_back import PAGE
from tests.assessment.vignettes import VIGNETTES
from tests.coach.given import at_question, facts, names_of, prompts, said, sketched, somebody, words
from tests.coach.personas import answers_of, at_the_end


def test_answers_come_a_page_at_a_time_in_the_order_of_asking() -> None:
    chat = sketched()

    first, second, third = (chat.commands("answers", page) for page in ("", "2", "3"))

    numbers = [facts(reply, "coach.answers")["lines"][0].facts["number"] for reply in (first, second, third)]
    assert numbers == [1, 1 + PAGE, 1 + 2 * PAGE]
    assert "more" in [code for button in first.says[0].buttons for code in names_of(button)]
    assert "more" not in [code for button in third.says[0].buttons for code in names_of(button)]


def test_more_leads_to_the_next_page() -> None:
    chat = sketched()
    chat.commands("answers")

    reply = chat.says("more")

    assert facts(reply, "coach.answers")["lines"][0].facts["number"] == 1 + PAGE


@pytest.mark.parametrize("page", ["0", "-1", "99", "two", "9" * 400, "\u0662", "1 2", ";"])
def test_a_page_that_does_not_exist_is_the_first_or_one_that_does(page: str) -> None:
    reply = sketched().commands("answers", page)

    assert facts(reply, "coach.answers")["lines"]


def test_without_answers_it_says_so() -> None:
    assert prompts(somebody().commands("answers")) == ("coach.no_answers_yet",)


def test_an_answer_is_listed_with_its_question_and_in_the_persons_words() -> None:
    reply = sketched().commands("answers")

    listed = words(reply)

    assert "What wears you down, in your words: <b>Good at what I can&#39;t defend.</b>" in listed
    assert "How long it has been like this: <b>6 months to 2 years</b>" in listed


def test_what_was_left_open_is_listed_too() -> None:
    assert "left open" in words(sketched(O1=None).commands("answers"))


def test_a_long_story_is_listed_in_short() -> None:
    chat = sketched(O1="\U0001f9f1" * 2000)

    assert len(words(chat.commands("answers"))) < 700


@pytest.mark.parametrize("which", ["4", "O4", "sketch.O4", " O4 "])
def test_an_answer_is_asked_again_by_number_or_name(which: str) -> None:
    chat = sketched()

    reply = chat.commands("change", which)

    assert prompts(reply) == ("engine.you_said", "sketch.O4")
    assert facts(reply, "engine.you_said")["answer"].code == "daily"
    assert chat.foreground.state == "O4"


@pytest.mark.parametrize(
    "which", ["", "0", "20", "-1", "welcome", "onboarding.adult", "map", "1.5", "9" * 50]
)
def test_what_is_no_answer_shows_the_list(which: str) -> None:
    assert prompts(sketched().commands("change", which)) == ("coach.answers",)


def test_with_nothing_open_the_numbers_of_every_page_count() -> None:
    chat = sketched()
    chat.commands("answers", "3")

    assert prompts(chat.says("2")) == ("engine.you_said", "sketch.O2")


def test_with_a_question_open_a_number_that_is_not_shown_belongs_to_the_question() -> None:
    chat = at_question("O2")
    chat.commands("answers")
    assert prompts(chat.says("9")) == ("sketch.O2.very_heavy", "sketch.O3")

    chat.commands("answers")
    assert prompts(chat.says("2")) == ("engine.you_said", "sketch.O2")


def test_in_the_middle_of_the_sketch_a_changed_answer_leads_back_to_where_we_were() -> None:
    chat = at_question("CF2")
    chat.commands("change", "O3")

    reply = chat.gives("gt2")

    assert prompts(reply) == ("engine.changed", "sketch.CF2")
    assert chat.sketch.value("O3") == "gt2"


def test_left_as_it_is_it_stays() -> None:
    chat = sketched()
    chat.commands("change", "O3")

    reply = chat.says("leave it as it is")

    assert prompts(reply) == ("engine.left_as_it_was",)
    assert chat.sketch.value("O3") == "6-24"
    assert chat.person.foreground is None


def test_keeping_the_old_answer_drops_nothing() -> None:
    chat = sketched()
    before = chat.sketch.answers
    chat.commands("change", "CF0")
    chat.gives(4)

    reply = chat.taps("keep")

    assert prompts(reply) == ("engine.left_as_it_was",)
    assert chat.sketch.answers == before


def test_a_change_is_remembered_beside_what_was_answered_before() -> None:
    chat = sketched()
    chat.commands("change", "O3")
    chat.gives("gt2")

    kept = [each.body["value"] for each in chat.remembered("answer") if each.body["question"] == "O3"]

    assert kept == ["6-24", "gt2"]


def test_the_way_back_stands_below_the_list_while_something_is_open() -> None:
    asked, done = at_question("O4"), sketched()

    assert "go_on" in [
        code
        for button in said(asked.commands("answers"), "coach.answers").buttons
        for code in names_of(button)
    ]
    assert "go_on" not in [
        code
        for button in said(done.commands("answers"), "coach.answers").buttons
        for code in names_of(button)
    ]


def test_the_answers_stand_by_sitting_and_each_sitting_is_one_tap_away() -> None:
    chat = at_the_end(answers_of(VIGNETTES[0].facts)).chat

    first = chat.commands("answers")
    there = chat.taps("battery")

    assert facts(first, "coach.answers")["sitting"] == Label("coach.sittings", "sketch")
    assert facts(there, "coach.answers")["sitting"] == Label("coach.sittings", "battery")
    assert words(there).startswith("<b>The experiment")
