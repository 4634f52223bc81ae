"""What was tried and what it says: logged trials, past attempts, rest and the energy log (A7).

Readings of the text, where it leaves room:
- A trial is "at full dose" when nothing lessens it: a fair dose, alone, with a baseline, no life event.
- "Worse" has no column and says what "none" says.
- Rest that wore off says the part that both loads have in common when the load on return is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.assessment.explanations import Block, Explanation
from flows.assessment.facts import EnergyLog, Facts, Trial
from flows.assessment.rule import Rule
from flows.assessment.rule_items import ANY_LOAD, LOAD, REST
from flows.assessment.rule_parts import DoseWeights, TrialKind
from flows.assessment.scored import Evidence
from flows.assessment.table import Points


def weight_of(trial: Trial, doses: DoseWeights) -> float:
    """Return how much a trial counts, from 0 to 1."""
    if trial.life_event or not trial.dose >= doses.least_dose:
        return 0.0
    weight = 1.0 if trial.dose >= 1 else doses.below_fair
    weight *= doses.two_at_once if trial.two_at_once else 1.0
    return weight * (doses.short_baseline if trial.short_baseline else 1.0)


def is_full(trial: Trial, doses: DoseWeights) -> bool:
    return weight_of(trial, doses) == 1


def full_trials(facts: Facts, rule: Rule) -> int:
    """Return how many logged trials of a known kind were done in full: the `n` of A7."""
    return sum(trial.kind in rule.kinds and is_full(trial, rule.doses) for trial in facts.trials)


def points_of(trial: Trial, kind: TrialKind) -> Points:
    """Return what the row of a trial says of its outcome, in its case if it has one."""
    outcome = "none" if trial.outcome == "worse" else trial.outcome
    case = "held/still_heavy" if outcome == "held" and trial.still_heavy else f"{outcome}/{trial.load}"
    return kind.says.get(case) or kind.says.get(outcome, {})


def what_trials_say(facts: Facts, rule: Rule) -> Iterator[Evidence]:
    for trial in facts.trials:
        yield from _row(trial, rule, Block.TRIALS, "log", 1.0)
    for trial in facts.tried:
        yield from _row(trial, rule, Block.HISTORY, "tried", rule.doses.from_memory)


def what_rest_says(facts: Facts, rule: Rule) -> Iterator[Evidence]:
    """Yield what the longest break says; a quick return says nothing while the load on return is unknown."""
    code, load = facts.code(REST), facts.code(LOAD)
    if code is None:
        return
    points = rule.rest.get((code, ANY_LOAD)) or rule.rest.get((code, load or ""), {})
    for explanation, number in points.items():
        yield Evidence(REST, explanation, Block.HISTORY, number)


def what_energy_says(energy: EnergyLog | None, rule: Rule) -> Iterator[Evidence]:
    if energy is None or not energy.coverage > 0:
        return
    for letter in sorted(set(energy.letters) & set(rule.energy)):
        for explanation, points in rule.energy[letter].items():
            yield Evidence(f"energy:{letter}", explanation, Block.ENERGY, points * min(1.0, energy.coverage))


def failed_its_own(explanation: Explanation, facts: Facts, rule: Rule) -> bool:
    """Return whether a full trial of the explanation changed nothing, and no own trial held (A7.8)."""
    own = [trial for trial in facts.trials if _own(trial, rule) is explanation]
    failed = any(is_full(t, rule.doses) and t.outcome in ("none", "worse") for t in own)
    return failed and not any(t.outcome == "held" and weight_of(t, rule.doses) > 0 for t in own)


def agreeing(facts: Facts, rule: Rule, energy: dict[Explanation, float]) -> frozenset[Explanation]:
    """Return the explanations that a full trial, or a well covered energy log, speaks for (A8, tier 3)."""
    full = [t for t in facts.trials if t.kind in rule.kinds and is_full(t, rule.doses)]
    agreed = {e for t in full for e, points in points_of(t, rule.kinds[t.kind]).items() if points > 0}
    if facts.energy is not None and facts.energy.coverage >= rule.tiers.coverage:
        agreed |= {explanation for explanation, points in energy.items() if points > 0}
    return frozenset(agreed)


def _own(trial: Trial, rule: Rule) -> Explanation | None:
    kind = rule.kinds.get(trial.kind)
    return kind.own if kind else None


def _row(trial: Trial, rule: Rule, block: Block, source: str, weight: float) -> Iterator[Evidence]:
    kind = rule.kinds.get(trial.kind)
    weight *= weight_of(trial, rule.doses)
    if kind is None or weight == 0:
        return
    for explanation, points in points_of(trial, kind).items():
        yield Evidence(f"{source}:{trial.kind}", explanation, block, points * weight)
