"""Pages to hand on: all that was left in, nothing else, the same bytes anywhere, and legible."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops
from PIL.Image import Image

from bot.packets import Packet, Section
from bot.packets.pages import MOST_PAGES, make
from tests.packet.reading import a_packet, described, everything_in, looks, pages_of, words_of

ROOT = Path(__file__).parents[2]

ARABIC = "كل يوم اثنين أشعر بثقل"
RUSSIAN = "Тяжесть вернулась через десять дней."
GERMAN = "Gr\u00f6\u00dfe, \u00dcberma\u00df und \u201eStra\u00dfe\u201c"

ELSEWHERE = """
import hashlib
from bot.packets.pages import make
from tests.packet.reading import a_packet
print(hashlib.sha256(make(a_packet("One line", "Gr\\u00f6\\u00dfe")).content).hexdigest())
"""


def test_every_line_is_on_the_page_in_its_own_script() -> None:
    told = words_of(make(a_packet(GERMAN, RUSSIAN, "I win cases I should lose.")).content)

    for line in (GERMAN, RUSSIAN, "I win cases I should lose.", "What makes work heavy", "A reflection aid."):
        assert line in told


def test_arabic_stands_on_the_right_with_its_letters_joined() -> None:
    page = looks(make(a_packet(ARABIC)).content)
    empty = looks(make(a_packet("I")).content)
    line = range(_first_difference(page, empty), _first_difference(page, empty) + 30)
    dots = page.tobytes()
    dark = [x for y in line for x in range(page.width) if dots[y * page.width + x] < 128]

    assert min(dark) > page.width / 2
    assert max(dark) > page.width * 0.85


def _first_difference(one: Image, other: Image) -> int:
    box = ImageChops.difference(one, other).getbbox()
    assert box is not None
    return int(box[1])


def test_the_same_packet_is_the_same_file_on_another_machine_and_at_another_time() -> None:
    here = hashlib.sha256(make(a_packet("One line", "Gr\u00f6\u00dfe")).content).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=ROOT,
        env={**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "HOME": "/nowhere", "USER": "somebody"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert there == here


def test_the_file_tells_of_itself_only_the_day_and_the_program() -> None:
    content = make(a_packet()).content

    assert described(content) == {"Title": "Tare", "Producer": "Tare", "CreationDate": "D:20261121000000Z"}
    assert b"/ID" not in content


def test_nothing_of_the_machine_is_in_the_file() -> None:
    everything = everything_in(make(a_packet()).content)

    for word in (str(ROOT), str(Path.home()), socket.gethostname(), "fpdf", "FPDF", "site-packages", "/tmp"):
        assert word.encode() not in everything


def test_what_is_not_in_the_packet_is_nowhere_in_the_file() -> None:
    whole = a_packet("My boss Zoltan", "It is the load")
    parted = a_packet("It is the load")

    assert "Zoltan" in words_of(make(whole).content)
    left = make(parted).content
    assert "Zoltan" not in words_of(left)
    assert b"zoltan" not in everything_in(left).lower()
    assert _names_of_letters("Z") & _letters_in(make(whole).content)
    assert not _names_of_letters("Z") & _letters_in(left)


def _names_of_letters(text: str) -> set[bytes]:
    return {f"{ord(letter):04x}".encode() for letter in text}


def _letters_in(content: bytes) -> set[bytes]:
    """The letters that the file can show at all: the typeface in it has no others."""
    return {
        found.lower() for found in re.findall(rb"<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4})>", everything_in(content))
    }


def test_letters_that_could_not_be_printed_are_owned_up_to() -> None:
    assert "Dots stand for letters." in words_of(make(a_packet("\u4e2d\u6587")).content)
    assert "Dots stand for letters." not in words_of(make(a_packet("plain")).content)


def test_what_closes_a_packet_has_a_page_of_its_own() -> None:
    closing = Section("How to help", ("Ask before you advise.",), closing=True)

    first, second = pages_of(make(a_packet(sections=(Section("So far", ("Heavy.",)), closing))).content)

    assert "Heavy." in first
    assert "Ask before you advise." in second
    assert "2 / 2" in second


def test_letters_get_a_little_smaller_where_that_saves_a_page() -> None:
    lines = tuple(f"Line {number}, which takes one line of the page." for number in range(35))

    assert make(a_packet(*lines)).pages == 1


@pytest.mark.parametrize("letter", ["w", "Ж", "ش"])
def test_the_longest_packet_there_can_be_has_two_pages(letter: str) -> None:
    """30 lines: five tried with their lesson, six of own words, the rest quotes of the map; and the guide."""
    lines = tuple(
        " ".join([letter * 9] * (words // 10)) for words in (*(440,) * 5, *(300,) * 6, *(150,) * 19)
    )
    guide = Section("How to help", tuple("Words " * 40 for _ in range(15)), closing=True)

    made = make(a_packet(sections=(Section("So far", lines), guide)))

    assert made.pages == MOST_PAGES == len(pages_of(made.content))


def test_one_word_wider_than_the_page_is_broken_and_stays_whole() -> None:
    told = words_of(make(a_packet("x" * 300)).content).replace(" ", "")

    assert "x" * 300 in told


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_whatever_people_write_there_are_pages(lines: list[str]) -> None:
    packet: Packet = a_packet(*lines)

    assert make(packet).content.startswith(b"%PDF")
