"""People of the bench: what they answer, and that the time they wait is taken."""

from __future__ import annotations

from bench.delays import Delays
from bench.roles import ANSWERS, Echoed, Sketched, Surveyed, Tap, Wrote
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sketch import SKETCH
from tests.servers.botapi.shapes import JsonObject


def message(*carried: str) -> JsonObject:
    rows = [[{"text": each, "callback_data": each}] for each in carried]
    return {"message_id": 7, "reply_markup": {"inline_keyboard": rows}}


def test_a_question_is_answered_by_one_of_its_options_and_never_skipped() -> None:
    answer = Sketched().answer(message("q:c1:3:E1:2", "q:c1:3:E1:~skip", "q:c1:3:E1:~why"))

    assert answer == Tap("q:c1:3:E1:2")


def test_what_leads_through_the_whole_sketch_is_chosen() -> None:
    assert Sketched().answer(message("q:c1:9:CF0:1", "q:c1:9:CF0:8")) == Tap("q:c1:9:CF0:8")


def test_answers_that_are_prescribed_belong_to_questions_that_are_asked() -> None:
    assert set(ANSWERS) <= {*ONBOARDING.questions, *SKETCH.questions}


def test_the_first_question_of_the_sketch_is_typed_and_begins_what_is_measured() -> None:
    asked = message("q:c1:0:O1:~skip")

    assert Sketched().begins_with(asked)
    assert isinstance(Sketched().answer(asked), Wrote)


def test_the_sketch_is_left_before_the_map() -> None:
    assert Sketched().ends_with(message("q:c1:15:R3:days"))
    assert not Sketched().ends_with(message("q:c1:15:E1:2"))


def test_a_message_that_asks_nothing_is_left_alone() -> None:
    assert not Sketched().asks(message())
    assert not Sketched().asks(message("c:answers:"))


def test_a_survey_that_is_over_begins_again() -> None:
    assert Surveyed().answer(message()) == Wrote("/start")
    assert Surveyed().answer(message("0:1")) == Tap("0:1")


def test_who_talks_to_an_echo_never_falls_silent() -> None:
    assert Echoed().asks(message())
    assert isinstance(Echoed().answer(message()), Wrote)


def test_only_the_first_call_after_an_answer_ends_the_wait() -> None:
    delays = Delays()
    delays.begin(5, [])
    delays.end("sendMessage", {"chat_id": 5})
    delays.end("sendMessage", {"chat_id": 5})

    assert len(delays.taken) == 1


def test_a_tap_that_is_acknowledged_ends_the_wait_of_whoever_tapped() -> None:
    delays = Delays()
    delays.begin(5, ["a"])
    delays.begin(6, ["b"])
    delays.end("answerCallbackQuery", {"callback_query_id": "b"})
    delays.end("sendMessage", {"chat_id": 6})

    assert len(delays.taken) == 1


def test_nothing_is_noted_of_who_is_left_out() -> None:
    delays = Delays(leaves_out={5})
    delays.begin(5, [])
    delays.end("sendMessage", {"chat_id": 5})

    assert delays.taken == []
