"""The gate of safety.md C3, on phrases that nobody who writes patterns has seen: figures, never phrases."""

from __future__ import annotations

from bench.safety import EXPECTED, FLOORS, MOST_FALSE_ALARMS, Measured, measure
from bot.lexicons import LANGUAGES
from flows.safety.listening import HearsNothing
from tests.coach.given import HOUSE


def table(language: str, measured: dict[str, Measured]) -> str:
    rows = (f"{name}: {measured[name].as_expected:.1%} of {measured[name].phrases}" for name in EXPECTED)
    everyday = measured["everyday"]
    alarms = f"everyday as explicit: {everyday.as_explicit:.1%}, as anything: {everyday.at_all:.1%}"
    return f"{language}: {'; '.join(rows)}; {alarms} of {everyday.phrases}"


def holds_its_floors(language: str) -> bool:
    measured = measure("held-out", language)
    print(table(language, measured))
    enough = measured["explicit"].as_expected >= FLOORS[language]
    return enough and measured["everyday"].as_explicit <= MOST_FALSE_ALARMS


def test_the_lists_are_shipped_only_when_every_language_holds_its_floors() -> None:
    """They do not hold them yet, and are off. Whoever switches them on has to reach the floors first."""
    held = {language: holds_its_floors(language) for language in LANGUAGES}

    assert all(held.values()) or isinstance(HOUSE.coach.listener, HearsNothing)
