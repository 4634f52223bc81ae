"""What is on the picture of a decision: words that are ready to be shown, and shares of full bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.pictures.card import Drawable

MOST_MEASURES = 3


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: its name, and for now and then a share of the full bar (None: left open) and its words.

    `heavy`: more of it is worse.
    """

    name: str
    shares: tuple[float | None, float | None]
    words: tuple[str, str]
    heavy: bool = False

    def __post_init__(self) -> None:
        if not all(share is None or 0 <= share <= 1 for share in self.shares):
            raise ValueError(f"a share is from 0 to 1, not {self.shares}")


@dataclass(frozen=True, slots=True)
class DecisionCard(Drawable):
    """A decision now against then, in plain words of one locale. `when` names both bars of a measure."""

    drawn_by: ClassVar[str] = "bot.pictures.decision_card"

    title: str
    when: tuple[str, str]
    lines: tuple[MeasureLine, ...]
    foot: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST_MEASURES:
            raise ValueError(f"1 to {MOST_MEASURES} measures, not {len(self.lines)}")
