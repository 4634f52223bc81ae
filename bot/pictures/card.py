"""What is on the picture of a map: words that are ready to be shown, and dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

DOTS = 5
"""Dots in a row; how many of them are filled says how sure the map is (assessment.md A8)."""

MOST_REASONS = 2
MOST_LAYERS = 5


class Drawable:
    """Words and numbers of one locale, ready to be drawn by the function `draw` of a module.

    A subclass is a dataclass of plain values: it waits in the outbox until its picture is sent.
    """

    __slots__ = ()
    drawn_by: ClassVar[str]


@dataclass(frozen=True, slots=True)
class LayerLine:
    """One layer of the map: its name, how sure the map is in a word and in dots, and why.

    `word_before` and `dots_before` are those of the earlier map on a card that compares two.
    """

    name: str
    word: str
    dots: int
    reasons: tuple[str, ...] = ()
    leading: bool = False
    word_before: str = ""
    dots_before: int | None = None

    def __post_init__(self) -> None:
        for dots in (self.dots, self.dots_before or 0):
            if not 0 <= dots <= DOTS:
                raise ValueError(f"a row has {DOTS} dots, not {dots}")
        if len(self.reasons) > MOST_REASONS:
            raise ValueError(f"a row has room for {MOST_REASONS} reasons, not {len(self.reasons)}")


@dataclass(frozen=True, slots=True)
class Card(Drawable):
    """A map as one picture, in plain words of one locale: no HTML, no markup of any kind.

    `columns` are the heads of the earlier and the later one of two maps side by side; none for one map.
    """

    drawn_by: ClassVar[str] = "bot.pictures.map_card"

    title: str
    subtitle: str
    layers: tuple[LayerLine, ...]
    foot: str
    flag: str = ""
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.columns) not in (0, 2):
            raise ValueError(f"a card shows one map or two, not {len(self.columns)}")
        if not 1 <= len(self.layers) <= MOST_LAYERS:
            raise ValueError(f"a card shows 1 to {MOST_LAYERS} layers, not {len(self.layers)}")
