"""Words with nothing open can become a note; a second line belongs to it, and small words are none."""

from __future__ import annotations

import pytest

from tests.coach.given import prompts, sketched


def test_words_with_nothing_open_are_offered_to_be_kept() -> None:
    chat = sketched()

    reply = chat.says("Monday was awful.")

    assert prompts(reply) == ("note.ask",)
    assert not reply.remember


@pytest.mark.parametrize("answer", ["yes", "Keep it", "1", "ok", "please do"])
def test_a_note_that_is_kept_is_remembered_word_by_word(answer: str) -> None:
    chat = sketched()
    chat.says("Monday was awful.  {{ really }} <b>")

    reply = chat.says(answer)

    assert prompts(reply) == ("coach.note_kept",)
    assert [each.body for each in chat.remembered("note")] == [
        {"text": "Monday was awful.  {{ really }} <b>"}
    ]
    assert "note" not in chat.person.conversations


@pytest.mark.parametrize("answer", ["no", "No, let it go", "2", "skip", "not sure"])
def test_a_note_that_is_let_go_leaves_nothing(answer: str) -> None:
    chat = sketched()
    chat.says("Monday was awful.")

    reply = chat.says(answer)

    assert prompts(reply) == ("coach.note_dropped",)
    assert not chat.remembered("note")
    assert "awful" not in str(chat.person)


@pytest.mark.parametrize(
    "line", ["And Tuesday too.", "No sleep either.", "Not one quiet hour", "yes and then my boss came"]
)
def test_a_second_line_belongs_to_the_same_note(line: str) -> None:
    chat = sketched()
    chat.says("Monday was awful.")

    assert prompts(chat.says(line)) == ("note.ask",)
    chat.taps("yes")

    assert [each.body for each in chat.remembered("note")] == [{"text": f"Monday was awful.\n{line}"}]


def test_a_line_days_later_belongs_to_it_as_well() -> None:
    chat = sketched()
    chat.says("Monday was awful.")
    chat.waits(days=4)

    assert prompts(chat.says("And now it is Friday.")) == ("note.ask",)


@pytest.mark.parametrize("text", ["thanks", "ok", "Thank you!", "skip", "yes", "no", "...", "\u200b", "idk"])
def test_small_words_are_no_note(text: str) -> None:
    assert prompts(sketched().says(text)) == ("coach.nothing_open",)


def test_a_note_is_offered_while_paused_too() -> None:
    chat = sketched()
    chat.commands("pause")

    assert prompts(chat.says("Something happened.")) == ("note.ask",)
