"""The first answer to /sos: the country's numbers as they are dialled, hours in the person's language."""

from __future__ import annotations

import pytest

from bot.house import furnish
from flows.safety.first_answer import first_answer
from flows.safety.helplines import CountryLines, Helpline

VOICES = furnish().voices


def a_country(hours: str) -> dict[str, CountryLines]:
    line = Helpline("Somebody", "116 123", hours, "SMS 1", "https://example.org", ("en",), "", None, "")
    return {"GB": CountryLines("GB", "999", (line,))}


def said(locale: str, hours: str, country: str | None = "GB") -> str:
    says = first_answer(a_country(hours), country, locale)
    return "\n".join(bubble.html for bubble in VOICES[locale].bubbles(says))


@pytest.mark.parametrize(
    ("locale", "hours", "words"),
    [
        ("en", "24/7", "(day and night)"),
        ("en", "Mo-Su 16:00-24:00", "(every day 16:00-24:00)"),
        ("en", "Mo-Sa 14:00-20:00", "(Mon to Sat 14:00-20:00)"),
        ("de", "24/7", "(Tag und Nacht)"),
        ("de", "Mo-Su 16:00-24:00", "(täglich 16:00-24:00 Uhr)"),
        ("de", "Mo-Fr 09:00-20:00", "(Montag bis Freitag, 09:00-20:00 Uhr)"),
    ],
)
def test_hours_are_said_in_the_language_of_the_person(locale: str, hours: str, words: str) -> None:
    assert words in said(locale, hours)


def test_hours_that_nobody_knows_are_not_promised() -> None:
    assert "116 123 / SMS 1\n" in said("en", "")


def test_an_unknown_country_gets_a_finder_and_nobody_elses_number() -> None:
    words = said("en", "24/7", country=None)

    assert "findahelpline.com" in words
    assert "116 123" not in words
    assert "112 works in many countries" in words


def test_every_message_stands_alone() -> None:
    assert len(VOICES["en"].bubbles(first_answer(a_country("24/7"), "GB", "en"))) == 5
