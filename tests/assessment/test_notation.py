"""Answer vectors in the notation of assessment A10."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment.evidence import EnergyLog, Trial
from flows.assessment.notation import VectorError, parse_vector


def test_answers_are_numbers_on_scales_and_codes_of_choices() -> None:
    found = parse_vector("O2=7 O3=6-24 K1=3 c1=2 R3=6w+")

    assert dict(found.answers) == {"O2": 7, "O3": "6-24", "K1": 3, "c1": "2", "R3": "6w+"}


@pytest.mark.parametrize(
    ("text", "trial"),
    [
        ("load:sus@1", Trial("load", "held", 1.0)),
        ("purpose:tmp@0.5", Trial("purpose", "temp", 0.5)),
        ("pay:none", Trial("pay", "none", 1.0)),
        ("boundaries:sus@1", Trial("load", "held", 1.0)),
        ("rest:tmp:ord@1", Trial("rest", "temp", 1.0, load="ord")),
        ("load:sus:still_heavy@1", Trial("load", "held", 1.0, still_heavy=True)),
    ],
)
def test_a_trial_is_kind_outcome_and_dose(text: str, trial: Trial) -> None:
    assert parse_vector(f"log={text}").trials == (trial,)
    assert parse_vector(f"tried={text}").tried == (trial,)


def test_several_trials_keep_their_order() -> None:
    found = parse_vector("log=role:sus@1,purpose:none@1").trials

    assert [trial.kind for trial in found] == ["role", "purpose"]


def test_rest_without_its_own_load_takes_that_of_the_break() -> None:
    found = parse_vector("log=rest:tmp@1,rest:tmp:heavy@1 R4=ord").trials

    assert [trial.load for trial in found] == ["ord", "heavy"]


def test_an_energy_log_has_patterns_and_coverage() -> None:
    assert parse_vector("energy=ad cov=0.5").energy == EnergyLog("ad", 0.5)
    assert parse_vector("O2=3").energy is None


def test_resolved_contradictions_are_remembered() -> None:
    assert parse_vector("X2=resolved X6=resolved").resolved == {"X2", "X6"}


@pytest.mark.parametrize(
    ("vector", "complaint"),
    [
        ("O2", "O2: is not key=value; write one, such as O2=7"),
        ("O2=", "O2=: is not key=value"),
        ("O2=7 O2=7", "O2: stands there twice; keep one"),
        ("O2=11", "O2: '11' is off the scale; write a whole number from 0 to 10"),
        ("O2=-1", "O2: '-1' is off the scale"),
        ("K1=5", "K1: '5' is off the scale; write a whole number from 0 to 4"),
        ("O3=2w", "O3: there is no answer '2w'; use one of lt1, 1-6, 6-24, gt2, always"),
        ("CF10=3", "CF10: there is no such key; did you mean CF1?"),
        ("zzzz=3", "zzzz: there is no such key; use an item id, log, tried, energy, cov or Xn"),
        ("X2=open", "X2: 'open' is nothing to say of a contradiction; write X2=resolved"),
        ("X22=resolved", "X22: there is no such key"),
        ("log=sleep:sus@1", "log: there is no kind of trial 'sleep'; use one of rest, load"),
        ("tried=load:good", "tried: there is no outcome 'good' of load; use one of sus, held"),
        ("log=load", "log: there is no outcome '' of load"),
        ("log=rest:tmp:big@1", "log: there is no case 'big' of rest; use one of heavy, ord, light"),
        ("log=load:sus@2", "log: '2' is no dose; write a number from 0 to 1"),
        ("log=load:sus@nan", "log: 'nan' is no dose"),
        ("log=load:sus@half", "log: 'half' is no dose"),
        ("energy=x", "energy: there is no pattern 'x'; use letters of abcdef"),
        ("energy=a cov=2", "cov: '2' is no coverage; write a number from 0 to 1"),
        ("cov=1", "cov: there is no energy log to cover; add energy=, or remove cov"),
    ],
)
def test_a_slip_is_named_with_its_key_and_remedy(vector: str, complaint: str) -> None:
    with pytest.raises(VectorError) as refused:
        parse_vector(vector)

    assert str(refused.value).startswith(complaint)


@given(
    st.text(max_size=30) | st.from_regex(r"(O2|K1|log|tried|energy|cov|X2|O7)=[\w:@.,]{0,12}", fullmatch=True)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert ": " in (refusal_of(text) or ": ")


def refusal_of(text: str) -> str | None:
    try:
        parse_vector(text)
    except VectorError as refused:
        return str(refused)
    return None
