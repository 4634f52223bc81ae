"""What may be said is capped by the kind of facts it rests on (A8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rulebook import rulebook
from flows.assessment.certainty import Word, dots, words
from flows.assessment.evidence import Scored, score
from flows.assessment.explanations import Explanation
from flows.assessment.notation import parse_vector
from tests.assessment.vignettes import VIGNETTE

CAP, ENV, VAL, IDN, IRR = Explanation
SKETCH = "O2=7 O3=6-24 O4=daily O5=c K2=1 E1=1 V1=4 D1=1 I1=1 CF0=8 CF1=8 CF2=2 CF4=8 CF5=8"


def scored(vector: str) -> Scored:
    return score(parse_vector(vector), rulebook())


def with_points(points: float) -> Scored:
    """A clear tier 3 result that rests on purpose alone."""
    found = scored(VIGNETTE["P05"].vector)
    return replace(found, points={**found.points, VAL: points}, tiers={**found.tiers, VAL: 3})


@pytest.mark.parametrize(
    ("points", "word"),
    [
        (1.9, Word.NOT_IN_PICTURE),
        (2, Word.HINT),
        (3.9, Word.HINT),
        (4, Word.LEANING),
        (5.9, Word.LEANING),
        (6, Word.FAIRLY_CLEAR),
        (8.9, Word.FAIRLY_CLEAR),
        (9, Word.WELL_SUPPORTED),
    ],
)
def test_the_word_follows_the_points(points: float, word: Word) -> None:
    assert words(with_points(points))[VAL] is word


def test_a_sketch_is_tier_1_and_shows_one_first_hunch() -> None:
    found = scored(SKETCH)

    assert found.tier == 1
    assert found.points[VAL] >= 6
    assert words(found) == {CAP: "not_in_picture", ENV: "not_in_picture", VAL: "hint", IDN: "not_in_picture",
                            IRR: "not_in_picture"}  # fmt: skip


@pytest.mark.parametrize(("ahead", "word"), [(1.9, Word.NOT_IN_PICTURE), (2, Word.HINT), (5, Word.HINT)])
def test_a_first_hunch_is_ahead_of_everything_else(ahead: float, word: Word) -> None:
    found = scored(SKETCH)
    other = {**dict.fromkeys(Explanation, -3.0), VAL: 6.0, CAP: 6.0 - ahead}

    assert words(replace(found, points=other))[VAL] is word


def test_a_first_hunch_needs_three_points() -> None:
    found = replace(scored(SKETCH), points={**dict.fromkeys(Explanation, -3.0), VAL: 2.9})

    assert words(found)[VAL] is Word.NOT_IN_PICTURE


def test_six_answers_beyond_the_sketch_make_a_questionnaire() -> None:
    five = f"{SKETCH} V2=3 V3=3 V4=3 v2=some v3=direct"

    assert scored(five).tier == 1
    assert scored(f"{five} CF3=2").tier == 2
    assert words(scored(f"{five} CF3=2"))[VAL] is Word.FAIRLY_CLEAR


@pytest.mark.parametrize(
    ("logged", "tier"),
    [
        ("log=purpose:sus@1", 3),
        ("log=purpose:sus@0.5", 2),
        ("log=role:sus@1", 2),
        ("energy=d cov=0.75", 3),
        ("energy=d cov=0.7", 2),
        ("energy=a cov=1", 2),
    ],
)
def test_tier_3_takes_a_full_trial_or_a_covered_log_that_agrees(logged: str, tier: int) -> None:
    found = scored(f"{VIGNETTE['P01'].vector} {logged}")

    assert found.tiers[VAL] == tier


def test_without_what_happened_nothing_is_well_supported() -> None:
    found = scored(VIGNETTE["P01"].vector)

    assert found.points[VAL] == 10
    assert words(found)[VAL] is Word.FAIRLY_CLEAR


def test_something_outside_work_caps_at_leaning() -> None:
    found = scored(f"{VIGNETTE['P05'].vector} O7=loss")

    assert found.lead == (VAL,)
    assert words(found)[VAL] is Word.LEANING


@pytest.mark.parametrize(
    ("tick", "raised"), [("rather", True), ("sleep,loss", True), ("no", False), ("none", False)]
)
def test_any_tick_but_no_raises_the_flag(tick: str, raised: bool) -> None:
    assert scored(f"O7={tick}").out_flag is raised


@pytest.mark.parametrize(("followed", "raised"), [(2, False), (3, True), (4, True)])
def test_heaviness_that_follows_home_raises_the_flag(followed: int, raised: bool) -> None:
    assert scored(f"O6={followed}").out_flag is raised


def test_points_from_one_kind_of_evidence_are_no_more_than_a_hint() -> None:
    found = scored("K1=4 K2=4 K3=4 K4=4 c1=3 c4=2 c5=low O4=busy O5=a")

    assert found.points[CAP] >= 6
    assert found.reasons == ("nothing_in_picture",)
    assert words(found)[CAP] is Word.HINT


def test_what_is_not_clear_yet_is_called_no_more_than_leaning() -> None:
    found = scored(
        f"{VIGNETTE['P01'].vector.replace('D1=0', 'D1=4')} K2=3 c1=0".replace("K2=1 ", "").replace(
            "c1=1 ", ""
        )
    )

    assert found.reasons == ("contradictions",)
    assert words(found)[VAL] is Word.LEANING


def test_more_certain_words_have_more_dots() -> None:
    shown = [dots(word) for word in Word]

    assert shown == sorted(set(shown))
    assert (shown[0], shown[-1]) == (0, 5)
