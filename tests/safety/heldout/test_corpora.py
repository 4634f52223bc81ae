"""The held-out corpora are large enough to measure with, and every phrase has one meaning only."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bench.safety import phrases_in
from bot.lexicons import LANGUAGES
from tests.safety.heldout import folded

AT_LEAST = {
    "explicit": 160,
    "oblique": 140,
    "everyday": 360,
    "third_person": 60,
    "denial": 50,
    "violence": 40,
    "under_18": 30,
    "harm": 40,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_there_and_large_enough(language: str) -> None:
    counts = {name: len(phrases) for name, phrases in phrases_in("held-out", language).items()}

    assert counts.keys() == AT_LEAST.keys()
    assert {name: counts[name] for name in AT_LEAST if counts[name] < AT_LEAST[name]} == {}


def places(language: str) -> dict[str, list[str]]:
    """Where each folded phrase stands, as `list[number]`: a failure must not print held-out words."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, phrases in phrases_in("held-out", language).items():
        for number, phrase in enumerate(phrases):
            found[folded(phrase)].append(f"{name}[{number}]")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice(language: str) -> None:
    repeated = [where for where in places(language).values() if len(where) > 1]

    assert repeated == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_says_something(language: str) -> None:
    empty = places(language).get("", [])

    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_and_long_messages_are_both_there(language: str) -> None:
    lengths = [
        len(phrase.split()) for phrases in phrases_in("held-out", language).values() for phrase in phrases
    ]

    assert min(lengths) <= 3
    assert max(lengths) >= 40


def test_a_language_without_a_corpus_is_not_made_up() -> None:
    with pytest.raises(FileNotFoundError):
        phrases_in("held-out", "xx")
