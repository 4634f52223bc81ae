"""How typed text is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.spelling import is_slip, plain, words_of


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("  Hello,   World! ", "hello, world"),
        ("\u200fSEVEN\u200b", "seven"),
        ("I\u2019m fine\u2026", "i'm fine"),
        ("ＡＢＣ", "abc"),
        ("7\ufe0f\u20e3", "7"),
        ("\U0001f51f", "10"),
        ("\u061c7\u3164", "7"),
        ("\u2800\u200d\u2060", ""),
        ("Straße", "strasse"),
        ("\u00bfsi?", "si"),
    ],
)
def test_case_width_and_what_nobody_sees_do_not_count(typed: str, compared: str) -> None:
    assert plain(typed) == compared


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Größeres, für mich!", ("grosseres", "fur", "mich")),
        ("Groesseres fuer mich", ("grosseres", "fur", "mich")),
        ("I don't", ("i", "dont")),
        ("nooooo", ("no",)),
        ("1000", ("1000",)),
        ("٣ и ё", ("3", "и", "е")),
        ("<7%", ("<", "7", "%")),
    ],
)
def test_words_are_compared_without_accents_apostrophes_and_drawn_out_letters(
    typed: str, words: tuple[str, ...]
) -> None:
    assert words_of(typed) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("partyl", "partly"),
        ("mostyl", "mostly"),
        ("ilness", "illness"),
        ("illnes", "illness"),
        ("bakc", "back"),
        ("skpi", "skip"),
        ("selbständig", "selbstständig"),
        ("compltley", "completely"),
    ],
)
def test_one_slip_is_forgiven_and_two_in_a_long_word(typed: str, meant: str) -> None:
    assert is_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("viel", "vier"),
        ("unusual", "usual"),
        ("unemployed", "employed"),
        ("moral", "amoral"),
        ("none", "one"),
        ("no", "on"),
        ("heat", "heavy"),
        ("1-5", "1-6"),
        ("back", "pack"),
    ],
)
def test_another_word_is_no_slip(typed: str, meant: str) -> None:
    assert not is_slip(typed, meant)


@given(st.text())
def test_comparing_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text) or not text.isascii()
    assert all(words_of(text))


@given(st.text(alphabet="abcdefgh", min_size=5, max_size=12), st.data())
def test_two_letters_swapped_are_always_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    assert is_slip(swapped, word)
