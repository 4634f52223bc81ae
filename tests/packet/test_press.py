"""Making files keeps out of the way of everything else."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from bot.packets import Enclosed, Finished, made, made_or_none
from bot.packets.enclosed import MOST_BYTES
from bot.packets.pages import make
from tests.packet.reading import a_packet

ROOT = Path(__file__).parents[2]

IMPORTS = """
import asyncio, sys
import bot.channels.terminal
from bot.packets import made
from tests.packet.reading import DAY
from bot.packets.packet import Packet
def loaded(): return sorted({"fpdf", "emoji", "fontTools", "uharfbuzz", "matplotlib"} & set(sys.modules))
for name in [name for name in sys.modules if name.startswith("tests")]: del sys.modules[name]
print(loaded())
asyncio.run(made(Packet("A", "B", (), "C", "D", "en", DAY)))
print(loaded())
"""


@dataclass(frozen=True, slots=True)
class Broken(Enclosed):
    made_by: ClassVar[str] = "bot.packets.nowhere"


def test_only_the_first_file_imports_what_makes_it() -> None:
    command = [sys.executable, "-c", IMPORTS]
    before, after = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert before == "[]"
    assert after == "['emoji', 'fontTools', 'fpdf', 'uharfbuzz']"


async def test_the_event_loop_keeps_ticking_while_pages_are_made() -> None:
    ticks = 0
    pages = asyncio.create_task(made(a_packet(*["A line of words."] * 25)))

    while not pages.done():
        await asyncio.sleep(0.002)
        ticks += 1

    assert ticks > 5


async def test_pages_made_off_the_loop_are_the_same() -> None:
    packet = a_packet("One line")

    assert await made(packet) == make(packet)


async def test_a_file_that_cannot_be_made_is_none_and_the_next_one_is_made() -> None:
    assert await made_or_none(Broken()) is None
    assert await made_or_none(a_packet()) is not None


async def test_a_finished_file_is_its_bytes() -> None:
    there = await made(Finished.of("tare.zip", b"\x00\xff"))

    assert (there.name, there.content, there.pages) == ("tare.zip", b"\x00\xff", None)


def test_a_file_that_is_too_large_to_be_sent_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        Finished.of("tare.zip", bytes(MOST_BYTES + 1))
