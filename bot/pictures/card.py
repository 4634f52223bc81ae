"""What is on the picture of a map: words that are ready to be shown, and dots."""

from __future__ import annotations

from dataclasses import dataclass

DOTS = 5
"""Dots in a row; how many of them are filled says how sure the map is (assessment.md A8)."""

MOST_REASONS = 2
MOST_LAYERS = 5


@dataclass(frozen=True, slots=True)
class LayerLine:
    """One layer of the map: its name, how sure the map is in a word and in dots, and why."""

    name: str
    word: str
    dots: int
    reasons: tuple[str, ...] = ()
    leading: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.dots <= DOTS:
            raise ValueError(f"a row has {DOTS} dots, not {self.dots}")
        if len(self.reasons) > MOST_REASONS:
            raise ValueError(f"a row has room for {MOST_REASONS} reasons, not {len(self.reasons)}")


@dataclass(frozen=True, slots=True)
class Card:
    """A map as one picture, in plain words of one locale: no HTML, no markup of any kind."""

    title: str
    subtitle: str
    layers: tuple[LayerLine, ...]
    foot: str
    flag: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.layers) <= MOST_LAYERS:
            raise ValueError(f"a card shows 1 to {MOST_LAYERS} layers, not {len(self.layers)}")
