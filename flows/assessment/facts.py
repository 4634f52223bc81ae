"""What is known of one person: the answers, what was tried, what the energy log shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from types import MappingProxyType

from flows.assessment.codes import CHOICES, SCALES
from flows.assessment.rule import Answers


@dataclass(frozen=True, slots=True)
class Trial:
    """Something tried and what came of it, as one row of the table of trials (A7).

    `outcome`: held, temp (came back), none, or worse, which says what none says.
    `dose`: 1 is the fair dose or more. `load`: heavy, ord or light, on return from rest.
    `still_heavy`: it held, and the heaviness is still 4 or more. `short_baseline`: under two weeks before it.
    """

    kind: str
    outcome: str
    dose: float = 1.0
    load: str | None = None
    still_heavy: bool = False
    two_at_once: bool = False
    life_event: bool = False
    short_baseline: bool = False


@dataclass(frozen=True, slots=True)
class EnergyLog:
    """The patterns found in an energy log, by letter, and its coverage from 0 to 1 (A7)."""

    letters: Collection[str]
    coverage: float


@dataclass(frozen=True, slots=True)
class Facts:
    """`tried`: past attempts, from memory. `resolved`: codes of contradictions that the person answered."""

    answers: Answers = field(default_factory=lambda: MappingProxyType({}))
    trials: tuple[Trial, ...] = ()
    tried: tuple[Trial, ...] = ()
    energy: EnergyLog | None = None
    resolved: frozenset[str] = frozenset()

    def number(self, item: str) -> int | None:
        """Return the answer on the item's scale; None when there is none or it is off the scale."""
        answer = self.answers.get(item)
        if isinstance(answer, str):
            answer = _DIGITS.get(answer)
        if not isinstance(answer, int) or isinstance(answer, bool):
            return None
        least, most = SCALES[item]
        return answer if least <= answer <= most else None

    def code(self, item: str) -> str | None:
        """Return the answer's code; None when there is none or the item has no such code."""
        answer = self.answers.get(item)
        if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= 10:
            answer = str(answer)
        return answer if isinstance(answer, str) and answer in CHOICES[item] else None

    def ticks(self, item: str) -> tuple[str, ...]:
        """Return what was ticked; a lone code is one tick."""
        answer = self.answers.get(item)
        ticks = answer if isinstance(answer, tuple | list | set | frozenset) else (answer,)
        return tuple(tick for tick in ticks if isinstance(tick, str) and tick)

    def says(self, item: str) -> str | None:
        """Return the answer as the text under which the rule keeps its points."""
        if item in CHOICES:
            return self.code(item)
        number = self.number(item)
        return None if number is None else str(number)


_DIGITS = {str(number): number for number in range(11)}
