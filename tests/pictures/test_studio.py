"""Drawing keeps out of the way of everything else, and what it needs is only loaded by the first picture."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.pictures import drawn, studio
from bot.pictures.card import Card
from bot.pictures.map_card import Typefaces, draw
from tests.pictures.cards import FULL, HOSTILE, ONE_LAYER, SMALLEST

ROOT = Path(__file__).parents[2]

CARD = """
import asyncio, resource, sys
from bot.pictures import Card, LayerLine, drawn
card = Card("A map", "", (LayerLine("Load", "a hint", 1, ("One reason", "Another")),) * 2, "A foot")
"""

IMPORTS = f"""{CARD}
def loaded(): return sorted({{"matplotlib", "matplotlib.pyplot", "numpy", "PIL"}} & set(sys.modules))
print(loaded())
asyncio.run(drawn(card))
print(loaded())
"""

MEMORY = f"""{CARD}
def draw(times):
    for _ in range(times):
        asyncio.run(drawn(card))
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)
draw(3)
draw(50)
"""


def printed_by(program: str) -> list[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_first_picture_imports_what_draws_and_pyplot_is_never_imported() -> None:
    before, after = printed_by(IMPORTS)

    assert before == "[]"
    assert after == "['PIL', 'matplotlib', 'numpy']"


async def test_a_drawn_card_is_its_picture(typefaces: Typefaces) -> None:
    assert await drawn(ONE_LAYER) == draw(ONE_LAYER, typefaces)


async def test_the_event_loop_keeps_ticking_while_a_card_is_drawn() -> None:
    ticks = 0
    picture = asyncio.create_task(drawn(FULL))

    while not picture.done():
        await asyncio.sleep(0.002)
        ticks += 1

    assert ticks > 5


async def test_cards_asked_for_at_once_are_drawn_one_after_the_other_and_not_mixed_up(
    typefaces: Typefaces,
) -> None:
    cards = (ONE_LAYER, HOSTILE, SMALLEST, ONE_LAYER)

    pictures = await asyncio.gather(*map(drawn, cards))

    assert pictures == [draw(card, typefaces) for card in cards]


async def test_a_card_that_fails_tells_its_caller_and_the_next_one_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(card: Card) -> bytes:
        raise OSError("no typeface")

    with monkeypatch.context() as broken:
        broken.setattr(studio, "_draw", fail)
        with pytest.raises(OSError, match="no typeface"):
            await drawn(SMALLEST)

    assert (await drawn(SMALLEST)).startswith(b"\x89PNG")


def test_fifty_pictures_leave_nothing_behind() -> None:
    """The pixels of one take 4 MB; fifty that stayed would take 200. Shown by a process of its own."""
    few, many = (float(line) for line in printed_by(MEMORY))

    assert many - few < 10
