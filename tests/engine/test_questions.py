"""Every kind of question: what answers it, and what is asked about instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import load_catalogues
from flows.engine.answers import Rejected, Value
from flows.engine.flow import Flow
from flows.engine.questions import Choice, Confirm, FreeText, MultiChoice, Place, Question, Scale
from flows.engine.words import Ear
from flows.shelf import FLOWS
from tests.engine.given import NOW, FewPlaces, an_ear

LABELS = {
    "asked.degree": {"0": "Not me", "1": "A little", "2": "Partly", "3": "Mostly", "4": "Very much me"},
    "asked.choice": {"early": "In the morning", "late": "At night", "all": "All day, really"},
    "asked.confirm": {"yes": "Yes, I am", "no": "No, younger"},
    "asked.many": {"no": "No, nothing", "sleep": "Bad sleep", "loss": "A loss", "money": "Money trouble"},
    "asked.country": {"US": "United States", "IE": "Ireland"},
}
CATALOGUES = load_catalogues()
EAR = an_ear(NOW, **{prompt.replace(".", "__"): labels for prompt, labels in LABELS.items()})

SCALE, DEGREE = Scale(0, 10), Scale(0, 4, named=True)
CHOICE, CONFIRM = Choice("early", "late", "all"), Confirm()
MANY, FEW = MultiChoice("no", "sleep", "loss", "money", alone=("no",)), FreeText(80)


def heard(question: Question, text: str, name: str = "choice", ear: Ear = EAR) -> Value | Rejected:
    return question.parse(text, f"asked.{name}", ear)


def reason(answer: Value | Rejected) -> str:
    assert isinstance(answer, Rejected)
    return answer.reason


@pytest.mark.parametrize(
    "typed",
    [
        "7",
        "7.",
        " 7 ",
        "7/10",
        "7 out of 10",
        "about 7",
        "maybe a seven",
        "٧",
        "７",
        "7\ufe0f\u20e3",
        "\u200f7",
    ],
)
def test_a_number_on_the_scale_is_the_answer(typed: str) -> None:
    assert heard(SCALE, typed) == 7


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("11", "engine.not_on_scale"),
        ("-3", "engine.not_on_scale"),
        ("\u22123", "engine.not_on_scale"),
        ("7.5", "engine.not_whole"),
        ("7-8", "engine.several_numbers"),
        ("7 or 8", "engine.several_numbers"),
        ("banana", "engine.no_number"),
        ("", "engine.no_number"),
        (" \u200b\n", "engine.no_number"),
        ("\U0001f600", "engine.no_number"),
        ("10 hours", "engine.no_number"),
        ("I don't want to be at work 10 hours", "engine.no_number"),
        ("<b>7</b>", "engine.no_number"),
        ("{{ 7 }}", "engine.no_number"),
        ("{% 7 %}", "engine.no_number"),
        ("7 " * 2000 + "x", "engine.no_number"),
        ("7" * 4000, "engine.no_number"),
    ],
)
def test_any_other_text_on_a_scale_is_asked_about(typed: str, why: str) -> None:
    assert reason(heard(SCALE, typed)) == why


def test_a_scale_says_where_it_ends() -> None:
    answer = heard(Scale(1, 5), "6")

    assert isinstance(answer, Rejected)
    assert answer.facts == {"low": 1, "high": 5}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("partly", 2), ("Partyl", 2), ("2", 2), ("two", 2), ("3/4", 3), ("no", 0), ("nope", 0), ("never", 0)],
)
def test_a_degree_is_given_in_words_or_as_its_number(typed: str, value: int) -> None:
    assert heard(DEGREE, typed, "degree") == value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("not really me", "engine.not_an_option"),
        ("not really", "engine.not_an_option"),
        ("yes", "engine.not_an_option"),
        ("3/10", "engine.several_numbers"),
        ("5", "engine.not_on_scale"),
        ("2 of my colleagues", "engine.not_an_option"),
    ],
)
def test_a_degree_that_could_be_another_is_asked_about(typed: str, why: str) -> None:
    assert reason(heard(DEGREE, typed, "degree")) == why


def test_a_plain_no_is_no_degree_where_two_say_not() -> None:
    ear = an_ear(asked__degree={**LABELS["asked.degree"], "1": "Not much"})

    assert reason(heard(DEGREE, "no", "degree", ear)) == "engine.not_an_option"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("at night", "late"),
        ("AT NIGHT!", "late"),
        ("night", "late"),
        ("at nigth", "late"),
        ("really, all day", None),
        ("all day", "all"),
        ("2", "late"),
        ("two", "late"),
        ("the second one", "late"),
        ("2nd", "late"),
        ("2\ufe0f\u20e3", "late"),
        ("\u202e2", "late"),
        ("2.", "late"),
    ],
)
def test_an_option_is_given_in_words_or_by_its_place(typed: str, code: str | None) -> None:
    found = heard(CHOICE, typed)

    assert (None if isinstance(found, Rejected) else found) == code


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0", "engine.not_on_list"),
        ("4", "engine.not_on_list"),
        ("-2", "engine.not_on_list"),
        ("1 or 2", "engine.not_an_option"),
        ("2.5", "engine.not_an_option"),
        ("not at night", "engine.not_an_option"),
        ("in the morning and at night", "engine.not_an_option"),
        ("the", "engine.not_an_option"),
        ("", "engine.not_an_option"),
        ("\U0001f600", "engine.not_an_option"),
        ("early", "engine.not_an_option"),
        ("night" * 800, "engine.not_an_option"),
    ],
)
def test_text_that_names_no_option_is_asked_about(typed: str, why: str) -> None:
    assert reason(heard(CHOICE, typed)) == why


def test_the_words_on_a_button_win_over_its_place() -> None:
    ear = an_ear(asked__choice={"early": "2", "late": "1", "all": "3"})

    assert heard(CHOICE, "2", ear=ear) == "early"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("yes", "yes"),
        ("Yes, I am!", "yes"),
        ("yep", "yes"),
        ("ok sure", "yes"),
        ("1", "yes"),
        ("no", "no"),
        ("No, younger", "no"),
        ("younger", "no"),
        ("nope", "no"),
        ("2", "no"),
    ],
)
def test_a_yes_or_no_is_taken_in_any_words(typed: str, code: str) -> None:
    assert heard(CONFIRM, typed, "confirm") == code


@pytest.mark.parametrize(
    "typed", ["yes?", "ok but why", "right now I am 17", "I am not", "25", "yes and no", "maybe"]
)
def test_agreement_is_never_guessed(typed: str) -> None:
    assert isinstance(heard(CONFIRM, typed, "confirm"), Rejected)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("bad sleep", ("sleep",)),
        ("money trouble, bad sleep", ("sleep", "money")),
        ("bad slep and money", ("sleep", "money")),
        ("2, 4", ("sleep", "money")),
        ("2 4", ("sleep", "money")),
        ("2 and four", ("sleep", "money")),
        ("2\n4\n2", ("sleep", "money")),
        ("no", ("no",)),
        ("none of these", ("no",)),
        ("no, bad sleep", ("sleep",)),
        ("No, nothing", ("no",)),
    ],
)
def test_several_options_are_listed_in_any_order(typed: str, codes: tuple[str, ...]) -> None:
    assert heard(MANY, typed, "many") == codes


@pytest.mark.parametrize(
    "typed", ["no loss", "not bad sleep", "bad sleep and a dog", "2, 9", "24", "", "all"]
)
def test_a_list_that_is_not_understood_whole_is_asked_about(typed: str) -> None:
    assert reason(heard(MANY, typed, "many")) == "engine.not_these"


def test_what_is_typed_is_added_to_the_marks_unless_it_excludes_them() -> None:
    assert MANY.added(("sleep",), ("money",)) == ("sleep", "money")
    assert MANY.added(("sleep",), ("no",)) == ("no",)


def test_of_a_list_with_a_limit_the_last_marks_stay() -> None:
    two = MultiChoice("no", "sleep", "loss", "money", alone=("no",), most=2)

    assert two.marked(("money", "sleep"), "+", "loss") == ("sleep", "loss")
    assert two.marked(("money", "sleep"), "+", "money") == ("money", "sleep")
    assert two.added(("money",), ("sleep",)) == ("sleep", "money")
    assert two.added(("money",), ("sleep", "loss")) == ("sleep", "loss")
    assert heard(two, "2, 3", "many") == ("sleep", "loss")
    assert reason(heard(two, "2, 3, 4", "many")) == "engine.too_many"
    assert not two.holds(("sleep", "loss", "money"))


@pytest.mark.parametrize("typed", ["too loud", "\U0001f629", "<b>{{ x }}</b>", "مرحبا", "7", "x" * 80])
def test_words_of_their_own_are_kept_as_they_are(typed: str) -> None:
    assert heard(FEW, f"  {typed}\n") == typed


@pytest.mark.parametrize("typed", ["", " \n\t", "\u200b\u2060\ufe0f", "...", "\u3164\u2800", "\x00"])
def test_a_text_without_words_is_none(typed: str) -> None:
    assert reason(heard(FEW, typed)) == "engine.no_words"


def test_a_text_that_is_too_long_is_not_cut() -> None:
    answer = heard(FEW, "x" * 4000)

    assert isinstance(answer, Rejected)
    assert answer.facts == {"count": 4000, "longest": 80}


def test_half_a_character_is_replaced_so_that_the_words_can_be_stored() -> None:
    assert heard(FEW, "so tired \ud83d") == "so tired \ufffd"


COUNTRY, ZONE = Place("country"), Place("zone")


@pytest.mark.parametrize(("typed", "code"), [("Germany", "DE"), ("united states", "US"), ("2", "IE")])
def test_a_country_is_found_by_name_button_or_place(typed: str, code: str) -> None:
    assert heard(COUNTRY, typed, "country") == code


def test_a_country_spelt_like_another_is_left_to_the_gazetteer() -> None:
    assert reason(heard(COUNTRY, "Iceland", "country")) == "engine.no_country"


def test_a_country_with_two_meanings_offers_both() -> None:
    answer = heard(COUNTRY, "Georgia", "country")

    assert answer == Rejected("engine.which_country", codes=("GE", "US"))


def test_of_a_few_that_were_offered_one_is_named_by_its_place() -> None:
    ear = Ear(EAR.words, FewPlaces(), NOW, offered=("GE", "US"))

    assert heard(COUNTRY, "1", "country", ear) == "GE"
    assert [option.key for option in COUNTRY.options("asked.country", ear)] == ["1", "2"]
    assert COUNTRY.accept("GE", ear) == "GE"


@pytest.mark.parametrize("typed", ["20:30", "UTC+1", "Berlin"])
def test_a_zone_is_found_by_clock_offset_or_city(typed: str) -> None:
    assert heard(ZONE, typed, "zone") == "Europe/Berlin"


def test_a_lone_number_is_no_zone_as_it_may_be_a_time() -> None:
    ear = Ear(EAR.words, FewPlaces(), NOW, country="US")

    assert [option.key for option in ZONE.options("asked.zone", ear)] == ["", ""]
    assert reason(heard(ZONE, "2", "zone", ear)) == "engine.no_zone"


@pytest.mark.parametrize(
    ("question", "code", "value"),
    [
        (SCALE, "10", 10),
        (DEGREE, "4", 4),
        (CHOICE, "late", "late"),
        (CONFIRM, "no", "no"),
        (MANY, "no", ("no",)),
        (COUNTRY, "DE", "DE"),
        (ZONE, "America/Chicago", "America/Chicago"),
    ],
)
def test_a_button_gives_the_value_it_stands_for(question: Question, code: str, value: Value) -> None:
    assert question.accept(code, Ear(EAR.words, FewPlaces(), NOW, country="US")) == value


@pytest.mark.parametrize("question", [SCALE, DEGREE, CHOICE, CONFIRM, MANY, FEW, COUNTRY, ZONE])
@pytest.mark.parametrize(
    "code", ["", "11", "-1", "07", "٧", "unsure", "xx", "us", "Europe/Atlantis", "\u0130"]
)
def test_a_code_that_no_button_had_is_refused(question: Question, code: str) -> None:
    assert isinstance(question.accept(code, EAR), Rejected)


@pytest.mark.parametrize(
    ("question", "value", "other"),
    [
        (SCALE, 7, 11),
        (DEGREE, 4, "4"),
        (CHOICE, "late", "noon"),
        (CONFIRM, "yes", "maybe"),
        (MANY, ("sleep",), "sleep"),
        (FEW, "words", "x" * 81),
        (COUNTRY, "DE", "Germany"),
        (ZONE, "Asia/Tokyo", "Tokyo, Japan"),
    ],
)
def test_a_stored_value_answers_as_long_as_the_question_could_give_it(
    question: Question, value: Value, other: Value
) -> None:
    assert question.holds(value)
    assert question.holds(None)
    assert not question.holds(other)


KINDS = {
    "number": SCALE,
    "degree": DEGREE,
    "choice": CHOICE,
    "confirm": CONFIRM,
    "many": MANY,
    "words": FEW,
    "country": COUNTRY,
    "zone": ZONE,
}


@given(st.sampled_from(list(KINDS)), st.text() | st.integers(-3, 12).map(str))
def test_whatever_is_typed_is_a_value_that_holds_or_a_reason(name: str, text: str) -> None:
    answer = heard(KINDS[name], text, name)

    assert isinstance(answer, Rejected) or KINDS[name].holds(answer)


@pytest.mark.parametrize("locale", CATALOGUES)
@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_every_label_of_every_flow_can_be_typed(locale: str, flow: Flow) -> None:
    words = CATALOGUES[locale].words
    ear = Ear(words, FewPlaces(), NOW)
    for state, question in flow.questions.items():
        for code, label in words.labels.get(flow.prompt(state), {}).items():
            meant = question.accept(code, ear)
            for typed in (label, label.upper(), f"{label.lower()}.", f" {label}\u200f"):
                value = question.parse(typed, flow.prompt(state), ear)
                assert value in (meant, code), typed
