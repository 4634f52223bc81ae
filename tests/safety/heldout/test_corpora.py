"""The held-out corpora are large enough to measure with, and every phrase has one meaning only."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

import pytest

from tests.safety.heldout import LANGUAGES, held_out

AT_LEAST = {
    "explicit": 80,
    "oblique": 70,
    "everyday": 180,
    "third_person": 30,
    "denial": 25,
    "violence": 20,
    "under_18": 15,
    "harm": 20,
}


def folded(phrase: str) -> str:
    """Two phrases that fold alike are one: case, spaces, apostrophes and marks at the end do not count."""
    plain = unicodedata.normalize("NFKC", phrase).casefold().replace("\u2019", "'")
    return " ".join(plain.split()).rstrip(" .!?…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_there_and_large_enough(language: str) -> None:
    counts = {name: len(phrases) for name, phrases in held_out(language).items()}

    assert counts.keys() == AT_LEAST.keys()
    assert {name: counts[name] for name in AT_LEAST if counts[name] < AT_LEAST[name]} == {}


def places(language: str) -> dict[str, list[str]]:
    """Where each folded phrase stands, as `list[number]`: a failure must not print held-out words."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, phrases in held_out(language).items():
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
    lengths = [len(phrase.split()) for phrases in held_out(language).values() for phrase in phrases]

    assert min(lengths) <= 3
    assert max(lengths) >= 40


def test_a_language_without_a_corpus_is_not_made_up() -> None:
    with pytest.raises(FileNotFoundError):
        held_out("xx")
