"""What the coach itself offers to say is never taken for distress when somebody types it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.lexicons import lexicons
from flows.safety.detection import found_in

PROMPTS = Path(__file__).parents[2] / "prompts"
CRISIS = ("crisis", "crisis_in_other_languages", "sos")
"""Prompts of the protocol itself: what stands on their buttons is for somebody who is in danger already."""

HARM = "inventory.e1.options"
"""What people are asked to mark because it is harm."""

LOCALES = sorted(folder.name for folder in PROMPTS.iterdir() if folder.is_dir())


def labels(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of all tables of options, each with where it stands."""
    for name, value in table.items():
        where = f"{path}.{name}".strip(".")
        if isinstance(value, dict):
            yield from labels(value, where)
        elif isinstance(value, str) and ".options" in path:
            yield where, value


def all_labels(locale: str) -> dict[str, str]:
    """The labels of one locale, by file and place."""
    return {
        f"{path.stem}: {where}": label
        for path in sorted((PROMPTS / locale).rglob("*.toml"))
        if path.stem not in CRISIS
        for where, label in labels(tomllib.loads(path.read_text("utf-8")))
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_no_label_is_heard_when_it_is_typed(locale: str) -> None:
    found = {where: found_in(label, lexicons()) for where, label in all_labels(locale).items()}

    assert len(found) > 200
    assert {where: heard.rule for where, heard in found.items() if heard and HARM not in where} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_for_yes_no_or_unsure_is_heard_as_explicit(locale: str) -> None:
    words = tomllib.loads((PROMPTS / locale / "words.toml").read_text("utf-8"))["words"]
    said = [word for each in words.values() if isinstance(each, list) for word in each]

    assert len(said) > 50
    assert [word for word in said if (heard := found_in(word, lexicons())) and heard.kind == "explicit"] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_harm_that_is_marked_is_harm_when_it_is_typed(locale: str) -> None:
    marked = {where: label for where, label in all_labels(locale).items() if where.endswith(f"{HARM}.harm")}
    heard = [found_in(label, lexicons()) for label in marked.values()]

    assert [found.kind for found in heard if found] == ["harm"]
