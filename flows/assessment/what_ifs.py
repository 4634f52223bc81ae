"""The counterfactual battery: how much each scenario would lift, and what that says (A5, A6).

Readings of the text, where it leaves room:
- "the lower of CF2, CF3" is the lower heaviness, so the better of the two lifts.
- "Every scenario" includes CF6 (money); so does "beats the next". Purpose is one scenario.
- A battery with fewer than three scenarios answered is never flat, one with a single scenario has no best.
- "Battery at half weight" is all of block C: CF8, CF9 and F1 too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.assessment.explanations import Block, Explanation
from flows.assessment.facts import Facts
from flows.assessment.rule_parts import WhatIfs
from flows.assessment.scored import Evidence

HIGH, LOW = "flat_high", "flat_low"


@dataclass(frozen=True, slots=True)
class Lifts:
    """The share of the baseline that each scenario takes away, and the item that said so.

    `flat` is `flat_high` when everything lifts alike, `flat_low` when nothing lifts, otherwise empty.
    """

    of: Mapping[Explanation, float]
    items: Mapping[Explanation, str]
    money: float | None
    flat: str

    def reach(self, explanation: Explanation, least: float) -> bool:
        return self.of.get(explanation, -1.0) >= least


def lifts_in(facts: Facts, rule: WhatIfs) -> Lifts:
    """Return the lifts; none when the baseline is missing or too light to be lifted."""
    baseline = facts.number("CF0")
    if baseline is None or baseline < rule.least_baseline:
        return Lifts({}, {}, None, "")
    of, items = {}, {}
    for explanation, names in rule.items.items():
        answered = [(number, name) for name in names if (number := facts.number(name)) is not None]
        if answered:
            heaviness, items[explanation] = min(answered)
            of[explanation] = _lift(baseline, heaviness)
    paid = facts.number(rule.money.item)
    money = None if paid is None else _lift(baseline, paid)
    return Lifts(of, items, money, _flatness(_all(of, money), rule))


def what_lifts_say(lifts: Lifts, rule: WhatIfs) -> Iterator[Evidence]:
    """Yield what the scenarios say for their own explanations, against rivals, and about money."""
    best = _best(lifts, rule)
    for explanation, lift in lifts.of.items():
        points = rule.points_for(lift) + (rule.best.points if explanation is best else 0)
        yield Evidence(lifts.items[explanation], explanation, Block.FORECASTS, points)
    for cross in rule.cross:
        rests = lifts.of.get(cross.rests)
        if rests is not None and rests < cross.under and lifts.reach(cross.lifts, cross.lift):
            for explanation, points in cross.points.items():
                yield Evidence(lifts.items[cross.lifts], explanation, Block.FORECASTS, points)
    if lifts.money is not None and lifts.money >= rule.money.lift:
        for explanation, points in rule.money.points.items():
            yield Evidence(rule.money.item, explanation, Block.FORECASTS, points)


def _lift(baseline: int, heaviness: int) -> float:
    return (baseline - heaviness) / baseline


def _all(of: Mapping[Explanation, float], money: float | None) -> list[float]:
    return sorted([*of.values(), *(() if money is None else (money,))])


def _flatness(lifts: list[float], rule: WhatIfs) -> str:
    flat = rule.flat
    if len(lifts) < flat.scenarios:
        return ""
    if lifts[-1] < flat.low_lift:
        return LOW
    alike = round(lifts[-1] - lifts[0], 9) < flat.high_range
    return HIGH if lifts[0] >= flat.high_lift and alike else ""


def _best(lifts: Lifts, rule: WhatIfs) -> Explanation | None:
    """Return the scenario that is clearly ahead; rounded, since 0.6 - 0.4 is a hair under 0.2."""
    ranked = _all(lifts.of, lifts.money)
    if len(ranked) < 2 or round(ranked[-1] - ranked[-2], 9) < rule.best.ahead or ranked[-1] < rule.best.lift:
        return None
    return next((explanation for explanation, lift in lifts.of.items() if lift == ranked[-1]), None)
