"""A map as it is kept: the result and the answers it rests on, never the words, and never computed again."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from flows.assessment.certainty import words
from flows.assessment.facts import Facts
from flows.assessment.map import leads
from flows.assessment.notation import trials_in_notation
from flows.assessment.scored import Scored
from flows.diary import Answered, DrawnMap


def as_drawn(result: Scored, facts: Facts, now: datetime) -> DrawnMap:
    """Return what is kept of a map drawn at this moment."""
    return DrawnMap(
        at=now.astimezone(UTC),
        rule_version=result.rule_version,
        tier=result.tier,
        points={str(explanation): round(points, 1) for explanation, points in result.points.items()},
        words={str(explanation): word.value for explanation, word in words(result).items()},
        lead=tuple(str(explanation) for explanation in leads(result)),
        layers=tuple(str(explanation) for explanation in result.layers),
        unclear=result.unclear,
        reasons=result.reasons,
        out_flag=result.out_flag,
        answers=_answers(facts),
    )


def _answers(facts: Facts) -> dict[str, Answered]:
    told = {
        item: tuple(value) if isinstance(value, list | tuple) else value
        for item, value in facts.answers.items()
        if isinstance(value, int | str | list | tuple)
    }
    logged = {"tried": trials_in_notation(facts.tried), "log": trials_in_notation(facts.trials)}
    return told | {key: trials for key, trials in logged.items() if trials}


def says_the_same(one: DrawnMap, other: DrawnMap) -> bool:
    """Whether two maps have the same result, whenever and however they came to it."""
    return _result(one) == _result(other)


def _result(drawn: DrawnMap) -> DrawnMap:
    return replace(drawn, at=datetime.fromtimestamp(0, UTC), answers={}, fit="")


def as_remembered(drawn: DrawnMap) -> dict[str, Any]:
    """Return a map as its record holds it, ready for JSON."""
    body: dict[str, Any] = {each.name: getattr(drawn, each.name) for each in fields(drawn)}
    return body | {"at": drawn.at.isoformat(), "answers": _plain(drawn)}


def _plain(drawn: DrawnMap) -> dict[str, Any]:
    return {item: list(v) if isinstance(v, tuple) else v for item, v in drawn.answers.items()}
