"""What was tried counts by its dose, its company and its timing (A7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.rulebook import rulebook
from flows.assessment.codes import TRIAL_KINDS
from flows.assessment.evidence import EnergyLog, Facts, Trial, score
from flows.assessment.explanations import Block, Explanation
from flows.assessment.notation import parse_vector

CAP, ENV, VAL, IDN, IRR = Explanation
PURPOSE = Trial("purpose", "held")


def logged(*trials: Trial) -> Mapping[Explanation, float]:
    return block_of(Facts(trials=trials), Block.TRIALS)


def block_of(facts: Facts, block: Block) -> Mapping[Explanation, float]:
    return {explanation: of[block] for explanation, of in score(facts, rulebook()).blocks.items()}


@pytest.mark.parametrize(
    ("trial", "weight"),
    [
        (PURPOSE, 1.0),
        (replace(PURPOSE, dose=0.9), 0.5),
        (replace(PURPOSE, dose=0.25), 0.5),
        (replace(PURPOSE, dose=0.2), 0.0),
        (replace(PURPOSE, two_at_once=True), 0.5),
        (replace(PURPOSE, short_baseline=True), 0.5),
        (replace(PURPOSE, two_at_once=True, dose=0.5), 0.25),
        (replace(PURPOSE, life_event=True), 0.0),
    ],
    ids=repr,
)
def test_a_trial_counts_as_much_as_it_was_done_alone_and_in_full(trial: Trial, weight: float) -> None:
    capped = 3 if weight < 1 else 6  # the block grows with full-dose trials

    assert logged(trial)[VAL] == min(5 * weight, capped)


def test_the_block_of_trials_grows_with_each_full_one_and_not_for_ever() -> None:
    most = [logged(*[PURPOSE] * count)[VAL] for count in (1, 2, 3, 4, 9)]

    assert most == [5, 9, 11, 11, 11]


def test_forecasts_fade_with_each_full_trial_down_to_a_floor() -> None:
    answers = {"CF0": 10, "CF5": 2, "CF1": 9}
    skill = Trial("skill", "temp")

    faded = [block_of(Facts(answers, (skill,) * n), Block.FORECASTS)[IDN] for n in range(6)]

    assert faded == pytest.approx([6 * weight for weight in (1, 0.85, 0.7, 0.55, 0.4, 0.4)])


def test_the_questionnaire_gives_way_to_facts() -> None:
    sure = parse_vector("O4=daily V1=4 V2=4 V3=4 v2=some v3=direct v4=3 CF0=7 CF1=7 CF2=1 CF8=else").answers
    support = Trial("support", "temp")  # a row that says nothing when it came back

    points = [score(Facts(sure, (support,) * n), rulebook()).points[VAL] for n in range(5)]

    assert points == [10, 7, 5, 4, 4]


@pytest.mark.parametrize(
    ("load", "capacity", "purpose"), [("heavy", 0, 0), ("ord", -3, 2), ("light", -3, 2), (None, 0, 0)]
)
def test_rest_that_wore_off_tells_apart_only_on_an_ordinary_or_lighter_load(
    load: str | None, capacity: float, purpose: float
) -> None:
    found = logged(Trial("rest", "temp", load=load))

    assert (found[CAP], found[VAL], found[IRR]) == (capacity, purpose, -1)


@pytest.mark.parametrize(
    ("vector", "capacity", "purpose"),
    [
        ("R3=2w R4=heavy", 0, 0),
        ("R3=2w R4=ord", -3, 2),
        ("R3=days R4=light", -3, 2),
        ("R3=2w", 0, 0),
        ("R3=2-6w R4=heavy", 1, 0),
        ("R3=2-6w R4=ord", 0, 1),
        ("R3=2-6w", 0, 0),
        ("R3=6w+", 2, -2),
        ("R3=notback R4=heavy", 2, -2),
        ("R3=never", -1, 0),
        ("R3=nobreak", 0, 0),
    ],
)
def test_the_longest_break_says_what_its_load_on_return_allows(
    vector: str, capacity: float, purpose: float
) -> None:
    found = block_of(parse_vector(vector), Block.HISTORY)

    assert (found[CAP], found[VAL]) == (capacity, purpose)


def test_heaviness_that_never_left_on_a_break_raises_the_flag() -> None:
    assert score(parse_vector("R3=never"), rulebook()).out_flag
    assert not score(parse_vector("R3=nobreak"), rulebook()).out_flag


def test_less_load_that_left_it_heavy_says_less() -> None:
    light, heavy = logged(Trial("load", "held")), logged(Trial("load", "held", still_heavy=True))

    assert (light[CAP], light[VAL]) == (4, -3)
    assert (heavy[CAP], heavy[VAL]) == (3, -1)


def test_memory_counts_half_and_is_history() -> None:
    found = Facts(tried=(Trial("pay", "none"),))

    assert block_of(found, Block.HISTORY)[IDN] == 1
    assert block_of(found, Block.TRIALS)[IDN] == 0


def test_worse_says_what_none_says() -> None:
    assert logged(Trial("role", "worse")) == logged(Trial("role", "none"))


@pytest.mark.parametrize(
    ("log", "failed"),
    [
        ("role:none@1", True),
        ("role:none@0.5", False),
        ("role:none@1,newrole:sus@1", False),
        ("purpose:none@1", False),
    ],
)
def test_a_lead_fails_only_a_full_trial_of_its_own_while_no_other_held(log: str, failed: bool) -> None:
    role = "O2=6 D1=4 D2=4 D4=4 d1=0 d4=other CF0=8 CF1=8 CF2=8 CF4=8 CF5=2 CF8=craft"

    found = score(parse_vector(f"{role} log={log}"), rulebook())

    assert ("own_trial_failed" in found.reasons) is failed
    assert found.lead == (() if failed else (IDN,))


@pytest.mark.parametrize("kind", TRIAL_KINDS)
def test_the_own_trial_of_an_explanation_speaks_for_it_when_it_held(kind: str) -> None:
    row = rulebook().kinds[kind]

    if row.own is not None:
        assert row.says["held"][row.own] > 0
        assert row.says["none"][row.own] < 0


def test_patterns_of_the_energy_log_count_as_far_as_it_covers() -> None:
    half, more = EnergyLog("a", 0.5), EnergyLog("ad", 7.0)

    assert block_of(Facts(energy=half), Block.ENERGY)[IDN] == 1.5
    assert block_of(Facts(energy=more), Block.ENERGY)[VAL] == 3


def test_evidence_names_where_it_comes_from() -> None:
    found = score(parse_vector("K2=4 CF0=8 CF1=1 R3=6w+ log=load:sus@1 tried=pay:none energy=b"), rulebook())

    assert {one.item for one in found.evidence if one.explanation is CAP} == {
        "K2", "CF1", "R3", "log:load", "energy:b",
    }  # fmt: skip
    assert {one.item for one in found.evidence if one.explanation is IDN} >= {"tried:pay"}
