"""The moves of the ladder: small and reversible first (A8, concepts 24 to 29, 92 to 96, 103).

Their words are prompts ("ladder.<id>.what" and so on); here is what the coach has to know of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from flows.assessment.explanations import Explanation
from flows.assessment.reading import Reading

CAP, ENV, VAL, IDN, IRR = Explanation


@dataclass(frozen=True, slots=True)
class Move:
    """One move. `weeks`: within how many its sign should show.

    `way`: "trial" is planned as a trial of kind `leads_to`, "command" opens that command, "words" and "tap"
    are done on the spot. `size`: 1 can be done and undone this week, 2 takes weeks, 3 needs others to agree,
    4 changes the contract or the place. Somebody without a job can only make a move that is possible
    `anywhere`; `not_for` lists the situations in which it makes no sense.
    """

    id: str
    explanation: Explanation
    size: int
    weeks: int
    way: Literal["trial", "command", "words", "tap"]
    leads_to: str = ""
    anywhere: bool = False
    not_for: tuple[str, ...] = ()


MOVES: tuple[Move, ...] = (
    Move("cap_pacing", CAP, 1, 2, "trial", "load"),
    Move("cap_boundary", CAP, 1, 2, "trial", "load"),
    Move("cap_days_off", CAP, 1, 4, "command", "week"),
    Move("cap_break", CAP, 2, 3, "command", "break"),
    Move("cap_talk", CAP, 2, 4, "trial", "load"),
    Move("env_notes", ENV, 1, 2, "tap"),
    Move("env_ally", ENV, 1, 1, "words"),
    Move("env_advice", ENV, 1, 2, "words"),
    Move("env_line", ENV, 3, 4, "trial", "people"),
    Move("env_exit", ENV, 3, 2, "command", "slope", not_for=("student", "carer")),
    Move("val_sentence", VAL, 1, 1, "words", anywhere=True),
    Move("val_mix", VAL, 2, 4, "trial", "purpose"),
    Move("val_inside", VAL, 3, 8, "trial", "purpose", not_for=("self", "student", "carer")),
    Move("val_lateral", VAL, 4, 26, "trial", "employer", not_for=("student", "carer")),
    Move("val_slope", VAL, 4, 8, "command", "slope", not_for=("student", "carer")),
    Move("idn_log", IDN, 1, 2, "command", "log", anywhere=True),
    Move("idn_shift", IDN, 2, 4, "trial", "role"),
    Move("idn_side", IDN, 2, 4, "words", anywhere=True),
    Move("idn_skill", IDN, 2, 4, "words", anywhere=True),
    Move("idn_advise", IDN, 2, 4, "words", anywhere=True),
    Move("irr_thanks", IRR, 1, 1, "words", anywhere=True),
    Move("irr_stop", IRR, 1, 2, "tap", anywhere=True),
    Move("irr_fix", IRR, 2, 3, "trial", "fix"),
)
"""All of them, by explanation, the smallest first; of the same size in the order to offer them."""

BY_ID: Mapping[str, Move] = {move.id: move for move in MOVES}

WITH_HARM = ("env_advice", "env_notes", "env_ally", "env_exit")
"""The only ones for somebody who is harmed: none asks to stay longer (BR5)."""

NOT_ON_THE_LADDER = ("env_advice", "cap_days_off")
"""They have their place with harm, and where nothing is clear."""

APART: Mapping[str, tuple[str, ...]] = {
    "CAP_ENV": ("cap_talk", "env_line"),
    "CAP_VAL": ("cap_break", "cap_talk"),
    "CAP_IDN": ("cap_break", "cap_talk"),
    "CAP_IRR": ("irr_fix",),
    "ENV_VAL": ("val_mix", "env_line"),
    "ENV_IDN": ("idn_shift", "env_line"),
    "ENV_IRR": ("irr_fix",),
    "VAL_IDN": ("idn_log", "val_mix", "idn_shift"),
    "VAL_IRR": ("irr_fix",),
    "IDN_IRR": ("irr_fix",),
}
"""What would tell two explanations apart (A8)."""

NOT_THE_WORK_ALONE = ("cap_days_off", "cap_break")
"""Where nothing is seen but what goes on outside work, or where nothing lifts a Monday (A8, CAP vs OUT)."""

GROUND = "cap_boundary"
"""Capacity is cared for first when a workday is that heavy, whatever leads (A2)."""

SMALL = 2
"""Of layers beside the lead only moves up to this size are offered."""


def ladder(reading: Reading) -> tuple[Move, ...]:
    """Return the moves that fit a map, in the order to offer them; none for somebody on leave."""
    if reading.on_leave:
        return ()
    if reading.harmed:
        found = _named(WITH_HARM)
    elif reading.outside_comes_first or reading.nothing_lifts:
        found = _named(NOT_THE_WORK_ALONE)
    elif reading.is_light:
        found = _of(IRR)
    else:
        found = _for_the_lead(reading) if leads(reading) else _named(APART[pair(reading)])
        found = _with_ground(found) if reading.is_heavy else found
    tried = came_to_nothing(reading)
    return tuple(each for each in found if suits(each, reading.person.situation) and each.id not in tried)


def came_to_nothing(reading: Reading) -> frozenset[str]:
    """Return the moves that were tried in earnest and did not hold: they are not offered a second time."""
    trials = reading.person.diary.trials
    return frozenset(each.move for each in trials if each.outcome in ("none", "temp", "worse") and each.move)


def leads(reading: Reading) -> tuple[Explanation, ...]:
    """Return what leads the map; nothing when its explanation was set aside."""
    return () if reading.person.diary.parked else reading.named


def pair(reading: Reading) -> str:
    """Return the two that are alive where nothing leads, as `APART` names them."""
    return "_".join(each for each in Explanation if each in reading.pair)


def suits(move: Move, situation: str) -> bool:
    """Return whether somebody in this situation can make a move at all."""
    if situation == "between":
        return move.anywhere
    return situation not in move.not_for


def _for_the_lead(reading: Reading) -> tuple[Move, ...]:
    beside = (each for each in reading.result.layers if each not in leads(reading))
    small = (move for move in _of(*beside) if move.size <= SMALL)
    return (*_of(*leads(reading)), *small)


def _of(*explanations: Explanation) -> tuple[Move, ...]:
    """The moves of some explanations together, the smallest first."""
    there = (move for each in explanations for move in MOVES if move.explanation is each)
    return tuple(sorted((m for m in there if m.id not in NOT_ON_THE_LADDER), key=lambda move: move.size))


def _with_ground(found: tuple[Move, ...]) -> tuple[Move, ...]:
    return (BY_ID[GROUND], *(move for move in found if move.id != GROUND))


def _named(ids: Iterable[str]) -> tuple[Move, ...]:
    return tuple(BY_ID[each] for each in ids)
