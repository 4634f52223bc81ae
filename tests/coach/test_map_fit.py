"""Does it fit? One tap; "not quite" is kept, asks one question, and moves nothing by more than one point."""

from __future__ import annotations

import pytest
from hypothesis import given

from flows.assessment.codes import CHOICES
from flows.assessment.evidence import score
from flows.assessment.explanations import Explanation
from flows.assessment.facts import Facts
from flows.assessment.known import known, weighed
from flows.engine.say import Label
from flows.reply import Reply
from tests.assessment.people import answers
from tests.coach.given import HOUSE, at_question, buttons_of, prompts, sketched
from tests.coach.test_full_map import ended_with_purpose

RULE = HOUSE.coach.rule


def codes(reply: Reply) -> list[str]:
    return [button.label.code for button in buttons_of(reply) if isinstance(button.label, Label)]


def test_a_map_with_a_lead_asks_whether_it_fits_and_one_without_does_not() -> None:
    assert codes(sketched().replies[-1])[:3] == ["fits", "not_quite", "why"]
    assert codes(sketched(V1=3, D1=3, CF5=2).replies[-1])[:1] == ["why"]


def test_it_fits_is_noted_beside_the_map_and_not_asked_again() -> None:
    chat = sketched()

    reply = chat.taps("fits")

    assert prompts(reply) == ("map.fits",)
    assert chat.person.diary.map is not None
    assert chat.person.diary.map.fit == "fits"
    assert chat.remembered("fit")[0].body["fit"] == "fits"
    assert "fits" not in codes(chat.commands("map"))


def test_a_tap_under_an_older_map_is_about_that_map() -> None:
    chat = sketched()
    old = chat.button("fits").token
    chat.commands("change", "CF2")
    chat.gives(4)
    assert len(chat.person.diary.maps) == 2

    chat.commands("fits", old.split(":")[2])

    assert [each.fit for each in chat.person.diary.maps] == ["fits", ""]


def test_not_quite_is_noted_and_asks_one_question() -> None:
    chat = sketched()

    reply = chat.taps("not_quite")

    assert prompts(reply) == ("fit.nearer",)
    assert chat.person.diary.maps[0].fit == "not_quite"


def test_an_own_view_that_changes_nothing_says_so() -> None:
    someone = ended_with_purpose()
    someone.chat.taps("not_quite")

    reply = someone.chat.gives("ENV")

    assert prompts(reply)[0] == "map.own_view_counts"
    assert known(someone.chat.person).answers["FIT"] == "ENV"


def test_an_own_view_that_moves_the_map_shows_it_with_what_moved() -> None:
    chat = sketched(O5=None, D1=None, CF5=4)
    before = chat.person.diary.map
    chat.commands("not_quite")

    reply = chat.gives("IDN")

    assert prompts(reply)[:2] == ("map.own_view_counts", "map.updated")
    assert before is not None
    assert chat.person.diary.maps[-1].points["IDN"] == before.points["IDN"] + 1


def test_what_is_something_else_is_kept_in_their_words_and_weighs_nothing() -> None:
    chat = sketched()
    before = weighed(chat.person, RULE).points
    chat.taps("not_quite")
    assert prompts(chat.gives("other")) == ("fit.words",)

    reply = chat.says("The commute.")

    assert prompts(reply) == ("map.own_words_kept",)
    assert chat.remembered("note")[0].body["text"] == "The commute."
    assert weighed(chat.person, RULE).points == before


def test_a_skipped_view_leaves_everything_as_it_was() -> None:
    chat = sketched()
    chat.taps("not_quite")

    assert prompts(chat.gives(None)) == ("map.fit_left",)
    assert "FIT" not in known(chat.person).answers


def test_an_earlier_view_counts_until_there_is_another() -> None:
    chat = sketched()
    chat.taps("not_quite")
    chat.gives("CAP")

    chat.commands("not_quite")

    assert known(chat.person).answers["FIT"] == "CAP"
    chat.gives("ENV")
    assert known(chat.person).answers["FIT"] == "ENV"


def test_starting_over_forgets_the_view() -> None:
    chat = sketched()
    chat.taps("not_quite")
    chat.gives("CAP")
    chat.commands("restart")

    chat.gives("yes")

    assert "FIT" not in known(chat.person).answers


@pytest.mark.parametrize("view", CHOICES["FIT"])
@given(told=answers())
def test_no_view_moves_any_explanation_by_more_than_one_point(view: str, told: dict[str, object]) -> None:
    without = score(Facts({**told, "FIT": None}), RULE).points
    with_it = score(Facts({**told, "FIT": view}), RULE).points

    assert all(abs(with_it[each] - without[each]) <= 1 for each in Explanation)


@pytest.mark.parametrize("way", ["map", "answers"])
def test_after_it_fits_there_are_ways_on(way: str) -> None:
    chat = sketched()
    chat.taps("fits")

    assert chat.taps(way).says


def test_without_a_map_there_is_nothing_that_could_fit() -> None:
    assert prompts(at_question("O3").commands("fits")) == ("coach.no_map_yet",)
    assert prompts(at_question("O3").commands("not_quite")) == ("coach.no_map_yet",)


def test_the_view_is_no_sitting_and_opens_no_tier() -> None:
    assert score(Facts({"FIT": "CAP"}), RULE).tier == score(Facts(), RULE).tier == 1
