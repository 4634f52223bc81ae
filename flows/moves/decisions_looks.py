"""How decisions turned out, against what was expected of them; and what that says of one's own guesses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.diary import Decision, Looked
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Label, Say
from flows.moves.decisions_nudges import AFTER

TURNED = {"much_better": 2, "better": 1, "as": 0, "worse": -1, "much_worse": -2}
_CODES = {number: code for code, number in TURNED.items()}

MUCH = 3
"""How far a workday has to be from what was expected to say much."""

FEWEST = 2
"""Decisions that say something of the guesses behind them."""

EARLY = timedelta(days=15)
"""How long before its day a look may count for it."""

FEARED = 5
"""From how heavy a workday on the expectation was no hope."""

MOST_NAMED = 6
"""Times that have a word of their own."""


def after_of(decision: Decision, today: date) -> int:
    """Return the look that one made today is: the one of 90 days, or as long as that is far, of 30."""
    return AFTER[-1] if today >= decision.on + timedelta(days=AFTER[-1]) - EARLY else AFTER[0]


def looked(decision: Decision, answers: Conversation, today: date) -> Looked:
    """Return what a look found; the numbers say how it turned out, where there are two."""
    came, turned, line = (answers.value(name) for name in ("came", "turned", "line"))
    heavy = answers.number("heavy")
    compared = turned_by(decision.heavy_then, heavy)
    said = TURNED.get(turned) if isinstance(turned, str) else None
    return Looked(
        after=int(answers.about.get("after", AFTER[0])),
        on=today,
        came=came if isinstance(came, str) else "",
        heavy=heavy,
        turned=said if compared is None else compared,
        line=line if isinstance(line, str) else "",
    )


def turned_by(expected: int | None, heavy: int | None) -> int | None:
    """Return from two numbers how it turned out, -2 to 2; None when one is missing. Lighter is better."""
    if expected is None or heavy is None:
        return None
    lighter = expected - heavy
    size = 0 if not lighter else 2 if abs(lighter) >= MUCH else 1
    return size if lighter > 0 else -size


def with_look(decision: Decision, look: Looked) -> Decision:
    """Return the decision with one more look; the same one made twice counts as the later."""
    others = tuple(each for each in decision.looks if each.after != look.after)
    return replace(decision, looks=(*others, look))


def told(decision: Decision, look: Looked) -> Say | None:
    """Return how it turned out in a sentence; None when nobody knows."""
    if look.came in ("not_done", "undecided"):
        return Say(f"decide.came_told.{look.came}")
    if look.turned is None:
        return None
    known = decision.heavy_then is not None and look.heavy is not None
    numbers: dict[str, Fact] = {
        "expected": decision.heavy_then if known and decision.heavy_then is not None else "",
        "heavy": look.heavy if known and look.heavy is not None else "",
    }
    return Say(f"decide.turned_told.{_CODES[look.turned]}", numbers)


@dataclass(frozen=True, slots=True)
class _Guess:
    """How one decision turned out at its last look, and whether it had been expected to be heavy."""

    turned: int
    feared: bool


def calibration(decisions: Iterable[Decision]) -> Say | None:
    """Return what several decisions say of the guesses behind them; None for fewer than two."""
    guesses = [guess for each in decisions if (guess := _guess(each)) is not None]
    if len(guesses) < FEWEST:
        return None
    better = [guess for guess in guesses if guess.turned > 0]
    worse = [guess for guess in guesses if guess.turned < 0]
    alike = [guess for guess in guesses if not guess.turned]
    for name, these in (("better", better), ("worse", worse), ("as", alike)):
        if len(these) >= FEWEST and 2 * len(these) > len(guesses):
            return Say(f"decide.guesses.{_named(name, these)}", {"times": _times(len(these))})
    return Say("decide.guesses.mixed")


def _named(name: str, these: list[_Guess]) -> str:
    """Which sentence: whoever feared it is told so, and whether it was by a little."""
    if name != "better" or not all(guess.feared for guess in these):
        return name
    return "feared_a_little" if all(guess.turned == 1 for guess in these) else "feared"


def _guess(decision: Decision) -> _Guess | None:
    looks = sorted(decision.looks, key=lambda look: look.after)
    known = [look.turned for look in looks if look.turned is not None]
    return _Guess(known[-1], (decision.heavy_then or 0) >= FEARED) if known else None


def _times(count: int) -> Fact:
    return Label("decide.times", str(count) if count <= MOST_NAMED else "many")
