"""`tare score`: answer vectors in, one JSON object a line out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from math import copysign, floor

from flows.assessment.certainty import words
from flows.assessment.evidence import Scored, score
from flows.assessment.notation import VectorError, parse_vector
from flows.assessment.rule import Rule


def score_lines(lines: Iterable[str], rule: Rule) -> Iterator[str]:
    """Yield a JSON object for every `id<TAB>vector`; one with `id` and `error` for a line that is wrong.

    Blank lines are passed over. The order of the lines is kept.
    """
    for found in _found_in(lines, rule):
        yield json.dumps(found, ensure_ascii=False)


def write_scores(lines: Iterable[str], rule: Rule, write: Callable[[str], object]) -> bool:
    """Write the JSON line of every vector, line end included; return whether none of them was wrong."""
    all_well = True
    for found in _found_in(lines, rule):
        write(json.dumps(found, ensure_ascii=False) + "\n")
        all_well = all_well and "error" not in found
    return all_well


def _found_in(lines: Iterable[str], rule: Rule) -> Iterator[dict[str, object]]:
    for place, line in enumerate(lines, start=1):
        text = line.removeprefix("\ufeff").rstrip("\r\n")
        if text.strip():
            yield _found(text, place, rule)


def _found(text: str, place: int, rule: Rule) -> dict[str, object]:
    name, tab, vector = text.partition("\t")
    if not tab:
        return {"id": f"line {place}", "error": f"line {place}: has no tab; write id<TAB>vector"}
    try:
        return {"id": name, **_shown(score(parse_vector(vector), rule))}
    except VectorError as slip:
        return {"id": name, "error": str(slip)}


def _shown(scored: Scored) -> dict[str, object]:
    """`word` is that of the lead, or of what is strongest while nothing leads."""
    strongest = (scored.lead or scored.live)[0]
    return {
        "points": {explanation: _to_a_tenth(points) for explanation, points in scored.points.items()},
        "lead": scored.lead,
        "layers": scored.layers,
        "unclear": scored.unclear,
        "reasons": scored.reasons,
        "word": words(scored)[strongest],
        "out_flag": scored.out_flag,
    }


def _to_a_tenth(points: float) -> float:
    """Round to 0.1, halves away from zero; never -0.0."""
    return copysign(floor(abs(points) * 10 + 0.5 + 1e-9) / 10, points) + 0.0
