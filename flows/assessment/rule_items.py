"""What single answers say: the part of the decision rule that is a table of items and codes (A3, A5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.assessment.codes import CHOICES, SCALES, SIGNS
from flows.assessment.explanations import Block, Explanation
from flows.assessment.table import Points, Table

Says = tuple[tuple[Explanation, float], ...]

REST = "R3"
LOAD = "R4"
ANY_LOAD = "any"


@dataclass(frozen=True, slots=True)
class Item:
    """An item and what each of its answers says, by the answer's code (numbers as text)."""

    name: str
    block: Block
    says: Mapping[str, Says]


def read_choices(table: Table) -> tuple[Item, ...]:
    """Read `items.<block>.<item>.<code>`. Every item and code of the bank must be there, if only as {}."""
    found = tuple(
        _choice(items.table(name), name, block)
        for block, items in _blocks(table)
        for name in items
        if items.knows(name, name, CHOICES, "item")
    )
    for name in sorted(set(CHOICES) - {REST, LOAD} - {item.name for item in found}):
        table.complain(name, f"is missing; add it below its block, as [items.<block>.{name}]")
    return found


def read_scales(table: Table) -> tuple[Item, ...]:
    """Read `scales.<block>.<item>`: bands of a scale and their points."""
    return tuple(
        Item(name, block, _bands(items, name))
        for block, items in _blocks(table)
        for name in items
        if items.knows(name, name, SCALES, "item on a scale")
    )


def read_signs(table: Table) -> tuple[Item, ...]:
    """Read the signs. A share below 0, for "not me", applies to the points above 0 alone (A3)."""
    shares = table.numbers("share")
    if len(shares) not in (0, 5):
        table.complain("share", "is not complete; write five numbers, for the answers 0 to 4")
    points = table.table("points")
    table.nothing_else()
    for name in points:
        points.knows(name, name, SIGNS, "sign")
    return tuple(Item(name, Block.SIGNS, _shared(points.points(name), shares)) for name in SIGNS)


def read_rest(table: Table) -> Mapping[tuple[str, str], Points]:
    """Read `rest.<how soon it was back>.<load on return>` as points by both codes."""
    for code in table:
        table.knows(code, code, CHOICES[REST], "answer code of R3")
    points: dict[tuple[str, str], Points] = {}
    for code in CHOICES[REST]:
        by_load = table.table(code)
        for load in (ANY_LOAD,) if ANY_LOAD in by_load else CHOICES[LOAD]:
            points[code, load] = by_load.points(load)
        by_load.nothing_else()
    return points


def _blocks(table: Table) -> list[tuple[Block, Table]]:
    known = [key for key in table if table.knows(key, key, Block, "block")]
    return [(Block(key), table.table(key)) for key in known]


def _choice(table: Table, name: str, block: Block) -> Item:
    for code in table:
        table.knows(code, code, CHOICES[name], f"answer code of {name}")
    return Item(name, block, {code: tuple(table.points(code).items()) for code in CHOICES[name]})


def _bands(table: Table, name: str) -> Mapping[str, Says]:
    says: dict[str, Says] = {}
    lowest, highest = SCALES[name]
    for least, most, points in table.tables(name, _band):
        if not lowest <= least <= most <= highest:
            table.complain(name, f"has a band {least} to {most}; write one inside {lowest} to {highest}")
            continue
        says |= {str(number): tuple(points.items()) for number in range(least, most + 1)}
    return says


def _band(table: Table) -> tuple[int, int, Points]:
    band = table.whole("from"), table.whole("to"), table.points("points")
    table.nothing_else()
    return band


def _shared(points: Points, shares: tuple[float, ...]) -> Mapping[str, Says]:
    return {
        str(answer): tuple((e, n * share) for e, n in points.items() if share > 0 or n * share < 0)
        for answer, share in enumerate(shares)
    }
