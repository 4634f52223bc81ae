"""Lines by measured width; here every letter is one wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.wrapping import wrapped


def lines_of(text: str, width: int, most: int = 99) -> list[str]:
    return wrapped(text, lambda line: len(line) <= width, most)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("short", ["short"]),
        ("two words", ["two words"]),
        ("three short words", ["three", "short", "words"]),
        ("well-supported word", ["well-", "supported", "word"]),
        ("from -10 to 8", ["from -10", "to 8"]),
        ("half\u00a0past two", ["half\u00a0past", "two"]),
    ],
)
def test_lines_break_between_words_and_after_hyphens(text: str, lines: list[str]) -> None:
    assert lines_of(text, 9) == lines


def test_a_word_that_no_line_holds_is_broken_with_a_hyphen() -> None:
    assert lines_of("am Überstundenkonto", 8) == ["am", "Überstu-", "ndenkon-", "to"]


def test_what_is_not_a_word_is_broken_as_it_is() -> None:
    assert lines_of("123456789?=&abc", 8) == ["12345678", "9?=&abc"]


def test_an_accent_stays_with_its_letter() -> None:
    assert lines_of("....x\u0323...", 5) == ["....", "x\u0323..."]


def test_what_has_no_room_ends_in_an_ellipsis_after_a_whole_word() -> None:
    assert lines_of("one two three four five six", 10, most=2) == ["one two", "three…"]


def test_no_full_stop_or_comma_is_left_before_the_ellipsis() -> None:
    assert lines_of("one, two, three", 5, most=1) == ["one…"]


def test_a_word_too_long_for_the_last_line_is_cut() -> None:
    assert lines_of("x" * 300, 10, most=2) == ["xxxxxxxxx-", "xxxxxxxxx…"]


WORDS = st.text(st.sampled_from("ab c-/.é,"), max_size=80).map(lambda text: " ".join(text.split()))


@given(WORDS, st.integers(2, 20), st.integers(1, 4))
def test_every_line_fits_and_there_are_never_more(text: str, width: int, most: int) -> None:
    lines = lines_of(text, width, most)

    assert len(lines) <= most
    assert all(len(line) <= width for line in lines)


@given(WORDS, st.integers(2, 20))
def test_with_enough_lines_nothing_is_lost(text: str, width: int) -> None:
    lines = lines_of(text, width, most=99)

    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace("-", "").replace(" ", "")
