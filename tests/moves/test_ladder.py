"""Which moves fit which map, and that there are words for every one of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from bot.rendering import WORDS_A_BUBBLE
from flows.assessment.explanations import Explanation
from flows.commands import COMMANDS
from flows.diary import Outcome, PlannedTrial
from flows.engine.answers import Value
from flows.engine.say import Say
from flows.longitudinal.trial_flows import KINDS
from flows.longitudinal.trials import OWN
from flows.moves.ladder import APART, BY_ID, GROUND, MOVES, SMALL, WITH_HARM, Move, ladder, suits
from tests.coach.given import HOUSE
from tests.moves.mapped import of, reading, with_kept

LOCALES = sorted(HOUSE.voices)
PARTS = ("what", "cost", "undo", "sign", "stop")
SITUATIONS = ("employed", "self", "leave", "between", "student", "carer")

each_move = pytest.mark.parametrize("move", MOVES, ids=lambda move: move.id)


def fitting(vignette: str, situation: str = "employed", /, **answers: Value) -> list[str]:
    return [move.id for move in ladder(reading(of(vignette, situation, **answers)))]


@pytest.mark.parametrize(
    ("vignette", "first", "lead"),
    [
        ("P01", "val_sentence", "VAL"),
        ("P07", "idn_log", "IDN"),
        ("P13", "irr_thanks", "IRR"),
        ("P15", "env_notes", "ENV"),
        ("P11", "cap_pacing", "CAP"),
    ],
)
def test_what_leads_decides_which_moves_fit(vignette: str, first: str, lead: str) -> None:
    found = fitting(vignette, O2=7 if lead != "IRR" else 4)

    assert found[0] == first
    assert {BY_ID[each].explanation for each in found} >= {Explanation(lead)}


@pytest.mark.parametrize("explanation", Explanation)
def test_the_moves_of_an_explanation_grow(explanation: Explanation) -> None:
    sizes = [move.size for move in MOVES if move.explanation is explanation]

    assert sizes == sorted(sizes)
    assert sizes[0] == 1


def test_of_a_layer_beside_the_lead_only_small_moves_are_offered_and_they_come_last() -> None:
    there = reading(of("P09", K3=4))
    found = ladder(there)
    beside = [move for move in found if move.explanation not in there.named]

    assert there.named == (Explanation.IDN,)
    assert beside
    assert {move.explanation for move in beside[1:]} == {Explanation.CAP}
    assert all(move.size <= SMALL for move in beside)


def test_a_very_heavy_day_is_cared_for_first_whatever_leads() -> None:
    heavy = fitting("P01", O2=9)

    assert heavy[0] == GROUND
    assert heavy[1] == "val_sentence"


def test_with_harm_nothing_asks_to_stay_longer() -> None:
    found = fitting("P15", e1=("harm",))

    assert tuple(found) == WITH_HARM
    assert "trial" not in {BY_ID[each].way for each in found}


def test_on_leave_there_is_nothing_at_work() -> None:
    assert fitting("P01", "leave") == []


def test_what_would_tell_apart_is_offered_where_it_is_not_clear() -> None:
    chat = of("P19")
    there = reading(chat)
    two = "_".join(each for each in Explanation if each in there.pair)

    assert not there.named
    found = [move.id for move in ladder(there) if move.id != GROUND]
    assert found == [each for each in APART[two] if each != GROUND]


def test_an_explanation_that_was_set_aside_counts_as_not_clear() -> None:
    chat = with_kept(of("P01"), parked=True)

    found = [move.id for move in ladder(reading(chat))]

    assert "val_sentence" not in found
    assert set(found) <= {move for pair, moves in APART.items() if "VAL" in pair for move in moves}


def test_where_life_outside_work_comes_first_nothing_is_changed_at_work() -> None:
    assert fitting("P17") == ["cap_days_off", "cap_break"]


def test_every_two_explanations_have_something_that_tells_them_apart() -> None:
    pairs = {f"{one}_{other}" for one, other in combinations(Explanation, 2)}

    assert set(APART) == pairs
    for pair, moves in APART.items():
        tested = {BY_ID[move].explanation for move in moves}
        assert tested <= {*map(Explanation, pair.split("_"))}, pair


@each_move
def test_a_move_leads_to_something_that_exists(move: Move) -> None:
    known = {"trial": set(KINDS), "command": set(COMMANDS), "words": {""}, "tap": {""}}

    assert move.leads_to in known[move.way]


def test_the_own_trial_of_every_explanation_is_on_its_ladder() -> None:
    for explanation, kind in OWN.items():
        assert kind in {move.leads_to for move in MOVES if move.explanation is explanation}


def test_without_a_job_only_what_needs_no_workplace_is_offered() -> None:
    assert {move.id for move in MOVES if suits(move, "between")} & {
        "val_mix",
        "cap_talk",
        "env_line",
    } == set()
    assert fitting("P07", "between")[0] == "idn_log"


@each_move
@pytest.mark.parametrize("locale", LOCALES)
def test_a_move_can_be_read_in_one_go(move: Move, locale: str) -> None:
    for situation in SITUATIONS:
        voice = HOUSE.voices[locale].to(situation)
        parts = {part: str(voice.text(Say(f"ladder.{move.id}.{part}"))) for part in PARTS}
        assert words_in(parts["what"]) <= WORDS_A_BUBBLE * 2 // 3
        assert all(words_in(parts[part]) <= 20 for part in PARTS[1:])
        assert all(text.endswith(".") for text in parts.values())


@each_move
@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_done_on_the_spot_has_its_words(move: Move, locale: str) -> None:
    templates = HOUSE.voices[locale].catalogue.templates

    assert (f"ladder.{move.id}.kept" in templates) == (move.way in ("words", "tap"))
    assert (f"ladder.{move.id}.now" in templates) == (move.way == "words")
    assert str(move.weeks) in HOUSE.voices[locale].catalogue.labels["ladder.weeks"]


def test_every_name_belongs_to_a_move() -> None:
    for locale in LOCALES:
        assert set(HOUSE.voices[locale].catalogue.labels["ladder.names"]) == set(BY_ID)


def words_in(text: str) -> int:
    return len(re.sub(r"<[^>]+>", "", text).split())


@pytest.mark.parametrize(
    ("outcome", "offered"), [("none", False), ("temp", False), ("held", True), ("", True)]
)
def test_a_move_that_came_to_nothing_is_not_offered_a_second_time(outcome: Outcome, offered: bool) -> None:
    start = date(2026, 1, 5)
    tried = PlannedTrial(1, "purpose", start, start + timedelta(weeks=4), move="val_mix", outcome=outcome)
    chat = with_kept(of("P01"), trials=(replace(tried, ended=tried.ends, recalled=True),))

    assert ("val_mix" in [move.id for move in ladder(reading(chat))]) is offered
