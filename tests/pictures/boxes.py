"""The boxes of what is placed on a card."""

from __future__ import annotations

from bot.pictures.layout import Box, Dot, Layout, Line


def boxes_of(layout: Layout) -> list[Box]:
    placed: list[Line | Dot] = [*layout.lines, *layout.dots, *layout.bullets]
    return [each.box for each in placed]


def overlap(one: Box, other: Box) -> bool:
    beside = one.right <= other.x or other.right <= one.x
    return not (beside or one.bottom <= other.y or other.bottom <= one.y)
