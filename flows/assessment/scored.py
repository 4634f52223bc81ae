"""What scoring finds: evidence with its source, contradictions, and the state of a map before words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.assessment.explanations import Block, Explanation
from flows.assessment.rule_parts import WordRule


@dataclass(frozen=True, slots=True)
class Evidence:
    """One contribution of one item to one explanation: after its weight, before the block's cap and fading.

    `item` is an item id, or `log:<kind>`, `tried:<kind>`, `energy:<letter>`.
    """

    item: str
    explanation: Explanation
    block: str
    points: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that pull apart. `counts`: two unresolved ones of these make a result unclear (A6)."""

    code: str
    items: tuple[str, str]
    counts: bool
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """The evidence and what follows from it under one version of the rule.

    `points`: totals. `blocks`: per explanation per block, after caps and fading; 0 where nothing was said.
    `picture`: all in the picture, strongest first. `lead` (several when joint) and `layers` are empty while
    `unclear`; `reasons` then says why, and `live` names the explanations in question, strongest first.
    `tiers`: what kind of facts each explanation rests on; `tier`: that of the strongest.
    """

    points: Mapping[Explanation, float]
    blocks: Mapping[Explanation, Mapping[Block, float]]
    evidence: tuple[Evidence, ...]
    picture: tuple[Explanation, ...]
    lead: tuple[Explanation, ...]
    layers: tuple[Explanation, ...]
    live: tuple[Explanation, ...]
    unclear: bool
    reasons: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    out_flag: bool
    tier: int
    tiers: Mapping[Explanation, int]
    rule_version: str
    wording: WordRule = field(repr=False, compare=False)
