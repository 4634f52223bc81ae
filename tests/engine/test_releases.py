"""Conversations that outlive a release of their flow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flows.engine.changing import carry_over
from flows.engine.conversation import DONE
from flows.engine.flow import Flow, Go
from flows.engine.heard import Corrected
from flows.engine.questions import Choice, FreeText, MultiChoice, Question, Scale
from flows.engine.stepping import Step, reopen, step
from flows.engine.tokens import Choice as Tap
from tests.engine.given import CHECKIN, an_ear, at, prompts, said, turn_of


def released(**changes: Any) -> Flow:
    """The check-in of the next release."""
    return replace(CHECKIN, version=2, **changes)


def with_questions(**questions: Question | None) -> Flow:
    """The check-in of the next release with some questions changed, added, or (None) removed."""
    kept = {name: kind for name, kind in {**CHECKIN.questions, **questions}.items() if kind is not None}
    return released(questions=kept)


def test_the_same_release_changes_nothing() -> None:
    here = replace(at("sleep", heaviness=4), draft=("nights",), changing=True)

    assert carry_over(CHECKIN, here) is here


def test_what_still_answers_is_kept_and_the_first_open_question_is_asked() -> None:
    here = replace(at("sleep", heaviness=4), draft=("nights",), missed=2, about={"situation": "self"})
    carried = carry_over(released(), here)

    assert (carried.state, carried.version, carried.answers) == ("sleep", 2, here.answers)
    assert (carried.draft, carried.missed, carried.about) == ((), 0, {"situation": "self"})
    assert carried.seq > here.seq


def test_an_unknown_state_leads_to_the_first_open_question() -> None:
    assert carry_over(CHECKIN, at("mood", heaviness=4)).state == "sleep"


@pytest.mark.parametrize("heard", [said("7"), Corrected("x", 5), Tap("c0ffee", 1, "mood", "4")])
def test_a_step_from_an_unknown_state_is_taken_all_the_same(heard: Step) -> None:
    turn = turn_of(at("mood", heaviness=4), heard)

    assert turn.conversation.state == "sleep"


def test_a_question_asked_again_from_an_unknown_state_is_asked_all_the_same() -> None:
    turn = reopen(CHECKIN, at("mood", heaviness=4), "heaviness", an_ear())

    assert prompts(turn) == ("engine.you_said", "checkin.heaviness")


def test_a_renamed_question_is_asked_again() -> None:
    flow = released(
        questions={("load" if name == "heaviness" else name): q for name, q in CHECKIN.questions.items()},
        start="load",
        transitions=tuple(
            Go("load" if go.source == "heaviness" else go.source, go.target, go.when)
            for go in CHECKIN.transitions
        ),
    )
    carried = carry_over(flow, at("note", heaviness=4, sleep=("no",)))

    assert carried.state == "load"
    assert carried.value("sleep") == ("no",)
    assert carried.ahead
    assert step(flow, carried, said("3"), an_ear()).conversation.state == "note"


def test_a_removed_question_takes_its_answer_with_it() -> None:
    flow = replace(
        with_questions(sleep=None),
        transitions=(
            *(Go(go.source, "note", go.when) for go in CHECKIN.transitions if go.target == "sleep"),
            *(go for go in CHECKIN.transitions if "sleep" not in (go.source, go.target)),
        ),
    )
    carried = carry_over(flow, at("note", heaviness=4, sleep=("no",)))

    assert (carried.state, carried.trail, list(carried.answers)) == ("note", ("heaviness",), ["heaviness"])


def test_an_added_question_is_asked_and_the_later_answers_are_kept() -> None:
    flow = replace(
        with_questions(mood=Scale(0, 10)),
        transitions=(
            Go("heaviness", "mood"),
            Go("mood", "sleep"),
            *(go for go in CHECKIN.transitions if go.source != "heaviness"),
        ),
    )
    carried = carry_over(flow, at("note", heaviness=4, sleep=("no",)))

    assert (carried.state, carried.value("sleep"), carried.ahead) == ("mood", ("no",), True)
    assert step(flow, carried, said("3"), an_ear()).conversation.state == "note"


def test_an_answer_that_is_no_option_any_more_is_asked_again() -> None:
    flow = with_questions(sleep=MultiChoice("no", "nights"))

    assert carry_over(flow, at("note", heaviness=4, sleep=("worry",))).state == "sleep"
    assert carry_over(flow, at("note", heaviness=4, sleep=("nights",))).state == "note"


def test_what_depends_on_an_answer_that_is_gone_is_asked_again_too() -> None:
    flow = with_questions(heaviness=Scale(0, 8))
    carried = carry_over(flow, at("sleep", heaviness=9, what_changed="load"))

    assert carried.state == "heaviness"
    assert carried.answers == {}


def test_a_question_of_another_kind_is_asked_again() -> None:
    flow = with_questions(what_changed=FreeText(), note=Choice("short"))
    carried = carry_over(flow, at(DONE, heaviness=9, what_changed="load", sleep=("no",), note="loud"))

    assert list(carried.answers) == ["heaviness", "what_changed", "sleep"]


def test_what_was_finished_stays_finished_but_for_what_lies_off_the_path_now() -> None:
    flow = released(
        transitions=(
            Go("heaviness", "sleep"),
            *(go for go in CHECKIN.transitions if go.source != "heaviness"),
        )
    )
    carried = carry_over(flow, at(DONE, heaviness=9, what_changed="load", sleep=("no",), note="loud"))

    assert carried.state == DONE
    assert list(carried.answers) == ["heaviness", "sleep", "note"]


def test_a_held_answer_does_not_survive_a_release() -> None:
    here = reopen(CHECKIN, at("sleep", heaviness=9, what_changed="load"), "heaviness", an_ear()).conversation
    held = turn_of(here, said("3")).conversation

    assert held.pending is not None
    assert carry_over(released(), held).pending is None
