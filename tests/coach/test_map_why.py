"""Why a line of the map says what it says: the person's own answers, sorted by where they come from."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from flows.assessment.evidence import score
from flows.assessment.explanations import Explanation
from flows.assessment.facts import EnergyLog, Facts, Trial
from flows.assessment.reading import Reading, read
from flows.assessment.why import explained
from flows.engine.conversation import Conversation
from flows.engine.say import Label
from flows.person import Person
from tests.assessment.vignettes import VIGNETTES, Vignette
from tests.coach.given import HOUSE, NOW, at_question, bubbles, facts, prompts, sketched, words
from tests.coach.personas import answers_of, at_the_end
from tests.coach.telegram_rules import breaks
from tests.coach.test_map_of_anybody import finished_sketches

each_vignette = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)


def weights(html: str) -> list[str]:
    """The words for how much each line weighs, in order."""
    return re.findall(r"\((strongly|clearly|a little)\)", html)


def test_why_with_nothing_open_explains_what_leads() -> None:
    chat = sketched()

    typed = chat.says("why?")

    assert facts(typed, "why.head")["layer"] == Label("map.layers", "VAL")
    assert prompts(typed) == prompts(chat.commands("why")) == prompts(chat.commands("why", "VAL"))


@pytest.mark.parametrize("asked", ["why?", "why this", "what for?"])
def test_any_way_of_asking_why_will_do_while_the_map_is_in_sight(asked: str) -> None:
    assert prompts(sketched().says(asked))[0] == "why.head"


def test_why_after_something_else_is_not_about_the_map() -> None:
    chat = sketched()
    chat.commands("sos")

    assert prompts(chat.says("why?")) == ("coach.nothing_open",)


def test_why_with_a_question_open_is_about_that_question() -> None:
    chat = at_question("O3")

    assert prompts(chat.says("why?"))[0] == "sketch.O3.why"
    assert prompts(chat.commands("why"))[0] == "sketch.O3.why"


def test_a_button_of_the_map_still_explains_its_line_while_a_question_is_open() -> None:
    chat = sketched()
    chat.commands("next")

    reply = chat.commands("why", "VAL")

    assert prompts(reply)[0] == "why.head"
    assert reply.says[-1].buttons[-1].label == Label("coach.way_back", "go_on")


def test_before_there_is_a_map_why_says_what_is_missing() -> None:
    chat = at_question("O3")
    chat.commands("pause")

    assert prompts(chat.commands("why", "VAL")) == ("sketch.O3.why", "sketch.O3")


def test_without_a_lead_it_asks_which_line_is_meant() -> None:
    chat = sketched(V1=3, D1=3, CF5=2)

    asked = chat.commands("why")

    assert prompts(asked) == ("why.which",)
    assert facts(chat.taps("why:IDN"), "why.head")["layer"] == Label("map.layers", "IDN")


@each_vignette
def test_every_line_is_explained_by_quotes_the_strongest_first_and_without_a_number_of_points(
    vignette: Vignette,
) -> None:
    someone = at_the_end(answers_of(vignette.facts))
    order = ["strongly", "clearly", "a little"]

    for explanation in Explanation:
        reply = someone.chat.commands("why", explanation)

        for group in (bubble.html for bubble in bubbles(reply)):
            for side in re.split(r"Against it:", group):
                ranks = [order.index(weight) for weight in weights(side.partition("For it:")[2] or side)]
                assert ranks == sorted(ranks)
        assert not re.search(r"%|\d\.\d|\d points", words(reply))
        assert not [bubble for bubble in bubbles(reply) if breaks(bubble)]


def test_a_long_list_is_folded_and_a_short_one_is_not() -> None:
    someone = at_the_end(answers_of(next(each.facts for each in VIGNETTES if each.name == "P01")))

    reply = someone.chat.commands("why", "VAL")

    folded = [bubble.html for bubble in bubbles(reply) if "<blockquote expandable>" in bubble.html]
    assert len(folded) == 1
    assert folded[0].count("\u2022") > 4


def test_what_happened_stands_in_a_group_of_its_own() -> None:
    reading = happened(Trial("load", "none"), EnergyLog("d", 1.0))

    spoken = "\n".join(HOUSE.voices["en"].bubble(say).html for say in explained(reading, Explanation.VAL))

    assert "What happened" in spoken
    assert "“Less load, boundaries”: it changed nothing (clearly)" in spoken
    assert "the same task drains for one client only (strongly)" in spoken


def happened(trial: Trial, log: EnergyLog) -> Reading:
    """Somebody with a sketch, one trial and an energy log."""
    reading = read(sketched().person, HOUSE.coach.rule, NOW)
    known = Facts(reading.facts.answers, trials=(trial,), energy=log)
    return replace(reading, facts=known, result=score(known, HOUSE.coach.rule))


def test_both_lists_of_the_week_are_quoted() -> None:
    someone = at_the_end(answers_of(next(each.facts for each in VIGNETTES if each.name == "P07")))

    told = words(someone.chat.commands("why", "IDN"))

    assert (
        "Fills your week: planning, meetings, and paperwork, mails. Gives you energy: making things" in told
    )


def test_of_what_nothing_was_said_nothing_is_invented() -> None:
    chat = sketched(O5=None, CF4=None, E1=None, R3="nobreak")

    reply = chat.commands("why", "ENV")

    assert prompts(reply) == ("why.nothing",)


@given(finished_sketches())
def test_every_line_of_any_first_map_can_be_explained_in_every_language(sketch: Conversation) -> None:
    reading = read(Person(seed=1, conversations={"sketch": sketch}), HOUSE.coach.rule, NOW)

    for explanation in Explanation:
        for voice in HOUSE.voices.values():
            for bubble in voice.bubbles(explained(reading, explanation)):
                assert not breaks(bubble)
