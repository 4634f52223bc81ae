"""The notation of answer vectors: `O2=7 K1=3 CF0=8 log=load:sus@1 energy=d cov=1 X6=resolved` (A10).

Beyond A10: a trial may name its case after the outcome, as `rest:tmp:ord@1` (the load on return: heavy, ord,
light) or `load:sus:still_heavy@1`; rest without its own load takes R4. The dose is 1 when none is written.
`O7=1` is any tick; `O7=no`, `O7=none` and `O7=0` are none. Patterns stand together, as in `energy=ad`; `f` is
the last pattern of A7, which has no letter there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from flows.assessment.codes import CHOICES, SCALES, TRIAL_KINDS
from flows.assessment.facts import EnergyLog, Facts, Trial
from flows.assessment.rule import PATTERNS

OUTCOMES = {"sus": "held", "held": "held", "tmp": "temp", "temp": "temp", "none": "none", "worse": "worse"}
LOADS = CHOICES["R4"]
STILL_HEAVY = "still_heavy"
ALSO_KNOWN_AS = {
    "boundaries": "load",
    "control": "load",
    "coaching": "support",
    "promotion": "pay",
    "lead": "people",
    "team": "people",
    "irritants": "fix",
}
OTHER_KEYS = ("O1", "O7", "v1", "R1", "L1", "L2", "log", "tried", "energy", "cov")
UNSCORED = ("O1", "v1", "R1", "L1", "L2")
CONTRADICTIONS = tuple(f"X{number}" for number in range(1, 16))
NO_TICK = ("no", "none", "0")


class VectorError(ValueError):
    """A vector that cannot be read. Names the key and the remedy."""


def parse_vector(text: str) -> Facts:
    """Return the facts of a vector; raise VectorError for the first thing wrong in it."""
    pairs = _pairs(text)
    answers = {key: _answer(key, value) for key, value in pairs.items() if key in SCALES or key in CHOICES}
    if "O7" in pairs:
        answers["O7"] = ("no",) if pairs["O7"] in NO_TICK else tuple(pairs["O7"].split(","))
    answers |= {key: pairs[key] for key in UNSCORED if key in pairs}
    load = answers.get("R4")
    return Facts(
        answers=answers,
        trials=_trials("log", pairs.get("log", ""), load),
        tried=_trials("tried", pairs.get("tried", ""), load),
        energy=_energy(pairs),
        resolved=frozenset(key for key in pairs if _is_contradiction(key)),
    )


def _pairs(text: str) -> Mapping[str, str]:
    pairs: dict[str, str] = {}
    for word in text.split():
        key, equals, value = word.partition("=")
        if not (key and equals and value):
            raise VectorError(f"{word}: is not key=value; write one, such as O2=7")
        if key in pairs:
            raise VectorError(f"{key}: stands there twice; keep one")
        _check_key(key, value)
        pairs[key] = value
    return pairs


def _check_key(key: str, value: str) -> None:
    if _is_contradiction(key):
        if value != "resolved":
            raise VectorError(f"{key}: {value!r} is nothing to say of a contradiction; write {key}=resolved")
    elif key not in SCALES and key not in CHOICES and key not in OTHER_KEYS:
        near = get_close_matches(key, (*SCALES, *CHOICES, *OTHER_KEYS), n=1, cutoff=0.5)
        remedy = f"did you mean {near[0]}?" if near else "use an item id, log, tried, energy, cov or Xn"
        raise VectorError(f"{key}: there is no such key; {remedy}")


def _is_contradiction(key: str) -> bool:
    return key in CONTRADICTIONS


def _answer(key: str, value: str) -> object:
    if key in CHOICES:
        if value not in CHOICES[key]:
            raise VectorError(f"{key}: there is no answer {value!r}; use one of {', '.join(CHOICES[key])}")
        return value
    least, most = SCALES[key]
    if not (value.isdecimal() and value.isascii() and len(value) <= 2 and least <= int(value) <= most):
        raise VectorError(f"{key}: {value!r} is off the scale; write a whole number from {least} to {most}")
    return int(value)


def _trials(key: str, value: str, load: object) -> tuple[Trial, ...]:
    trials = tuple(_trial(key, one) for one in value.split(",")) if value else ()
    on_return = load if isinstance(load, str) else None
    return tuple(replace(t, load=on_return) if t.kind == "rest" and t.load is None else t for t in trials)


def _trial(key: str, text: str) -> Trial:
    what, at, dose = text.partition("@")
    kind, _, rest = what.partition(":")
    outcome, _, case = rest.partition(":")
    kind = ALSO_KNOWN_AS.get(kind, kind)
    if kind not in TRIAL_KINDS:
        raise VectorError(f"{key}: there is no kind of trial {kind!r}; use one of {', '.join(TRIAL_KINDS)}")
    if outcome not in OUTCOMES:
        raise VectorError(
            f"{key}: there is no outcome {outcome!r} of {kind}; use one of {', '.join(OUTCOMES)}"
        )
    if case and case not in (*LOADS, STILL_HEAVY):
        raise VectorError(
            f"{key}: there is no case {case!r} of {kind}; use one of {', '.join(LOADS)}, {STILL_HEAVY}"
        )
    full = _share(key, dose, "dose") if at else 1.0
    still_heavy = case == STILL_HEAVY
    return Trial(kind, OUTCOMES[outcome], full, None if still_heavy else case or None, still_heavy)


def _share(key: str, text: str, name: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise VectorError(f"{key}: {text!r} is no {name}; write a number from 0 to 1")
    return number


def _energy(pairs: Mapping[str, str]) -> EnergyLog | None:
    if "energy" not in pairs:
        if "cov" in pairs:
            raise VectorError("cov: there is no energy log to cover; add energy=, or remove cov")
        return None
    letters = pairs["energy"].replace(",", "")
    strange = sorted(set(letters) - set(PATTERNS))
    if strange:
        raise VectorError(f"energy: there is no pattern {strange[0]!r}; use letters of {PATTERNS}")
    return EnergyLog(letters, _share("cov", pairs.get("cov", "1"), "coverage"))


def trials_in_notation(trials: Iterable[Trial]) -> str:
    """Return trials as a vector writes them: `load:temp@1,rest:temp:ord@0.5`; "" for none."""
    return ",".join(_in_notation(trial) for trial in trials)


def _in_notation(trial: Trial) -> str:
    case = STILL_HEAVY if trial.still_heavy else trial.load
    return f"{trial.kind}:{trial.outcome}{f':{case}' if case else ''}@{trial.dose:g}"
