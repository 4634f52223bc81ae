"""People who answer: as a stranger would, at random, or with everything high."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hypothesis import strategies as st

from flows.assessment.codes import CHOICES, SCALES, SIGNS, TRIAL_KINDS
from flows.assessment.evidence import EnergyLog, Facts, Trial
from flows.assessment.notation import CONTRADICTIONS

ITEMS = (*SCALES, *CHOICES)


def answer_to(item: str) -> st.SearchStrategy[object]:
    """A right answer to an item, or None where it was skipped."""
    if item in SCALES:
        return st.none() | st.integers(*SCALES[item])
    return st.none() | st.sampled_from(CHOICES[item])


def answers() -> st.SearchStrategy[dict[str, object]]:
    """Right answers to some of the items, in any order."""
    ticks = st.lists(st.sampled_from(("no", "sleep", "loss", "rather")), max_size=2).map(tuple)
    return st.fixed_dictionaries({}, optional={**{item: answer_to(item) for item in ITEMS}, "O7": ticks})


TRIALS = st.builds(
    Trial,
    kind=st.sampled_from(TRIAL_KINDS),
    outcome=st.sampled_from(("held", "temp", "none", "worse")),
    dose=st.sampled_from((0.1, 0.5, 1.0)),
    load=st.sampled_from((None, "heavy", "ord", "light")),
    still_heavy=st.booleans(),
    two_at_once=st.booleans(),
    life_event=st.booleans(),
    short_baseline=st.booleans(),
)

ENERGY = st.none() | st.builds(EnergyLog, st.sampled_from(("", "a", "bd", "cef")), st.floats(0, 1))


def facts() -> st.SearchStrategy[Facts]:
    """Everything that may be known of a person."""
    some_trials = st.lists(TRIALS, max_size=4).map(tuple)
    resolved = st.frozensets(st.sampled_from(CONTRADICTIONS), max_size=3)
    return st.builds(Facts, answers(), some_trials, some_trials, ENERGY, resolved)


def at_random(rng: random.Random, *, outside: bool) -> Facts:
    """Somebody who answers every item by chance; CF9 only where it is asked, FIT comes after a map."""
    found: dict[str, object] = {item: rng.randint(*span) for item, span in SCALES.items()}
    found |= {item: rng.choice(codes) for item, codes in CHOICES.items() if item != "FIT"}
    found["O7"] = (rng.choice(("no", "sleep")),)
    if not outside:
        found |= {"O6": 0, "O7": ("no",)}
    return Facts(asked(found))


def with_everything_high(rng: random.Random) -> Facts:
    """Somebody who says yes to every sign and finds that every scenario would help; the rest by chance."""
    found = dict(at_random(rng, outside=False).answers)
    found |= {sign: rng.randint(3, 4) for sign in SIGNS}
    found |= {
        item: rng.randint(0, 3) for item in ("CF1", "CF2", "CF3", "CF3b", "CF3c", "CF4", "CF5", "CF6", "CF7")
    }
    return Facts(asked(found | {"O2": rng.randint(7, 10), "CF0": rng.randint(7, 10)}))


def asked(found: dict[str, object]) -> dict[str, object]:
    """Drop what is not asked of this person: CF9 follows "same role elsewhere" alone."""
    return found if found.get("CF8") == "else" else without(found, ("CF9",))


def without(found: dict[str, object], items: Iterable[str]) -> dict[str, object]:
    return {item: answer for item, answer in found.items() if item not in set(items)}
