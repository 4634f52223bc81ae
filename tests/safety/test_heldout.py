"""The gate of safety.md C3, on phrases that nobody who writes patterns has seen: figures, never phrases.

The coach listens although it hears fewer explicit phrases as such than C3 asks for: otherwise it would hear
none. So the floors here are what is reached, rounded down, and nothing may fall behind them; those to reach
stand in `bench.safety.FLOORS`, and docs/discussions/safety.md says how far that is.
"""

from __future__ import annotations

import pytest

from bench.safety import EXPECTED, MOST_FALSE_ALARMS, Measured, measure
from bot.lexicons import LANGUAGES
from tests.conftest import Figures

REACHED = {"en": 0.95, "de": 0.95, "es": 0.98, "fr": 0.96, "ru": 0.97}
"""The share of explicit phrases that begin the protocol or are asked about directly."""

MOST_QUESTIONS = 0.12
"""The share of everyday phrases that may be asked about: a third of them are idioms of dying and killing."""


def table(language: str, measured: dict[str, Measured]) -> str:
    rows = (f"{name} {measured[name].as_expected:.1%}" for name in EXPECTED)
    asked = ", ".join(f"{name} {measured[name].asked:.1%}" for name in ("explicit", "oblique", "everyday"))
    alarms = f"everyday as explicit {measured['everyday'].as_explicit:.1%}"
    return f"held-out, {language}, heard as such: {', '.join(rows)}; asked or more: {asked}; {alarms}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_listened_for_reaches_what_it_reached_and_stops_hardly_anybody(
    language: str, figures: Figures
) -> None:
    measured = measure("held-out", language)
    figures.append(table(language, measured))

    assert measured["everyday"].as_explicit <= MOST_FALSE_ALARMS
    assert measured["everyday"].asked <= MOST_QUESTIONS
    assert measured["explicit"].asked >= REACHED[language]
