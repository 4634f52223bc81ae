"""How sure a map may sound: words, dots and tiers (A8).

Readings of the text, where it leaves room:
- Tier 3 belongs to an explanation: the trial or the log has to agree with that one.
- Tier 2 is reached with six answers beyond the sketch.
- Points without the two kinds of evidence that A7.6 asks for are never more than a hint.
- A result that is "not clear yet" calls nothing more than leaning.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.codes import DEEPER
from flows.assessment.explanations import Explanation, Word
from flows.assessment.facts import Facts
from flows.assessment.rule_parts import TierRule
from flows.assessment.scored import Scored

__all__ = ["Word", "dots", "may_be_named", "questionnaire_tier", "words"]

_ORDER = tuple(Word)


def words(scored: Scored) -> Mapping[Explanation, Word]:
    """Return the word that may be said of each explanation."""
    return {explanation: _word(explanation, scored) for explanation in Explanation}


def may_be_named(scored: Scored) -> tuple[Explanation, ...]:
    """Return what leads and has earned a word at its tier; none when it is not clear."""
    if scored.unclear:
        return ()
    allowed = words(scored)
    return tuple(lead for lead in scored.lead if allowed[lead] is not Word.NOT_IN_PICTURE)


def dots(word: Word) -> int:
    """Return how many of five dots a word has: one for every two of the points that it takes."""
    return (0, 1, 2, 3, 5)[_ORDER.index(word)]


def questionnaire_tier(facts: Facts, rule: TierRule) -> int:
    """Return 1 for a sketch, 2 when enough was answered beyond it."""
    deeper = sum(facts.says(item) is not None for item in DEEPER)
    return 2 if deeper >= rule.deeper_answers else 1


def _word(explanation: Explanation, scored: Scored) -> Word:
    rule, points, tier = scored.wording, scored.points[explanation], scored.tiers[explanation]
    if tier == 1 and not _stands_out(explanation, scored):
        return Word.NOT_IN_PICTURE
    earned = max((word for word, least in rule.least if points >= least), key=_ORDER.index, default=_ORDER[0])
    caps = [rule.by_tier[tier - 1]]
    caps += [rule.outside] if scored.out_flag else []
    caps += [rule.unclear] if scored.unclear else []
    caps += [rule.not_in_picture] if explanation not in scored.picture else []
    return _ORDER[min(_ORDER.index(word) for word in (earned, *caps))]


def _stands_out(explanation: Explanation, scored: Scored) -> bool:
    """A first hunch is said only of what is ahead of everything else."""
    points, needed = scored.points, scored.wording.sketch
    next_best = max(points[other] for other in Explanation if other is not explanation)
    return points[explanation] >= needed.least and points[explanation] - next_best >= needed.ahead
