"""How a question is put: its buttons, what may be typed for them, and how far along it is."""

from __future__ import annotations

from dataclasses import replace

from flows.assessment.sketch import SKETCH
from flows.engine.asking import ask, shown
from flows.engine.conversation import Conversation
from flows.engine.say import ASIDES, Label, Say
from flows.engine.stepping import reopen
from tests.engine.given import CHECKIN, an_ear, at, code_of


def codes(say: Say, *, aside: bool = False) -> list[str]:
    return [code_of(button) for button in say.buttons if button.aside == aside]


def test_a_scale_shows_its_numbers_and_each_is_typed_as_it_is() -> None:
    say = ask(CHECKIN, at("heaviness"), an_ear())

    assert [button.label for button in say.buttons if not button.aside] == list(range(11))
    assert [button.key for button in say.buttons if not button.aside] == codes(say)


def test_options_are_typed_by_their_place() -> None:
    say = ask(CHECKIN, at("what_changed", heaviness=9), an_ear())

    assert [button.key for button in say.buttons if not button.aside] == ["1", "2", "3", "4"]


def test_each_button_of_a_list_says_what_a_tap_on_it_will_do() -> None:
    blank = ask(CHECKIN, at("sleep", heaviness=4), an_ear())
    marked = ask(CHECKIN, replace(at("sleep", heaviness=4), draft=("worry",)), an_ear())

    assert codes(blank) == ["no", "+nights", "+worry", "+baby"]
    assert codes(marked) == ["no", "+nights", "-worry", "+baby"]
    assert [button.chosen for button in marked.buttons[:4]] == [False, False, True, False]
    assert "~ready" not in codes(blank, aside=True)
    assert codes(marked, aside=True)[0] == "~ready"


def test_beside_the_first_question_there_is_no_way_back() -> None:
    assert codes(ask(CHECKIN, at("heaviness"), an_ear()), aside=True) == ["~skip", "~why"]
    assert codes(ask(CHECKIN, at("sleep", heaviness=4), an_ear()), aside=True) == ["~back", "~skip", "~why"]


def test_beside_a_question_asked_again_the_answer_may_be_left_as_it_is() -> None:
    again = reopen(CHECKIN, at("sleep", heaviness=4), "heaviness", an_ear()).says[-1]

    assert codes(again, aside=True) == ["~skip", "~why"]
    assert Label(ASIDES, "leave") in [button.label for button in again.buttons]


def test_the_progress_counts_what_this_person_will_meet() -> None:
    second = ask(CHECKIN, at("sleep", heaviness=4), an_ear())
    uncounted = ask(CHECKIN, at("what_changed", heaviness=9), an_ear())

    assert second.foot == Say("engine.progress", {"number": 2, "total": 3})
    assert uncounted.foot is None


def test_the_wording_follows_how_somebody_works() -> None:
    here = Conversation("sketch", 1, "c0ffee", "O2", about={"situation": "self"})

    assert ask(SKETCH, here, an_ear()).variant == "self"


def test_an_answer_is_quoted_in_the_words_that_it_had() -> None:
    assert shown(CHECKIN, "heaviness", 4) == 4
    assert shown(CHECKIN, "sleep", ("worry",)) == (Label("checkin.sleep", "worry"),)
    assert shown(CHECKIN, "note", "<b>loud</b>") == "<b>loud</b>"
    assert shown(CHECKIN, "note", None) == Label(ASIDES, "skipped")
