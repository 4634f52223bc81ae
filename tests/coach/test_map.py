"""The map says no more than its tier allows, in the person's own answers; "not clear yet" is a result."""

from __future__ import annotations

from typing import Any

import pytest

from flows.assessment.drawn import as_remembered
from flows.assessment.sketch import SKETCH
from flows.engine.answers import Value
from flows.engine.say import Label, Say
from tests.coach.given import HOUSE, at_question, bubbles, facts, prompts, said, sketched, words

OUTSIDE = {"map.outside", "map.outside_short", "map.outside_first"}

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
    assert facts(reply, "map.would_change")["settles"] == Say("map.settle.light")


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
    assert len(OUTSIDE & set(prompts(sketched(**answers).replies[-1]))) == 1
    assert not OUTSIDE & set(prompts(sketched().replies[-1]))


def test_two_that_cannot_be_told_apart_are_named_with_what_would_tell() -> None:
    reply = sketched(V1=3, D1=3, CF5=2).replies[-1]

    there = facts(reply, "map.unclear")

    assert {there["first"].code, there["second"].code} == {"VAL", "IDN"}
    assert facts(reply, "map.would_change")["settles"] == Say("map.settle.VAL_IDN")


def test_on_sick_leave_nothing_is_to_be_tried() -> None:
    reply = sketched("leave").replies[-1]

    assert facts(reply, "map.would_change")["settles"] == Say("map.settle.leave")


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
