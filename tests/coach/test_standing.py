"""Of two answers to the same item the later one counts, and nothing counts before it is gone through."""

from __future__ import annotations

import pytest

from flows.asking_again import what_moved
from flows.assessment.again import AGAIN, STATEMENTS, TESTS
from flows.assessment.sittings import scored
from flows.assessment.standing import ASKED_AGAIN, HOME, as_they_stand
from flows.engine.answers import Value
from flows.engine.flow import Flow
from tests.coach.given import HOUSE, Chat, facts, prompts, words
from tests.coach.weeks_later import THEN, again, finishes, somebody_after, told


def test_the_later_answer_counts_and_a_skipped_one_keeps_the_earlier() -> None:
    chat = somebody_after(7)
    again(chat, "signs", V2=0, K2=4)
    again(chat, "tests", CF0=6, CF2=5, CF3_draft="yes")

    now = told(chat)
    assert (now["V2"], now["K2"], now["K1"], now["V1"]) == (0, 4, 2, 4)
    assert (now["CF0"], now["CF2"], now["CF1"], now["CF3"]) == (6, 5, 6, 1)


def test_nothing_counts_before_it_is_gone_through() -> None:
    chat = somebody_after(7)
    before = told(chat)
    chat.commands("next", "signs")
    for _ in range(10):
        chat.gives(4)

    assert told(chat) == before
    assert told(finished(chat)) != before


def finished(chat: Chat) -> Chat:
    finishes(chat)
    return chat


def test_a_third_time_stands_on_the_second_even_before_it_is_through() -> None:
    chat = somebody_after(5)
    again(chat, "signs", V2=1)
    chat.waits(weeks=9)
    chat.commands("next", "signs")
    halfway = told(chat)
    finishes(chat)

    assert halfway["V2"] == told(chat)["V2"] == 1


def test_what_is_changed_in_the_first_sitting_later_still_is_the_latest() -> None:
    chat = somebody_after(5)
    again(chat, "signs", K1=1)
    chat.commands("change", "inventory.K1")
    chat.gives(3)

    assert told(chat)["K1"] == 3


def test_no_more_else_drops_why_the_other_place() -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF8="stay")

    assert told(chat)["CF8"] == "stay"
    assert "CF9" not in told(chat)


def test_once_nothing_ties_any_more_the_choice_between_the_two_is_gone() -> None:
    tied: dict[str, Value] = {"CF2": 1, "CF5": 1, "CF3_draft": "no", "F1": "tasks"}
    chat = somebody_after(7, **tied)
    assert told(chat)["F1"] == "tasks"

    again(chat, "tests", CF0=7, CF2=1, CF5=6, CF8="else")

    assert "F1" not in told(chat)


def test_what_moved_most_is_named_with_both_answers_and_a_thing_put_another_way_is_no_move() -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF0=7, CF3_draft="reword", CF3_words="the slot machines", CF3=7, CF6=1, CF7=5)

    moved = what_moved(TESTS, chat.person.conversations["tests"])

    spoken = HOUSE.voices["en"].bubble(moved[0]).html
    assert "A Monday with more pay: from 6 to 1" in spoken
    assert spoken.count("from") == 1


def test_where_hardly_anything_moved_that_is_said() -> None:
    chat = somebody_after(5)

    reply = again(chat, "signs", K1=3)

    assert prompts(reply)[0] == "again.stands"


def test_a_thing_that_is_left_out_no_longer_counts() -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF0=7, CF3_draft="no")

    assert "CF3" not in told(chat)


def test_a_thing_put_another_way_is_asked_and_quoted_in_the_new_words() -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF0=7, CF3_draft="reword", CF3_words="the slot machines", CF3=2)

    *_, question = (say for reply in chat.replies for say in reply.says if say.prompt == "battery.CF3")
    assert question.facts["cf3"] == "the slot machines"
    assert as_they_stand(chat.person.conversations)["battery"].value("CF3_words") == "the slot machines"


def test_laying_answers_over_each_other_twice_changes_nothing_more() -> None:
    chat = somebody_after(7)
    again(chat, "signs", K1=4)
    again(chat, "tests", CF0=6, CF3_draft="no", CF8="stay")

    once = as_they_stand(chat.person.conversations)

    assert as_they_stand(once) == once


@pytest.mark.parametrize("name", ["signs", "tests"])
def test_answers_that_are_all_the_same_as_before_change_no_points(name: str) -> None:
    chat = somebody_after(7)
    before = scored(chat.person.conversations, HOUSE.coach.rule)
    same = {**THEN, "CF3_draft": "yes"}
    again(chat, name, **{item: same.get(item) for item in (*ASKED_AGAIN[name], "CF3_draft")})

    assert scored(chat.person.conversations, HOUSE.coach.rule).points == before.points


def test_at_the_end_the_map_is_drawn_and_remembered() -> None:
    chat = somebody_after(5)
    maps = len(chat.remembered("map"))

    reply = again(chat, "signs", V1=0, V2=0)

    assert "map.overview" in prompts(reply)
    assert len(chat.remembered("map")) == maps + 1


def test_answers_that_pull_apart_only_now_are_asked_about() -> None:
    chat = somebody_after(5)
    chat.commands("next", "signs")
    answers: dict[str, Value] = {"V1": 4, "D1": 4, "apart": "on", "X2": "both"}
    seen: list[str] = []
    while chat.person.foreground is not None:
        seen.append(chat.foreground.state)
        chat.gives(answers.get(chat.foreground.state))

    assert "X2" in seen


def test_the_answers_stand_in_the_list_as_a_sitting_of_their_own_and_can_be_changed() -> None:
    chat = somebody_after(5)
    again(chat, "signs", V2=1)
    pages = [words(chat.commands("answers", str(page))) for page in range(1, 13)]

    assert sum("asked again" in line for page in dict.fromkeys(pages) for line in page.split("\n")) == 19
    assert prompts(chat.commands("change", "signs.V2"))[-1] == "inventory.V2"
    chat.gives(3)
    assert told(chat)["V2"] == 3


def test_while_one_of_its_answers_is_changed_the_others_go_on_counting() -> None:
    chat = somebody_after(5)
    again(chat, "signs", V2=1, K1=4)
    chat.commands("change", "signs.V2")

    assert told(chat)["K1"] == 4


def test_starting_over_forgets_what_was_asked_again() -> None:
    chat = somebody_after(7)
    again(chat, "signs", V2=1)
    chat.commands("restart")

    chat.gives("yes")

    assert not {"signs", "tests"} & set(chat.person.conversations)


def test_what_was_left_in_the_middle_is_gone_on_with_first() -> None:
    chat = somebody_after(7)
    chat.commands("next", "signs")
    chat.gives(1)
    chat.commands("later")

    assert prompts(chat.waits(days=5).commands("next")) == ("sketch.E1",)


def test_after_days_it_is_said_where_we_were_in_it() -> None:
    chat = somebody_after(7)
    chat.commands("next", "signs")
    chat.gives(1)

    reply = chat.waits(days=5).commands("continue")

    assert facts(reply, "coach.resume")["total"] == len(STATEMENTS)
    assert "asked again" in words(reply)


@pytest.mark.parametrize("flow", AGAIN, ids=lambda flow: flow.name)
def test_every_item_has_the_question_of_the_first_time(flow: Flow) -> None:
    for item in ASKED_AGAIN[flow.name]:
        first = HOUSE.coach.flows[HOME[item]].questions[item]
        assert flow.questions[item].codes == first.codes
