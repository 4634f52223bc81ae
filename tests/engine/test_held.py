"""Answers that wait for a yes, words that come days late, and messages that are edited afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.assessment.sketch import SKETCH
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.heard import Corrected
from flows.engine.questions import FreeText
from flows.engine.stepping import LATE, reopen, step
from flows.engine.turn import Turn
from tests.engine.given import CHECKIN, NOW, an_ear, at, prompts, said, tapped, turn_of

DAYS = timedelta(seconds=LATE + 60)
THEN = int(NOW.timestamp()) - 60


def reopened(conversation: Conversation, question: str) -> Conversation:
    return reopen(CHECKIN, conversation, question, an_ear()).conversation


def held() -> Conversation:
    """A change of heaviness from 9 to 3 that waits for a yes."""
    return turn_of(
        reopened(at("sleep", heaviness=9, what_changed="load"), "heaviness"), said("3")
    ).conversation


@pytest.mark.parametrize("text", ["change it", "1", "yes", "ok", "change it please"])
def test_a_held_change_is_made_in_any_words(text: str) -> None:
    assert turn_of(held(), said(text)).conversation.value("heaviness") == 3


@pytest.mark.parametrize("text", ["keep it as it was", "2", "no", "keep", "skip", "back", "not sure"])
def test_a_held_change_is_let_go_in_any_words(text: str) -> None:
    turn = turn_of(held(), said(text))

    assert turn.conversation.value("heaviness") == 9
    assert prompts(turn)[0] == "engine.left_as_it_was"


@pytest.mark.parametrize("text", ["why?", "banana", "5", "", "change it or not"])
def test_anything_else_asks_about_the_change_again(text: str) -> None:
    turn = turn_of(held(), said(text))

    assert turn.conversation.pending == held().pending
    assert prompts(turn)[-1] == "engine.reopens"


def test_a_second_miss_while_a_change_is_held_shows_how_to_answer() -> None:
    assert "engine.how.choice" in prompts(turn_of(turn_of(held(), said("hm")).conversation, said("hm")))


def test_a_button_of_before_does_not_decide_a_held_change() -> None:
    here = held()

    for code, seq in (("change", here.seq - 1), ("~skip", here.seq - 1), ("5", here.seq - 2)):
        turn = turn_of(here, tapped(here, code, seq=seq))
        assert turn.conversation == here
        assert turn.toast is not None


def test_late_words_of_a_changed_note_are_confirmed_and_then_take_its_place() -> None:
    again = reopened(at(DONE, heaviness=4, sleep=("no",), note="loud"), "note")
    late = turn_of(again, said("quiet"), after=DAYS)
    turn = turn_of(late.conversation, said("yes"), after=DAYS)

    assert prompts(late) == ("engine.late",)
    assert (turn.conversation.state, turn.conversation.value("note")) == (DONE, "quiet")


def test_words_after_the_question_was_asked_again_are_not_late() -> None:
    again = turn_of(at("note", heaviness=4, sleep=("no",)), said("why?"), after=DAYS).conversation

    assert turn_of(again, said("too loud"), after=DAYS).conversation.value("note") == "too loud"


def test_a_skip_while_late_words_are_held_lets_go_of_them_only() -> None:
    late = turn_of(at("note", heaviness=4, sleep=("no",)), said("hello?", ref=5), after=DAYS).conversation
    turn = turn_of(late, said("skip"), after=DAYS)

    assert (turn.conversation.state, turn.conversation.pending) == ("note", None)
    assert "note" not in turn.conversation.answers


def test_an_edit_of_held_words_is_what_gets_confirmed() -> None:
    late = turn_of(at("note", heaviness=4, sleep=("no",)), said("to loud", ref=5), after=DAYS).conversation
    edited = turn_of(late, Corrected("too loud", 5), after=DAYS)

    assert prompts(edited) == ("engine.late",)
    assert turn_of(edited.conversation, said("yes"), after=DAYS).conversation.value("note") == "too loud"


def test_an_edit_that_changes_nothing_is_quiet() -> None:
    done = turn_of(at("note", heaviness=4, sleep=("no",)), said("loud", ref=5)).conversation

    assert turn_of(done, Corrected(" loud ", 5)) == Turn(done)


def test_an_edit_leaves_the_open_question_open() -> None:
    here = step(SKETCH, Conversation("sketch", 1, "c0ffee", "O1", at=THEN), said("noise", ref=5), an_ear())
    turn = step(SKETCH, here.conversation, Corrected("people", 5), an_ear())

    assert (turn.conversation.state, turn.conversation.value("O1")) == ("O2", "people")
    assert turn.learned[0].question == "O1"


def test_an_edit_that_would_drop_answers_asks_first() -> None:
    flow = Flow(
        "notes",
        1,
        "one",
        {"one": FreeText(), "two": FreeText(depends_on=("one",))},
        (Go("one", "two"), Go("two", DONE)),
    )
    here = Conversation("notes", 1, "c0ffee", "one", at=THEN)
    here = step(flow, here, said("rain", ref=5), an_ear()).conversation
    here = step(flow, here, said("and wind", ref=6), an_ear()).conversation
    asked = step(flow, here, Corrected("snow", 5), an_ear())
    turn = step(flow, asked.conversation, said("yes"), an_ear())

    assert prompts(asked) == ("engine.reopens",)
    assert (turn.conversation.value("one"), turn.conversation.state) == ("snow", "two")


@pytest.mark.parametrize("text", ["", "x" * 81])
def test_an_edit_that_is_no_answer_says_why_and_keeps_the_old_words(text: str) -> None:
    done = turn_of(at("note", heaviness=4, sleep=("no",)), said("loud", ref=5)).conversation
    turn = turn_of(done, Corrected(text, 5))

    assert turn.conversation == done
    assert len(turn.says) == 1
