"""Violence, harm, somebody else's wish to die, being under 18, a denial: each has an answer of its own."""

from __future__ import annotations

import pytest

from flows.person import Standing
from tests.coach.given import Chat, a_stranger, prompts, words
from tests.safety.crisis_given import at_work, in_crisis, last, listening

HARM = "He hits me"


def at_a_scale() -> Chat:
    chat = at_work()
    chat.gives("x")
    return chat


def test_a_threat_to_others_is_taken_seriously_and_pauses() -> None:
    chat = at_work()

    reply = chat.says("I would hurt my boss")

    assert prompts(reply) == ("crisis.violence", "crisis.violence.paused")
    assert chat.person.standing is Standing.PAUSED
    assert "112" in words(reply)


def test_a_stranger_who_threatens_is_not_let_in_past_the_consent() -> None:
    chat = a_stranger(coach=listening())

    assert prompts(chat.says("I would hurt my boss"))[0] == "crisis.violence.unknown"
    assert chat.person.standing is Standing.NEW


def test_harm_is_believed_and_its_words_wait_until_it_is_said_what_becomes_of_them() -> None:
    chat = at_work()
    before = chat.sketch

    reply = chat.says(HARM, ref=900)

    assert prompts(reply) == ("crisis.harm", "crisis.harm.who", "sos.emergency", "crisis.harm_kept")
    assert chat.sketch == before
    assert not [each for each in reply.remember if each.kind != "crisis"]


def test_words_about_harm_that_are_kept_are_the_answer_that_they_were() -> None:
    chat = at_work()
    chat.says(HARM, ref=900)

    assert last(chat.says("keep it")) == "sketch.O2"
    assert chat.sketch.value("O1") == HARM
    assert chat.person.crisis.held is None


def test_words_about_harm_that_were_no_answer_are_kept_as_a_note() -> None:
    chat = at_a_scale()
    chat.says(HARM)

    assert prompts(chat.taps("keep")) == ("crisis.harm_gone.note", "crisis.way_back")
    assert [each.body for each in chat.remembered("note")] == [{"text": HARM}]
    assert chat.person.diary.notes == 1
    assert chat.foreground.missed == 0


def test_an_edit_about_harm_corrects_its_answer_once_it_is_kept() -> None:
    chat = at_work()
    chat.says("The noise.", ref=900)
    chat.edits(HARM, ref=900)
    assert chat.sketch.value("O1") == "The noise."

    chat.taps("keep")

    assert chat.sketch.value("O1") == HARM


@pytest.mark.parametrize("how", ["tapped", "typed"])
def test_words_about_harm_that_are_deleted_are_nowhere(how: str) -> None:
    chat = at_work()
    chat.says(HARM, ref=900)

    reply = chat.taps("drop") if how == "tapped" else chat.says("Delete it")

    assert prompts(reply) == ("crisis.harm_gone", "crisis.way_back")
    assert HARM not in str(chat.person)
    assert HARM not in str([each for reply in chat.replies for each in reply.remember])
    assert last(chat.says("go on")) == "sketch.O1"


def test_more_words_about_harm_belong_to_the_first_ones() -> None:
    chat = at_work()
    chat.says(HARM, ref=900)
    chat.says(f"{HARM} again")

    chat.taps("keep")

    assert chat.sketch.value("O1") == f"{HARM}\n{HARM} again"


def test_somebody_elses_death_is_met_with_condolence_and_the_words_are_kept() -> None:
    chat = at_work()

    reply = chat.says("My friend killed himself", ref=900)

    assert prompts(reply) == (
        *("crisis.other", "crisis.other.lines", "sos.lines", "crisis.other.danger", "crisis.other_pause"),
    )
    assert chat.sketch.value("O1") == "My friend killed himself"
    assert not chat.person.crisis.on
    chat.taps("leave")
    assert chat.person.standing is Standing.PAUSED


def test_somebody_under_18_gets_the_lines_for_them_and_everything_goes_once_they_say_so() -> None:
    chat = at_work()

    reply = chat.says("I'm 15 years old")

    assert "116 111" in words(reply)
    assert chat.person.conversations != {}
    assert prompts(chat.says("yes"))[0] == "crisis.young"
    assert chat.person.standing is Standing.LEAVING
    assert chat.person.conversations == {}


def test_a_mistaken_age_costs_nobody_their_weeks() -> None:
    chat = at_work()
    before = chat.sketch
    chat.says("I'm 15 years old")

    assert prompts(chat.taps("no")) == ("crisis.way_back",)
    assert chat.sketch == before


def test_in_a_crisis_the_chat_is_not_ended_for_somebody_under_18() -> None:
    chat = in_crisis()

    assert prompts(chat.says("I'm 15 years old")) == ("crisis.young.lines", "sos.lines", "crisis.safe")
    assert chat.person.crisis.on


def test_a_denial_gets_one_quiet_line_and_counts_as_the_answer_that_it_was() -> None:
    chat = at_work()

    reply = chat.says("I'm not suicidal", ref=900)

    assert prompts(reply)[0] == "crisis.denial"
    assert last(reply) == "sketch.O2"
    assert chat.sketch.value("O1") == "I'm not suicidal"
