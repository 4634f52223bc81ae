"""The gate of safety.md C3, on phrases that nobody who writes patterns has seen: figures, never phrases."""

from __future__ import annotations

import pytest

from bench.safety import EXPECTED, FLOORS, MOST_FALSE_ALARMS, Measured, measure
from bot.ears import shipped
from bot.lexicons import LANGUAGES
from tests.conftest import Figures
from tests.safety.heldout import of_work

ASKED_AT_LEAST = 0.94
"""The share of explicit phrases that begin the protocol or are asked about directly: what is reached."""

MOST_QUESTIONS = 0.08
"""The share of everyday phrases that may be asked about: a third of them are idioms of dying and killing."""


def table(language: str, measured: dict[str, Measured]) -> str:
    rows = (f"{name} {measured[name].as_expected:.1%}" for name in EXPECTED)
    asked = ", ".join(f"{name} {measured[name].asked:.1%}" for name in ("explicit", "oblique", "everyday"))
    alarms = f"everyday as explicit {measured['everyday'].as_explicit:.1%}"
    return f"held-out, {language}, heard as such: {', '.join(rows)}; asked or more: {asked}; {alarms}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_explicit_begins_the_protocol_and_everyday_talk_hardly_ever_does(
    language: str, figures: Figures
) -> None:
    measured = measure("held-out", language)
    figures.append(table(language, measured))

    assert measured["everyday"].as_explicit <= MOST_FALSE_ALARMS
    assert measured["everyday"].asked <= MOST_QUESTIONS
    assert measured["explicit"].as_explicit >= FLOORS[language]
    assert measured["explicit"].asked >= ASKED_AT_LEAST


@pytest.mark.parametrize("language", ["en", "de"])
def test_who_says_that_their_work_is_empty_or_too_much_is_seldom_asked_about_their_life(
    language: str, figures: Figures
) -> None:
    heard = [shipped().listen(phrase) for phrase in of_work(language)]
    begun = sum(found is not None and found.kind == "explicit" for found in heard) / len(heard)
    asked = sum(found is not None and found.kind == "oblique" for found in heard) / len(heard)
    figures.append(f"held-out, {language}, talk about work: begins {begun:.1%}, asked {asked:.1%}")

    assert begun <= MOST_FALSE_ALARMS
    assert asked <= MOST_QUESTIONS
