"""What each reader gets: a mentor how to help, a doctor the facts, everybody the limits of the map."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.assessment.vignettes import VIGNETTES
from tests.coach.given import HOUSE, words
from tests.moves.mapped import of, with_kept
from tests.moves.share_given import file_of, lawyer, lines_of, previewed

READERS = ("mentor", "coach", "partner", "doctor")
LOCALES = tuple(HOUSE.voices)

NOT_FOR_A_DOCTOR = (
    *("diagnos", "burnout", "burn-out", "depress", "disorder", "syndrome", "syndrom", "patient"),
    *("therap", "treatment", "behandlung", "symptom", "st\u00f6rung", "krankheit"),
)


def headings(reader: str, locale: str = "en") -> list[str]:
    chat = lawyer(O7=("no",))
    chat.person = replace(chat.person, locale=locale)
    previewed(chat, reader)
    return [section.title for section in file_of(chat.taps("none"), locale).sections]


def test_a_mentor_gets_a_page_on_how_to_help() -> None:
    chat = lawyer()
    previewed(chat, "mentor")

    *_, kind, ask, slow = file_of(chat.taps("none")).sections

    assert "what kind of problem" in kind.title
    assert all(line.endswith("?") for line in ask.lines)
    assert slow.title == "What not to rush"
    assert (kind.closing, ask.closing, slow.closing) == (True, False, False)


def test_the_page_on_how_to_help_can_stay_out() -> None:
    chat = lawyer()
    count = len(lines_of(previewed(chat, "mentor")))

    reply = chat.gives((str(count),))

    assert not any(section.closing for section in file_of(reply).sections)
    assert "the second one is for you" not in words(reply)


def test_a_doctor_gets_heaviness_duration_sleep_and_what_was_ruled_in_or_out() -> None:
    assert headings("doctor") == [
        "How heavy a workday is",
        "How long, and in what rhythm",
        "Sleep",
        "Load at work",
        "Outside work",
        "What the answers point to, and what they don't",
        "What was tried, and what came of it",
        "In their own words",
        "What they would like from the reader",
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_for_a_doctor_name_no_diagnosis(locale: str) -> None:
    for vignette in VIGNETTES:
        chat = of(vignette.name)
        chat.person = replace(chat.person, locale=locale)
        previewed(chat, "doctor", None)

        printed = file_of(chat.taps("none"), locale).in_words().casefold()

        assert [word for word in NOT_FOR_A_DOCTOR if word in printed] == []


def test_all_five_explanations_are_in_or_out_for_a_doctor() -> None:
    chat = lawyer()
    previewed(chat, "doctor")
    causes = next(s for s in file_of(chat.taps("none")).sections if s.title.startswith("What the answers"))

    assert causes.lines[0] == "What the work is for: fairly clear"
    assert sum(line.endswith("not in the picture so far") for line in causes.lines) == 4


@pytest.mark.parametrize("reader", ["mentor", "coach", "partner"])
def test_the_map_comes_with_its_limits(reader: str) -> None:
    chat = lawyer()
    previewed(chat, reader)
    first = file_of(chat.taps("none")).sections[0]

    assert first.title == "What it looks like so far"
    assert any("rests on" in line for line in first.lines)


def test_weeks_without_a_number_stay_gaps() -> None:
    chat = lawyer()
    lines = lines_of(previewed(chat, "doctor")).values()

    assert any(line.endswith("8, 7, none, 8, 6") for line in lines)
    assert any(line.endswith("4, none, none, 5, 3") for line in lines)
    assert any("Hours slept" in line and line.endswith("6, 5") for line in lines)


def test_where_there_is_harm_nothing_asks_to_stay() -> None:
    shown = lines_of(previewed(of("P15", e1=("harm",)), "coach"))

    assert any(line.startswith("Nothing has to be tried here by staying") for line in shown.values())


@pytest.mark.parametrize(("reader", "locale"), list(product(READERS, LOCALES)))
def test_everybody_can_have_one_whatever_their_map_says(reader: str, locale: str) -> None:
    for vignette in VIGNETTES:
        for situation in ("employed", "carer"):
            chat = of(vignette.name, situation)
            chat.person = replace(chat.person, locale=locale)
            shown = lines_of(previewed(chat, reader), locale)

            file = file_of(chat.taps("none"), locale)

            assert file.locale == locale
            assert all(section.lines and all(section.lines) for section in file.sections)
            assert len(shown) <= 30


def test_a_packet_with_nothing_kept_over_weeks_is_made_of_answers() -> None:
    chat = with_kept(lawyer(), weeks=(), trials=(), nights={})

    assert "week by week" not in words(previewed(chat, "mentor"))
