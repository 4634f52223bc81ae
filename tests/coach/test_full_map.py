"""The map after all three sittings: what the vignettes expect, in words that were earned, harm first."""

from __future__ import annotations

import re

import pytest

from flows.assessment.certainty import Word
from flows.assessment.certainty import words as earned
from flows.assessment.sittings import scored
from flows.engine.answers import Value
from flows.engine.say import Label
from tests.assessment.vignettes import VIGNETTES, Vignette
from tests.coach.given import HOUSE, PURPOSE, bubbles, facts, prompts, words
from tests.coach.personas import Persona, answers_of, at_the_end, persona

BASE: dict[str, Value] = {**PURPOSE, "game": "on", "apart": "on"}
HARMED: dict[str, Value] = {**BASE, "O5": "e", "E1": 4, "CF2": 6, "CF4": 1, "e1": ("shouting", "harm")}
TOLD = [each for each in VIGNETTES if not each.facts.trials and each.facts.energy is None]
STAYING = re.compile(
    r"\b(four weeks|three weeks|stay(ing)? (on|there)|one change at a time|half of what bugs)\b", re.I
)
LONGEST = 60

each_vignette = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)


@pytest.mark.parametrize("vignette", TOLD, ids=lambda vignette: vignette.name)
def test_the_last_map_says_what_its_vignette_expects(vignette: Vignette) -> None:
    someone = at_the_end(answers_of(vignette.facts))
    drawn = someone.chat.person.diary.map
    assert drawn is not None

    found = scored(someone.chat.person.conversations, HOUSE.coach.rule)

    assert list(found.lead[:1]) == ([] if vignette.lead is None else [vignette.lead])
    assert tuple(found.lead[1:] + found.layers) == vignette.also
    assert drawn.lead == tuple(str(each) for each in found.lead)
    assert drawn.unclear is (vignette.lead is None)
    assert drawn.out_flag is (vignette.name == "P17")


@pytest.mark.parametrize("vignette", TOLD, ids=lambda vignette: vignette.name)
def test_the_headline_names_the_lead_or_says_that_it_is_not_clear(vignette: Vignette) -> None:
    reply = at_the_end(answers_of(vignette.facts)).chat.replies[-1]

    if vignette.lead is None:
        assert {"map.unclear", "map.everything_lifts"} & set(prompts(reply))
    elif "map.joint" in prompts(reply):
        joint = facts(reply, "map.joint")["layers"]
        assert joint == tuple(Label("map.layers", each) for each in (vignette.lead, *vignette.also))
    else:
        there = facts(reply, "map.says.fairly_clear")
        assert there["layer"] == Label("map.layers", vignette.lead)
        assert there["also"] == tuple(Label("map.layers", each) for each in vignette.also)


@each_vignette
def test_no_word_is_above_what_questions_alone_can_earn(vignette: Vignette) -> None:
    someone = at_the_end(answers_of(vignette.facts))

    allowed = earned(scored(someone.chat.person.conversations, HOUSE.coach.rule))

    assert Word.WELL_SUPPORTED not in allowed.values()
    assert "well supported" not in words(someone.chat.replies[-1])
    assert "%" not in words(someone.chat.replies[-1])


@each_vignette
def test_every_bubble_but_lists_is_short(vignette: Vignette) -> None:
    someone = at_the_end(answers_of(vignette.facts))

    spoken = [bubble.html for reply in someone.chat.replies for bubble in bubbles(reply)]

    long = [text for text in spoken if "\u2022" not in text and len(words_of(text)) > LONGEST + 5]
    assert long == []


def words_of(html: str) -> list[str]:
    return re.sub(r"<[^>]+>", "", html).split()


def test_harm_comes_first_and_nothing_is_suggested_that_needs_staying() -> None:
    someone = persona(HARMED)
    someone.sits("sketch")

    for name in ("inventory", "battery"):
        reply = someone.sits(name)
        ends = prompts(reply).index("map.harm")
        assert not [prompt for prompt in prompts(reply)[:ends] if prompt.startswith("map.")]
        assert not STAYING.search(words(reply))


ELSE: dict[str, Value] = dict.fromkeys(("K1", "V2", "V3", "D2", "I2", "E4"), 1)


def test_harm_stands_before_what_changed_since_the_last_map() -> None:
    someone = persona({**HARMED, "O5": "b", "V1": 0, "E2": 4, "e2": "weekly", **ELSE})
    someone.sits("sketch")

    told = prompts(someone.sits("inventory"))

    assert told.index("map.harm") < told.index("map.since")


def test_harm_is_answered_the_moment_it_is_told() -> None:
    someone = persona(HARMED)
    someone.sits("sketch")
    someone.sits("inventory")

    assert any("inventory.e1.harm" in prompts(reply) for reply in someone.chat.replies)


def test_more_pay_that_lifts_most_of_it_is_part_of_the_picture() -> None:
    assert "map.money" in prompts(at_the_end({**BASE, "CF6": 2}).chat.replies[-1])
    assert "map.money" not in prompts(at_the_end({**BASE, "CF6": 6}).chat.replies[-1])


def test_two_sittings_of_skips_end_kindly_with_what_is_known() -> None:
    someone = at_the_end(BASE)

    reply = someone.chat.replies[-1]

    assert prompts(reply)[-1] == "map.complete"
    assert someone.chat.person.diary.map is not None


def test_three_sittings_of_skips_end_kindly_and_nothing_is_guessed() -> None:
    someone = at_the_end({"game": "on", "apart": "on"})

    assert prompts(someone.chat.replies[-1]) == ("map.nothing_to_go_on", "map.complete")


def test_a_heavy_day_is_not_called_irritation_when_it_is_not_clear() -> None:
    unclear: dict[str, Value] = {"O2": 8, "V1": 2, "I1": 4, "CF2": 6, "K2": 2, "O5": "f", "O4": "most"}
    reply = at_the_end({**BASE, **unclear}).chat.replies[-1]

    assert "IRR" not in str(facts(reply, "map.unclear"))


@pytest.mark.parametrize(("question", "value"), [("CF2", 7), ("V2", 4), ("CF7", 0), ("CF6", 0)])
def test_a_changed_answer_of_any_sitting_says_that_the_map_is_another(question: str, value: Value) -> None:
    someone = ended_with_purpose()
    someone.chat.commands("change", question)

    reply = someone.chat.gives(value)

    assert prompts(reply)[:2] == ("engine.changed", "map.updated")
    assert prompts(reply)[-1] == "map.complete"


def test_a_changed_answer_that_moves_nothing_says_so() -> None:
    someone = ended_with_purpose()
    someone.chat.commands("change", "R1")

    assert prompts(someone.chat.gives("days")) == ("engine.changed", "map.same")


def ended_with_purpose() -> Persona:
    return at_the_end({**BASE, "V3": 4, "v2": "some", "CF8": "else", "CF9": "load", "CF7": 6, "R1": "week"})
