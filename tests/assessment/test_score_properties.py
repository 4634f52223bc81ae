"""What holds for whatever anybody answers.

"Skipping never raises confidence" cannot hold in general for a rule that adds evidence: the skipped answer
may have spoken against, or be half of a contradiction. What does hold is here: skipping never raises a tier,
leaving out what spoke for an explanation adds nothing to it, and one kind of evidence alone never leads.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.rulebook import rulebook
from flows.assessment.certainty import Word, words
from flows.assessment.codes import CHOICES, SCALES, SKETCH, WHAT_IFS
from flows.assessment.evidence import EnergyLog, Facts, Scored, Trial, score
from flows.assessment.explanations import Block, Explanation
from flows.assessment.what_ifs import lifts_in
from tests.assessment.people import ITEMS, answer_to, answers, facts, without
from tests.assessment.vignettes import VIGNETTES, Vignette

ADDED = tuple(item for item in ITEMS if item not in SCALES or item[0] != "C")
"""Items whose points are simply added: all but the scenarios, which are compared with each other."""

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
stranger = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=3),
    st.lists(st.none() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=2), st.none(), max_size=1),
)


def scored(found: dict[str, object]) -> Scored:
    return score(Facts(found), rulebook())


@quick
@given(facts(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(known: Facts, chance: random.Random) -> None:
    items = list(known.answers)
    chance.shuffle(items)
    shuffled = Facts(
        {item: known.answers[item] for item in items}, known.trials, known.tried, known.energy, known.resolved
    )

    assert score(shuffled, rulebook()) == score(known, rulebook())


@quick
@given(facts(), st.dictionaries(st.sampled_from((*ITEMS, "O7", "O1", "v1")) | st.text(max_size=3), stranger))
def test_nothing_that_anybody_answers_raises(known: Facts, strange: dict[str, object]) -> None:
    mixed = Facts({**known.answers, **strange}, known.trials, known.tried, known.energy, known.resolved)

    found = score(mixed, rulebook())

    assert set(words(found)) == set(Explanation)


@quick
@given(
    st.builds(Trial, st.text(max_size=4), st.text(max_size=4), st.floats(), st.none() | st.text(max_size=3))
)
def test_a_trial_that_nobody_knows_says_nothing(trial: Trial) -> None:
    energy = EnergyLog("xyz", float("nan"))

    found = score(Facts({}, (trial,), (trial,), energy), rulebook())

    assert found.points == scored({}).points


@quick
@given(facts())
def test_what_is_said_follows_from_what_is_in_the_picture(known: Facts) -> None:
    found = score(known, rulebook())

    assert found.unclear is bool(found.reasons)
    assert found.unclear is not bool(found.lead)
    assert len(found.live) == (2 if found.unclear else 0)
    assert set(found.lead + found.layers) == (set() if found.unclear else set(found.picture))


@quick
@given(facts())
def test_every_block_stays_inside_its_cap(known: Facts) -> None:
    blocks = score(known, rulebook()).blocks

    for of in blocks.values():
        assert all(rulebook().caps[block].clip(of[block]) == of[block] for block in rulebook().caps)
        assert abs(of[Block.TRIALS]) <= rulebook().trial_cap.most


@quick
@given(answers(), st.data())
def test_one_more_answer_for_an_explanation_never_lowers_its_block(
    found: dict[str, object], data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(ADDED))
    before = scored(without(found, (item,)))

    after = scored({**found, item: data.draw(answer_to(item))})

    for one in after.evidence:
        if one.item == item and one.points > 0:
            block, explanation = Block(one.block), one.explanation
            assert after.blocks[explanation][block] >= before.blocks[explanation][block]


@quick
@given(answers(), st.sampled_from(WHAT_IFS), st.integers(0, 10))
def test_one_more_scenario_for_an_explanation_never_lowers_its_block(
    found: dict[str, object], item: str, heaviness: int
) -> None:
    less, more = without(found, (item,)), {**found, item: heaviness}
    what_ifs = rulebook().what_ifs
    assume(not lifts_in(Facts(less), what_ifs).flat and not lifts_in(Facts(more), what_ifs).flat)

    before, after = scored(less), scored(more)

    for one in after.evidence:
        own = item in what_ifs.items[one.explanation]
        if one.item == item and own and one.points > 0:
            gain = after.blocks[one.explanation][Block.FORECASTS]
            assert gain >= before.blocks[one.explanation][Block.FORECASTS]


@quick
@given(facts(), st.sampled_from(ITEMS))
def test_a_skipped_item_never_raises_a_tier(known: Facts, item: str) -> None:
    before = score(known, rulebook()).tiers
    left = without(dict(known.answers), (item,))

    after = score(Facts(left, known.trials, known.tried, known.energy), rulebook()).tiers

    assert all(after[explanation] <= before[explanation] for explanation in Explanation)


@quick
@given(answers(), st.sampled_from(ITEMS))
def test_skipped_and_not_asked_are_the_same(found: dict[str, object], item: str) -> None:
    assert scored({**found, item: None}) == scored(without(found, (item,)))


@quick
@given(answers(), st.sampled_from(ADDED))
def test_leaving_out_what_speaks_for_an_explanation_adds_nothing_to_it(
    found: dict[str, object], item: str
) -> None:
    before, after = scored(found), scored(without(found, (item,)))

    against = {one.explanation for one in before.evidence if one.item == item and one.points < 0}
    if item not in ("v2", "R4"):  # they change what other answers are worth
        assert all(after.points[e] <= before.points[e] for e in Explanation if e not in against)


@quick
@given(answers())
def test_scenarios_alone_or_signs_alone_never_lead(found: dict[str, object]) -> None:
    scenarios = {item for item in found if item.startswith("CF") or item == "F1"}

    assert not scored({item: found[item] for item in scenarios}).lead
    assert not scored(without(found, scenarios)).lead


@quick
@given(answers())
def test_a_sketch_is_at_most_a_hint(found: dict[str, object]) -> None:
    sketch = scored({item: answer for item, answer in found.items() if item in SKETCH})

    assert set(words(sketch).values()) <= {Word.NOT_IN_PICTURE, Word.HINT}


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)
def test_no_single_skipped_answer_makes_another_lead(vignette: Vignette) -> None:
    """Of all 12 vignettes and all their items."""
    full = score(vignette.facts, rulebook())

    for item in vignette.facts.answers:
        left = without(dict(vignette.facts.answers), (item,))
        known = vignette.facts
        found = score(Facts(left, known.trials, known.tried, known.energy, known.resolved), rulebook())

        assert set(found.lead) <= set(full.lead) | set(full.layers), item


def test_every_choice_of_the_bank_is_in_the_rule() -> None:
    named = {item.name for item in rulebook().items}

    assert named | {"R3", "R4"} >= set(CHOICES)
