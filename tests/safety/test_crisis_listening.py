"""The shipped lists as the coach listens by them: what is about to happen stands before what is wished."""

from __future__ import annotations

import pytest

from bot.house import furnish
from bot.lexicons import LANGUAGES, lexicons
from flows.safety.listening import IMMEDIATE, FromLists, is_immediate

LISTENER = FromLists(lexicons())


@pytest.mark.parametrize("listens", [True, False])
def test_the_coach_hears_by_the_lists_only_where_it_is_told_to(listens: bool) -> None:
    found = furnish(listens=listens).coach.listener.listen("I want to die")

    assert (found is not None) is listens


@pytest.mark.parametrize(
    "text",
    [
        "I want to die and the pills are ready next to me",
        "I have the rope ready. I don't want to live anymore.",
    ],
)
def test_the_means_at_hand_are_heard_beside_a_wish_to_die(text: str) -> None:
    found = LISTENER.listen(text)

    assert found is not None
    assert is_immediate(found)


def test_a_wish_to_die_alone_is_not_taken_for_more() -> None:
    found = LISTENER.listen("I want to die")

    assert found is not None
    assert not is_immediate(found)


def test_ordinary_words_are_not_heard_as_anything() -> None:
    assert LISTENER.listen("Too many meetings, and nobody reads what I write.") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_rules_for_what_is_about_to_happen(language: str) -> None:
    lexicon = next(each for each in LISTENER.lexicons.each if each.language == language)

    assert {rule.id for rule in lexicon.rules["explicit"]} & IMMEDIATE
