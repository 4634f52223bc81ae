"""All five at a glance: as lines, and as a picture with the words as its caption."""

from __future__ import annotations

from flows.assessment.certainty import Word, dots, words
from flows.assessment.evidence_lines import quotes, strongest, sums
from flows.assessment.explanations import Explanation
from flows.assessment.quotes import layer
from flows.assessment.reading import Reading
from flows.engine.say import Fact, Label, Picture, Row, Say

REASONS = 2
"""Reasons below one row of the picture, at the most."""


def overview(reading: Reading) -> Say:
    """Return the five with the word that each has earned."""
    said = words(reading.result)
    rows = tuple(_row(reading, each, said[each]) for each in reading.in_order)
    flag = Say("map.outside_short") if reading.result.out_flag else None
    picture = Picture(Say("map.title"), Say("map.subtitle"), rows, Say("map.footer"), flag)
    lines = tuple(line(each, said[each]) for each in reading.in_order)
    return Say("map.overview", {"lines": lines}, apart=True, picture=picture)


def _row(reading: Reading, explanation: Explanation, word: Word) -> Row:
    speaks = sums(reading.result.evidence, (explanation,))
    reasons = quotes(reading, strongest(speaks, 1))[:REASONS] if dots(word) else ()
    return Row(layer(explanation), in_words(word), dots(word), reasons, explanation in reading.named)


def line(explanation: Explanation, word: Word) -> Say:
    """Return one line of a map without a picture: dots, name, word."""
    facts: dict[str, Fact] = {
        "dots": as_signs(dots(word)),
        "layer": layer(explanation),
        "word": in_words(word),
    }
    return Say("map.line", facts)


def as_signs(full: int) -> str:
    """Return so many full dots of five."""
    return "\u25cf" * full + "\u25cb" * (5 - full)


def in_words(word: Word) -> Label:
    return Label("map.words", word.value)
