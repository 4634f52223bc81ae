"""A tap is a wish and proves nothing: old, foreign and forged ones harm nothing and reveal nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.engine.heard import Tapped
from flows.engine.tokens import choice_token
from flows.person import Person
from tests.coach.given import Chat, a_stranger, at_question, order, prompts, sketched, somebody

FORGED = (
    "",
    "q",
    "q:",
    "q::::",
    "q:{id}:x:O3:gt2",
    "q:{id}:-1:O3:gt2",
    "q:{id}:1:O3",
    "q:{id}:1:nowhere:gt2",
    "q:{id}:999:O3:gt2",
    "q:{id}:1:O3:nonsense",
    "q:{id}:1:O3:~nonsense",
    "q:{id}:1:O3:",
    "c::",
    "c:__init__:",
    "c:turn:x",
    "c:erase",
    "d:erase:",
    "\U0001f480",
    "q:" + "x" * 80,
    "c:change:onboarding.adult",
    "c:change:../etc",
)


@pytest.mark.parametrize("token", FORGED)
def test_a_token_that_no_button_had_changes_no_answer(token: str) -> None:
    chat = at_question("O3")
    before = chat.sketch

    reply = chat.hears(Tapped(token.replace("{id}", before.id)))

    assert reply.says or reply.toast
    assert chat.sketch.answers == before.answers
    assert chat.sketch.state == "O3"


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_token_gets_a_stranger_nowhere(token: str) -> None:
    chat = a_stranger()

    chat.hears(Tapped(token))

    assert set(chat.person.conversations) <= {"onboarding"}


def test_another_persons_button_does_nothing_and_says_nothing_of_them() -> None:
    mine, theirs = at_question("O3"), at_question("O3")
    other = Chat(Person(seed=8))
    other.commands("start")
    before = mine.person

    reply = mine.hears(Tapped(other.token("en")))

    assert reply.toast is not None
    assert not reply.says
    assert mine.person == replace(before, heard_at=mine.now)
    assert theirs.sketch.id != other.foreground.id


def test_a_double_tap_counts_once() -> None:
    chat = at_question("O3")
    token = chat.token("gt2")
    chat.hears(Tapped(token))

    reply = chat.hears(Tapped(token))

    assert not reply.says
    assert reply.toast is not None
    assert chat.foreground.state == "O4"
    assert len([each for each in chat.remembered("answer") if each.body["question"] == "O3"]) == 1


def test_another_option_of_an_answered_question_offers_to_change_it() -> None:
    chat = at_question("O3")
    token = chat.token("lt1")
    chat.gives("gt2")

    reply = chat.hears(Tapped(token))

    assert prompts(reply) == ("engine.answered_before",)
    assert chat.sketch.value("O3") == "gt2"
    assert prompts(chat.says("yes")) == ("engine.you_said", "sketch.O3")


def test_no_to_the_offer_of_a_change_leaves_it() -> None:
    chat = at_question("O3")
    token = chat.token("lt1")
    chat.gives("gt2")
    chat.hears(Tapped(token))

    assert prompts(chat.says("no")) == ("coach.later",)
    assert chat.sketch.value("O3") == "gt2"


def test_a_button_from_before_a_change_still_answers_the_same_question() -> None:
    chat = at_question("O3")
    token = chat.token("gt2")
    chat.says("back")
    chat.says("leave it as it is")

    chat.hears(Tapped(token))

    assert chat.sketch.value("O3") == "gt2"


def test_a_button_from_the_future_counts_for_nothing() -> None:
    chat = at_question("O3")

    reply = chat.hears(Tapped(chat.token("gt2", seq=chat.foreground.seq + 1)))

    assert reply.toast is not None
    assert chat.foreground.state == "O3"


def test_a_button_of_a_sketch_that_was_started_over_belongs_to_no_question() -> None:
    chat = at_question("O3")
    token = chat.token("gt2")
    chat.commands("restart")
    chat.taps("yes")
    chat.gives("Words.")
    chat.gives(7)

    reply = chat.hears(Tapped(token))

    assert reply.toast is not None
    assert chat.foreground.state == "O3"


def test_a_button_from_before_an_erasure_belongs_to_no_question() -> None:
    first = a_stranger()
    first.commands("start")
    token = first.token("en")
    again = a_stranger().waits(minutes=5)
    again.commands("start")

    reply = again.hears(Tapped(token))

    assert reply.toast is not None
    assert again.foreground.state == "welcome"


def test_the_button_of_an_earlier_note_does_not_keep_a_later_one() -> None:
    chat = sketched()
    chat.says("The first line.")
    token = chat.token("yes")
    chat.says("no")
    chat.waits(days=1)
    chat.says("The second line.")

    reply = chat.hears(Tapped(token))

    assert reply.toast is not None
    assert not chat.remembered("note")


def test_a_tap_on_a_question_that_waits_brings_it_to_the_front() -> None:
    chat = at_question("O3")
    token = chat.token("gt2")
    chat.commands("language")

    reply = chat.hears(Tapped(token))

    assert prompts(reply)[-1] == "sketch.O4"
    assert chat.person.open_flows == ("language", "sketch")


def test_a_tap_that_does_nothing_brings_nothing_to_the_front() -> None:
    chat = at_question("O3")
    old_skip = chat.token("~skip")
    chat.says("back")
    chat.says("leave it as it is")
    chat.commands("language")

    reply = chat.hears(Tapped(old_skip))

    assert reply.toast is not None
    assert chat.foreground.flow == "language"


def test_a_sketch_that_ends_by_a_tap_while_something_else_is_open_shows_the_way_back() -> None:
    chat = at_question("R4")
    token = chat.token("ord")
    chat.commands("language")

    reply = chat.hears(Tapped(token))

    assert "map.next" in prompts(reply)
    assert prompts(reply)[-1] == "coach.back_to_it"
    assert chat.foreground.flow == "language"


def test_marks_on_a_list_are_set_and_not_toggled() -> None:
    chat = at_question("O7")
    token = chat.token("+sleep")
    chat.hears(Tapped(token))

    reply = chat.hears(Tapped(token))

    assert chat.sketch.draft == ("sleep",)
    assert reply.redraw is not None
    assert chat.gives(("money",)).chosen is not None
    assert chat.sketch.value("O7") == ("sleep", "money")


def test_old_marks_on_an_answered_list_change_nothing() -> None:
    chat = at_question("O7")
    token = chat.token("+loss")
    chat.gives(("sleep",))

    reply = chat.hears(Tapped(token))

    assert reply.toast is not None
    assert chat.sketch.value("O7") == ("sleep",)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "America", "Europe/Berlin"])
def test_a_zone_that_was_not_offered_is_not_taken(zone: str) -> None:
    chat = somebody(country="US")
    chat.commands("clock")

    chat.hears(Tapped(choice_token(chat.foreground.id, chat.foreground.seq, "ask", zone)))

    assert chat.person.zone is None


@pytest.mark.parametrize("code", ["XX", "U", "us", "USA"])
def test_a_country_that_does_not_exist_is_not_taken(code: str) -> None:
    chat = somebody(country="DE")
    chat.commands("country")

    chat.hears(Tapped(chat.token(code)))

    assert chat.person.country == "DE"


def test_an_order_with_a_foreign_argument_is_harmless() -> None:
    chat = at_question("O3")

    for name, argument in (
        ("continue", "later"),
        ("answers", "~"),
        ("change", "x"),
        ("start", "x"),
        ("nope", ""),
    ):
        assert chat.hears(order(name, argument)).says
    assert chat.foreground.state == "O3"
