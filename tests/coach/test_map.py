"""The map says no more than its tier allows, in the person's own answers; "not clear yet" is a result."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment.drawn import as_remembered
from flows.assessment.explanations import Explanation
from flows.assessment.map import map_says
from flows.assessment.sketch import SKETCH
from flows.engine.answers import Answer, Value
from flows.engine.asking import shown
from flows.engine.conversation import DONE, Conversation
from flows.engine.questions import MultiChoice, Scale
from flows.engine.say import Fact, Label, Say
from tests.coach.given import HOUSE, at_question, bubbles, facts, prompts, said, sketched, words

HEADLINES = {"map.hunch", "map.unclear", "map.light", "map.nothing_lifts", "map.nothing_to_go_on"}
SURE_WORDS = re.compile(
    r"\b(clear(ly)?|certainly|well supported|definitely|proves?|cause|because of|diagnosed)\b", re.I
)

LOAD: dict[str, Value] = {
    "O3": "1-6",
    "O4": "busy",
    "O5": "a",
    "K2": 4,
    "V1": 0,
    "CF1": 1,
    "CF2": 7,
    "R3": "nobreak",
}
PEOPLE: dict[str, Value] = {"O5": "b", "E1": 4, "V1": 0, "CF2": 6, "CF4": 1}
ROLE: dict[str, Value] = {"O5": "d", "V1": 0, "D1": 4, "CF2": 6, "CF5": 1}


@pytest.mark.parametrize(("answers", "lead"), [({}, "VAL"), (LOAD, "CAP"), (PEOPLE, "ENV"), (ROLE, "IDN")])
def test_a_plausible_person_gets_a_first_hunch_and_no_more(answers: dict[str, Value], lead: str) -> None:
    chat = sketched(**answers)

    reply = chat.replies[-1]

    assert facts(reply, "map.hunch")["layer"] == Label("map.layers", lead)
    assert "first hunch" in words(reply)
    assert chat.person.diary.map is not None
    assert chat.person.diary.map.lead == (lead,)


def test_a_light_day_needs_no_explanation_and_nothing_to_try() -> None:
    reply = sketched(O2=0, O3="lt1", pace="short", I1=4, V1=0).replies[-1]

    assert "map.light" in prompts(reply)
    assert facts(reply, "map.open")["settles"] == Say("map.settle.light")


def test_where_nothing_was_said_nothing_is_guessed() -> None:
    chat = sketched(**dict.fromkeys(SKETCH.questions))

    assert prompts(chat.replies[-1]) == ("map.nothing_to_go_on", "map.next")


def test_where_much_was_said_and_nothing_points_anywhere_it_is_not_clear() -> None:
    partly: dict[str, Value] = {**dict.fromkeys(("K2", "E1", "V1", "D1", "I1"), 2), "O4": "most", "O5": "f"}
    same: dict[str, Value] = {**dict.fromkeys(("CF1", "CF2", "CF4", "CF5"), 5), "R3": "nobreak"}

    reply = sketched(**partly, **same).replies[-1]

    assert "map.unclear" in prompts(reply)


def test_a_monday_that_nothing_makes_lighter_sends_to_a_doctor_first() -> None:
    reply = sketched(CF1=7, CF2=7, CF4=6, CF5=7).replies[-1]

    assert prompts(reply)[1] == "map.nothing_lifts"
    assert "doctor" in words(reply)
    assert "/sos" in words(reply)


@pytest.mark.parametrize("answers", [{"O7": ("sleep",)}, {"O6": 3}, {"R3": "never"}])
def test_what_goes_on_outside_work_stands_beside_the_map(answers: dict[str, Any]) -> None:
    assert "map.outside" in prompts(sketched(**answers).replies[-1])
    assert "map.outside" not in prompts(sketched().replies[-1])


def test_two_that_cannot_be_told_apart_are_named_with_what_would_tell() -> None:
    reply = sketched(V1=3, D1=3, CF5=2).replies[-1]

    there = facts(reply, "map.unclear")

    assert {there["first"].code, there["second"].code} == {"VAL", "IDN"}
    assert facts(reply, "map.open")["settles"] == Say("map.settle.VAL_IDN")


def test_on_sick_leave_nothing_is_to_be_tried() -> None:
    reply = sketched("leave").replies[-1]

    assert facts(reply, "map.open")["settles"] == Say("map.settle.leave")


@pytest.mark.parametrize(("heaviness", "may_be_irritation"), [(7, False), (10, False), (6, True)])
def test_a_heavy_day_is_never_called_irritation(heaviness: int, may_be_irritation: bool) -> None:
    small: dict[str, Value] = {
        "O3": "lt1",
        "O4": "events",
        "O5": "e",
        "I1": 4,
        "V1": 0,
        "CF0": 2,
        "R3": "nobreak",
    }
    reply = sketched(O2=heaviness, **small).replies[-1]

    assert ("IRR" in str(facts(reply, "map.unclear"))) == may_be_irritation


def test_what_was_left_open_is_counted() -> None:
    assert facts(sketched(V1=None, R4=None).replies[-1], "map.open")["skipped"] == Say(
        "map.skipped", {"count": 2}
    )
    assert facts(sketched().replies[-1], "map.open")["skipped"].prompt == "map.none_skipped"


def test_it_begins_with_the_persons_own_words_when_they_are_one_detail() -> None:
    short, long, none = sketched(), sketched(O1="So much. " * 30), sketched(O1=None)

    assert "Good at what I can't defend." in words(short.replies[-1]).replace("&#39;", "'")
    assert "map.began" not in prompts(long.replies[-1])
    assert "map.began" not in prompts(none.replies[-1])


def test_a_map_is_remembered_with_the_version_of_the_rule_and_without_any_words() -> None:
    chat = sketched()

    (drawn,) = chat.remembered("map")

    assert drawn.rule_version == HOUSE.coach.rule.version == drawn.body["rule_version"]
    assert chat.person.diary.map is not None
    assert drawn.body == as_remembered(chat.person.diary.map)
    assert "Good at" not in str(drawn.body)


def test_a_change_that_moves_the_picture_says_so_and_shows_it() -> None:
    chat = sketched()
    chat.commands("change", "CF2")

    reply = chat.gives(6)

    assert prompts(reply)[:2] == ("engine.changed", "map.updated")
    assert prompts(reply)[-1] == "map.next"
    assert len(chat.remembered("map")) == 2


def test_a_change_that_moves_nothing_says_so_and_offers_the_map() -> None:
    chat = sketched()
    chat.commands("change", "O1")

    reply = chat.gives("In other words.")

    assert prompts(reply) == ("engine.changed", "map.same")
    assert len(chat.remembered("map")) == 1
    assert prompts(chat.taps("map"))[-1] == "map.next"


def test_a_changed_baseline_reopens_what_was_compared_with_it_before_a_new_map() -> None:
    chat = sketched()
    chat.commands("change", "CF0")
    held = chat.gives(5)
    assert facts(held, "engine.reopens")["count"] == 4

    reply = chat.taps("change")

    assert prompts(reply)[0] == "engine.changed"
    assert len(chat.remembered("map")) == 1
    dropped = [each.body["question"] for each in chat.remembered("answer") if each.body["dropped"]]
    assert sorted(dropped) == ["CF1", "CF2", "CF4", "CF5"]
    assert "map.updated" in prompts(chat.answers(CF1=4, CF2=4, CF4=4, CF5=4))


def test_the_map_can_be_seen_again_and_leads_back_to_what_is_open() -> None:
    done, asked = sketched(), sketched()
    asked.commands("language")

    assert prompts(done.commands("map")) == prompts(done.replies[0 - 2])
    assert asked.commands("map").says[-1].buttons[-1].label == Label("coach.way_back", "go_on")


def test_before_there_is_a_map_the_open_questions_are_counted() -> None:
    chat = at_question("O3")

    reply = chat.commands("map")

    assert facts(reply, "coach.no_map_yet") == {"left": 17}
    assert prompts(chat.taps("continue")) == ("sketch.O3",)


def answered(draw: st.DrawFn) -> dict[str, Value]:
    answers: dict[str, Value] = {}
    for name, question in SKETCH.questions.items():
        if isinstance(question, MultiChoice):
            answers[name] = draw(st.one_of(st.none(), st.just(("no",)), st.just(("sleep", "money"))))
        elif isinstance(question, Scale):
            answers[name] = draw(st.one_of(st.none(), st.integers(question.low, question.high)))
        elif question.labelled:
            answers[name] = draw(st.one_of(st.none(), st.sampled_from(question.labelled)))
        else:
            answers[name] = draw(st.one_of(st.none(), st.text(max_size=200)))
    return answers


@st.composite
def finished_sketches(draw: st.DrawFn) -> Conversation:
    """Sketches with any answers that the questions allow."""
    answers = {name: Answer(value, 0) for name, value in answered(draw).items()}
    situation = draw(st.sampled_from(["employed", "self", "leave", "between", "student", "carer", ""]))
    about = {"situation": situation} if situation else {}
    return Conversation(
        "sketch", SKETCH.version, "abc", DONE, answers=answers, trail=tuple(answers), about=about
    )


def every(fact: Fact | tuple[Say, ...]) -> list[Say]:
    """All messages inside of messages."""
    if isinstance(fact, tuple):
        return [say for one in fact for say in every(one)]
    if isinstance(fact, Say):
        return [fact, *(say for inner in fact.facts.values() for say in every(inner))]
    return []


@given(finished_sketches())
def test_no_map_says_more_than_a_first_hunch_whatever_was_answered(sketch: Conversation) -> None:
    says = map_says(sketch, HOUSE.coach.rule)
    spoken = "\n".join(HOUSE.voices["en"].bubble(say).html for say in says if say.prompt != "map.began")

    assert len(HEADLINES & {say.prompt for say in says}) == 1
    assert not SURE_WORDS.search(spoken.replace("not a diagnosis", ""))
    assert "%" not in spoken
    assert "point score" not in spoken


@given(finished_sketches())
def test_what_a_map_quotes_are_the_persons_own_answers(sketch: Conversation) -> None:
    quotes = [say for say in every(map_says(sketch, HOUSE.coach.rule)) if say.prompt.startswith("quotes.")]

    for quote in quotes:
        item = quote.prompt.removeprefix("quotes.")
        assert sketch.value(item) is not None
        assert quote.facts["answer"] == shown(SKETCH, item, sketch.value(item))


@given(finished_sketches())
def test_every_number_on_a_map_is_one_that_the_person_gave_or_counts_what_is_open(
    sketch: Conversation,
) -> None:
    says = [
        say for say in map_says(sketch, HOUSE.coach.rule) if say.prompt in ("map.evidence", "map.between")
    ]
    spoken = "\n".join(str(HOUSE.voices["en"].text(say)) for say in says)

    given_numbers = {str(sketch.value(name)) for name in SKETCH.questions}
    assert set(re.findall(r"\d+", spoken)) <= {*given_numbers, "10", "6", "2", "1"}


@given(finished_sketches())
def test_every_map_ends_with_what_it_is_and_fits_into_its_bubbles(sketch: Conversation) -> None:
    says = map_says(sketch, HOUSE.coach.rule)

    assert says[-1].prompt == "map.next"
    for voice in HOUSE.voices.values():
        assert all(len(bubble.html) < 1200 for bubble in voice.bubbles(says))
    assert "reflection aid, not a diagnosis" in HOUSE.voices["en"].bubbles(says)[-1].html


@given(finished_sketches())
def test_two_different_explanations_are_weighed_and_an_observation_tells_them_apart(
    sketch: Conversation,
) -> None:
    says = map_says(sketch, HOUSE.coach.rule)
    open_ends = [say for say in says if say.prompt == "map.open"]
    between = [say for say in says if say.prompt == "map.between"]

    for say in open_ends:
        settles = say.facts["settles"]
        assert isinstance(settles, Say)
        pair = settles.prompt.removeprefix("map.settle.").split("_")
        assert pair in (["leave"], ["light"]) or len({Explanation(each) for each in pair}) == 2
    for say in between:
        assert say.facts["first"] != say.facts["second"]


def test_the_evidence_has_three_quotes_at_most_on_each_side() -> None:
    there = facts(sketched(O4="daily", O5="c").replies[-1], "map.evidence")

    assert len(there["points_to"]) == 3
    assert len(there["points_away"]) <= 3


def test_a_quick_return_is_quoted_with_the_load_that_it_met() -> None:
    chat = sketched(O4="most", O5="f", V1=3)

    assert "within two weeks, and the load then: ordinary" in words(chat.replies[-1])


def test_the_four_lines_are_there() -> None:
    told = "".join(bubble.html for bubble in bubbles(sketched().replies[-1]))

    for line in ("What points to", "What points away", "What I don't know", "What would change this"):
        assert line in told


def test_the_map_has_its_answers_at_hand() -> None:
    chat = sketched()

    assert said(chat.replies[-1], "map.next").buttons
    assert prompts(chat.taps("answers")) == ("coach.answers",)
