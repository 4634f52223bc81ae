"""Answers that pull apart: a table of checks. Each is one neutral question that quotes both answers (A6).

Readings of the text, where it leaves room:
- X4, X11: a scenario "lifts" from 0.35 on, as for the best scenario.
- X5: a lighter load on return contradicts as much as an ordinary one.
- X12: pay is "not the problem" when something else keeps the person here (v5 = other).
- X13 looks for straight lines only; how fast somebody answered is not known here.
- X14 compares weeks (W1 moved, nothing in W3) and is asked where weeks are known, not here.
- X15: "harm" is the last group of e1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.assessment.codes import SIGNS
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Facts, Trial
from flows.assessment.rule import Rule
from flows.assessment.rule_parts import CheckFigures
from flows.assessment.scored import Contradiction
from flows.assessment.trials import is_full
from flows.assessment.what_ifs import Lifts

CAP, VAL, IDN = Explanation.CAP, Explanation.VAL, Explanation.IDN


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checks look at."""

    facts: Facts
    lifts: Lifts
    rule: Rule

    @property
    def figures(self) -> CheckFigures:
        return self.rule.checks

    def is_high(self, sign: str) -> bool:
        answer = self.facts.number(sign)
        return answer is not None and answer >= self.figures.high_sign

    def lifts_enough(self, explanation: Explanation, item: str | None = None) -> bool:
        """Return whether the scenario lifts (and, if an item is named, by that item)."""
        named = item in (None, self.lifts.items.get(explanation))
        return named and self.lifts.reach(explanation, self.figures.lifts)


Quotes = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Check:
    """`quotes` returns the two items that pull apart, or None. `counts` towards "not clear yet"."""

    code: str
    quotes: Callable[[Looked], Quotes]
    counts: bool = True


def likes_the_doing_and_would_not_pick_it(seen: Looked) -> Quotes:
    return ("V1", "D1") if seen.is_high("V1") and seen.is_high("D1") else None


def purpose_and_role_lift_alike(seen: Looked) -> Quotes:
    least, of = seen.figures.both_lift, seen.lifts.of
    if not (seen.lifts.reach(VAL, least) and seen.lifts.reach(IDN, least)) or seen.facts.code("F1"):
        return None
    alike = round(abs(of[VAL] - of[IDN]), 9) <= seen.figures.within
    return (seen.lifts.items[VAL], seen.lifts.items[IDN]) if alike else None


def less_load_would_lift_and_did_not(seen: Looked) -> Quotes:
    cut = next((trial for trial in seen.facts.trials if _is_a_failed_cut(trial, seen.rule)), None)
    return ("CF1", f"log:{cut.kind}") if cut and seen.lifts_enough(CAP) else None


def rest_restores_and_did_not(seen: Looked) -> Quotes:
    soon = seen.facts.code("R3") in ("days", "2w") and seen.facts.code("R4") in ("ord", "light")
    return ("K3", "R3") if soon and seen.is_high("K3") else None


def too_much_within_agreed_hours(seen: Looked) -> Quotes:
    return ("K2", "c1") if seen.is_high("K2") and seen.facts.code("c1") == "0" else None


def recommends_what_shames_or_punishes(seen: Looked) -> Quotes:
    other = next((sign for sign in ("V2", "E2") if seen.is_high(sign)), None)
    return ("I3", other) if other and seen.is_high("I3") else None


def heavy_without_any_sign(seen: Looked) -> Quotes:
    heaviness = seen.facts.number("O2")
    if heaviness is None or heaviness < seen.figures.heavy_day:
        return None
    answers = [(number, sign) for sign in SIGNS if (number := seen.facts.number(sign)) is not None]
    highest = max(answers, default=None)
    return None if highest is None or highest[0] > seen.figures.low_sign else ("O2", highest[1])


def wants_another_purpose_and_names_nothing(seen: Looked) -> Quotes:
    nothing = seen.facts.code("v2") == "none"
    return ("CF2", "v2") if nothing and seen.lifts_enough(VAL, "CF2") and not _cf3(seen.facts) else None


def pay_is_no_reason_and_would_lift(seen: Looked) -> Quotes:
    money = seen.lifts.money
    lifts = money is not None and money >= seen.figures.money_lifts
    return ("v5", "CF6") if lifts and seen.facts.code("v5") == "other" else None


def answered_in_a_straight_line(seen: Looked) -> Quotes:
    signs = [sign for sign in SIGNS if seen.facts.number(sign) is not None]
    alike = len({seen.facts.number(sign) for sign in signs}) == 1
    return (signs[0], signs[-1]) if alike and len(signs) >= seen.figures.same_answers else None


def harmed_and_calls_it_ups_and_downs(seen: Looked) -> Quotes:
    return ("e1", "O5") if seen.facts.code("e1") == "3" and seen.facts.code("O5") == "e" else None


def _is_a_failed_cut(trial: Trial, rule: Rule) -> bool:
    is_cut = rule.kinds.get(trial.kind) is rule.kinds["load"]
    return is_cut and trial.outcome in ("none", "worse") and is_full(trial, rule.doses)


def _cf3(facts: Facts) -> bool:
    return any(facts.number(item) is not None for item in ("CF3", "CF3b", "CF3c"))


CHECKS = (
    Check("X2", likes_the_doing_and_would_not_pick_it),
    Check("X3", purpose_and_role_lift_alike),
    Check("X4", less_load_would_lift_and_did_not),
    Check("X5", rest_restores_and_did_not),
    Check("X6", too_much_within_agreed_hours),
    Check("X7", recommends_what_shames_or_punishes),
    Check("X8", heavy_without_any_sign),
    Check("X11", wants_another_purpose_and_names_nothing),
    Check("X12", pay_is_no_reason_and_would_lift, counts=False),
    Check("X13", answered_in_a_straight_line, counts=False),
    Check("X15", harmed_and_calls_it_ups_and_downs, counts=False),
)


def contradictions_in(looked: Looked) -> Iterator[Contradiction]:
    """Yield every contradiction there is, resolved or not, in the order of the table."""
    for check in CHECKS:
        items = check.quotes(looked)
        if items is not None:
            yield Contradiction(check.code, items, check.counts, check.code in looked.facts.resolved)
