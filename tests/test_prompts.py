"""The words of every language: they render, are short and keep the voice; what is on buttons can be typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, load_catalogues
from bot.prompt_rules import differences, facts_in, template_mistakes
from bot.rendering import WORDS_A_BUBBLE
from flows.engine.flow import FlowError
from flows.engine.questions import Place
from flows.engine.say import CountryName, Day, Fact, Label, Say, ZoneName
from flows.engine.words import Ear
from tests.coach.given import HOUSE, NOW
from tests.coach.telegram_rules import breaks

LOCALES = sorted(HOUSE.voices)
MODEL = HOUSE.voices["en"].catalogue

LONGEST_LABEL = 38
"""Letters that a button as wide as a narrow phone shows."""

LONGEST_SHORT = 15
"""Words of the name of a question inside a sentence."""

LISTS = {
    "coach.answers": "seven answers of one's own",
    "map.evidence": "three quotes on each side",
    "map.between": "three quotes on each side",
    "sos.lines": "three help lines",
}
"""Prompts that may have more words, because most of them are not the coach's own."""

NOT_ON_BUTTONS = {"map.layers"}

LOCAL = {"onboarding.country", "country.country"}
"""Which countries are offered first differs by language."""

SENTENCE = "that none of the meetings are mine"
A_DAY = datetime(2026, 2, 24, 9, tzinfo=UTC)

PLAUSIBLE: dict[str, Fact] = {
    "alone": 0,
    "answer": Label("sketch.O3", "6-24"),
    "baseline": 8,
    "clock": ZoneName("Europe/Berlin"),
    "count": 3,
    "country": CountryName("DE"),
    "day": Day(A_DAY, NOW, "Europe/Berlin"),
    "first": Label("map.layers", "CAP"),
    "first_statement": 1,
    "high": 10,
    "language": Label("onboarding.welcome", "de"),
    "layer": Label("map.layers", "VAL"),
    "left": 17,
    "lines": (SENTENCE, SENTENCE, SENTENCE),
    "load": Label("sketch.R4", "ord"),
    "longest": 2000,
    "low": 0,
    "number": 7,
    "points_away": (SENTENCE,),
    "points_to": (SENTENCE, SENTENCE),
    "for_first": (SENTENCE,),
    "for_second": (SENTENCE,),
    "question": Say("sketch.O3.short"),
    "second": Label("map.layers", "VAL"),
    "settles": Say("map.settle.CAP_VAL"),
    "skipped": Say("map.none_skipped"),
    "total": 18,
    "unknown": Say("map.unknown.CAP"),
    "ways": ("0800 111 0 111", "SMS 988"),
}
"""Facts as they may really be. One that is not listed is a sentence of a person."""


def plausible(source: str) -> dict[str, Fact]:
    return {name: PLAUSIBLE.get(name, SENTENCE) for name in facts_in(source)}


def prompts() -> Iterator[tuple[str, str]]:
    for locale in LOCALES:
        yield from ((locale, name) for name in HOUSE.voices[locale].catalogue.templates)


def labels() -> Iterator[tuple[str, str, str, str]]:
    for locale in LOCALES:
        for prompt, options in HOUSE.voices[locale].catalogue.labels.items():
            yield from ((locale, prompt, code, label) for code, label in options.items())


def catalogue(locale: str) -> Catalogue:
    return HOUSE.voices[locale].catalogue


def spoken(locale: str, name: str) -> str:
    """A prompt in words, with plausible facts."""
    source = catalogue(locale).templates[name]
    return HOUSE.voices[locale].bubble(Say(name, plausible(source))).html


def whole(html: str) -> int:
    return len(re.sub(r"<[^>]+>", "", html).split())


def test_there_are_two_languages_at_least() -> None:
    assert {"de", "en"} <= set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_prompt_renders_with_plausible_facts_and_telegram_takes_it(locale: str) -> None:
    voice = HOUSE.voices[locale]
    for name, source in catalogue(locale).templates.items():
        bubble = voice.bubble(Say(name, plausible(source)))
        assert not breaks(bubble), name
        assert "{" not in bubble.html, name


@pytest.mark.parametrize("locale", LOCALES)
def test_every_prompt_decides_at_most_once_and_never_calculates(locale: str) -> None:
    assert list(template_mistakes(catalogue(locale))) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_prompts_options_and_facts(locale: str) -> None:
    assert list(differences(catalogue(locale), MODEL, LOCAL)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_bubble_has_more_words_than_one_reads_in_one_go(locale: str) -> None:
    names = [name for name in catalogue(locale).templates if name.removesuffix(".ask") not in LISTS]

    long = {name: count for name in names if (count := whole(spoken(locale, name))) > WORDS_A_BUBBLE}

    assert long == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_label_of_a_button_fits_a_narrow_phone(locale: str) -> None:
    too_long = [
        label
        for where, prompt, _, label in labels()
        if where == locale and prompt not in NOT_ON_BUTTONS
        if len(label) > LONGEST_LABEL
    ]

    assert too_long == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_name_of_a_question_fits_into_a_sentence(locale: str) -> None:
    for name in catalogue(locale).templates:
        if re.search(r"\.short(_(self|leave|between|student|carer))?$", name):
            said = spoken(locale, name)
            assert whole(said) <= LONGEST_SHORT, name
            assert not said.endswith((".", "?", ":")), name
            assert "<" not in said, name


NEVER = {
    "en": r"""great\b|awesome|amazing|thanks?\s(you\s)?for\s(sharing|your\sanswer)|i\sunderstand\show
        |you've\sgot\sthis|well\sdone|congratulations|welcome\sback|as\san\sai\b|journey|we\snoticed|you\smissed
        |streak|don't\sworry|burn-?out|depress|disorder|symptom|clinical|treatments?\b|\bcured?\b|patients?\b
        |\bheal\b|\bscores?\b|per\s?cent|\byou\sshould\b|\bquit\b|resign|diagnos|therap""",
    "de": r"""\bsuper\b|\btoll\b|klasse\b|danke,?\s(dass|für)|ich\sverstehe,?\swie|du\sschaffst
        |gl(ü|ue)ckwunsch|willkommen\szur(ü|ue)ck|als\ski\b|\breise\b|wir\shaben\sbemerkt|du\shast\sverpasst
        |keine\ssorge|burn-?out|depress|st(ö|oe)rung|symptom|klinisch|behandlung|geheilt|patient|\bpunktzahl|prozent
        |\bdu\ssolltest\b|k(ü|ue)ndige\b|diagnos|therap""",
}
"""Words of voice.md (Never) and safety.md (C1) that no sentence may have."""

ALLOWED = re.compile(r"not\stherapy|no\stherapy|not\sa\sdiagnosis|keine\stherapie|keine\sdiagnose", re.I)
"""Where saying what this is not needs the word."""


@pytest.mark.parametrize("locale", sorted(NEVER))
def test_no_sentence_has_a_word_that_the_coach_never_says(locale: str) -> None:
    never = re.compile(NEVER[locale], re.I | re.X)
    texts = {name: spoken(locale, name) for name in catalogue(locale).templates}
    texts |= {f"{prompt}:{code}": label for where, prompt, code, label in labels() if where == locale}

    said = {name: found[0] for name, text in texts.items() if (found := never.search(ALLOWED.sub("", text)))}

    assert said == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_cheered_at_and_no_sentence_hides_behind_a_dash(locale: str) -> None:
    texts = [
        *catalogue(locale).templates.values(),
        *(label for where, _, _, label in labels() if where == locale),
    ]

    for text in texts:
        assert not re.search(r"!(?!=)", text), text
        assert "\u2014" not in text, text
        assert not re.search(r"\s[\u2013-]\s", text), text
        assert "%" not in re.sub(r"{%.*?%}", "", text), text
        assert "..." not in text, text


@pytest.mark.parametrize("locale", LOCALES)
def test_there_is_no_emoji_but_the_mark_of_what_was_chosen(locale: str) -> None:
    for name, text in catalogue(locale).templates.items():
        pictures = {sign for sign in text if unicodedata.category(sign) == "So"} - {"\u2713"}
        assert not pictures, name


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_person_wrote_stands_in_quotes_or_bold(locale: str) -> None:
    assert re.search(r"[\u201c\u201e]{{ words }}[\u201d\u201c]", catalogue(locale).templates["map.began"])


@pytest.mark.parametrize("locale", LOCALES)
def test_every_map_says_what_it_is_not(locale: str) -> None:
    foot = catalogue(locale).templates["map.next"]

    assert ALLOWED.search(foot)
    assert foot.rstrip().endswith("</i>")


@pytest.mark.parametrize("locale", LOCALES)
def test_before_anything_is_asked_it_is_said_what_this_is(locale: str) -> None:
    assert ALLOWED.search(catalogue(locale).templates["onboarding.welcome"])
    assert "/privacy" in catalogue(locale).templates["onboarding.consent"]
    assert "/erase" in catalogue(locale).templates["onboarding.consent"]
    assert "/sos" in catalogue(locale).templates["onboarding.consent"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_command_that_help_names_exists(locale: str) -> None:
    from flows.commands import COMMANDS, WISHES

    named = {
        command
        for text in catalogue(locale).templates.values()
        for command in re.findall(r"(?<![\w/<.:])/([a-z]+)", text)
    }

    assert named - {"helplines"} <= {*COMMANDS, *WISHES}


def typed_labels() -> Iterator[tuple[str, str, str, str, object]]:
    """Each option of each question in each language: where it is, its label, what typing it should mean."""
    for locale in LOCALES:
        for flow in HOUSE.coach.flows.values():
            for state, question in flow.questions.items():
                for code in question.labelled:
                    label = catalogue(locale).labels[flow.prompt(state)][code]
                    ear = Ear(catalogue(locale).words, HOUSE.coach.places, NOW)
                    yield locale, flow.name, state, label, question.accept(code, ear)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("spelt", [str, str.lower, str.upper, lambda label: f"{label}."])
def test_what_stands_on_a_button_can_be_typed(locale: str, spelt: type[str]) -> None:
    ear = Ear(catalogue(locale).words, HOUSE.coach.places, NOW)

    for where, name, state, label, value in typed_labels():
        if where == locale:
            flow = HOUSE.coach.flows[name]
            understood = flow.questions[state].parse(spelt(label), flow.prompt(state), ear)
            assert understood == value, (name, state, label)


def typed_elsewhere() -> Iterator[tuple[str, str, str, str, object]]:
    """What may be typed beside the label on a button: synonyms, and what it says to people elsewhere."""
    for locale in LOCALES:
        for flow in HOUSE.coach.flows.values():
            for state, question in flow.questions.items():
                words, prompt = catalogue(locale).words, flow.prompt(state)
                others = [
                    (code, label)
                    for code, labels in words.elsewhere.get(prompt, {}).items()
                    for label in labels
                ]
                others += [(code, phrase) for phrase, code in words.also.get(prompt, {}).items()]
                for code, other in others:
                    value: object = (code,) if question.kind == "multi_choice" else code
                    yield locale, flow.name, state, other, value


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("spelt", [str, str.lower, str.upper, lambda label: f"{label}."])
def test_what_a_button_says_to_others_can_be_typed_by_anybody(locale: str, spelt: type[str]) -> None:
    ear = Ear(catalogue(locale).words, HOUSE.coach.places, NOW)
    found = [each for each in typed_elsewhere() if each[0] == locale]

    for _, name, state, label, value in found:
        flow = HOUSE.coach.flows[name]
        understood = flow.questions[state].parse(spelt(label), flow.prompt(state), ear)
        assert understood == value, (name, state, label)
    assert len(found) > 40


def test_a_synonym_is_all_that_is_said_and_makes_no_slip_ambiguous() -> None:
    ear = Ear(catalogue("en").words, HOUSE.coach.places, NOW)
    situation, prompt = HOUSE.coach.flows["onboarding"].questions["situation"], "onboarding.situation"

    assert situation.parse("Self-employed.", prompt, ear) == "self"
    assert situation.parse("unemployed", prompt, ear) == "between"
    assert situation.parse("employd", prompt, ear) == "employed"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_options_of_a_situation_read_the_same(locale: str) -> None:
    for prompt, options in catalogue(locale).labels.items():
        assert len({label.casefold() for label in options.values()}) == len(options), prompt


@pytest.mark.parametrize("locale", LOCALES)
def test_only_situations_that_exist_have_wording_of_their_own(locale: str) -> None:
    known = set(catalogue(locale).labels["onboarding.situation"])
    named = {prompt.partition(":")[2] for prompt in catalogue(locale).labels if ":" in prompt}
    ours = re.compile(r"(?:sketch|inventory|battery|checks)\.\w+\.ask_(\w+)")
    named |= {found[1] for name in catalogue(locale).templates if (found := ours.fullmatch(name))}

    assert named == known - {"employed"}


@pytest.mark.parametrize("table", ["options_self", "also"])
def test_wording_for_an_option_that_does_not_exist_is_refused(table: str, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[1] / "prompts" / "en"
    (tmp_path / "en").mkdir()
    for place in shipped.glob("*.toml"):
        (tmp_path / "en" / place.name).write_text(place.read_text("utf-8"), "utf-8")
    with (tmp_path / "en" / "checks.toml").open("a", encoding="utf-8") as checks:
        checks.write(f"\n[checks.X5.{table}]\nnowhere = 'somewhere'\n")

    with pytest.raises(FlowError, match=r"checks\.X5 words nowhere"):
        load_catalogues(tmp_path)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_countries_offered_can_be_typed(locale: str) -> None:
    ear = Ear(catalogue(locale).words, HOUSE.coach.places, NOW)
    question = Place("country")

    for code, label in catalogue(locale).labels["onboarding.country"].items():
        assert question.parse(label, "onboarding.country", ear) == code
        assert HOUSE.voices[locale].plain(CountryName(code))
