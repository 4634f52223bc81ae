"""Whole lives as they are written down: what is known at their end is what the vectors say."""

from __future__ import annotations

import asyncio

import pytest

from flows.assessment.certainty import words
from flows.assessment.evidence import score
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Facts
from flows.assessment.known import known
from flows.assessment.notation import parse_vector
from flows.assessment.overview import line
from flows.person import Person
from tests.assessment.vignettes import VIGNETTE, VIGNETTES
from tests.coach.given import HOUSE
from tests.coach.lives import as_comparable, asked_of
from tests.transcripts.lives import file_of
from tests.transcripts.people import PEOPLE, Speaker
from tests.transcripts.playing import FOLDER, replayed
from tests.transcripts.talking import person_behind
from tests.transcripts.twelve_weeks import HAPPENED, SKETCH, TWELVE_WEEKS

each_person = pytest.mark.parametrize("speaker", PEOPLE, ids=lambda speaker: speaker.vignette)


def at_the_end_of(written: str, database: str) -> Person:
    asyncio.run(replayed(written, database))
    return asyncio.run(person_behind(database))


def test_every_vignette_has_somebody_who_talks() -> None:
    assert [speaker.vignette for speaker in PEOPLE] == [vignette.name for vignette in VIGNETTES]


@each_person
def test_what_somebody_typed_comes_to_the_facts_of_their_vector(speaker: Speaker, sqlite_url: str) -> None:
    person = at_the_end_of(file_of(speaker).read_text("utf-8"), sqlite_url)

    expected = asked_of(person, VIGNETTE[speaker.vignette].facts)
    assert as_comparable(known(person)) == as_comparable(expected)


@pytest.fixture(name="twelve_weeks")
def read_twelve_weeks() -> str:
    return (FOLDER / f"{TWELVE_WEEKS}.txt").read_text("utf-8")


def what_happened() -> Facts:
    facts = parse_vector(HAPPENED)
    asked = {item: value for item, value in SKETCH.items() if item != "O1"}
    return Facts(asked, facts.trials, facts.tried, facts.energy)


def test_twelve_weeks_come_to_a_log_two_trials_and_a_holiday(twelve_weeks: str, sqlite_url: str) -> None:
    person = at_the_end_of(twelve_weeks, sqlite_url)

    assert known(person) == what_happened()
    assert (person.diary.weeks[-1].monday - person.diary.weeks[0].monday).days == 11 * 7


def test_the_map_after_twelve_weeks_is_the_one_of_the_rule(twelve_weeks: str) -> None:
    found = score(what_happened(), HOUSE.coach.rule)

    assert (found.lead, found.unclear) == ((Explanation.VAL,), False)
    last = twelve_weeks[twelve_weeks.rindex("me> /map") :]
    assert sorted(lines_of_a_map(last)) == sorted(
        HOUSE.voices["en"].bubble(line(explanation, word)).html for explanation, word in words(found).items()
    )
    assert "most of the weight comes from what the work is for" in " ".join(last.split())


def lines_of_a_map(text: str) -> list[str]:
    """The five of a map in words."""
    lines = (each.removeprefix("bot>").strip() for each in text.splitlines())
    return [each for each in lines if each.startswith(("\u25cf", "\u25cb"))]


def test_somebody_silent_for_three_weeks_hears_of_it_once_and_is_met_where_they_were(
    twelve_weeks: str,
) -> None:
    silence = twelve_weeks[twelve_weeks.index("clock> 2026-05-18") : twelve_weeks.index("me> I'm back")]

    assert silence.count("bot>") == 3
    assert silence.rstrip().endswith("I'll be quiet now. When you want me, write anything.")
