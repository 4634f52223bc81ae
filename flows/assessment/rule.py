"""The decision rule as values. It is read from a table that a person wrote and can review (`rule_1.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.assessment.explanations import Block, Explanation
from flows.assessment.rule_items import Item, read_choices, read_rest, read_scales, read_signs
from flows.assessment.rule_parts import (
    CheckFigures,
    DoseWeights,
    Outside,
    PictureRule,
    TierRule,
    TrialKind,
    UnclearRule,
    WhatIfs,
    WordRule,
    read_kinds,
)
from flows.assessment.table import Complaints, Figures, Points, Span, Table
from flows.engine.answers import Value

__all__ = ["Answers", "Rule", "RuleError", "Value"]

Answers = Mapping[str, object]
"""Item id to answer: an option code, a number on a scale, a set of codes. None or missing: not answered."""

PATTERNS = "abcdef"
"""The patterns of the energy log (A7); `f` is the last row, which has no letter there."""


class RuleError(Exception):
    """The table is wrong. Lists everything that is, a line each: the place, what is wrong, the remedy."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


@dataclass(frozen=True, slots=True)
class TrialCap(Figures):
    """How much logged trials may say: the more of them were done in full, the more."""

    base: float
    each: float
    most: float

    def span(self, full: int) -> Span:
        most = min(self.most, self.base + self.each * full)
        return Span(-most, most)


@dataclass(frozen=True, slots=True)
class Fade(Figures):
    """How forecasts lose weight as facts arrive."""

    each: float
    floor: float

    def weight(self, full: int) -> float:
        return max(self.floor, 1 - self.each * full)


@dataclass(frozen=True, slots=True)
class Rule:
    """Every weight, cap, clip and threshold of one version. Old maps keep theirs: none is computed again."""

    version: str
    start: Points
    caps: Mapping[Block, Span]
    trial_cap: TrialCap
    fade: Fade
    clips: tuple[Span, ...]
    items: tuple[Item, ...]
    what_ifs: WhatIfs
    rest: Mapping[tuple[str, str], Points]
    doses: DoseWeights
    kinds: Mapping[str, TrialKind]
    energy: Mapping[str, Points]
    outside: Outside
    checks: CheckFigures
    picture: PictureRule
    joint_within: float
    unclear: UnclearRule
    words: WordRule
    tiers: TierRule

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Rule:
        """Read a rule; raise RuleError naming everything that is wrong with it, not the first thing alone."""
        complaints = Complaints()
        top = Table(table, "", complaints)
        rule = _read(top)
        top.nothing_else()
        if complaints.lines:
            raise RuleError(tuple(complaints.lines))
        return rule

    def clip(self, full: int) -> Span:
        """Return how far the questionnaire may go with so many full-dose trials (A7.4)."""
        return self.clips[min(full, len(self.clips) - 1)]


def _read(top: Table) -> Rule:
    caps, trials = top.table("caps"), top.table("trials")
    kinds = read_kinds(trials.table("kinds"))
    rule = Rule(
        version=top.text("version"),
        start=_every(top.table("start")),
        caps={block: caps.span(block) for block in Block if block is not Block.TRIALS},
        trial_cap=caps.figures(Block.TRIALS, TrialCap),
        fade=top.figures("fade", Fade),
        clips=_clips(top.table("clip")),
        items=_items(top),
        what_ifs=WhatIfs.read(top.table("what_ifs")),
        rest=read_rest(top.table("rest")),
        doses=trials.as_figures(DoseWeights),
        kinds=kinds,
        energy=_energy(top.table("energy")),
        outside=Outside.read(top.table("outside")),
        checks=top.figures("checks", CheckFigures),
        picture=PictureRule.read(top.table("picture")),
        joint_within=_joint_within(top.table("lead")),
        unclear=UnclearRule.read(top.table("unclear")),
        words=WordRule.read(top.table("words")),
        tiers=top.figures("tiers", TierRule),
    )
    for block in caps:
        caps.knows(block, block, Block, "block")
    return rule


def _items(top: Table) -> tuple[Item, ...]:
    choices, scales = read_choices(top.table("items")), read_scales(top.table("scales"))
    return choices + scales + read_signs(top.table("signs"))


def _every(start: Table) -> Points:
    points = {explanation: start.number(explanation) for explanation in Explanation}
    start.nothing_else()
    return points


def _clips(clip: Table) -> tuple[Span, ...]:
    spans = clip.spans("by_trials")
    clip.nothing_else()
    return spans


def _energy(energy: Table) -> Mapping[str, Points]:
    points = {letter: energy.points(letter) for letter in PATTERNS}
    energy.nothing_else()
    return points


def _joint_within(lead: Table) -> float:
    within = lead.number("joint_within")
    lead.nothing_else()
    return within
