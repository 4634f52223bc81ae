"""The scoring rule: facts in, points and a verdict out (A7). Pure, and never raises for any answer.

Order in A7.2 and A7.3: single contributions are weighted (flat battery, X4, X11), summed per block, capped,
and only then does block C fade. Totals are rounded to six decimals, so that 0.1 + 0.2 is 0.3.
X4 and X11 weaken what they name whether resolved or not: the fact stays what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flows.assessment.certainty import questionnaire_tier
from flows.assessment.contradictions import Looked, contradictions_in
from flows.assessment.explanations import Block, Explanation
from flows.assessment.facts import EnergyLog, Facts, Trial
from flows.assessment.rule import Rule
from flows.assessment.scored import Contradiction, Evidence, Scored
from flows.assessment.trials import agreeing, full_trials, what_energy_says, what_rest_says, what_trials_say
from flows.assessment.verdict import Weighed, leads_of, picture_of, reasons_why_unclear
from flows.assessment.what_ifs import LOW, Lifts, lifts_in, what_lifts_say

__all__ = ["Contradiction", "EnergyLog", "Evidence", "Facts", "Scored", "Trial", "score"]

Blocks = dict[Explanation, dict[Block, float]]


def score(facts: Facts, rule: Rule) -> Scored:
    """Score what is known of one person. The order of the answers does not matter."""
    lifts = lifts_in(facts, rule.what_ifs)
    found = tuple(contradictions_in(Looked(facts, lifts, rule)))
    evidence = tuple(_evidence(facts, rule, lifts, found))
    n = full_trials(facts, rule)
    blocks = _blocks(evidence, rule, n)
    weighed = _weigh(facts, rule, blocks, n, found, lifts)
    return _verdict(weighed, rule, evidence)


def _verdict(weighed: Weighed, rule: Rule, evidence: tuple[Evidence, ...]) -> Scored:
    picture = picture_of(weighed, rule)
    leads = leads_of(picture, weighed, rule)
    reasons = tuple(reasons_why_unclear(picture, leads, weighed, rule))
    ranked = tuple(sorted(Explanation, key=lambda e: (e not in picture, -weighed.ranks[e])))
    tiers = _tiers(weighed, rule)
    return Scored(
        points=weighed.points,
        blocks=weighed.blocks,
        evidence=evidence,
        picture=picture,
        lead=() if reasons else leads,
        layers=() if reasons else tuple(e for e in picture if e not in leads),
        live=ranked[:2] if reasons else (),
        unclear=bool(reasons),
        reasons=reasons,
        contradictions=weighed.contradictions,
        out_flag=weighed.out_flag,
        tier=tiers[ranked[0]],
        tiers=tiers,
        rule_version=rule.version,
        wording=rule.words,
    )


def _evidence(facts: Facts, rule: Rule, lifts: Lifts, found: tuple[Contradiction, ...]) -> Iterator[Evidence]:
    """Yield every contribution that is not nothing."""
    codes = {contradiction.code for contradiction in found}
    for one in _unweighted(facts, rule, lifts):
        points = one.points * _weight(one, rule, lifts, codes)
        if points:
            yield one if points == one.points else replace(one, points=points)


def _unweighted(facts: Facts, rule: Rule, lifts: Lifts) -> Iterator[Evidence]:
    for item in rule.items:
        answer = facts.says(item.name)
        if answer is not None:
            for explanation, points in item.says.get(answer, ()):
                yield Evidence(item.name, explanation, item.block, points)
    yield from what_lifts_say(lifts, rule.what_ifs)
    yield from what_rest_says(facts, rule)
    yield from what_trials_say(facts, rule)
    yield from what_energy_says(facts.energy, rule)


def _weight(one: Evidence, rule: Rule, lifts: Lifts, codes: set[str]) -> float:
    if one.block != Block.FORECASTS:
        return 1.0
    weight = rule.what_ifs.flat.weight if lifts.flat else 1.0
    if "X4" in codes and one.item == "CF1" and one.points > 0:
        weight *= rule.checks.spoilt_load
    if "X11" in codes and one.explanation is Explanation.VAL and one.item != "F1" and one.points > 0:
        weight *= rule.checks.spoilt_purpose
    return weight


def _blocks(evidence: Iterable[Evidence], rule: Rule, n: int) -> Blocks:
    """Sum per explanation and block, cap each block, let block C fade (A7.2, A7.3)."""
    blocks: Blocks = {explanation: dict.fromkeys(Block, 0.0) for explanation in Explanation}
    for one in evidence:
        blocks[one.explanation][Block(one.block)] += one.points
    caps = {**rule.caps, Block.TRIALS: rule.trial_cap.span(n)}
    fade = rule.fade.weight(n)
    for of in blocks.values():
        for block, points in of.items():
            of[block] = round(caps[block].clip(points) * (fade if block is Block.FORECASTS else 1.0), 6)
    return blocks


def _weigh(
    facts: Facts, rule: Rule, blocks: Blocks, n: int, found: tuple[Contradiction, ...], lifts: Lifts
) -> Weighed:
    """Clip the questionnaire, then add what was logged (A7.4); what was not clipped ranks at n=0 (A7.7)."""
    points, ranks = {}, {}
    for explanation, of in blocks.items():
        logged = of[Block.ENERGY] + of[Block.TRIALS]
        asked = rule.start[explanation] + sum(of.values()) - logged
        points[explanation] = round(rule.clip(n).clip(asked) + logged, 6)
        ranks[explanation] = round(asked + logged, 6) if n == 0 else points[explanation]
    out_flag = _is_outside(facts, rule) or lifts.flat == LOW
    return Weighed(facts, points, ranks, blocks, found, lifts.flat, out_flag)


def _is_outside(facts: Facts, rule: Rule) -> bool:
    """Something outside work may be what weighs: a flag, never a verdict."""
    followed = facts.number("O6")
    return (
        (followed is not None and followed >= rule.outside.followed_from)
        or any(tick != rule.outside.nothing for tick in facts.ticks("O7"))
        or facts.code("R3") in rule.outside.never_left
    )


def _tiers(weighed: Weighed, rule: Rule) -> Mapping[Explanation, int]:
    logged = {explanation: of[Block.ENERGY] for explanation, of in weighed.blocks.items()}
    agreed = agreeing(weighed.facts, rule, logged)
    tier = questionnaire_tier(weighed.facts, rule.tiers)
    return {explanation: 3 if explanation in agreed else tier for explanation in Explanation}
