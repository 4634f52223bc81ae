"""One step: what an event does to a conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.engine.answers import Answer
from flows.engine.conversation import DONE
from flows.engine.heard import Commanded, Corrected
from flows.engine.say import Label
from flows.engine.stepping import LATE
from tests.engine.given import NOW, at, code_of, prompts, said, tapped, turn_of

DAYS = timedelta(seconds=LATE + 60)


def test_an_answer_opens_the_next_question() -> None:
    turn = turn_of(at("heaviness"), said("4"))

    assert turn.conversation.state == "sleep"
    assert turn.conversation.value("heaviness") == 4
    assert prompts(turn) == ("checkin.sleep",)


def test_a_guard_leads_elsewhere_and_the_answer_is_reflected() -> None:
    turn = turn_of(at("heaviness"), said("9"))

    assert prompts(turn) == ("checkin.heaviness.heavy", "checkin.what_changed")


def test_an_answer_off_the_scale_explains_and_asks_again() -> None:
    turn = turn_of(at("heaviness"), said("11"))

    assert turn.conversation.state == "heaviness"
    assert turn.conversation.answers == {}
    assert prompts(turn) == ("engine.not_on_scale", "checkin.heaviness")


def test_a_second_miss_shows_how_to_answer() -> None:
    once = turn_of(at("heaviness"), said("banana"))
    twice = turn_of(once.conversation, said("banana"))

    assert prompts(twice) == ("engine.no_number", "engine.how.scale", "checkin.heaviness")


def test_a_tap_counts_as_the_same_answer_as_its_words() -> None:
    here = at("what_changed", heaviness=9)

    assert turn_of(here, tapped(here, "illness")).conversation.answers == (
        turn_of(here, said("i was ill")).conversation.answers
    )


def test_a_second_tap_on_the_same_button_changes_nothing_and_is_quiet() -> None:
    here = at("heaviness")
    tap = tapped(here, "4")
    once = turn_of(here, tap)
    twice = turn_of(once.conversation, tap)

    assert twice.conversation == once.conversation
    assert twice.says == ()
    assert twice.toast is not None
    assert twice.toast.prompt == "engine.noted"


def test_another_button_of_an_answered_question_offers_to_change_it() -> None:
    here = at("heaviness")
    moved = turn_of(here, tapped(here, "4")).conversation
    turn = turn_of(moved, tapped(here, "7"))

    assert turn.conversation == moved
    assert prompts(turn) == ("engine.answered_before",)


@pytest.mark.parametrize("code", ["11", "-1", "", "heaviness", "~skipp", "+", "\u0664"])
def test_a_code_that_no_button_had_is_no_answer(code: str) -> None:
    here = at("heaviness")

    assert turn_of(here, tapped(here, code)).conversation.answers == {}


def test_a_button_from_the_future_is_stale() -> None:
    here = at("heaviness")
    turn = turn_of(here, tapped(here, "4", seq=here.seq + 1))

    assert turn.conversation == here
    assert turn.toast is not None


def test_skipping_leaves_the_question_open_and_goes_on() -> None:
    turn = turn_of(at("heaviness"), said("skip"))

    assert turn.conversation.state == "sleep"
    assert turn.conversation.answers["heaviness"].value is None


def test_not_sure_takes_the_option_that_says_so() -> None:
    turn = turn_of(at("what_changed", heaviness=9), said("idk"))

    assert turn.conversation.value("what_changed") == "unsure"


def test_not_sure_without_such_an_option_leaves_it_open() -> None:
    turn = turn_of(at("heaviness"), said("not sure"))

    assert prompts(turn)[0] == "engine.unsure"
    assert turn.conversation.answers["heaviness"].value is None


def test_why_is_answered_and_the_question_stays_open() -> None:
    here = at("heaviness")
    turn = turn_of(here, said("Why do you ask?"))

    assert turn.conversation == here
    assert prompts(turn) == ("checkin.heaviness.why", "checkin.heaviness")


def test_back_asks_the_last_question_again_and_quotes_the_answer() -> None:
    turn = turn_of(at("sleep", heaviness=4), said("back"))

    assert turn.conversation.state == "heaviness"
    assert turn.conversation.value("heaviness") == 4
    assert prompts(turn) == ("engine.you_said", "checkin.heaviness")


def test_back_at_the_first_question_says_so() -> None:
    turn = turn_of(at("heaviness"), Commanded("back"))

    assert prompts(turn) == ("engine.no_way_back", "checkin.heaviness")


def test_a_changed_answer_goes_on_where_we_were() -> None:
    back = turn_of(at("note", heaviness=4, sleep=("no",)), Commanded("back")).conversation
    back = turn_of(back, Commanded("back")).conversation
    turn = turn_of(back, said("5"))

    assert turn.conversation.state == "note"
    assert turn.conversation.value("heaviness") == 5
    assert turn.conversation.value("sleep") == ("no",)


def test_a_change_that_drops_answers_asks_first() -> None:
    here = at("sleep", heaviness=9, what_changed="load")
    back = turn_of(turn_of(here, said("back")).conversation, said("back")).conversation
    asked = turn_of(back, said("3"))

    assert prompts(asked) == ("engine.reopens",)
    assert asked.conversation.value("heaviness") == 9
    assert [code_of(button) for button in asked.says[0].buttons] == ["change", "keep"]


def test_a_confirmed_change_drops_what_depended_on_it() -> None:
    here = at("sleep", heaviness=9, what_changed="load")
    back = turn_of(turn_of(here, said("back")).conversation, said("back")).conversation
    turn = turn_of(turn_of(back, said("3")).conversation, said("change it"))

    assert turn.conversation.value("heaviness") == 3
    assert "what_changed" not in turn.conversation.answers
    assert turn.conversation.state == "sleep"
    assert [learned.answer for learned in turn.learned if learned.question == "what_changed"] == [None]


def test_a_change_that_still_fits_the_path_reopens_what_depends_on_it() -> None:
    here = at("sleep", heaviness=9, what_changed="load")
    back = turn_of(turn_of(here, said("back")).conversation, said("back")).conversation
    turn = turn_of(turn_of(back, said("10")).conversation, said("yes"))

    assert turn.conversation.state == "what_changed"


def test_a_change_taken_back_leaves_everything_as_it_was() -> None:
    here = at("sleep", heaviness=9, what_changed="load")
    back = turn_of(turn_of(here, said("back")).conversation, said("back")).conversation
    turn = turn_of(turn_of(back, said("3")).conversation, said("no"))

    assert turn.conversation.answers == here.answers
    assert turn.conversation.state == "sleep"


def test_marks_of_a_list_set_a_value_so_that_a_repeat_changes_nothing() -> None:
    here = at("sleep", heaviness=4)
    once = turn_of(here, tapped(here, "+nights")).conversation
    twice = turn_of(once, tapped(here, "+nights")).conversation
    both = turn_of(twice, tapped(here, "+worry")).conversation
    one = turn_of(both, tapped(here, "-nights")).conversation

    assert (once.draft, twice.draft, one.draft) == (("nights",), ("nights",), ("worry",))
    assert turn_of(both, tapped(here, "~ready")).conversation.value("sleep") == ("nights", "worry")


def test_an_option_that_stands_alone_answers_at_once() -> None:
    here = at("sleep", heaviness=4)

    assert turn_of(here, tapped(here, "no")).conversation.value("sleep") == ("no",)


def test_ready_without_a_mark_says_so() -> None:
    here = at("sleep", heaviness=4)
    turn = turn_of(here, tapped(here, "~ready"))

    assert turn.conversation == here
    assert turn.toast is not None


def test_words_that_come_days_late_are_confirmed_before_they_count() -> None:
    here = at("note", heaviness=4, sleep=("no",))
    held = turn_of(here, said("hello?"), after=DAYS)

    assert prompts(held) == ("engine.late",)
    assert "note" not in held.conversation.answers
    assert turn_of(held.conversation, said("yes"), after=DAYS).conversation.value("note") == "hello?"
    again = turn_of(held.conversation, said("no"), after=DAYS)
    assert prompts(again) == ("checkin.note",)


def test_a_number_that_comes_days_late_is_still_an_answer() -> None:
    assert turn_of(at("heaviness"), said("6"), after=DAYS).conversation.value("heaviness") == 6


def test_an_edited_message_corrects_the_answer_that_it_was() -> None:
    done = turn_of(at("note", heaviness=4, sleep=("no",)), said("too loud", ref=77)).conversation
    turn = turn_of(done, Corrected("too loud, too late", 77))

    assert done.state == DONE
    assert turn.conversation.value("note") == "too loud, too late"
    assert prompts(turn) == ("engine.corrected",)


def test_any_other_edit_is_left_alone() -> None:
    done = turn_of(at("note", heaviness=4, sleep=("no",)), said("too loud", ref=77)).conversation

    assert turn_of(done, Corrected("something", 78)).conversation == done


def test_too_long_a_text_is_neither_cut_nor_kept() -> None:
    turn = turn_of(at("note", heaviness=4, sleep=("no",)), said("x" * 81))

    assert turn.conversation.answers.keys() == {"heaviness", "sleep"}
    assert turn.says[0].facts == {"count": 81, "longest": 80}


def test_the_answered_question_shows_what_was_chosen() -> None:
    here = at("what_changed", heaviness=9)

    assert turn_of(here, tapped(here, "load")).chosen == Label("checkin.what_changed", "load")


def test_answers_carry_the_time_they_were_given() -> None:
    turn = turn_of(at("heaviness"), said("4"))

    assert turn.conversation.answers["heaviness"] == Answer(4, int(NOW.timestamp()))
