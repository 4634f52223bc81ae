"""An edited message corrects the words it was, wherever they stand; every other edit is left alone."""

from __future__ import annotations

from tests.coach.given import at_question, facts, prompts, sketched, somebody


def test_an_edit_of_the_answer_in_words_corrects_it_and_the_question_stays() -> None:
    chat = at_question("O3")

    reply = chat.edits("The meetings, all day.", 900)

    assert prompts(reply) == ("engine.corrected",)
    assert chat.sketch.value("O1") == "The meetings, all day."
    assert chat.foreground.state == "O3"
    assert reply.remember[0].body["value"] == "The meetings, all day."


def test_an_edit_after_the_map_corrects_it_too() -> None:
    chat = sketched()

    reply = chat.edits("Better words.", 900)

    assert prompts(reply) == ("engine.corrected", "map.same")
    assert chat.person.foreground is None


def test_an_edit_of_words_that_are_asked_about_is_what_counts_then() -> None:
    chat = somebody().waits(days=3)
    chat.says("It is teh meetings.", ref=77)

    reply = chat.edits("It is the meetings.", 77)
    chat.says("yes")

    assert prompts(reply) == ("engine.late",)
    assert chat.sketch.value("O1") == "It is the meetings."


def test_an_edit_of_any_other_message_is_left_alone() -> None:
    chat = at_question("O2")
    chat.says("7", ref=55)
    before = chat.person.conversations

    for ref in (55, 1, 123456):
        assert not chat.edits("9", ref).says

    assert chat.person.conversations == before


def test_an_edit_to_nothing_or_far_too_much_keeps_the_old_words() -> None:
    chat = at_question("O3")

    assert prompts(chat.edits("   ", 900)) == ("engine.no_words",)
    assert facts(chat.edits("x" * 2001, 900), "engine.too_long")["longest"] == 2000
    assert chat.sketch.value("O1") == "Good at what I can't defend."


def test_a_command_in_an_edit_does_not_run() -> None:
    chat = at_question("O3")

    chat.edits("/erase", 900)

    assert chat.person.open_flows == ("sketch",)
    assert chat.sketch.value("O1") == "/erase"
