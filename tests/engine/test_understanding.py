"""What typed text may mean, in English and German, from people who are tired and have small keyboards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.small_words import AROUND_A_NUMBER, AROUND_A_PLACE, FILLERS, ORDINALS, TURNING
from flows.engine.understanding import agrees, nearest, wish
from tests.engine.given import ENGLISH

WORDS = ENGLISH.words
GERMAN = replace(
    WORDS,
    locale="de",
    skip=frozenset({"überspringen", "weiter"}),
    unsure=frozenset({"weiß nicht", "nicht sicher"}),
    yes=frozenset({"ja", "klar", "sicher", "gut"}),
    no=frozenset({"nein", "nö", "nicht", "kein"}),
    numbers={"fünf": 5, "vier": 4, "zwölf": 12, "zehn": 10},
)
DEGREES = {"0": "Not me", "1": "A little", "2": "Partly", "3": "Mostly", "4": "Very much me"}
GRADE = {"0": "Gar nicht", "1": "Ein bisschen", "2": "Teils, teils", "3": "Ziemlich", "4": "Voll und ganz"}
HOW_LONG = {
    "lt1": "Less than a month",
    "1-6": "1 to 6 months",
    "6-24": "6 months to 2 years",
    "gt2": "More than 2 years",
    "always": "Always, in every job",
}
COMING_BACK = {
    "2w": "Within two weeks",
    "2-6w": "After two to six weeks",
    "notback": "It has not come back",
    "never": "It never left",
    "nobreak": "I had no real break",
}


@pytest.mark.parametrize(
    ("typed", "wished"),
    [
        ("skip", "skip"),
        ("Skip it!", "skip"),
        ("Leave it as it is", "skip"),
        ("BACK", "back"),
        ("why?", "why"),
        ("Why do you ask", "why"),
        ("?", "why"),
        ("??!", "why"),
        ("\u061f", "why"),
        ("\uff1f", "why"),
        ("I dont know", "unsure"),
        ("I don\u2019t know.", "unsure"),
        ("not sure", "unsure"),
    ],
)
def test_a_wish_is_understood(typed: str, wished: str) -> None:
    assert wish(typed, WORDS) == wished


@pytest.mark.parametrize("typed", ["!", "...", "", "back pain", "I want to go back to bed", "skip" * 30])
def test_words_that_say_more_are_no_wish(typed: str) -> None:
    assert wish(typed, WORDS) is None
    assert wish(typed, WORDS, loosely=True) is None


@pytest.mark.parametrize(
    ("typed", "wished"),
    [
        ("can we skipp this one please", "skip"),
        ("sikp", "skip"),
        ("bakc", "back"),
        ("I really dont know", "unsure"),
        ("but why?", "why"),
    ],
)
def test_a_wish_with_slips_and_small_words_is_only_understood_loosely(typed: str, wished: str) -> None:
    assert wish(typed, WORDS) is None
    assert wish(typed, WORDS, loosely=True) == wished


@pytest.mark.parametrize("typed", ["hard", "say", "it", "pack", "snip", "please"])
def test_loosely_does_not_mean_anything_goes(typed: str) -> None:
    assert wish(typed, WORDS, loosely=True) is None


@pytest.mark.parametrize(
    "typed", ["yes", "Yes please", "yesss", "YESS", "ok, sure", "oh yes", "yes, I am", "y"]
)
def test_a_yes_is_a_yes_with_small_words_around_it(typed: str) -> None:
    assert agrees(typed, WORDS) is True


@pytest.mark.parametrize("typed", ["no", "Nooo", "noo", "no thanks", "No, I don't", "none of these", "nope."])
def test_a_no_is_a_no_with_small_words_around_it(typed: str) -> None:
    assert agrees(typed, WORDS) is False


@pytest.mark.parametrize(
    "typed",
    [
        "right now I am 17",
        "sure, but what do you store",
        "ok?",
        "yes?",
        "fine print",
        "never mind",
        "of course not",
        "I am not",
        "no, yes",
        "yes and no",
        "I don't agree",
        "no idea",
        "not good",
        "banana",
        "",
        "please",
        "yes " * 30,
    ],
)
def test_anything_else_is_neither(typed: str) -> None:
    assert agrees(typed, WORDS) is None


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [("jaa", True), ("ja klar", True), ("NÖ!", False), ("noe", False), ("nicht gut", None), ("na ja?", None)],
)
def test_german_agrees_in_its_own_words(typed: str, agreed: bool | None) -> None:
    assert agrees(typed, GERMAN) is agreed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("very much me", "4"),
        ("Very much", "4"),
        ("verymuch me", "4"),
        ("mostly, I think", "3"),
        ("mostly me", "3"),
        ("mos", None),
        ("most", "3"),
        ("partyl", "2"),
        ("little", "1"),
        ("not me", "0"),
        ("not", "0"),
        ("not really me", None),
        ("not very much me", None),
        ("not much", None),
        ("much", None),
        ("me", None),
        ("really", None),
        ("good", None),
        ("mostly when my boss is around", None),
        ("", None),
        ("\U0001f600", None),
        ("m" * 4000, None),
        ("mostly " * 600, None),
    ],
)
def test_a_degree_is_recognised_or_asked_about(typed: str, code: str | None) -> None:
    assert nearest(typed, DEGREES, WORDS) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("garnicht", "0"),
        ("ein bischen", "1"),
        ("teils", "2"),
        ("teils teils", "2"),
        ("zimlich", "3"),
        ("voll", "4"),
        ("nicht ganz", None),
        ("kein bisschen", None),
        ("ganz und gar nicht", None),
    ],
)
def test_german_degrees_are_recognised_or_asked_about(typed: str, code: str | None) -> None:
    assert nearest(typed, GRADE, GERMAN) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("less than month", "lt1"),
        ("1-6 months", "1-6"),
        ("more than two years", "gt2"),
        ("allways", "always"),
        ("in every job", "always"),
        ("a month", None),
        ("2 years", None),
        ("6 months", None),
        ("months", None),
        ("1 to 5 months", None),
        ("3 months", None),
        ("not always", None),
    ],
)
def test_what_fits_several_durations_or_half_of_one_is_no_guess(typed: str, code: str | None) -> None:
    assert nearest(typed, HOW_LONG, WORDS) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("not come back", "notback"),
        ("never left", "never"),
        ("no real break", "nobreak"),
        ("2 weeks", "2w"),
        ("2-6 weeks", "2-6w"),
        ("I had a real break", None),
        ("I had", None),
        ("it came back", None),
        ("come back", None),
        ("left", None),
        ("never", None),
        ("no", None),
        ("within ten weeks", None),
    ],
)
def test_a_not_is_never_added_or_lost(typed: str, code: str | None) -> None:
    assert nearest(typed, COMING_BACK, WORDS) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("klein problem", None), ("kein problem", "none"), ("problem", None), ("keine probleme", None)],
)
def test_a_slip_never_makes_a_not(typed: str, code: str | None) -> None:
    assert nearest(typed, {"none": "Kein Problem", "some": "Schlechter Schlaf"}, GERMAN) == code


def test_not_good_is_not_good() -> None:
    labels = {"good": "Good", "fine": "Quite good, really", "bad": "Bad"}

    assert nearest("good", labels, WORDS) == "good"
    assert nearest("not good", labels, WORDS) is None
    assert nearest("not bad", labels, WORDS) is None


def test_the_beginning_and_the_clause_of_a_label_stand_for_it() -> None:
    labels = {"yes": "Yes, I am", "no": "No, younger"}

    assert nearest("no", labels, WORDS) == "no"
    assert nearest("younger", labels, WORDS) == "no"


def test_small_words_alone_never_stand_for_a_label() -> None:
    labels = {"yes": "Yes, I am", "no": "No, thanks", "it": "It is"}

    assert nearest("I am", labels, WORDS) is None
    assert nearest("thanks", labels, WORDS) is None
    assert nearest("it is", labels, WORDS) == "it"


def test_small_words_never_turn_an_answer() -> None:
    for small in (FILLERS, AROUND_A_NUMBER, AROUND_A_PLACE):
        assert not small & TURNING - {"almost", "meist", "meistens"}
    assert not set(ORDINALS) & FILLERS


@given(st.text())
def test_any_text_is_understood_or_not_but_never_breaks(text: str) -> None:
    assert wish(text, WORDS, loosely=True) in (None, "skip", "back", "why", "unsure")
    assert agrees(text, WORDS) in (None, True, False)
    assert nearest(text, DEGREES, WORDS) in (None, *DEGREES)


@given(st.sampled_from(list(HOW_LONG)), st.text(alphabet=" \u200b\u200f.!,\t", max_size=4), st.booleans())
def test_a_label_means_itself_however_it_is_dressed(code: str, dress: str, loud: bool) -> None:
    label = HOW_LONG[code].upper() if loud else HOW_LONG[code].lower()

    assert nearest(f"{dress}{label}{dress}", HOW_LONG, WORDS) == code
