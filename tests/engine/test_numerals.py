"""Numbers in what people type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.numerals import numbers, place, says_more_than_a_number
from tests.engine.given import ENGLISH

WORDS = ENGLISH.words
GERMAN = replace(WORDS, locale="de", numbers={"fünf": 5, "vier": 4, "zwölf": 12, "zehn": 10})


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("7", (7,)),
        ("10.", (10,)),
        ("seven", (7,)),
        ("7/10", (7,)),
        ("7 / 10", (7,)),
        ("7 out of 10", (7,)),
        ("ten out of ten", (10,)),
        ("7.5", (7.5,)),
        ("7,5", (7.5,)),
        ("٧٫٥", (7.5,)),
        ("7.0", (7,)),
        ("7-8", (7, 8)),
        ("7\u20138", (7, 8)),
        ("7 or 8", (7, 8)),
        ("seven or 8", (7, 8)),
        ("7/10 or 8/10", (7, 8)),
        ("7, 7", (7,)),
        ("-3", (-3,)),
        ("\u22123", (-3,)),
        ("- 3", (-3,)),
        ("7ish", (7,)),
        ("٧", (7,)),
        ("७", (7,)),
        ("７／１０", (7,)),
        ("7\ufe0f\u20e3", (7,)),
        ("\U0001f51f", (10,)),
        ("\u20667\u2069", (7,)),
        ("7,000", ()),
        ("1.2.3", ()),
        ("7th", ()),
        ("v7", ()),
        ("12345678", ()),
        ("", ()),
        ("\U0001f600", ()),
        ("seventy", ()),
        ("sevne", ()),
    ],
)
def test_numbers_are_read_in_the_ways_people_write_them(typed: str, named: tuple[float, ...]) -> None:
    assert numbers(typed, WORDS) == named


def test_out_of_something_counts_only_for_the_scale_at_hand() -> None:
    assert numbers("3/4", WORDS, 4) == (3,)
    assert numbers("3/4", WORDS, 10) == (3, 4)
    assert numbers("3/10", WORDS, 4) == (3, 10)
    assert numbers("7/100", WORDS, 10) == (7, 100)


@pytest.mark.parametrize("typed", ["fünf", "fuenf", "FÜNF!"])
def test_umlauts_may_be_written_out(typed: str) -> None:
    assert numbers(typed, GERMAN) == (5,)


def test_a_word_that_is_nearly_a_number_is_none() -> None:
    assert numbers("viel", GERMAN) == ()
    assert numbers("fund", GERMAN) == ()


@pytest.mark.parametrize(
    "typed", ["7", "about 7", "maybe a 7 I think", "it's an 8", "almost 7", "so um die 7"]
)
def test_small_words_beside_a_number_leave_it_a_number(typed: str) -> None:
    assert not says_more_than_a_number(typed, WORDS)


@pytest.mark.parametrize(
    "typed",
    [
        "10 hours",
        "I don't want to be at work 10 hours",
        "more than 7",
        "not 7",
        "minus 3",
        "7%",
        "$7",
        "<7",
        "<b>7</b>",
        "{{ 7 }}",
        "7/7",
        "7 of 10 days",
        "ich will da nicht 10 stunden sein",
    ],
)
def test_a_number_of_something_else_says_more(typed: str) -> None:
    assert says_more_than_a_number(typed, WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2", 2),
        ("2.", 2),
        ("2)", 2),
        ("#2", 2),
        ("two", 2),
        ("the second one", 2),
        ("2nd", 2),
        ("option 2", 2),
        ("number two", 2),
        ("die zweite", 2),
        ("Nr. 2", 2),
        ("2te", 2),
        ("٢", 2),
        ("2\ufe0f\u20e3", 2),
        ("one", 1),
        ("0", 0),
        ("-2", -2),
        ("2.5", None),
        ("2 or 3", None),
        ("2 weeks", None),
        ("second thoughts", None),
        ("", None),
    ],
)
def test_an_option_is_named_by_its_place(typed: str, meant: int | None) -> None:
    assert place(typed, WORDS) == meant


@given(st.text() | st.from_regex(r"[-+0-9.,/ ]{0,12}", fullmatch=True))
def test_any_text_names_numbers_or_none_but_never_breaks(text: str) -> None:
    assert all(isinstance(number, float) for number in numbers(text, WORDS))
    assert says_more_than_a_number(text, WORDS) in (True, False)
    assert place(text, WORDS) is None or isinstance(place(text, WORDS), int)


@given(
    st.integers(0, 10), st.sampled_from(["{}", " {}.", "{}/10", "{} out of 10", "about {}", "maybe a {}?"])
)
def test_every_number_of_the_scale_is_read_in_every_spelling(number: int, spelling: str) -> None:
    text = spelling.format(number)

    assert numbers(text, WORDS) == (number,)
    assert not says_more_than_a_number(text, WORDS)
