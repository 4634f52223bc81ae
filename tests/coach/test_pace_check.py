"""Before the map, once a sitting: whether answers stand that came very fast or nearly all alike."""

from __future__ import annotations

import re

import pytest

from flows.assessment.checks import CHECKS
from flows.assessment.how_answered import ENOUGH, PACE_CHECK, how_answered
from flows.assessment.inventory import INVENTORY, SIGNS
from flows.engine.answers import Answer, Value
from flows.engine.conversation import Conversation
from tests.coach.given import Chat, prompts, sketched, words
from tests.coach.ways import (
    gives_in,
    tapping_anywhere,
    through_all,
)


@pytest.mark.parametrize(
    ("seconds", "asked"), [(1, True), (1.5, True), (2.5, False), (20, False), (0, False), (0.1, False)]
)
def test_whether_answers_stand_is_asked_when_they_came_in_under_two_seconds(
    seconds: float, asked: bool
) -> None:
    chat = through_all(tapping_anywhere(5), seconds)

    assert (PACE_CHECK.name in chat.person.conversations) == asked


@pytest.mark.parametrize(
    ("gaps", "fast"),
    [
        ([1] * 13, True),
        ([0, 1, 2] * 4 + [1], True),
        ([1] * 12 + [3600], True),
        ([2] * 13, False),
        ([1] * 6 + [3] * 7, False),
        ([0] * 13, False),
        ([0] * 11 + [1, 1], False),
        ([1] * (ENOUGH - 2), False),
    ],
    ids=str,
)
def test_fast_is_when_most_answers_came_within_a_second_and_time_did_pass(
    gaps: list[int], fast: bool
) -> None:
    times = [sum(gaps[:place]) for place in range(len(gaps) + 1)]
    given = {sign: Answer(place % 5, at) for place, (sign, at) in enumerate(zip(SIGNS, times, strict=False))}

    found = how_answered(INVENTORY, Conversation("inventory", 1, "x", "done", answers=given))

    assert (found == "fast") == fast


@pytest.mark.parametrize(
    ("degrees", "alike"),
    [([2] * 14, True), ([2] * 13 + [4], True), ([2] * 12 + [4, 0], False), ([0] * (ENOUGH - 1), False)],
)
def test_alike_is_when_all_but_one_statement_got_the_same_degree(degrees: list[int], alike: bool) -> None:
    given = {
        sign: Answer(degree, 60 * place)
        for place, (sign, degree) in enumerate(zip(SIGNS, degrees, strict=False))
    }

    found = how_answered(INVENTORY, Conversation("inventory", 1, "x", "done", answers=given))

    assert (found == "alike") == alike


def test_whoever_told_of_harm_is_not_asked_how_they_answered() -> None:
    given = {sign: Answer(2, place) for place, sign in enumerate(SIGNS)}
    given["e1"] = Answer(("harm",), 40)

    assert how_answered(INVENTORY, Conversation("inventory", 1, "x", "done", answers=given)) == ""


MANY = 200
"""Replies after which a chat goes round in circles."""


def hurried(**more: Value) -> Chat:
    """Somebody after a second sitting that took a second an answer, asked whether it stands."""
    chat = sketched()
    chat.commands("next")
    while chat.foreground.flow == INVENTORY.name:
        place = len(chat.foreground.trail)
        gives_in(chat, 1, more.get(chat.foreground.state, place % 5 if place < len(SIGNS) else None))
    assert chat.foreground.flow == PACE_CHECK.name
    return chat


def test_the_question_comes_before_the_map_and_blames_nobody() -> None:
    chat = hurried()

    asked = chat.replies[-1]

    assert prompts(asked)[-1] == "pace_check.pace"
    assert not any(prompt.startswith("map.") for prompt in prompts(asked))
    assert "quickly" in words(asked)
    assert not re.search(r"\bcareful\b|\bhonest|\btoo (fast|quick)|please", words(asked), re.I)


@pytest.mark.parametrize("code", ["leave", None])
def test_what_shall_stand_stands_and_the_map_follows(code: Value) -> None:
    chat = hurried()

    shown = chat.gives(code)

    assert "map.overview" in prompts(shown)
    assert not {"map.updated", "map.same", "pace_check.kept"} & set(prompts(shown))
    assert chat.remembered("map")


def test_later_says_with_the_map_that_it_rests_on_quick_answers_and_next_brings_it_back() -> None:
    chat = hurried()

    shown = chat.gives("later")

    assert prompts(shown)[0] == "pace_check.kept"
    assert "came quickly" in words(shown)
    assert "map.overview" in prompts(shown)


def test_now_goes_through_it_from_the_start_and_asks_no_second_time() -> None:
    chat = hurried()
    modules = chat.person.conversations["inventory"].about["modules"]

    first = chat.gives("now")

    assert prompts(first) == ("inventory.K1",)
    assert chat.person.conversations["inventory"].about["modules"] == modules
    while chat.person.foreground is not None and len(chat.replies) < MANY:
        shown = gives_in(chat, 1, 2 if len(chat.foreground.trail) < len(SIGNS) else None)
    assert "map.overview" in prompts(shown)


def test_each_sitting_is_asked_about_once_even_when_an_answer_is_changed() -> None:
    chat = hurried()
    chat.gives("leave")
    chat.commands("change", "inventory.K1")

    gives_in(chat, 1, 4)

    assert chat.person.foreground is None or chat.foreground.flow == CHECKS.name


def test_a_sitting_from_before_this_was_asked_is_not_asked_about_when_an_answer_is_changed() -> None:
    chat = hurried()
    chat.gives("leave")
    chat.person = chat.person.without(PACE_CHECK.name)
    chat.commands("change", "inventory.K1")

    chat.gives(4)

    assert PACE_CHECK.name not in chat.person.conversations


def test_what_was_left_for_later_waits_at_the_door_once_all_is_asked() -> None:
    chat = through_all(tapping_anywhere(5), 1, about_the_pace="later")

    door = chat.commands("next")

    assert prompts(door) == ("pace_check.left",)
    again = chat.taps("again")
    assert prompts(again)[-1].startswith(("battery.", "inventory."))
    assert chat.foreground.trail == ()


def test_starting_over_forgets_how_somebody_answered() -> None:
    chat = through_all(tapping_anywhere(5), 1, about_the_pace="later")
    chat.commands("restart")

    chat.gives("yes")

    assert PACE_CHECK.name not in chat.person.conversations
