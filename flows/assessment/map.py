"""The map: what may be said on the answers so far, what speaks for it and against, and what is missing.

The words allowed come from `certainty` (assessment.md A8); here they become messages. After the sketch
that is at most "a first hunch", and "I can't tell yet" is a result of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from flows.assessment.certainty import Word, words
from flows.assessment.evidence import Evidence, Facts, Scored, score
from flows.assessment.explanations import Explanation
from flows.assessment.rule import Rule
from flows.assessment.sketch import SKETCH, something_else_is_going_on
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Label, Say
from flows.reply import offer

QUOTED = 3
"""Quotes on each side at the most (A8)."""

SHORT = 140
"""Characters of a person's own words that still read as one detail."""

LIGHT = 3
"""Heaviness up to which nothing needs an explanation (O2, A3)."""

NOT_EVIDENCE = frozenset({"O1", "pace"})
QUOTED_ITEMS = frozenset(SKETCH.questions) - NOT_EVIDENCE - {"CF0"}


def scored(sketch: Conversation, rule: Rule) -> Scored:
    """Return the score of the answers so far under the rule of A7."""
    answers = {
        question: answer.value
        for question, answer in sketch.answers.items()
        if question not in NOT_EVIDENCE and answer.value is not None
    }
    return score(Facts(answers=answers), rule)


def as_remembered(sketch: Conversation, rule: Rule) -> dict[str, Any]:
    """Return what is kept of a map: the result, never the words, and the version of the rule."""
    result = scored(sketch, rule)
    return {
        "rule_version": result.rule_version,
        "tier": result.tier,
        "points": {str(explanation): round(points, 1) for explanation, points in result.points.items()},
        "lead": [str(explanation) for explanation in leads(result)],
        "unclear": result.unclear,
        "reasons": list(result.reasons),
        "out_flag": result.out_flag,
    }


def leads(result: Scored) -> tuple[Explanation, ...]:
    """Return the explanations that may be named at this tier; none when it is not clear."""
    if result.unclear:
        return ()
    allowed = words(result)
    return tuple(lead for lead in result.lead if allowed[lead] is not Word.NOT_IN_PICTURE)


def map_says(sketch: Conversation, rule: Rule) -> tuple[Say, ...]:
    """Return the map as messages: what it leans to, the four lines, and what comes next."""
    result = scored(sketch, rule)
    named = leads(result)
    return (
        *_their_words(sketch),
        _headline(result, named, sketch),
        _evidence(result, named, sketch) if named else _between(result, sketch),
        _open(result, named or _live(result), sketch),
        *([Say("map.outside")] if something_else_is_going_on(sketch) else []),
        offer("map.next", ("answers", "answers"), ("help", "help")),
    )


def _their_words(sketch: Conversation) -> tuple[Say, ...]:
    """What the person began with, exactly as they wrote it, when it is short enough to be one detail."""
    words = sketch.value("O1")
    return (Say("map.began", {"words": words}),) if isinstance(words, str) and len(words) <= SHORT else ()


def _headline(result: Scored, named: tuple[Explanation, ...], sketch: Conversation) -> Say:
    if named:
        return Say("map.hunch", {"layer": _layer(named[0])})
    if (sketch.number("O2") or 10) <= LIGHT:
        return Say("map.light")
    first, second = _live(result)
    return Say("map.unclear", {"first": _layer(first), "second": _layer(second)})


def _live(result: Scored) -> tuple[Explanation, ...]:
    """The two explanations that are nearest to the picture; ties go by the order of the list."""
    by_points = sorted(Explanation, key=lambda explanation: -result.points[explanation])
    return tuple(dict.fromkeys((*result.live, *by_points)))[:2]


def _evidence(result: Scored, named: tuple[Explanation, ...], sketch: Conversation) -> Say:
    """What speaks for the hunch, and what against it."""
    speaks = _sums(result.evidence, named)
    facts: dict[str, Fact] = {
        "layer": _layer(named[0]),
        "points_to": _quotes(_strongest(speaks, 1), sketch) or (Say("map.nothing_for"),),
        "points_away": _quotes(_strongest(speaks, -1), sketch) or (Say("map.nothing_against"),),
    }
    return Say("map.evidence", facts)


def _between(result: Scored, sketch: Conversation) -> Say:
    """What speaks for each of the two that cannot be told apart."""
    first, second = (
        _quotes(_strongest(_sums(result.evidence, (each,)), 1), sketch) or (Say("map.nothing_for"),)
        for each in _live(result)
    )
    one, other = _live(result)
    facts: dict[str, Fact] = {
        "first": _layer(one),
        "for_first": first,
        "second": _layer(other),
        "for_second": second,
    }
    return Say("map.between", facts)


def _strongest(speaks: Mapping[str, float], sign: int) -> list[str]:
    """Items that speak for (1) or against (-1), the strongest first."""
    heard = [item for item in speaks if speaks[item] * sign > 0]
    return sorted(heard, key=lambda item: -speaks[item] * sign)


def _sums(evidence: Iterable[Evidence], named: tuple[Explanation, ...]) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for piece in evidence:
        if piece.explanation in named and piece.item in QUOTED_ITEMS:
            sums[piece.item] += piece.points
    return sums


def _quotes(items: list[str], sketch: Conversation) -> tuple[Say, ...]:
    return tuple(_quote(item, sketch) for item in items[:QUOTED])


def _quote(item: str, sketch: Conversation) -> Say:
    facts = {**SKETCH.facts(sketch), "answer": shown(SKETCH, item, sketch.value(item))}
    return Say(f"quotes.{item}", facts, variant=sketch.about.get("situation", ""))


def _open(result: Scored, named: tuple[Explanation, ...], sketch: Conversation) -> Say:
    """What is not known, and what would change this."""
    skipped = sum(1 for step in SKETCH.steps(sketch) if sketch.value(step) is None)
    first, second = named if len(named) > 1 else (named[0], _rival(result, named[0]))
    pair = "_".join(explanation for explanation in Explanation if explanation in (first, second))
    facts: dict[str, Fact] = {
        "unknown": Say(f"map.unknown.{first}"),
        "skipped": Say("map.skipped" if skipped else "map.none_skipped", {"count": skipped}),
        "settles": Say(f"map.settle.{pair}"),
    }
    return Say("map.open", facts)


def _rival(result: Scored, lead: Explanation) -> Explanation:
    """The strongest other explanation: what a lead has to be told apart from."""
    others = (explanation for explanation in Explanation if explanation is not lead)
    return max(others, key=lambda explanation: result.points[explanation])


def _layer(explanation: Explanation) -> Label:
    return Label("map.layers", explanation.value)
