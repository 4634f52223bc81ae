from collections.abc import Mapping
from dataclasses import replace
from statistics import median
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.safety import measure
from bot.lexicons import LANGUAGES, WRITTEN, LexiconError, lexicons, read_lexicon
from flows.safety.detection import LONGEST, Kind, all_found_in, found_in
from flows.safety.lexicon import Index, Lexicons
from tests.safety.phrases import own, phrases_in

KNOWN = lexicons()

EMPTY = """
version = 1
reviewed_by = "nobody yet"
me = ["i", "im"]
small = []
[lists]
work = ["job", "long meeting"]
"""
"""A file of lists without a phrase."""


def kind(text: str, known: Lexicons = KNOWN) -> Kind | None:
    found = found_in(text, known)
    return found.kind if found else None


def lists(**phrases: str) -> Lexicons:
    """Lists with one phrase in each named section."""
    says = {section: f'says = ["{phrases[section]}"]' for section in phrases}
    tables = (
        f'[{section}.one]\nnote = "a note"\n{says[section]}\n' if section in says else f"[{section}]\n"
        for section in WRITTEN
    )
    return Lexicons.of([read_lexicon("en", EMPTY + "".join(tables))])


@pytest.mark.parametrize(
    "typed",
    [
        "I don't want to live anymore",
        "i don’t want to live anymore",
        "I DONT WANT TO LIVE ANYMORE",
        "i don\u200bt wa\u00adnt to live any\ufeffmore",
        "i dooont waaaant to liiiive anymore",
        "i dont\nwant   to live... anymore!!!",
        "𝐈 𝐝𝐨𝐧𝐭 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐥𝐢𝐯𝐞 anymore 😶",
    ],
)
def test_how_it_is_typed_makes_no_difference(typed: str) -> None:
    assert kind(typed) == "explicit"


@pytest.mark.parametrize(
    "typed", ["k1ll myself", "I want to d1e", "kill mysefl", "su1cide", "su*cide", "suicde"]
)
def test_light_disguise_and_slips_of_the_finger_do_not_hide_it(typed: str) -> None:
    assert kind(typed) == "explicit"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i want to die", "en"),
        ("ich will nicht mehr leben", "de"),
        ("me quiero morir", "es"),
        ("j'ai envie de mourir", "fr"),
        ("всё, не хочу жить", "ru"),
        ("meeting war ok but ich will mich umbringen", "de"),
    ],
)
def test_every_language_is_understood_whatever_the_chat_is_in(text: str, language: str) -> None:
    found = found_in(text, KNOWN)

    assert found is not None
    assert (found.kind, found.language) == ("explicit", language)
    assert found.rule.startswith("explicit.")


@pytest.mark.parametrize(
    "text",
    [
        "ich zähle dann im Kino die Notausgänge",
        "la compta de fin de trimestre, toujours et encore",
        "cutting hair is what gives me energy, doing the books takes it",
    ],
)
def test_no_list_takes_the_words_of_another_language_for_its_own(text: str) -> None:
    assert kind(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ich kann das alles nicht mehr hören. suicidal again",
        "das ist mir heute alles zu viel und ich sage es dir, weil you are a bot: i want to die",
        "Ja, und dann noch die Schicht am Sonntag. I have had enough of it, I want to die.",
    ],
)
def test_who_mixes_languages_is_heard_in_each(text: str) -> None:
    assert kind(text) == "explicit"


def test_explicit_wins_over_an_idiom_in_the_same_message() -> None:
    assert kind("this job is killing me and I want to die") == "explicit"
    assert kind("this job is killing me") is None


def test_explicit_wins_over_a_denial_in_the_same_message() -> None:
    assert kind("im not suicidal, i just want to be dead") == "explicit"
    assert kind("im not suicidal") == "denial"


def test_explicit_wins_over_somebody_elses_suicide_in_the_same_message() -> None:
    text = "since my brother killed himself i want to die too"

    assert [found.kind for found in all_found_in(text, KNOWN) if found.kind != "unsure"] == [
        "explicit",
        "other",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "my boss has no idea that I am suicidal",
        "i can not do it any more i will kill myself",
        "no, i want to die",
        "ich kann nicht mehr ich will mich umbringen",
        "no puedo más quiero morirme",
        "j'en peux plus je vais me tuer",
        "не могу больше хочу умереть",
        "ya no quiero vivir",
        "не хочу жить",
    ],
)
def test_a_no_or_another_person_nearby_does_not_take_it_back(text: str) -> None:
    assert kind(text) == "explicit"


NAMED_MISSES = (
    "isn't it better to have never woken up", "i took a bunch of pills", "rope ready", "проще сдохнуть",
    "себя режу", "ich hab vor mich umzubringen", "daran mir das leben zu nehmen",
)  # fmt: skip
NAMED_OBLIQUE = (
    "nobody would notice if I was gone", "what's the point of any of it", "no aguanto más",
    "nada tiene sentido",
    "i think about crashing on the way to the office",
)  # fmt: skip
NAMED_TRAPS = (
    "i'd rather die than do another slide deck", "that is suicide for my visa", "i want to take my life back",
    "career suicide", "suicide mission", "kill the feature", "tired of being here at 9pm",
    "сдохнуть от этих созвонов", "смертельно устала", "totarbeiten", "Karriereselbstmord",
    "me mato a trabajar", "suicidio profesional", "mort de fatigue", "suicide professionnel",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMED_MISSES)
def test_what_another_floor_missed_is_found(text: str) -> None:
    assert kind(text) == "explicit"


@pytest.mark.parametrize("text", NAMED_OBLIQUE)
def test_what_another_floor_missed_leads_to_the_question(text: str) -> None:
    assert kind(text) == "oblique"


@pytest.mark.parametrize("text", NAMED_TRAPS)
def test_known_manners_of_speaking_get_nothing(text: str) -> None:
    assert kind(text) is None


ENOUGH: Mapping[str, float] = {
    "explicit": 0.97,
    "oblique": 0.92,
    "violence": 0.7,
    "under_18": 0.9,
    "harm": 0.75,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_that_the_lists_were_written_with_are_still_found(language: str) -> None:
    measured = measure("in-sample", language)

    assert {
        name: measured[name].as_expected for name in ENOUGH if measured[name].as_expected < ENOUGH[name]
    } == {}
    assert measured["everyday"].as_explicit <= 0.02


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_of_other_authors_that_were_practised_on_are_still_found(language: str) -> None:
    measured = measure("practice", language)

    assert measured["explicit"].as_expected >= 0.97
    assert measured["everyday"].as_explicit <= 0.01


@given(st.text(max_size=200))
def test_whatever_is_typed_the_same_is_found_twice(text: str) -> None:
    assert all_found_in(text, KNOWN) == all_found_in(text, KNOWN)


@given(st.text(alphabet="abc .,\n😀ж", max_size=60))
def test_what_is_written_before_and_after_does_not_hide_it(text: str) -> None:
    assert kind(f"{text} . i want to kill myself . {text}") == "explicit"


WORDS = sorted(key.strip("*~") for key in KNOWN.vocabulary.exact)
HOSTILE = {
    "every word of the lists": " ".join(WORDS[::7])[:4000],
    "one word again and again": "kill " * 800,
    "beginnings that lead nowhere": "i want to want to not never kill my " * 110,
    "russian": " ".join([word for word in WORDS if word[:1] > "а"][::3])[:4000],
    "one letter": "a" * 4000,
    "stars and digits": "k*1*l*1" * 570,
    "nothing but breaks": ". " * 2000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_takes_little_time(text: str) -> None:
    """Measured: under 7 ms where nothing else runs; the bound leaves room for a busy machine."""
    taken = []
    for _ in range(7):
        began = process_time()
        all_found_in(text, KNOWN)
        taken.append(process_time() - began)

    assert median(taken) < 0.03


@pytest.mark.parametrize(
    "text",
    [
        "brauche ich nicht, ich will mich umbringen",
        "ich trau mich nicht mich umzubringen",
        "not going to lie i want to die",
        "i dont know if i want to die or sleep",
        "cant stop thinking about killing myself",
    ],
)
def test_a_no_that_is_about_something_else_denies_nothing(text: str) -> None:
    assert kind(text) == "explicit"


def test_what_stands_behind_the_longest_message_is_not_looked_at() -> None:
    assert kind("a" * LONGEST + " i want to die") is None


def test_a_gap_is_at_most_three_words_of_one_sentence() -> None:
    known = lists(explicit="want ... die")

    assert kind("want to just now die", known) == "explicit"
    assert kind("want to just now simply die", known) is None
    assert kind("want to. just die", known) is None


def test_choices_parts_left_out_stems_and_lists_are_understood() -> None:
    known = lists(
        explicit="(kill|end it for) [really] me*", oblique="*bringen <work>", harm="!<(not) hits me !>(up)"
    )

    assert kind("end it for really meself", known) == "explicit"
    assert kind("umbringen long meeting", known) == "oblique"
    assert kind("he hits me", known) == "harm"
    assert kind("he not hits me", known) is None
    assert kind("he hits me up", known) is None


def test_only_the_words_of_an_idiom_are_covered_never_those_in_its_gap() -> None:
    known = lists(idioms="<work> ... kills me", explicit="die")

    assert kind("the job here kills me", known) is None
    assert kind("the job die kills me", known) == "explicit"


@pytest.mark.parametrize("pattern", ["(a|b", "a)", "[a]", "...", "<nowhere>", "a + b", "a !<"])
def test_a_pattern_that_cannot_be_read_is_refused_with_its_family(pattern: str) -> None:
    with pytest.raises(LexiconError, match=r"en, explicit\.one"):
        lists(explicit=pattern)


@pytest.mark.parametrize(
    "family", ['note = "a note"', 'note = "a note"\nsays = []\nunsure = []', "says = []"]
)
def test_a_family_without_its_parts_or_with_one_too_many_is_refused(family: str) -> None:
    text = "".join(f"[{section}]\n" for section in WRITTEN if section != "idioms")

    with pytest.raises(LexiconError):
        read_lexicon("en", f"{EMPTY}{text}[idioms.one]\n{family}\n")


def test_every_list_says_its_version_and_who_reviewed_it() -> None:
    assert [lexicon.language for lexicon in KNOWN.each] == list(LANGUAGES)
    assert all(lexicon.version >= 1 and lexicon.reviewed_by for lexicon in KNOWN.each)


def test_a_rule_that_is_not_looked_at_could_not_have_been_met() -> None:
    """The index is a shortcut: with every rule looked at, what is found is the same."""
    sections = {
        section: Index(index.rules, tuple(range(len(index.rules))), {})
        for section, index in KNOWN.sections.items()
    }
    slowly = replace(KNOWN, sections=sections)
    phrases = [phrase for path in own() for each in phrases_in(path).values() for phrase in each][::7]

    assert [all_found_in(each, KNOWN) for each in phrases] == [all_found_in(each, slowly) for each in phrases]
