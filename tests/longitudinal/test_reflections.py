"""The question of the week fits the person, does not come back for ten weeks, and is always the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering import Voice
from flows.diary import Answered, Diary, DrawnMap, PlannedTrial, Week
from flows.engine.say import Say
from flows.longitudinal.reflection_set import LAYERS, PROMPTS, Prompt
from flows.longitudinal.reflections import (
    BESIDE_HARM,
    LATELY,
    REST,
    WITHOUT_WORK,
    Circumstances,
    chosen,
    circumstances,
    weight,
)
from flows.person import Person
from tests.coach.given import HOUSE

MONDAY = date(2026, 3, 2)
A_WEEK = timedelta(weeks=1)
BY_NAME = {prompt.name: prompt for prompt in PROMPTS}
KINDS = ("load", "support", "pay", "skill", "people", "fix", "purpose", "role", "employer", "newrole")


def drawn(*lead: str, points: dict[str, float] | None = None, **answers: Answered) -> DrawnMap:
    at = datetime(2026, 2, 1, tzinfo=UTC)
    return DrawnMap(at, "1", 1, points or dict.fromkeys(LAYERS, 0.0), {}, lead=lead, answers=answers)


def week(monday: date, prompt: str = "", changes: tuple[str, ...] = ()) -> Week:
    return Week(monday, datetime(2026, 3, 1, tzinfo=UTC), workday=5, prompt=prompt, changes=changes)


def trial(kind: str) -> PlannedTrial:
    return PlannedTrial(1, kind, MONDAY, MONDAY + 4 * A_WEEK)


def somebody(seed: int = 7, situation: str = "employed", **diary: Any) -> Person:
    return Person(seed=seed, situation=situation, diary=replace(Diary(), **diary))


def lived_through(person: Person, weeks: int) -> list[str]:
    """The questions of so many weeks in a row, each of them answered."""
    for number in range(weeks):
        monday = MONDAY + number * A_WEEK
        kept = (*person.diary.weeks, week(monday, chosen(person, monday)))
        person = replace(person, diary=replace(person.diary, weeks=kept))
    return [each.prompt for each in person.diary.weeks]


people = st.builds(
    lambda seed, situation, lead, harm, stage, kind, changes: somebody(
        seed,
        situation,
        maps=(drawn(*lead, e1="3" if harm else "0", v4=stage),),
        trials=(trial(kind),) if kind else (),
        weeks=(week(MONDAY - A_WEEK, "", changes),),
    ),
    st.integers(0, 2**63),
    st.sampled_from(["", "employed", "self", *sorted(WITHOUT_WORK)]),
    st.lists(st.sampled_from(LAYERS), max_size=2, unique=True),
    st.booleans(),
    st.sampled_from(["", "1", "2", "3", "4", "5"]),
    st.sampled_from(["", "rest", *KINDS]),
    st.sets(st.sampled_from(["holiday", "illness", "more", "less", "other"])).map(tuple),
)


def test_there_are_more_than_seventy_and_each_name_once() -> None:
    assert len(PROMPTS) >= 72
    assert len(BY_NAME) == len(PROMPTS)


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_every_question_has_words_and_every_word_a_question(locale: str) -> None:
    written = {
        name.removeprefix("reflections.")
        for name in HOUSE.voices[locale].catalogue.templates
        if name.startswith("reflections.")
    }

    assert written == set(BY_NAME)


def asked(voice: Voice, prompt: Prompt) -> str:
    return voice.bubble(Say(f"reflections.{prompt.name}")).html


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_each_is_one_short_question_unlike_all_others(locale: str) -> None:
    said = [asked(HOUSE.voices[locale], prompt) for prompt in PROMPTS]

    assert len(set(said)) == len(said)
    for words in said:
        assert words.count("?") == 1, words
        assert words.endswith("?"), words
        assert len(words.split()) <= 22, words
        assert ";" not in words, words


@given(people)
@settings(max_examples=60, deadline=None)
def test_nothing_comes_back_within_ten_weeks_and_something_always_comes(person: Person) -> None:
    met = lived_through(person, 24)[1:]

    for place, name in enumerate(met):
        assert name in BY_NAME
        assert name not in met[max(place - 10, 0) : place]


@given(people)
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_fits_the_person_and_is_always_the_same(person: Person) -> None:
    name = chosen(person, MONDAY)

    assert weight(BY_NAME[name], circumstances(person, MONDAY)) > 0
    assert chosen(person, MONDAY) == name


@given(people)
@settings(max_examples=60, deadline=None)
def test_two_weeks_in_a_row_are_not_for_the_same_thing(person: Person) -> None:
    met = lived_through(person, 8)[1:]

    gives = [BY_NAME[name].gives for name in met]

    assert all(one != other for one, other in pairwise(gives))


@given(st.integers(0, 2**63), st.sampled_from(sorted(WITHOUT_WORK)))
@settings(max_examples=30, deadline=None)
def test_without_a_workplace_nothing_is_asked_about_one(seed: int, situation: str) -> None:
    person = somebody(seed, situation, maps=(drawn("ENV", e1="0"),))

    assert all(BY_NAME[name].anywhere for name in lived_through(person, 12))


@given(st.integers(0, 2**63))
@settings(max_examples=30, deadline=None)
def test_after_harm_nothing_talks_it_down(seed: int) -> None:
    person = somebody(seed, maps=(drawn("ENV", "IRR", e1="3"),), trials=(trial("people"),))

    met = [BY_NAME[name] for name in lived_through(person, 12)]

    assert not {prompt.gives for prompt in met} & BESIDE_HARM
    assert not any("IRR" in prompt.layers for prompt in met)


def test_nothing_is_tried_and_asked_about_on_sick_leave() -> None:
    person = somebody(situation="leave", trials=(trial("load"),))

    assert circumstances(person, MONDAY).trial == ""


def test_people_are_spread_over_the_set() -> None:
    first = {chosen(somebody(seed), MONDAY) for seed in range(200)}

    assert first == {prompt.name for prompt in PROMPTS if prompt.is_for_anybody}


def test_what_is_about_them_comes_more_often_than_what_is_for_anybody() -> None:
    person = somebody(maps=(drawn("VAL", points={"VAL": 6.0, "IDN": 2.0}),))

    met = [chosen(replace(person, seed=seed), MONDAY) for seed in range(400)]
    about_the_lead = sum("VAL" in BY_NAME[name].layers for name in met)
    rival = sum("IDN" in BY_NAME[name].layers and "VAL" not in BY_NAME[name].layers for name in met)

    assert about_the_lead > 400 * 0.25
    assert rival > 400 * 0.15
    assert not any(BY_NAME[name].layers and not BY_NAME[name].layers & {"VAL", "IDN"} for name in met)


@pytest.mark.parametrize(
    ("there", "name", "expected"),
    [
        (Circumstances(), "surprise", 1),
        (Circumstances(), "lights_out", 0),
        (Circumstances(lead=frozenset({"CAP"})), "lights_out", 3),
        (Circumstances(rivals=frozenset({"CAP"})), "lights_out", 2),
        (Circumstances(lead=frozenset({"CAP"})), "end_of_day", 3),
        (Circumstances(lead=frozenset({"CAP"}), works=False), "end_of_day", 0),
        (Circumstances(lead=frozenset({"VAL"}), rivals=frozenset({"ENV"})), "what_became_of_it", 3),
        (Circumstances(trial="load"), "free_time", 4),
        (Circumstances(trial="pay"), "free_time", 0),
        (Circumstances(trial="pay"), "in_the_way", 4),
        (Circumstances(trial="pay", harmed=True), "something_else", 0),
        (Circumstances(stage="5"), "held_out", 3),
        (Circumstances(stage="4"), "held_out", 0),
        (Circumstances(changes=frozenset({"more"})), "gave_way", 4),
        (Circumstances(changes=frozenset({"less"})), "gave_way", 0),
        (Circumstances(harmed=True), "does_not_fit", 0),
        (Circumstances(harmed=True, lead=frozenset({"ENV"})), "to_prove", 3),
    ],
)
def test_how_well_a_question_fits(there: Circumstances, name: str, expected: int) -> None:
    assert weight(BY_NAME[name], there) == expected


def test_the_rival_is_what_the_lead_is_most_easily_taken_for() -> None:
    points = {"VAL": 6.0, "IDN": 1.0, "ENV": 3.0, "CAP": 2.0, "IRR": 5.0}
    person = somebody(maps=(drawn("VAL", points=points),))

    assert circumstances(person, MONDAY).rivals == {"ENV"}


def test_without_a_lead_the_two_strongest_are_asked_about() -> None:
    points = {"VAL": 2.0, "IDN": 1.0, "ENV": 3.0, "CAP": -2.0, "IRR": -5.0}
    person = somebody(maps=(drawn(points=points),))

    assert circumstances(person, MONDAY).rivals == {"ENV", "VAL"}


def test_a_parked_explanation_is_not_asked_about() -> None:
    person = somebody(maps=(drawn("VAL"),), parked=True)

    assert not circumstances(person, MONDAY).lead
    assert not circumstances(person, MONDAY).rivals


@pytest.mark.parametrize(("back", "asked_about"), [(A_WEEK, True), (LATELY, True), (LATELY + A_WEEK, False)])
def test_changes_are_asked_about_while_they_are_fresh(back: timedelta, asked_about: bool) -> None:
    person = somebody(weeks=(week(MONDAY - back, "", ("holiday",)),))

    assert bool(circumstances(person, MONDAY).changes) == asked_about


def test_a_question_may_come_back_after_its_ten_weeks() -> None:
    names = [prompt.name for prompt in PROMPTS if prompt.is_for_anybody]
    last = names[-1]
    others = tuple(week(MONDAY - (place + 1) * A_WEEK, name) for place, name in enumerate(names[:10]))
    rested = week(MONDAY - REST - A_WEEK, last)

    seen = {chosen(somebody(seed, weeks=(rested, *reversed(others))), MONDAY) for seed in range(300)}

    assert last in seen
    assert not seen & set(names[:10])
