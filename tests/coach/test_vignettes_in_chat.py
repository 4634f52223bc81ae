"""The vignettes of A10 as whole lives in a chat: the facts, the points, the words and the picture agree.

Modules that BR3 leaves closed are never asked, so what a vector says of those stays untold here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from flows.assessment.certainty import Word, dots
from flows.assessment.certainty import words as earned
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Facts, Trial
from flows.assessment.known import known, weighed
from flows.assessment.scored import Scored
from flows.engine.say import Label, Picture, Row
from tests.assessment.vignettes import VIGNETTE, VIGNETTES, Vignette
from tests.coach.given import HOUSE, facts, prompts, said, words
from tests.coach.lives import (
    A_WEEK,
    FIRST_SUNDAY,
    Living,
    after_the_sittings,
    as_comparable,
    asked_of,
    having_lived,
    looks_back,
    rests,
)

RULE = HOUSE.coach.rule
ORDER = tuple(Word)
DAY = timedelta(days=1)
UNTOLD: Mapping[str, Mapping[Explanation, float]] = {"P01": {Explanation.ENV: -5.0}}
"""Points that are others than in A10 as an item is not asked: without e1=0 it is one point more."""

SUPPORTED = {"P05", "P11", "P15", "P21"}
"""Those in whose vector something fair was tried or logged that agrees with the lead."""

each_vignette = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)


@cache
def lived(vignette: Vignette) -> Living:
    """Somebody who has lived through it all and sees the map; only to look at."""
    return having_lived(vignette.facts)


def found_in(chat: Living) -> Scored:
    return weighed(chat.person, RULE)


@each_vignette
def test_what_is_known_after_a_life_is_what_its_vector_says(vignette: Vignette) -> None:
    chat = lived(vignette)

    assert as_comparable(known(chat.person)) == as_comparable(asked_of(chat.person, vignette.facts))


@each_vignette
def test_the_points_are_those_of_the_table(vignette: Vignette) -> None:
    points = found_in(lived(vignette)).points
    expected = {**dict(zip(Explanation, vignette.points, strict=True)), **UNTOLD.get(vignette.name, {})}

    assert points == pytest.approx(expected, abs=0.0501)


@each_vignette
def test_the_verdict_is_that_of_the_vignette(vignette: Vignette) -> None:
    found = found_in(lived(vignette))

    assert found.lead[:1] == (() if vignette.lead is None else (vignette.lead,))
    assert found.lead[1:] + found.layers == vignette.also
    assert found.unclear is (vignette.lead is None)
    assert found.out_flag is (vignette.name == "P17")


@each_vignette
def test_the_headline_names_what_leads_and_what_else_is_in_it(vignette: Vignette) -> None:
    chat = lived(vignette)
    reply, found = chat.replies[-1], found_in(chat)

    if vignette.lead is None:
        assert {"map.unclear", "map.everything_lifts"} & set(prompts(reply))
        assert not [name for name in prompts(reply) if name.startswith(("map.says", "map.joint"))]
    elif len(found.lead) > 1:
        assert facts(reply, "map.joint")["layers"] == layers(vignette.lead, *vignette.also)
    else:
        headline = facts(reply, f"map.says.{earned(found)[found.lead[0]]}")
        assert headline["layer"] == Label("map.layers", vignette.lead)
        assert headline["also"] == layers(*vignette.also)


def test_only_two_that_weigh_alike_are_named_together() -> None:
    joint = [each.name for each in VIGNETTES if "map.joint" in prompts(lived(each).replies[-1])]

    assert joint == ["P03"]


def layers(*names: str) -> tuple[Label, ...]:
    return tuple(Label("map.layers", name) for name in names)


@each_vignette
def test_no_word_is_above_what_its_tier_allows(vignette: Vignette) -> None:
    found = found_in(lived(vignette))

    for explanation, word in earned(found).items():
        highest = found.wording.by_tier[found.tiers[explanation] - 1]
        assert ORDER.index(word) <= ORDER.index(highest)
    well = [explanation for explanation, word in earned(found).items() if word is Word.WELL_SUPPORTED]
    assert well == ([vignette.lead] if vignette.name in SUPPORTED else [])


@each_vignette
def test_well_supported_is_said_only_of_what_happened(vignette: Vignette) -> None:
    text = words(lived(vignette).replies[-1])

    assert ("What happened supports it well" in text) is (vignette.name in SUPPORTED)
    assert "%" not in text


@each_vignette
def test_the_picture_says_what_the_words_say(vignette: Vignette) -> None:
    chat = lived(vignette)
    found, rows = found_in(chat), picture_of(chat).rows
    word = earned(found)

    assert {explanation_of(row) for row in rows} == set(Explanation)
    assert [explanation_of(row) for row in rows if row.leading] == list(found.lead)
    assert [row.leading for row in rows] == sorted((row.leading for row in rows), reverse=True)
    for row in rows:
        explanation = explanation_of(row)
        assert row.word == Label("map.words", word[explanation].value)
        assert row.dots == dots(word[explanation])
        assert bool(row.reasons) is (row.dots > 0)


@each_vignette
def test_the_rows_stand_in_the_order_of_their_points(vignette: Vignette) -> None:
    chat = lived(vignette)
    points = found_in(chat).points
    rows = picture_of(chat).rows

    for leads in (True, False):
        there = [points[explanation_of(row)] for row in rows if row.leading is leads]
        assert there == sorted(there, reverse=True)


@each_vignette
def test_the_lines_below_the_picture_stand_in_its_order(vignette: Vignette) -> None:
    chat = lived(vignette)
    lines = facts(chat.replies[-1], "map.overview")["lines"]

    assert [line.facts["layer"] for line in lines] == [row.name for row in picture_of(chat).rows]
    assert [line.facts["word"] for line in lines] == [row.word for row in picture_of(chat).rows]


def picture_of(chat: Living) -> Picture:
    picture = said(chat.replies[-1], "map.overview").picture
    assert isinstance(picture, Picture)
    return picture


def explanation_of(row: Row) -> Explanation:
    assert isinstance(row.name, Label)
    return Explanation(row.name.code)


@each_vignette
def test_only_the_one_outside_work_is_sent_there(vignette: Vignette) -> None:
    chat = lived(vignette)
    outside = [name for name in prompts(chat.replies[-1]) if name.startswith("map.outside")]

    assert bool(outside) is (vignette.name == "P17")
    assert (picture_of(chat).flag is not None) is (vignette.name == "P17")


def test_a_trial_that_is_ended_before_its_time_is_not_called_over() -> None:
    asked = {name: " ".join(map(words, lived(VIGNETTE[name]).replies)) for name in ("P15", "P23")}

    assert "its time is over" in asked["P15"]
    assert "then it ends here" in asked["P23"]
    assert "its time is over" not in asked["P23"]


def living_with(name: str, more: str = "", *changes: tuple[str, str]) -> tuple[Living, Facts]:
    """Live a vignette with other facts: `changes` in its vector, and more behind it."""
    vector = VIGNETTE[name].vector
    for before, after in changes:
        assert before in vector
        vector = vector.replace(before, after)
    facts = replace(VIGNETTE[name], vector=f"{vector} {more}".strip()).facts
    return having_lived(facts), facts


def learnt(chat: Living) -> list[str]:
    """What was said, in words, when something that happened changed the map."""
    return [words(reply) for reply in chat.replies if "map.learnt" in prompts(reply)]


@each_vignette
def test_as_long_as_the_same_leads_nothing_is_announced(vignette: Vignette) -> None:
    assert learnt(lived(vignette)) == []


@pytest.mark.parametrize(
    ("name", "more", "changes", "points"),
    [
        ("P01", "log=purpose:none@1", (), ("VAL", 3)),
        ("P07", "log=role:none@1", (), None),
        ("P15", "", (("people:sus@1", "people:none@1"),), ("ENV", 3)),
    ],
    ids=["U1", "U3", "U7"],
)
def test_a_lead_that_fails_its_own_fair_trial_steps_down_and_it_is_said(
    name: str, more: str, changes: tuple[tuple[str, str], ...], points: tuple[str, float] | None
) -> None:
    chat, facts = living_with(name, more, *changes)
    found = found_in(chat)
    lead = VIGNETTE[name].lead

    assert known(chat.person).trials == facts.trials
    assert (found.unclear, found.lead) == (True, ())
    assert "own_trial_failed" in found.reasons
    assert points is None or found.points[Explanation(points[0])] == points[1]
    (news,) = learnt(chat)
    assert "so it steps back" in news
    before, after = chat.person.diary.maps[-2:]
    assert (before.lead[:1], after.lead, after.unclear) == ((lead,), (), True)
    assert "map.unclear" in prompts(chat.replies[-1])


def test_u3_fails_for_its_own_trial_alone() -> None:
    chat, _ = living_with("P07", "log=role:none@1")

    assert found_in(chat).reasons == ("own_trial_failed",)


def test_u5_twelve_weeks_of_less_load_that_hold_leave_the_lead_and_support_it() -> None:
    chat, facts = living_with("P23", "", ("load:none@0.5", "load:none@0.5,load:sus@1"))
    found = found_in(chat)

    assert known(chat.person).trials == facts.trials
    assert (found.lead, found.points[Explanation.CAP]) == ((Explanation.CAP,), 9)
    assert "map.says.well_supported" in prompts(chat.replies[-1])
    assert learnt(chat) == []


def test_u9_sleep_returns_and_rest_held_and_it_is_still_a_hint() -> None:
    chat = after_the_sittings(VIGNETTE["P17"].facts)
    chat.commands("change", "O6")
    chat.gives(0)
    chat.commands("change", "O7")
    chat.gives(("no",))
    for number in range(3):
        looks_back(chat, FIRST_SUNDAY + number * A_WEEK, 6)
    eve = FIRST_SUNDAY + 2 * A_WEEK
    rests(chat, eve, [("mid", 5 * DAY, 2), ("day2", 11 * DAY, 2), ("week6", 51 * DAY, 3)])
    chat.commands("map")
    there, found = known(chat.person), found_in(chat)

    assert there.trials == (Trial("rest", "held"),)
    assert found.points[Explanation.CAP] == pytest.approx(3.9, abs=0.0501)
    assert earned(found)[Explanation.CAP] is Word.HINT
    assert (found.unclear, found.out_flag) == (True, False)
    assert not [name for name in prompts(chat.replies[-1]) if name.startswith("map.outside")]
    assert picture_of(chat).flag is None
    assert learnt(chat) == []
