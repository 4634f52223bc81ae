"""Why a line of the map says what it says: everything behind it, for and against, the strongest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.assessment.certainty import words
from flows.assessment.evidence_lines import strongest, sums
from flows.assessment.explanations import Block, Explanation
from flows.assessment.overview import in_words
from flows.assessment.quotes import layer, quote
from flows.assessment.reading import Reading
from flows.engine.say import Fact, Label, Say

GROUPS: Mapping[str, frozenset[Block]] = {
    "said": frozenset({Block.LABEL, Block.PROFILE, Block.SIGNS, Block.MODULES}),
    "mondays": frozenset({Block.FORECASTS}),
    "tried": frozenset({Block.HISTORY}),
    "happened": frozenset({Block.ENERGY, Block.TRIALS}),
}
"""Where evidence comes from, in the order of the answer: what happened stands last and weighs most."""

STRONGLY, A_LITTLE = 3.0, 1.0
"""Points from which on one item weighs strongly, and up to which it weighs a little."""

LONG = 4
"""Lines from which on a group is folded, where the messenger can fold."""


def with_something_said(reading: Reading) -> tuple[Explanation, ...]:
    """Return the explanations that anything at all speaks for or against, the strongest first."""
    said = {piece.explanation for piece in reading.result.evidence if quote(reading, piece.item)}
    return tuple(each for each in reading.in_order if each in said)


def explained(reading: Reading, explanation: Explanation) -> tuple[Say, ...]:
    """Return what is behind one line of the map."""
    groups = tuple(_groups(reading, explanation))
    if not groups:
        return (Say("why.nothing", {"layer": layer(explanation)}),)
    word = in_words(words(reading.result)[explanation])
    return (Say("why.head", {"layer": layer(explanation), "word": word}), *groups)


def _groups(reading: Reading, explanation: Explanation) -> Iterator[Say]:
    for name, blocks in GROUPS.items():
        there = (piece for piece in reading.result.evidence if piece.block in blocks)
        speaks = sums(there, (explanation,))
        sides = {"for": _lines(reading, speaks, 1), "against": _lines(reading, speaks, -1)}
        parts = tuple(Say(f"why.{side}", {"lines": lines}) for side, lines in sides.items() if lines)
        count = sum(len(lines) for lines in sides.values())
        if count:
            facts: dict[str, Fact] = {"group": Label("why.groups", name), "parts": parts}
            yield Say("why.folded" if count > LONG else "why.group", facts)


def _lines(reading: Reading, speaks: Mapping[str, float], sign: int) -> tuple[Say, ...]:
    lines = ((quote(reading, item), abs(speaks[item])) for item in strongest(speaks, sign))
    return tuple(
        Say("why.line", {"quote": told, "weight": Label("why.weights", _weight(points))})
        for told, points in lines
        if told is not None
    )


def _weight(points: float) -> str:
    """In words: points are never said."""
    return "strongly" if points >= STRONGLY else "a_little" if points <= A_LITTLE else "clearly"
