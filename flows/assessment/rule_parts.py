"""The other parts of the decision rule: what-ifs, trials, and how a verdict is reached (A5 to A8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.assessment.codes import CHOICES, TRIAL_KINDS, WHAT_IFS
from flows.assessment.explanations import Block, Explanation, Word
from flows.assessment.table import Figures, Points, Table

OUTCOMES = ("held", "temp", "none")
CASES = ("temp/heavy", "temp/ord", "temp/light", "held/still_heavy")


@dataclass(frozen=True, slots=True)
class Step(Figures):
    """From this lift on, these points."""

    lift: float
    points: float


@dataclass(frozen=True, slots=True)
class Best(Figures):
    """What the best scenario gets on top, if it lifts enough and is this far ahead of the next."""

    lift: float
    ahead: float
    points: float


@dataclass(frozen=True, slots=True)
class Flat(Figures):
    """When every scenario lifts, or none does: then the whole battery has this weight (A6)."""

    scenarios: float
    high_lift: float
    high_range: float
    low_lift: float
    weight: float


@dataclass(frozen=True, slots=True)
class Cross:
    """One scenario lifts while its rival does not: points against the rival."""

    lifts: Explanation
    lift: float
    rests: Explanation
    under: float
    points: Points

    @classmethod
    def read(cls, table: Table) -> Cross:
        lifts, rests = (_explanation(table, key) for key in ("lifts", "rests"))
        cross = cls(lifts, table.number("lift"), rests, table.number("under"), table.points("points"))
        table.nothing_else()
        return cross


@dataclass(frozen=True, slots=True)
class Money:
    """The scenario of more pay, which belongs to no explanation."""

    item: str
    lift: float
    points: Points

    @classmethod
    def read(cls, table: Table) -> Money:
        money = cls(table.named("item", WHAT_IFS, "what-if"), table.number("lift"), table.points("points"))
        table.nothing_else()
        return money


@dataclass(frozen=True, slots=True)
class WhatIfs:
    """What the counterfactual battery says (A5). `items`: the scenarios of each explanation."""

    least_baseline: float
    items: Mapping[Explanation, tuple[str, ...]]
    steps: tuple[Step, ...]
    below: float
    best: Best
    cross: tuple[Cross, ...]
    money: Money
    flat: Flat

    @classmethod
    def read(cls, table: Table) -> WhatIfs:
        what_ifs = cls(
            table.number("least_baseline"),
            _scenarios(table.table("items")),
            table.tables("steps", lambda step: step.as_figures(Step)),
            table.number("below"),
            table.figures("best", Best),
            table.tables("cross", Cross.read),
            Money.read(table.table("money")),
            table.figures("flat", Flat),
        )
        table.nothing_else()
        return what_ifs

    def points_for(self, lift: float) -> float:
        return next((step.points for step in self.steps if lift >= step.lift), self.below)


@dataclass(frozen=True, slots=True)
class TrialKind:
    """What a kind of trial says, by outcome. `own`: the explanation that it tests."""

    own: Explanation | None
    says: Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class DoseWeights(Figures):
    """How much a trial counts that was not done in full, not alone, or not against a baseline (A7)."""

    below_fair: float
    least_dose: float
    two_at_once: float
    short_baseline: float
    from_memory: float


def read_kinds(table: Table) -> Mapping[str, TrialKind]:
    """Read the kinds of trials, each under its name and under the others that it goes by."""
    for name in table:
        table.knows(name, name, TRIAL_KINDS, "kind of trial")
    kinds: dict[str, TrialKind] = {}
    for name in TRIAL_KINDS:
        row = table.table(name)
        own = _explanation(row, "own") if "own" in row else None
        cases = OUTCOMES + tuple(case for case in CASES if case in row)
        kind = TrialKind(own, {case: row.points(case) for case in cases})
        for alias in (name, *(row.texts("also") if "also" in row else ())):
            kinds[alias] = kind
        row.nothing_else()
    return kinds


@dataclass(frozen=True, slots=True)
class Outside:
    """What raises OUT: O6 from a number on, any O7 but one code, some codes of R3."""

    followed_from: float
    nothing: str
    never_left: tuple[str, ...]

    @classmethod
    def read(cls, table: Table) -> Outside:
        never_left = table.texts("R3")
        for code in never_left:
            table.knows("R3", code, CHOICES["R3"], "answer code of R3")
        outside = cls(table.number("O6"), table.text("O7"), never_left)
        table.nothing_else()
        return outside


@dataclass(frozen=True, slots=True)
class CheckFigures(Figures):
    """From where on two answers pull apart, and what that costs (A6)."""

    high_sign: float
    low_sign: float
    heavy_day: float
    both_lift: float
    within: float
    lifts: float
    spoilt_load: float
    spoilt_purpose: float
    money_lifts: float
    same_answers: float


@dataclass(frozen=True, slots=True)
class Count(Figures):
    """So many blocks with so many points."""

    number: float
    points: float


@dataclass(frozen=True, slots=True)
class PictureRule:
    """What it takes to be in the picture (A7.6)."""

    least: float
    one_of: tuple[tuple[Block, float], ...]
    and_one_of: tuple[tuple[Block, float], ...]
    blocks: Count
    no_irritation_from: float

    @classmethod
    def read(cls, table: Table) -> PictureRule:
        one_of, and_one_of = (
            tuple(pair for pairs in table.tables(key, _block_points) for pair in pairs)
            for key in ("one_of", "and_one_of")
        )
        least, heavy = table.number("least"), table.number("no_irritation_from")
        picture = cls(least, one_of, and_one_of, table.figures("blocks", Count), heavy)
        table.nothing_else()
        return picture


@dataclass(frozen=True, slots=True)
class UnclearRule:
    """What makes a result "not clear yet" (A7.8)."""

    most_in_picture: float
    against_blocks: tuple[Block, ...]
    against: float
    clash_pairs: tuple[tuple[Block, Block], ...]
    clash: Count
    decided_by_trials: float
    contradictions: float
    outside_needs: float

    @classmethod
    def read(cls, table: Table) -> UnclearRule:
        unclear = cls(
            table.number("most_in_picture"),
            _blocks(table, "against_blocks"),
            table.number("against"),
            table.tables("clash_pairs", _pair),
            table.figures("clash", Count),
            table.number("decided_by_trials"),
            table.number("contradictions"),
            table.number("outside_needs"),
        )
        table.nothing_else()
        return unclear


@dataclass(frozen=True, slots=True)
class SketchRule(Figures):
    """What an explanation needs to be shown on the strength of the sketch: points, and a distance."""

    least: float
    ahead: float


@dataclass(frozen=True, slots=True)
class WordRule:
    """From how many points on each word may be said, and what caps it (A8)."""

    least: tuple[tuple[Word, float], ...]
    by_tier: tuple[Word, ...]
    outside: Word
    not_in_picture: Word
    unclear: Word
    sketch: SketchRule

    @classmethod
    def read(cls, table: Table) -> WordRule:
        words = tuple(Word)[1:]
        by_tier = tuple(
            Word(name) for name in table.texts("by_tier") if table.knows("by_tier", name, Word, "word")
        )
        if len(by_tier) not in (0, 3):
            table.complain("by_tier", "is not complete; write one word for each of the tiers 1, 2, 3")
        outside, not_in_picture, unclear = (
            _word(table, key) for key in ("outside", "not_in_picture", "unclear")
        )
        least = tuple((word, table.number(word)) for word in words)
        sketch = table.figures("sketch", SketchRule)
        table.nothing_else()
        return cls(least, by_tier, outside, not_in_picture, unclear, sketch)


@dataclass(frozen=True, slots=True)
class TierRule(Figures):
    """What makes a questionnaire of answers, and an energy log of entries (A8)."""

    deeper_answers: float
    coverage: float


def _word(table: Table, key: str) -> Word:
    return Word(table.named(key, Word, "word") or Word.NOT_IN_PICTURE)


def _explanation(table: Table, key: str) -> Explanation:
    return Explanation(table.named(key, Explanation, "explanation") or Explanation.CAP)


def _scenarios(table: Table) -> Mapping[Explanation, tuple[str, ...]]:
    items = {explanation: table.texts(explanation) for explanation in Explanation}
    for explanation, names in items.items():
        for name in names:
            table.knows(explanation, name, WHAT_IFS, "what-if")
    table.nothing_else()
    return items


def _blocks(table: Table, key: str) -> tuple[Block, ...]:
    return tuple(Block(name) for name in table.texts(key) if table.knows(key, name, Block, "block"))


def _block_points(table: Table) -> tuple[tuple[Block, float], ...]:
    return tuple(table.by_name(Block, "block").items())


def _pair(table: Table) -> tuple[Block, Block]:
    pair = table.named("one", Block, "block"), table.named("other", Block, "block")
    table.nothing_else()
    return Block(pair[0] or Block.LABEL), Block(pair[1] or Block.LABEL)
