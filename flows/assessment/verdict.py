"""From points to a picture: what is in it, what leads, and whether it is clear yet (A7.6 to A7.8).

Readings of the text, where it leaves room:
- A rule about "the leader" holds for every joint lead: a joint lead is said aloud too.
- While unclear there is no lead and there are no layers.
- "Unclipped subtotals" are those of A7.4 before its clip; the caps of A7.2 still hold.
- A clash is a pair of blocks of one explanation; the pairs are counted over all five explanations.
- What stepped out of the picture by its own failed trial is told so, though it leads no more (U1, U7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.assessment.explanations import Block, Explanation
from flows.assessment.facts import Facts
from flows.assessment.rule import Rule
from flows.assessment.scored import Contradiction
from flows.assessment.trials import failed_its_own
from flows.assessment.what_ifs import HIGH, LOW

Blocks = Mapping[Explanation, Mapping[Block, float]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything a verdict rests on. `ranks`: what explanations are compared by (A7.7)."""

    facts: Facts
    points: Mapping[Explanation, float]
    ranks: Mapping[Explanation, float]
    blocks: Blocks
    contradictions: tuple[Contradiction, ...]
    flat: str
    out_flag: bool


def picture_of(weighed: Weighed, rule: Rule) -> tuple[Explanation, ...]:
    """Return what is in the picture, the strongest first."""
    found = [e for e in Explanation if _is_in_picture(e, weighed, rule)]
    return tuple(sorted(found, key=lambda e: -weighed.ranks[e]))


def leads_of(picture: tuple[Explanation, ...], weighed: Weighed, rule: Rule) -> tuple[Explanation, ...]:
    """Return the highest in the picture and those that are nearly as high."""
    if not picture:
        return ()
    top = weighed.ranks[picture[0]]
    return tuple(
        e for e in picture if round(top - weighed.ranks[e], 6) < rule.joint_within or e is picture[0]
    )


def _is_in_picture(explanation: Explanation, weighed: Weighed, rule: Rule) -> bool:
    asked, blocks = rule.picture, weighed.blocks[explanation]
    if explanation is Explanation.IRR and _irritation_is_out(weighed, rule):
        return False
    return (
        weighed.points[explanation] >= asked.least
        and any(blocks[block] >= least for block, least in asked.one_of)
        and any(blocks[block] >= least for block, least in asked.and_one_of)
        and sum(points >= asked.blocks.points for points in blocks.values()) >= asked.blocks.number
    )


def _irritation_is_out(weighed: Weighed, rule: Rule) -> bool:
    """A7.6: a heavy day is more than irritation; X15: so is harm."""
    heaviness = weighed.facts.number("O2")
    harmed = any(found.code == "X15" for found in weighed.contradictions)
    return harmed or (heaviness is not None and heaviness >= rule.picture.no_irritation_from)


def reasons_why_unclear(
    picture: tuple[Explanation, ...], leads: tuple[Explanation, ...], weighed: Weighed, rule: Rule
) -> Iterator[str]:
    """Yield a stable code for everything that makes the result "not clear yet" (A7.8)."""
    unclear = rule.unclear
    undecided = [e for e in leads if weighed.blocks[e][Block.TRIALS] < unclear.decided_by_trials]
    if not picture:
        yield "nothing_in_picture"
    if len(picture) > unclear.most_in_picture:
        yield "too_many"
    if any(_speaks_against(e, weighed, rule) for e in undecided):
        yield "leader_contradicted"
    if undecided and _clashes(weighed.blocks, rule) >= unclear.clash.number:
        yield "clashes"
    yield from _reasons_in_checks(weighed, rule, undecided=bool(undecided) or not leads)
    if weighed.out_flag and any(weighed.points[e] < unclear.outside_needs for e in leads):
        yield "outside_work"
    if any(failed_its_own(e, weighed.facts, rule) for e in leads or _strongest(weighed)):
        yield "own_trial_failed"


def _strongest(weighed: Weighed) -> tuple[Explanation, ...]:
    """Return what would be most likely, if anything is: it may have lost its place to its own trial."""
    top = max(Explanation, key=lambda e: weighed.ranks[e])
    return (top,) if weighed.points[top] > 0 else ()


def _speaks_against(explanation: Explanation, weighed: Weighed, rule: Rule) -> bool:
    blocks = weighed.blocks[explanation]
    return any(blocks[block] <= rule.unclear.against for block in rule.unclear.against_blocks)


def _clashes(blocks: Blocks, rule: Rule) -> int:
    """Count the pairs of blocks that say opposite things, over all explanations."""
    least = rule.unclear.clash.points
    return sum(
        of[one] * of[other] < 0 and min(abs(of[one]), abs(of[other])) >= least
        for of in blocks.values()
        for one, other in rule.unclear.clash_pairs
    )


def _reasons_in_checks(weighed: Weighed, rule: Rule, *, undecided: bool) -> Iterator[str]:
    open_codes = {found.code for found in weighed.contradictions if found.counts and not found.resolved}
    count = len(open_codes) + (weighed.flat == HIGH)
    if count >= rule.unclear.contradictions:
        yield "contradictions"
    if weighed.flat == LOW:
        yield LOW
    if "X8" in open_codes:
        yield "X8"
    if undecided:
        yield from (HIGH,) if weighed.flat == HIGH else ()
        yield from ("X3",) if "X3" in open_codes else ()
