"""Three sittings are one assessment: nothing is asked twice, or makes no sense for this person."""

from __future__ import annotations

import pytest

from flows.assessment.checks import QUESTIONS
from flows.assessment.evidence import score
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Facts, Trial
from flows.assessment.inventory import MODULES, opened_modules
from flows.assessment.sittings import CONFUSABLE, facts_of, scored
from flows.assessment.sketch import SKETCH
from flows.engine.answers import Value
from flows.engine.asking import shown
from flows.engine.say import Fact, Label
from tests.assessment.vignettes import VIGNETTE, VIGNETTES, Vignette
from tests.coach.given import HOUSE, PURPOSE, facts, prompts, words
from tests.coach.personas import OBJECTION, Persona, answers_of, at_the_end, persona

each_vignette = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)

BASE: dict[str, Value] = {**PURPOSE, "game": "on", "apart": "on"}
OBJECTING: dict[str, Value] = {**BASE, "v1": OBJECTION, "v2": "some"}
LOADED: dict[str, Value] = {**BASE, "O5": "a", "K2": 4, "V1": 0, "CF1": 1, "CF2": 6, "R3": "nobreak"}

PULLING_APART: dict[str, dict[str, Value]] = {
    "X2": {"D1": 3},
    "X5": {"K3": 4},
    "X6": {**LOADED, "c1": "0"},
    "X7": {"I3": 4, "E2": 3},
    "X8": {**LOADED, "K2": 1, "I1": 0},
    "X11": {"v2": "none"},
    "X12": {"v5": "other", "CF6": 1},
}
"""Answers on top of the base ones that make each check necessary."""

each_check = pytest.mark.parametrize("code", PULLING_APART)


def inventoried(**answers: Value) -> Persona:
    """Somebody after the second sitting."""
    someone = persona({**BASE, **answers})
    someone.sits("sketch")
    someone.sits("inventory")
    return someone


def ended(**answers: Value) -> Persona:
    return at_the_end({**BASE, **answers})


@each_vignette
def test_a_person_in_the_chat_and_the_same_vector_are_the_same_facts(vignette: Vignette) -> None:
    someone = at_the_end(answers_of(vignette.facts))

    told = facts_of(someone.chat.person.conversations)

    asked = {
        "d1" if item.startswith("d1_") else "i1" if item.startswith("i1_") else item
        for item in someone.questions()
    }
    expected = {item: value for item, value in vignette.facts.answers.items() if item in asked}
    assert {**told.answers, "O7": None} == {**expected, "O7": None}
    assert bool(told.ticks("O7")) == bool(vignette.facts.ticks("O7"))
    assert told.tried == vignette.facts.tried
    assert told.resolved <= vignette.facts.resolved


@each_vignette
def test_the_chat_scores_as_the_scorer_does_on_what_was_asked(vignette: Vignette) -> None:
    someone = at_the_end(answers_of(vignette.facts))
    there = facts_of(someone.chat.person.conversations)
    asked = {item: value for item, value in vignette.facts.answers.items() if item in there.answers}

    found = scored(someone.chat.person.conversations, HOUSE.coach.rule)

    expected = score(
        Facts(answers=asked, tried=vignette.facts.tried, resolved=there.resolved), HOUSE.coach.rule
    )
    assert found.points == expected.points
    assert found.lead == expected.lead


@each_vignette
def test_no_item_is_asked_twice_over_three_sittings(vignette: Vignette) -> None:
    asked = at_the_end(answers_of(vignette.facts)).questions()

    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("name", ["P01", "P03", "P09", "P11", "P15", "P17", "P23"])
def test_a_typical_person_meets_fifty_to_fifty_eight_items(name: str) -> None:
    someone = at_the_end(answers_of(VIGNETTE[name].facts))

    assert 50 <= len([item for item in someone.questions() if item not in QUESTIONS]) <= 58


@each_vignette
def test_the_modules_are_of_the_two_nearest_and_the_strongest_rival(vignette: Vignette) -> None:
    someone = persona(answers_of(vignette.facts))
    someone.sits("sketch")
    points = scored(someone.chat.person.conversations, HOUSE.coach.rule).points
    someone.sits("inventory")

    inventory = someone.chat.person.conversations["inventory"]
    first, second = sorted(Explanation, key=lambda each: -points[each])[:2]
    rival = max(CONFUSABLE[first], key=lambda each: points[each])
    assert set(opened_modules(inventory)) == {first, second, rival}
    closed = {item for each in Explanation if each not in (first, second, rival) for item in MODULES[each]}
    assert not closed & set(someone.questions())


@pytest.mark.parametrize("happened", [("none",), None])
def test_where_nothing_happened_nobody_asks_how_often(happened: Value) -> None:
    someone = inventoried(O5="b", E1=4, CF4=1, e1=happened)

    assert "e1" in someone.questions()
    assert not {"e2", "e3", "e4"} & set(someone.questions())


def test_where_something_happened_it_is_asked_how_often() -> None:
    assert {"e2", "e3", "e4"} <= set(inventoried(O5="b", E1=4, CF4=1, e1=("blame",)).questions())


@pytest.mark.parametrize(("pointed", "asked"), [("none", False), ("some", True)])
def test_whose_objection_has_no_address_is_not_asked_how_close_it_is(pointed: str, asked: bool) -> None:
    assert ("v3" in inventoried(v2=pointed).questions()) == asked


@pytest.mark.parametrize("own", ["<b>{{ cf3 }}</b> {x} & %s", "Mr {% if %}", "Ä<i>"])
def test_the_named_thing_comes_back_in_the_words_of_the_person(own: str) -> None:
    someone = persona({**OBJECTING, "v1": own})
    for name in ("sketch", "inventory"):
        someone.sits(name)
    someone.chat.commands("next")
    someone.chat.gives("on")

    asked = someone.chat.gives("yes")

    assert facts(asked, "battery.CF3")["cf3"] == own
    escaped = own.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in words(asked)


def test_the_named_thing_can_be_put_another_way() -> None:
    someone = at_the_end({**OBJECTING, "CF3_draft": "reword", "CF3_words": "the casino ads", "CF3": 1})

    asked = next(say for reply in someone.chat.replies for say in reply.says if say.prompt == "battery.CF3")
    assert asked.facts["cf3"] == "the casino ads"
    assert facts_of(someone.chat.person.conversations).answers["CF3"] == 1


def test_the_named_thing_can_be_left_out() -> None:
    someone = at_the_end({**OBJECTING, "CF3_draft": "no"})

    assert not {"CF3", "CF3_words", "CF3b", "CF3c"} & set(someone.questions())


def test_up_to_three_things_stop_and_the_lightest_counts() -> None:
    more: dict[str, Value] = {
        "CF3_draft": "yes",
        "CF3_more": "yes",
        "CF3b_words": "the ads",
        "CF3b_more": "yes",
    }
    heavy: dict[str, Value] = {"CF3": 6, "CF3b": 5, "CF3c_words": "the fines", "CF3c": 1, "CF2": 6}

    someone = at_the_end({**OBJECTING, **more, **heavy})

    assert {"CF3", "CF3b", "CF3c"} <= set(someone.questions())
    evidence = scored(someone.chat.person.conversations, HOUSE.coach.rule).evidence
    assert [each.item for each in evidence if each.item.startswith("CF3")][:1] == ["CF3c"]


@pytest.mark.parametrize("baseline", [None, 0, 2])
def test_a_monday_without_weight_is_not_played_with(baseline: Value) -> None:
    someone = at_the_end({**OBJECTING, "CF0": baseline})

    assert not {"CF3", "CF6", "CF7"} & set(someone.questions())
    assert "CF8" in someone.questions()


@pytest.mark.parametrize(
    ("back", "asked"), [("nobreak", False), (None, False), ("2w", True), ("never", True)]
)
def test_only_a_break_is_asked_about(back: Value, asked: bool) -> None:
    assert ({"R1", "R2"} <= set(ended(R3=back).questions())) == asked


def test_purpose_and_role_that_lift_alike_are_asked_about_even_if_the_named_thing_made_it_so() -> None:
    lifting: dict[str, Value] = {"CF2": 5, "CF5": 1, "CF3_draft": "yes", "CF3": 1}

    assert "F1" in at_the_end({**OBJECTING, **lifting}).questions()
    assert "F1" not in at_the_end({**OBJECTING, **lifting, "CF3": 5}).questions()
    assert "F1" in ended(CF2=1, CF5=1).questions()


def test_how_long_it_lasted_is_only_asked_of_what_helped() -> None:
    tried: dict[str, Value] = {"T1": ("load", "pay", "skill"), "T2_1": "full", "T3_1": "lot", "T4_1": "held"}
    someone = ended(**tried, T2_2="less", T3_2="none", T2_3="briefly")

    assert "T4_1" in someone.questions()
    assert not {"T4_2", "T4_3"} & set(someone.questions())
    there = facts_of(someone.chat.person.conversations)
    assert there.tried == (Trial("load", "held", 1.0), Trial("pay", "none", 0.5))


@each_check
def test_answers_that_pull_apart_are_asked_about_once_and_both_are_quoted(code: str) -> None:
    someone = ended(**PULLING_APART[code])

    assert someone.questions().count(code) == 1
    asked = next(
        say for reply in someone.chat.replies for say in reply.says if say.prompt == f"checks.{code}"
    )
    spoken = HOUSE.voices["en"].bubble(asked).html.lower().replace("&#x27;", "'")
    answers = [asked.facts["first"], asked.facts["second"]]
    assert all(in_words(answer) in spoken for answer in answers[: 1 if code == "X8" else 2])


def in_words(answer: Fact) -> str:
    """An answer as its button says it."""
    if not isinstance(answer, Label):
        return str(answer)
    return HOUSE.coach.words["en"].labels[answer.prompt][answer.code].lower()


@each_check
def test_a_settled_check_is_settled_and_an_open_one_counts(code: str) -> None:
    chosen = QUESTIONS[code].codes[0]
    settled, left = (
        ended(**{**PULLING_APART[code], code: chosen}),
        ended(**{**PULLING_APART[code], code: "unsure"}),
    )

    def found(someone: Persona) -> dict[str, bool]:
        result = scored(someone.chat.person.conversations, HOUSE.coach.rule)
        return {each.code: each.resolved for each in result.contradictions}

    assert found(settled)[code] is True
    assert found(left)[code] is False


def test_next_in_the_middle_of_a_sitting_asks_the_open_question() -> None:
    someone = persona(BASE)
    someone.sits("sketch")
    someone.chat.commands("next")
    someone.chat.gives(1)

    assert prompts(someone.chat.commands("next")) == ("inventory.E2",)


def test_starting_over_clears_every_sitting() -> None:
    someone = ended(K3=4)
    someone.chat.commands("restart")

    someone.chat.gives("yes")

    person = someone.chat.person
    assert not {"inventory", "battery", "checks"} & set(person.conversations)
    assert person.conversations["sketch"].answers == {}
    assert person.diary.map is None


@pytest.mark.parametrize(("name", "question"), [("inventory", "E2"), ("battery", "CF7")])
def test_after_a_week_the_sitting_that_was_left_is_named_by_its_last_answer(name: str, question: str) -> None:
    someone = persona(BASE)
    for sitting in ("sketch", "inventory", "battery")[: 1 if name == "inventory" else 2]:
        someone.sits(sitting)
    someone.chat.commands("next")
    while someone.chat.foreground.state != question:
        someone.chat.gives({**BASE, "K1": 3, "CF6": 4}.get(someone.chat.foreground.state))
    last = someone.chat.foreground.trail[-1]
    flow = HOUSE.coach.flows[name]

    reply = someone.chat.waits(days=7).commands("continue")

    there = facts(reply, "coach.resume")
    assert there["question"] == flow.short(someone.chat.foreground, last)
    assert there["answer"] == shown(flow, last, someone.chat.foreground.value(last))
    assert prompts(someone.chat.taps("continue")) == (f"{name}.{question}",)


def test_the_sketch_alone_opens_no_checks() -> None:
    someone = persona({**BASE, "D1": 4})

    assert prompts(someone.sits(SKETCH.name))[-1] == "map.next"
