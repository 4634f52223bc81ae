"""Changing answers, and what depends on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sketch import SCENARIOS, SKETCH, scenario_order
from flows.engine.answers import Answer, Value
from flows.engine.changing import first_open, reopened_by, settled
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import Scale
from flows.engine.stepping import reopen, step
from flows.engine.turn import Turn
from tests.engine.given import CHECKIN, NOW, an_ear, at, code_of, prompts, said, turn_of

THEN = int(NOW.timestamp()) - 60


def reopened(conversation: Conversation, question: str) -> Conversation:
    return reopen(CHECKIN, conversation, question, an_ear()).conversation


def in_the_sketch(**answers: Value) -> Conversation:
    """A sketch with these answers, at its first open question."""
    here = Conversation("sketch", 1, "c0ffee", SKETCH.start, at=THEN)
    for question, value in answers.items():
        here = settled(here, question, Answer(value, THEN), ())
    return replace(here, state=SKETCH.frontier(here))


def full_sketch(**answers: Value) -> Conversation:
    signs = dict.fromkeys(("K2", "E1", "V1", "D1", "I1"), 1)
    scenarios = dict.fromkeys(scenario_order(0), 5)
    given: dict[str, Value] = {
        **{"O1": "noise", "O2": 7, "O3": "lt1", "O4": "most", "O5": "f", "O6": 1, "O7": ("no",)},
        **{**signs, "CF0": 8, **scenarios, "R3": "days", "R4": "ord"},
    }
    return in_the_sketch(**{**given, **answers})


def after(conversation: Conversation, *heard: str, flow: Flow = SKETCH) -> Turn:
    turn = Turn(conversation)
    for text in heard:
        turn = step(flow, turn.conversation, said(text), an_ear())
    return turn


def test_a_question_asked_again_quotes_the_answer_and_keeps_it() -> None:
    turn = reopen(CHECKIN, at("note", heaviness=4, sleep=("no",)), "sleep", an_ear())

    assert prompts(turn) == ("engine.you_said", "checkin.sleep")
    assert turn.conversation.changing
    assert turn.conversation.value("sleep") == ("no",)
    assert [code_of(button) for button in turn.says[1].buttons if button.aside] == ["~skip", "~why"]


@pytest.mark.parametrize("question", ["note", "mood", ""])
def test_what_was_never_answered_is_not_reopened(question: str) -> None:
    here = at("note", heaviness=4, sleep=("no",))
    turn = reopen(CHECKIN, here, question, an_ear())

    assert turn.conversation == here
    assert prompts(turn) == ("checkin.note",)


def test_a_finished_conversation_is_open_again_until_the_change_is_made() -> None:
    done = at(DONE, heaviness=4, sleep=("no",), note="loud")
    again = reopened(done, "sleep")
    turn = turn_of(again, said("bad nights"))

    assert (again.state, turn.conversation.state) == ("sleep", DONE)
    assert prompts(turn) == ("engine.changed",)
    assert turn.conversation.value("sleep") == ("nights",)


def test_the_same_answer_again_drops_nothing() -> None:
    here = at("sleep", heaviness=9, what_changed="load")
    turn = turn_of(reopened(here, "heaviness"), said("9"))

    assert prompts(turn) == ("engine.changed", "checkin.sleep")
    assert turn.conversation.value("what_changed") == "load"


def test_leaving_it_as_it_was_goes_on_where_we_were() -> None:
    here = at("note", heaviness=4, sleep=("no",))
    turn = turn_of(reopened(here, "heaviness"), said("leave it as it is"))

    assert turn.conversation.state == "note"
    assert turn.conversation.answers == here.answers


def test_another_reopened_question_takes_the_place_of_the_first() -> None:
    here = at("note", heaviness=4, sleep=("no",))
    turn = turn_of(reopened(reopened(here, "heaviness"), "sleep"), said("a worry"))

    assert turn.conversation.value("heaviness") == 4
    assert turn.conversation.value("sleep") == ("worry",)
    assert turn.conversation.state == "note"


def test_what_depends_on_a_changed_answer_is_stale_even_where_it_still_lies_on_the_path() -> None:
    here = at("sleep", heaviness=9, what_changed="load")

    assert reopened_by(CHECKIN, here, "heaviness", Answer(10, 0)) == ("what_changed",)
    assert reopened_by(CHECKIN, here, "heaviness", Answer(9, 0)) == ()
    assert reopened_by(CHECKIN, here, "what_changed", Answer("illness", 0)) == ()


def test_dependents_of_dependents_are_stale_too() -> None:
    flow = Flow(
        "chain",
        1,
        "a",
        {"a": Scale(0, 9), "b": Scale(0, 9, depends_on=("a",)), "c": Scale(0, 9, depends_on=("b",))},
        (Go("a", "b"), Go("b", "c"), Go("c", DONE)),
    )
    here = Conversation("chain", 1, "c0ffee", DONE)
    for name in "abc":
        here = settled(here, name, Answer(1, 0), ())

    assert reopened_by(flow, here, "a", Answer(2, 0)) == ("b", "c")


def test_a_lighter_monday_drops_every_scenario_compared_with_it() -> None:
    turn = after(reopen(SKETCH, full_sketch(), "CF0", an_ear()).conversation, "2")

    assert prompts(turn) == ("engine.reopens",)
    assert turn.says[0].facts["count"] == len(SCENARIOS)
    changed = after(turn.conversation, "change it").conversation
    assert changed.state == DONE
    assert not set(SCENARIOS) & set(changed.answers)


def test_a_question_that_a_change_puts_on_the_path_is_asked_next() -> None:
    turn = after(reopen(SKETCH, full_sketch(), "O2", an_ear()).conversation, "2")

    assert prompts(turn) == ("engine.changed", "sketch.pace")
    assert turn.conversation.ahead
    assert turn.conversation.value("R4") == "ord"


def test_an_answer_in_the_middle_that_would_drop_later_ones_asks_first() -> None:
    asked = after(reopen(SKETCH, full_sketch(), "O2", an_ear()).conversation, "2", "the short round")

    assert prompts(asked) == ("engine.reopens",)
    assert asked.conversation.value("R4") == "ord"
    dropped = after(asked.conversation, "yes").conversation
    assert dropped.state == DONE
    assert not dropped.ahead
    assert "R4" not in dropped.answers


def test_keeping_them_leaves_the_question_in_the_middle_open() -> None:
    turn = after(reopen(SKETCH, full_sketch(), "O2", an_ear()).conversation, "2", "the short round", "keep")

    assert prompts(turn) == ("engine.left_as_it_was",)
    assert (turn.conversation.state, turn.conversation.ahead) == (DONE, False)
    assert turn.conversation.answers["pace"].value is None
    assert turn.conversation.value("R4") == "ord"


def test_an_answer_with_nothing_behind_it_needs_no_second_look() -> None:
    turn = turn_of(at("heaviness"), said("4"))

    assert not turn.conversation.ahead
    assert first_open(CHECKIN, turn.conversation) == ("sleep", False)


def test_a_change_of_country_asks_for_the_clock_again() -> None:
    here = Conversation("onboarding", 1, "c0ffee", "welcome", at=THEN)
    here = after(here, "1", "yes", "yes", "germany", flow=ONBOARDING).conversation
    assert here.value("zone") == "Europe/Berlin"

    asked = after(reopen(ONBOARDING, here, "country", an_ear()).conversation, "usa", flow=ONBOARDING)
    moved = after(asked.conversation, "change it", flow=ONBOARDING)
    assert prompts(asked) == ("engine.reopens",)
    assert "zone" not in moved.conversation.answers
    assert moved.conversation.state == "zone"
