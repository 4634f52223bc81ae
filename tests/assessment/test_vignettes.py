"""The golden tests of assessment A10: personas, and what happens to their maps when facts arrive."""

from __future__ import annotations

import pytest

from bot.rulebook import rulebook
from flows.assessment.certainty import Word, words
from flows.assessment.evidence import Scored, score
from flows.assessment.explanations import Explanation
from flows.assessment.notation import parse_vector
from tests.assessment.vignettes import VIGNETTE, VIGNETTES, Vignette

CAP, ENV, VAL, IDN, IRR = Explanation
each_vignette = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)


def scored(vector: str) -> Scored:
    return score(parse_vector(vector), rulebook())


def of(name: str) -> str:
    return VIGNETTE[name].vector


@each_vignette
def test_a_vignette_has_its_points_to_a_tenth(vignette: Vignette) -> None:
    points = score(vignette.facts, rulebook()).points

    assert list(points) == list(Explanation)
    assert list(points.values()) == pytest.approx(vignette.points, abs=0.0501)


@each_vignette
def test_a_vignette_has_its_lead_and_what_else_is_in_the_picture(vignette: Vignette) -> None:
    found = score(vignette.facts, rulebook())

    assert found.lead[:1] == (() if vignette.lead is None else (vignette.lead,))
    assert found.lead[1:] + found.layers == vignette.also
    assert found.unclear is (vignette.lead is None)


def test_layers_as_strong_as_the_lead_are_joint_leads_and_others_are_secondary() -> None:
    near, far = scored(of("P03")), scored(of("P09"))

    assert (near.lead, near.layers) == ((VAL, ENV), ())
    assert (far.lead, far.layers) == ((IDN,), (CAP,))


def test_a_newborn_at_home_raises_the_flag_and_no_lead() -> None:
    found = scored(of("P17"))

    assert (found.unclear, found.out_flag) == (True, True)


def test_when_everything_lifts_that_is_why_it_is_not_clear() -> None:
    assert "flat_high" in scored(of("P19")).reasons


@each_vignette
def test_only_the_one_outside_work_raises_the_flag(vignette: Vignette) -> None:
    assert score(vignette.facts, rulebook()).out_flag is (vignette.name == "P17")


def test_u1_a_purpose_change_without_effect_takes_the_lead_from_purpose() -> None:
    found = scored(of("P01") + " log=purpose:none@1")

    assert found.points[VAL] == 3
    assert found.unclear
    assert "own_trial_failed" in found.reasons


def test_u3_more_hands_on_work_without_effect_fails_its_own_trial() -> None:
    found = scored(of("P07") + " log=role:none@1")

    assert found.unclear
    assert found.reasons == ("own_trial_failed",)


def test_u5_a_twelve_week_load_cut_that_held_confirms_capacity() -> None:
    found = scored(of("P23").replace("load:none@0.5", "load:none@0.5,load:sus@1"))

    assert found.lead == (CAP,)
    assert found.points[CAP] == 9


def test_u7_a_new_manager_without_effect_takes_the_lead_from_the_environment() -> None:
    found = scored(of("P15").replace("people:sus@1", "people:none@1"))

    assert found.points[ENV] == 3
    assert found.unclear


def test_u9_sleep_returns_and_rest_held_and_it_is_still_a_hint() -> None:
    found = scored(of("P17").replace("O6=3 O7=1", "O6=0 O7=none") + " log=rest:sus@1")

    assert found.points[CAP] == pytest.approx(3.9, abs=0.0501)
    assert not found.out_flag
    assert words(found)[CAP] is Word.HINT
