"""Anybody's words on paper: every sign is printed, named, or marked as missing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.packets.letters import JOINERS, LEFT_OUT, printable, runs_from_the_right
from bot.packets.typefaces import typefaces

ALPHABETS = tuple(each.alphabet for each in typefaces())
OURS, WIDER = ALPHABETS


def printed(text: str, locale: str = "en") -> str:
    return printable(text, ALPHABETS, locale)[0]


@pytest.mark.parametrize(
    ("text", "locale", "shown"),
    [
        ("so tired \U0001f62e\u200d\U0001f4a8", "en", "so tired (face exhaling)"),
        ("so m\u00fcde \U0001f622", "de", "so m\u00fcde (weinendes gesicht)"),
        (
            "устала \u2615",
            "ru",
            "устала (горячий напиток)",
        ),
        ("\U0001f44d\U0001f3fd", "en", "(thumbs up medium skin tone)"),
        ("well\U0001f622\U0001f622done", "en", "well (crying face) (crying face)done"),
        ("made by Acme\u2122 \u00a9", "en", "made by Acme\u2122 \u00a9"),
        ("jag \u00e4r tr\u00f6tt \U0001f622", "sv", "jag \u00e4r tr\u00f6tt (crying face)"),
    ],
)
def test_an_emoji_is_told_by_its_name(text: str, locale: str, shown: str) -> None:
    assert printed(text, locale) == shown


def test_a_sign_that_every_typeface_has_stays_though_it_counts_as_an_emoji() -> None:
    assert printed("\u00a9 2 #") == "\u00a9 2 #"


def test_letters_that_no_typeface_has_leave_one_mark_and_are_reported() -> None:
    shown, _, missing = printable("before \u4e2d\u6587 \u65e5\u672c after", ALPHABETS, "en")

    assert shown == f"before {LEFT_OUT} after"
    assert missing


def test_nothing_is_reported_missing_where_everything_is_printed() -> None:
    assert not printable("Gr\u00f6\u00dfe, \u00dcberma\u00df \u2026", ALPHABETS, "de")[2]


def test_the_whole_line_changes_to_the_typeface_that_has_all_of_it() -> None:
    assert printable("Stra\u00dfe", ALPHABETS, "de")[1] is OURS
    assert printable("my boss مدير", ALPHABETS, "en")[1] is WIDER


def test_hidden_marks_and_towers_of_accents_are_not_printed() -> None:
    shown = printed("a\u202eb\u200bc\x07 e" + "\u0301" * 40)

    assert shown.startswith("abc ")
    assert len(shown) < 10


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("hello", False),
        ("مدير Anna", True),
        ("10: שלום", True),
        ("12 !", False),
    ],
)
def test_a_line_runs_where_its_first_letter_runs(text: str, right: bool) -> None:
    assert runs_from_the_right(text) is right


@given(st.text(max_size=60), st.sampled_from(["en", "de", "ru", "ar", "xx"]))
@settings(max_examples=150, deadline=None)
def test_whatever_people_write_every_letter_of_it_can_be_printed(text: str, locale: str) -> None:
    shown, alphabet, _ = printable(text, ALPHABETS, locale)

    assert shown
    assert set(shown) <= alphabet | set(JOINERS)
