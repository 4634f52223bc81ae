"""What is heard, what is said first, when the question is asked, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import desk_of, put_back
from flows.person import Crisis, Person, Standing
from tests.coach.given import a_stranger, bubbles, facts, prompts, said, words
from tests.safety.crisis_given import Sentences, at_work, in_crisis, last, listening
from tests.test_desk import a_row

EXPLICIT = "I want to die"
FIRST = ("crisis.glad", "sos.program", "sos.lines", "sos.with_you", "crisis.safe")


def test_explicit_words_are_answered_with_the_first_answer_and_with_nothing_else() -> None:
    chat = at_work()

    reply = chat.says(EXPLICIT, ref=900)

    assert prompts(reply) == FIRST
    assert len(bubbles(reply)) == len(FIRST)
    assert chat.person.crisis.on


def test_explicit_words_are_not_taken_as_an_answer_and_the_question_stays_open() -> None:
    chat = at_work()
    before = chat.sketch

    chat.says(EXPLICIT, ref=900)

    assert chat.sketch == before


def test_a_plan_or_the_means_are_answered_with_the_emergency_number_at_once() -> None:
    reply = at_work().says("I have the pills here")

    assert prompts(reply)[:3] == ("crisis.glad", "crisis.now", "crisis.distance")
    assert facts(reply, "crisis.now") == {"number": "112"}


def test_without_a_country_nobody_elses_number_is_shown() -> None:
    reply = at_work(country=None).says("I have the pills here")

    assert {"crisis.now_unknown", "sos.finder"} <= set(prompts(reply))
    assert "0800" not in words(reply)


@pytest.mark.parametrize("how", ["answer", "note", "command", "edit", "unknown command"])
def test_every_way_of_typing_is_listened_to(how: str) -> None:
    chat = at_work(open_flows=()) if how == "note" else at_work()
    chat.coach = listening(sentences := Sentences())
    match how:
        case "edit":
            chat.edits(EXPLICIT, ref=900)
        case "command":
            chat.commands("log", EXPLICIT)
        case "unknown command":
            chat.commands("i", "want to die")
        case _:
            chat.says(EXPLICIT)

    assert len(sentences.given) == 1
    assert "want to die" in sentences.given[0]
    assert chat.person.crisis.on


@pytest.mark.parametrize("how", ["sos", "/sos", "SOS"])
def test_the_name_of_a_command_asks_for_it_and_is_not_listened_to(how: str) -> None:
    chat = at_work()
    chat.coach = listening(sentences := Sentences())

    reply = chat.commands("sos") if how[0] == "/" else chat.says(how)

    assert prompts(reply)[0] == "sos.glad"
    assert sentences.given == []


@pytest.mark.parametrize("text", ["6 months to 2 years", "not sure", "why?"])
def test_what_stands_on_a_button_in_sight_is_not_listened_to(text: str) -> None:
    chat = at_work()
    chat.gives("x"), chat.gives(7)
    chat.coach = listening(sentences := Sentences())

    chat.says(text)

    assert sentences.given == []


def test_words_in_another_language_are_answered_in_it_as_well_and_before_the_rest() -> None:
    reply = at_work().says("Quiero morir")

    assert prompts(reply)[0] == "crisis.elsewhere.es"
    assert "112" in words(reply).split("\n\n")[0]
    assert prompts(reply)[1:] == FIRST


def test_the_oblique_is_asked_about_once_and_its_words_are_kept_as_the_answer() -> None:
    chat = at_work()

    reply = chat.says("I can't go on", ref=900)

    assert prompts(reply) == ("crisis.ask",)
    assert said(reply, "crisis.ask").foot is not None
    assert chat.sketch.value("O1") == "I can't go on"
    assert not chat.person.crisis.on


def test_oblique_words_that_are_no_answer_do_not_count_as_a_miss() -> None:
    chat = at_work()
    chat.gives("x")

    reply = chat.says("I can't go on")

    assert said(reply, "crisis.ask").foot is None
    assert chat.foreground.missed == 0


@pytest.mark.parametrize("how", ["Yes", "yes, most nights", "Sometimes", "now and then", "I do", "no idea"])
def test_a_yes_to_the_question_leads_to_the_first_answer(how: str) -> None:
    chat = at_work()
    chat.says("I can't go on")

    reply = chat.says(how)

    assert prompts(reply) == ("crisis.told", *FIRST[1:])
    assert chat.person.crisis.on


@pytest.mark.parametrize(
    "how", ["no", "No, it is about work", "nope", "no it's about work", "No, my boss.", "I'm not suicidal"]
)
def test_a_no_is_believed_and_the_open_question_is_found_again(how: str) -> None:
    chat = at_work()
    chat.says("I can't go on", ref=900)

    assert prompts(chat.says(how)) == ("crisis.believe", "crisis.way_back")
    assert not chat.person.crisis.on
    assert last(chat.says("go on")) == "sketch.O2"


@pytest.mark.parametrize(
    "how",
    [
        *(
            "no, but at night I do",
            "no, not really",
            "no one would care",
            "no point lying",
            "not at all sure",
        ),
        *("no, sometimes the job makes me", "hm", "42", "fine", "ok"),
    ],
)
def test_what_is_neither_yes_nor_no_is_asked_once_more_and_then_let_be(how: str) -> None:
    chat = at_work()
    chat.says("I can't go on", ref=900)

    assert prompts(chat.says(how)) == ("crisis.unclear",)
    assert last(chat.says("7")) == "sketch.O3"


def test_rather_not_say_shows_the_lines_once() -> None:
    chat = at_work()
    chat.says("I can't go on")

    reply = chat.taps("rather_not")

    assert prompts(reply) == ("crisis.rather_not", "sos.lines", "sos.emergency", "crisis.way_back")


def test_the_question_comes_at_most_once_a_day() -> None:
    chat = at_work()
    chat.says("I can't go on", ref=900)
    chat.taps("no")

    assert prompts(chat.says("I can't go on"))[0] == "crisis.heard"
    assert prompts(chat.waits(hours=25).says("I can't go on")) == ("crisis.ask",)


def test_answers_that_weigh_together_are_asked_about_when_they_come_to_weigh() -> None:
    chat = at_work()
    chat.coach = replace(chat.coach, weighs=weighs_o2)
    chat.gives("x")

    assert prompts(chat.gives(9)) == ("crisis.weighed",)
    assert last(chat.taps("no")) == "crisis.way_back"
    assert last(chat.gives("6-24")) == "sketch.O4"


def weighs_o2(person: Person) -> frozenset[str]:
    """Any answer to the first scale is a reason."""
    number = person.conversations["sketch"].number("O2")
    return frozenset() if number is None else frozenset({f"heavy:{number}"})


def test_for_three_days_only_new_words_are_asked_about() -> None:
    chat = at_work(crisis=Crisis(asked_at=at_work().now))
    chat.coach = replace(chat.coach, weighs=weighs_o2)
    chat.waits(hours=40)
    chat.gives("x")

    assert last(chat.gives(9)) == "sketch.O3"
    assert prompts(chat.says("I can't go on")) == ("crisis.ask",)


def test_a_stranger_is_answered_and_nothing_is_remembered() -> None:
    chat = a_stranger(coach=listening())

    reply = chat.says(EXPLICIT)

    assert prompts(reply) == ("crisis.glad", "sos.program", "sos.finder", "sos.with_you", "crisis.safe")
    assert chat.person.standing is Standing.NEW
    assert chat.remembered("crisis") == []


def test_of_somebody_who_refused_nothing_is_kept_and_nothing_is_asked() -> None:
    chat = a_stranger(coach=listening(), standing=Standing.DECLINED)

    assert prompts(chat.says(EXPLICIT)) == (
        "crisis.glad",
        "sos.program",
        "sos.finder",
        "sos.emergency_unknown",
    )
    assert prompts(chat.says("I can't go on")) == ("crisis.heard", "coach.you_declined")
    assert chat.person.crisis == Crisis()


def test_of_an_event_the_kind_and_what_was_tapped_are_remembered_and_no_word() -> None:
    chat = in_crisis()
    chat.says("a very particular sentence")
    chat.says("no")

    bodies = [each.body for each in chat.remembered("crisis")]

    assert bodies[0] == {"type": "explicit", "language": "en", "option": ""}
    assert all(set(body) == {"type", "language", "option"} for body in bodies)
    assert EXPLICIT not in str(chat.person) + str([each for r in chat.replies for each in r.remember])
    assert "particular" not in str(chat.person)


def test_a_crisis_survives_the_store() -> None:
    person = in_crisis().person
    desk = desk_of(a_row("new"), in_crisis().now, "en")
    desk.person, desk.chat = person, 42
    put_back(desk)

    assert desk_of(desk.row, in_crisis().now, "en").person.crisis == person.crisis
