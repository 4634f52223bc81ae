"""What was written to make lists and weights of: phrases by author, and the labels of our own buttons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from bench import safety
from bot.catalogue import load_catalogues
from bot.lexicons import LANGUAGES
from tests.safety.heldout import folded, of_work

HERE = Path(__file__).parent
OWN = "insample"
"""The folder whose phrases were written with the lists: learnt from, and no author to be measured by."""

FOLDERS = ("practice", "examples")
"""Phrases that the lists were written with too, and phrases that nobody who writes lists has seen."""

CRISIS = ("crisis", "sos")
"""Labels that speak of the danger itself."""

Phrases = dict[str, list[str]]


def authors() -> list[Path]:
    """Return a file for each author: nobody has written in two languages."""
    return sorted(path for folder in FOLDERS for path in (HERE / folder).glob("*.toml"))


def own() -> list[Path]:
    """Return the files that were written with the lists."""
    return sorted((HERE / OWN).glob("*.toml"))


@cache
def phrases_in(path: Path) -> Phrases:
    """Return the lists of one file by their names, without what somebody has written to measure with, too."""
    return {
        name: [phrase for phrase in phrases if folded(phrase) not in kept_apart()]
        for name, phrases in safety.lists_in(path).items()
    }


@cache
def kept_apart() -> frozenset[str]:
    """Return the phrases that are only measured with."""
    every = (
        phrases
        for name in LANGUAGES
        for phrases in (*safety.phrases_in("held-out", name).values(), of_work(name))
    )
    return frozenset(folded(phrase) for phrases in every for phrase in phrases)


def ours() -> list[str]:
    """Return every label of the coach, which people type as answers: none of them is a danger."""
    labels = (each.words.labels for each in load_catalogues().values())
    named = (options for each in labels for prompt, options in each.items() if not prompt.startswith(CRISIS))
    return sorted({label for options in named for label in options.values()})


def made_of(way: str) -> str:
    """Return what weights are made of, in a word: another one when a phrase or the way is another."""
    return sha256("\n".join([way, *ours(), *_every()]).encode()).hexdigest()[:16]


def _every() -> Iterator[str]:
    for path in (*own(), *authors()):
        for name, phrases in phrases_in(path).items():
            yield from (name, *phrases)
