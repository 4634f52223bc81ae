"""Every check of assessment A6, one row each: answers that pull apart, and the same with one changed."""

from __future__ import annotations

import pytest

from bot.rulebook import rulebook
from flows.assessment.contradictions import CHECKS
from flows.assessment.evidence import Scored, score
from flows.assessment.explanations import Block, Explanation
from flows.assessment.notation import parse_vector

PULLING_APART = (
    ("X2", "V1=3 D1=3", "V1=3 D1=2", ("V1", "D1")),
    ("X3", "CF0=8 CF2=2 CF5=2", "CF0=8 CF2=2 CF5=2 F1=tasks", ("CF2", "CF5")),
    ("X4", "CF0=8 CF1=4 log=load:none@1", "CF0=8 CF1=4 log=load:none@0.5", ("CF1", "log:load")),
    ("X5", "K3=3 R3=2w R4=ord", "K3=3 R3=2w R4=heavy", ("K3", "R3")),
    ("X6", "K2=3 c1=0", "K2=3 c1=1", ("K2", "c1")),
    ("X7", "I3=3 E2=4", "I3=3 E2=2", ("I3", "E2")),
    ("X8", "O2=7 K1=1 V1=0", "O2=7 K1=1 V1=2", ("O2", "K1")),
    ("X11", "CF0=8 CF2=2 v2=none", "CF0=8 CF2=2 CF3=2 v2=none", ("CF2", "v2")),
    ("X12", "CF0=8 CF6=3 v5=other", "CF0=8 CF6=4 v5=other", ("v5", "CF6")),
    (
        "X13",
        "K1=3 K2=3 K3=3 K4=3 E1=3 E2=3 E3=3 E4=3",
        "K1=3 K2=3 K3=3 K4=3 E1=3 E2=3 E3=3 E4=2",
        ("K1", "E4"),
    ),
    ("X15", "e1=3 O5=e", "e1=2 O5=e", ("e1", "O5")),
)


def scored(vector: str) -> Scored:
    return score(parse_vector(vector), rulebook())


@pytest.mark.parametrize(("code", "apart", "together", "items"), PULLING_APART, ids=lambda row: str(row)[:4])
def test_answers_that_pull_apart_are_found_and_quoted(
    code: str, apart: str, together: str, items: tuple[str, str]
) -> None:
    found = {one.code: one.items for one in scored(apart).contradictions}

    assert found[code] == items
    assert code not in {one.code for one in scored(together).contradictions}


def test_every_check_has_its_row() -> None:
    assert [row[0] for row in PULLING_APART] == [check.code for check in CHECKS]


def test_two_open_contradictions_make_a_clear_result_unclear_and_one_answered_does_not() -> None:
    capacity = "O2=7 K1=4 K2=4 K3=4 c1=0 c4=2 c5=low V1=3 D1=3 CF0=8 CF1=2 CF2=7 CF4=7 CF5=7"

    assert scored(capacity).reasons == ("contradictions",)
    assert scored(f"{capacity} X6=resolved").lead == (Explanation.CAP,)


def test_what_only_prompts_does_not_count() -> None:
    counting = {check.code for check in CHECKS if check.counts}

    assert counting == {"X2", "X3", "X4", "X5", "X6", "X7", "X8", "X11"}


def test_heavy_days_without_any_sign_are_unclear() -> None:
    assert "X8" in scored("O2=8 K1=1 K2=0 V1=1").reasons


def test_a_wish_that_a_logged_load_cut_refuted_counts_a_quarter() -> None:
    before, after = scored("CF0=8 CF1=4"), scored("CF0=8 CF1=4 log=load:none@1")

    assert before.blocks[Explanation.CAP][Block.FORECASTS] == 2
    assert after.blocks[Explanation.CAP][Block.FORECASTS] == pytest.approx(2 * 0.25 * 0.85)


def test_another_purpose_counts_half_when_nothing_can_be_pointed_to() -> None:
    found = scored("CF0=8 CF2=4 CF8=else v2=none")

    assert found.blocks[Explanation.VAL][Block.FORECASTS] == (2 + 3) * 0.5


def test_harm_is_never_treated_as_irritation() -> None:
    irritated = "O2=3 I1=4 I2=4 i1=small i2=month CF0=5 CF7=1 CF1=4 CF2=4 CF4=4 CF5=4 CF8=stay"

    assert scored(f"{irritated} O5=e").lead == (Explanation.IRR,)
    assert Explanation.IRR not in scored(f"{irritated} O5=e e1=3").picture


def test_when_no_scenario_lifts_the_battery_counts_half_and_the_flag_is_up() -> None:
    found = scored("CF0=8 CF1=8 CF2=7 CF4=8 CF5=7 CF8=rest")

    assert found.reasons[-1] == "flat_low"
    assert found.out_flag
    assert found.blocks[Explanation.CAP][Block.FORECASTS] == (-4 + 2) / 2


def test_when_every_scenario_lifts_alike_the_battery_counts_half() -> None:
    found = scored("CF0=10 CF1=2 CF2=2 CF4=2 CF5=3")

    assert "flat_high" in found.reasons
    assert found.blocks[Explanation.CAP][Block.FORECASTS] == 2


def test_a_trial_of_weight_decides_where_everything_lifts() -> None:
    lifts = "V1=4 V3=4 CF0=10 CF1=2 CF2=2 CF4=2 CF5=3 F1=purpose"

    assert scored(lifts).reasons == ("flat_high",)
    assert scored(f"{lifts} log=purpose:sus@1").lead == (Explanation.VAL,)
