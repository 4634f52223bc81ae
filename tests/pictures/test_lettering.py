"""Words of people become something that can be drawn, and stay theirs as far as they can."""

from __future__ import annotations

import pytest

from bot.pictures.lettering import LEFT_TO_RIGHT, RIGHT_TO_LEFT, direction_mark, drawable

LATIN = frozenset(map(chr, range(0x20, 0x250))) | frozenset("“”„«»…\u0301")
WIDER = LATIN | frozenset(map(chr, range(0x5D0, 0x5EB))) | frozenset(map(chr, range(0x620, 0x650)))


def seen(text: str) -> str:
    return drawable(text, (LATIN, WIDER))


@pytest.mark.parametrize(
    "text",
    ["$5 and $6", r"\frac{a}{b} \n %s", "{{ words }} {% if %}", "<b>bold</b> &amp;", "_under_ *star* `tick`"],
)
def test_markup_of_any_kind_is_only_letters(text: str) -> None:
    assert seen(text) == text


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("one\ntwo\r\n\tthree", "one two three"),
        ("one\u2028two   three ", "one two three"),
        ("50\u00a0% \u2014 x", "50\u00a0% … x"),
    ],
)
def test_line_ends_and_tabs_are_blanks_and_fixed_blanks_stay(text: str, flat: str) -> None:
    assert seen(text) == flat


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("so tired 😩😩", "so tired"),
        ("so 😩 tired", "so tired"),
        ("so😩tired", "so tired"),
        ("😩 so tired", "so tired"),
        ("so tired 😩.", "so tired."),
        ("“so tired 👍🏽”: yes", "“so tired”: yes"),
        ("yes 👨‍👩‍👧 “no”", "yes “no”"),
        ("all of it ❤️", "all of it"),
        ("1️⃣ first", "1 first"),
    ],
)
def test_an_emoji_is_left_out_without_a_trace(text: str, left: str) -> None:
    assert seen(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("“仕事が重い、毎日”: every day", "“…”: every day"),
        ("仕事 and 毎日", "… and …"),
        ("मैं थक गया हूँ", "…"),
        ("😩", "…"),
        ("“😩”: hardly", "“…”: hardly"),
        ("„😩“: kaum", "„…“: kaum"),
    ],
)
def test_letters_that_no_typeface_has_become_one_ellipsis_for_the_run(text: str, left: str) -> None:
    assert seen(text) == left


def test_letters_of_the_second_alphabet_stay() -> None:
    assert seen("“עייף”: yes") == "“עייף”: yes"


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\ud800", "\x07", "\x00", "\xad"]
)
def test_what_has_no_shape_is_gone(hidden: str) -> None:
    assert seen(f"be{hidden}fore") == "before"


def test_accents_are_composed_and_never_pile_up() -> None:
    assert seen("e\u0301") == "é"
    assert seen("z" + "\u0301" * 50) == "ź\u0301\u0301"


def test_nothing_stays_nothing() -> None:
    assert seen("") == ""
    assert seen(" \n ") == ""


def test_only_the_beginning_of_an_endless_text_is_looked_at() -> None:
    assert len(seen("x" * 1_000_000)) == 600


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("plain words, 12", ""),
        ("“אני עייף”: very much me", LEFT_TO_RIGHT),
        ("متعب، 12", RIGHT_TO_LEFT),
    ],
)
def test_a_text_keeps_one_direction_on_all_its_lines(text: str, mark: str) -> None:
    assert direction_mark(text) == mark
