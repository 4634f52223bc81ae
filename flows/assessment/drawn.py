"""A map as it is kept: the result and the answers it rests on, never the words, and never computed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, Literal

from flows.assessment.certainty import may_be_named, words
from flows.assessment.facts import EnergyLog, Facts, Trial
from flows.assessment.notation import VectorError, parse_vector, trials_in_notation
from flows.assessment.scored import Scored
from flows.diary import Answered, Diary, DrawnMap

TRIED, LOGGED, ENERGY, COVERAGE, RESOLVED = "tried", "log", "energy", "cov", "resolved"
"""What a map rests on besides answers: trials as in A10, the energy log, settled contradictions."""


def as_drawn(result: Scored, facts: Facts, now: datetime) -> DrawnMap:
    """Return what is kept of a map drawn at this moment."""
    return DrawnMap(
        at=now.astimezone(UTC),
        rule_version=result.rule_version,
        tier=result.tier,
        points={str(explanation): round(points, 1) for explanation, points in result.points.items()},
        words={str(explanation): word.value for explanation, word in words(result).items()},
        lead=tuple(str(explanation) for explanation in may_be_named(result)),
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
    beside: dict[str, Answered] = {
        TRIED: trials_in_notation(_as_written(facts.tried)),
        LOGGED: trials_in_notation(_as_written(facts.trials)),
        ENERGY: "".join(sorted(set(facts.energy.letters))) if facts.energy else "",
        COVERAGE: f"{facts.energy.coverage:g}" if facts.energy else "",
        RESOLVED: tuple(sorted(facts.resolved)),
    }
    return told | {key: value for key, value in beside.items() if value}


def _as_written(trials: Iterable[Trial]) -> Iterator[Trial]:
    """A dose of more than the fair one says no more than that; only what held can still be heavy."""
    for trial in trials:
        still_heavy = trial.still_heavy and trial.outcome == "held"
        yield replace(trial, dose=min(1.0, trial.dose), still_heavy=still_heavy)


def facts_behind(answers: Mapping[str, Answered]) -> Facts:
    """Return the facts that a kept map rests on: trials without what else changed meanwhile, which the
    notation does not know, and none of kinds that this release does not know.
    """
    beside = (TRIED, LOGGED, ENERGY, COVERAGE, RESOLVED)
    pairs = " ".join(f"{key}={answers[key]}" for key in (TRIED, LOGGED) if key in answers)
    trials = _trials(pairs)
    resolved = answers.get(RESOLVED, ())
    return Facts(
        answers={item: value for item, value in answers.items() if item not in beside},
        trials=trials.trials,
        tried=trials.tried,
        energy=_energy(answers),
        resolved=frozenset(resolved if isinstance(resolved, tuple) else ()),
    )


def _trials(pairs: str) -> Facts:
    try:
        return parse_vector(pairs)
    except VectorError:
        return Facts()


def _energy(answers: Mapping[str, Answered]) -> EnergyLog | None:
    if COVERAGE not in answers:
        return None
    return EnergyLog(str(answers.get(ENERGY, "")), float(str(answers[COVERAGE])))


def moment(drawn: DrawnMap) -> str:
    """Return what names a map on a button: when it was drawn, in seconds since 1970."""
    return str(int(drawn.at.timestamp()))


def fitting(diary: Diary, which: str, fit: Literal["fits", "not_quite"]) -> Diary:
    """Return the diary with word on one map whether it fits; `which` is its moment."""
    maps = tuple(replace(each, fit=fit) if moment(each) == which else each for each in diary.maps)
    return replace(diary, maps=maps)


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
