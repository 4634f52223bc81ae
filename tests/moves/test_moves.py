"""/moves as a chat: the ladder, one move, trying it, leaving it out, and what was tried."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.rendering import WORDS_A_BUBBLE
from flows.diary import Diary, Done, Outcome, PlannedTrial
from flows.engine.say import Label
from flows.moves.moves import A_PAGE
from tests.coach.given import (
    HOUSE,
    Chat,
    bubbles,
    facts,
    names_of,
    order,
    prompts,
    said,
    sketched,
    somebody,
    words,
)
from tests.longitudinal.given import MONDAY
from tests.moves.mapped import head, listed, name_in, of, with_kept

A_TRIAL = PlannedTrial(1, "role", date(2026, 1, 5), date(2026, 2, 2), what="Thursdays at the bench")


def test_the_ladder_comes_as_numbered_lines_with_one_button_each() -> None:
    chat = sketched()
    reply = chat.commands("moves")

    assert prompts(reply) == ("moves.list",)
    assert head(reply) == "moves.head.lead"
    assert listed(reply)[0] == "val_sentence"
    assert len(listed(reply)) <= A_PAGE
    assert [button.key for button in reply.says[-1].buttons[:2]] == ["1", "2"]
    assert names_of(reply.says[-1].buttons[1])[1] == f"move:{listed(reply)[1]}"


def test_before_there_is_a_map_moves_lead_to_it() -> None:
    chat = somebody()
    reply = chat.commands("moves")

    assert prompts(reply) == ("moves.no_map",)
    assert prompts(chat.taps("go_on"))[-1].startswith("sketch.")


def test_on_leave_it_is_said_that_nothing_has_to_be_done() -> None:
    reply = sketched("leave").commands("moves")

    assert prompts(reply) == ("moves.on_leave",)


def test_on_leave_no_move_can_be_opened_by_an_old_button() -> None:
    chat = sketched("leave")

    assert prompts(chat.hears(order("move", "val_mix"))) == ("moves.on_leave",)
    assert prompts(chat.hears(order("move_now", "val_sentence"))) == ("moves.on_leave",)


def test_a_long_ladder_has_a_second_page_and_no_move_twice() -> None:
    chat = of("P09", O2=7)
    first = chat.commands("moves", "1")
    second = chat.taps("more")

    assert len(listed(first)) == A_PAGE
    assert listed(second)
    assert not {*listed(first)} & {*listed(second)}
    assert head(second) == "moves.head.more"


@pytest.mark.parametrize("argument", ["99", "-1", "0", "x", "\u0663", "1" * 30])
def test_any_argument_is_answered(argument: str) -> None:
    reply = sketched().commands("moves", argument)

    assert prompts(reply)[-1] in ("moves.list", "moves.nothing")


def test_one_move_says_what_it_is_and_four_things_about_it() -> None:
    chat = sketched()
    chat.commands("moves")
    reply = chat.taps("2")

    assert name_in(facts(reply, "moves.one")) == "val_mix"
    for part in ("Costs:", "Way back:", "Within four weeks:", "Stop if"):
        assert part in words(reply)


def test_a_move_that_does_not_fit_the_map_is_answered_with_the_ladder() -> None:
    for which in ("irr_thanks", "nonsense", ""):
        assert prompts(sketched().hears(order("move", which))) == ("moves.list",)


def test_another_shows_the_next_one_and_after_the_last_the_ladder() -> None:
    chat = sketched()
    chat.commands("moves")
    reply = chat.taps("1")
    seen = []
    while prompts(reply) == ("moves.one",):
        seen.append(name_in(facts(reply, "moves.one")))
        reply = chat.taps("another")

    assert seen == listed(reply)


def test_trying_a_move_plans_a_trial_under_its_name() -> None:
    chat = sketched()
    chat.commands("moves")
    chat.taps("2")
    reply = chat.taps("try")

    assert prompts(reply) == ("moves.as_trial", "trial.cue")
    for answer in ("Thursday comes", "I take the clinic file", "stands", "today", 4, "4"):
        chat.gives(answer)
    assert chat.person.diary.trial is not None
    assert (chat.person.diary.trial.kind, chat.person.diary.trial.what) == (
        "purpose",
        "Other clients or products",
    )


def test_the_name_of_a_trial_is_that_of_the_persons_language_and_situation() -> None:
    chat = of("P15", "self")
    chat.hears(order("trial", "people.env_line"))

    assert chat.foreground.value("what") == "Other people to work for"


def test_the_prefilled_line_can_be_gone_back_to() -> None:
    chat = sketched()
    chat.hears(order("trial", "purpose.val_mix"))
    chat.commands("back")

    assert chat.foreground.state == "what"


def test_a_kind_without_a_move_still_asks_what_it_is() -> None:
    chat = sketched()

    assert prompts(chat.hears(order("trial", "purpose.nonsense"))) == ("trial.what",)
    assert prompts(sketched().commands("trial", "purpose")) == ("trial.what",)


def test_with_harm_no_trial_that_stays_is_planned_from_a_move_either() -> None:
    chat = of("P15", e1=("harm",))

    assert prompts(chat.hears(order("trial", "people.env_line"))) == ("trials.harm",)
    assert head(chat.commands("moves")) == "moves.head.harm"


def test_while_a_trial_runs_it_is_said_that_the_rest_can_wait() -> None:
    chat = with_kept(sketched(), trials=(PlannedTrial(1, "load", MONDAY, date(2026, 3, 30)),))

    assert prompts(chat.commands("moves")) == ("moves.running", "moves.list")


def test_not_for_me_leaves_it_out_until_all_are_asked_for() -> None:
    chat = sketched()
    chat.commands("moves")
    chat.taps("2")
    chat.taps("no")

    declined = chat.person.diary.moves_declined
    assert declined == ("val_mix",)
    assert "val_mix" not in listed(chat.taps("moves:"))
    assert "val_mix" in listed(chat.taps("all"))
    assert not chat.person.diary.moves_declined
    assert [each.body["event"] for each in chat.remembered("move")] == ["declined"]


def test_declining_everything_leaves_a_way_to_all_of_them() -> None:
    chat = sketched()
    for which in listed(chat.commands("moves")):
        chat.hears(order("move_no", which))
    reply = chat.commands("moves")

    assert prompts(reply) == ("moves.nothing",)
    assert listed(chat.taps("all"))


def test_declining_the_same_one_twice_counts_once() -> None:
    chat = sketched()
    for which in ("val_mix", "val_mix", "no_such_move"):
        chat.hears(order("move_no", which))

    assert chat.person.diary.moves_declined == ("val_mix",)


def test_a_line_of_ones_own_is_kept_and_said_back_escaped() -> None:
    chat = sketched()
    chat.hears(order("move_now", "val_sentence"))
    reply = chat.says("I sell <b>odds</b> & lies")

    assert prompts(reply) == ("moves.done",)
    assert [each.move for each in chat.person.diary.moves_done] == ["val_sentence"]
    assert chat.remembered("move")[0].body["words"] == "I sell <b>odds</b> & lies"
    assert "I sell &lt;b&gt;odds&lt;/b&gt; &amp; lies" in words(chat.taps("past"))
    assert chat.person.foreground is None


def test_a_line_that_is_skipped_keeps_nothing() -> None:
    chat = sketched()
    chat.hears(order("move_now", "val_sentence"))
    reply = chat.gives(None)

    assert prompts(reply) == ("moves.not_done",)
    assert chat.person.diary.moves_done == ()


def test_one_tap_is_enough_where_no_words_are_needed() -> None:
    chat = of("P13")
    reply = chat.hears(order("move_now", "irr_stop"))

    assert prompts(reply) == ("moves.done",)
    assert chat.person.diary.moves_done[0].move == "irr_stop"


def test_a_trial_is_never_done_on_the_spot() -> None:
    chat = sketched()

    assert prompts(chat.hears(order("move_now", "val_mix"))) == ("moves.list",)
    assert chat.person.diary.moves_done == ()


def test_what_was_just_done_is_not_offered_again_for_four_weeks() -> None:
    chat = with_kept(sketched(), moves_done=(Done("val_sentence", MONDAY, "This"),))

    assert "val_sentence" not in listed(chat.commands("moves"))
    assert "val_sentence" in listed(chat.waits(days=29).commands("moves", "1"))


@pytest.mark.parametrize("outcome", ["held", "temp", "none", "worse", ""])
def test_what_was_tried_is_told_with_what_came_of_it(outcome: Outcome) -> None:
    over = replace(A_TRIAL, ended=date(2026, 2, 2), outcome=outcome, lesson="Ask early")
    chat = with_kept(sketched(), trials=(over,))
    reply = chat.commands("moves", "past")
    (line,) = facts(reply, "moves.past")["lines"]

    assert line.facts["outcome"] == Label("moves.outcomes", outcome or "open")
    assert "Thursdays at the bench" in words(reply)
    assert "\u201cAsk early\u201d" in words(reply)


def test_a_running_trial_is_not_past_yet() -> None:
    chat = with_kept(sketched(), trials=(A_TRIAL,))

    assert prompts(chat.commands("moves", "past")) == ("moves.no_past",)


def test_the_latest_comes_first_and_the_page_stays_short() -> None:
    moves = tuple(Done("idn_side", date(2026, 2, day), f"day {day}") for day in range(1, 9))
    reply = with_kept(sketched(), moves_done=moves).commands("moves", "past")
    told = [line.facts["words"] for line in facts(reply, "moves.past")["lines"]]

    assert told == ["day 8", "day 7", "day 6", "day 5"]


def test_an_open_question_waits_and_the_way_back_stands_below() -> None:
    chat = sketched()
    chat.commands("next")
    reply = chat.commands("moves")

    assert names_of(reply.says[-1].buttons[-1])[0] == "continue"
    assert chat.person.foreground is not None


def test_a_line_done_in_between_leads_back_to_the_open_question() -> None:
    chat = sketched()
    chat.commands("next")
    chat.hears(order("move_now", "val_sentence"))
    reply = chat.says("The odds")

    assert prompts(reply) == ("moves.done", "coach.back_to_it")


def test_a_stranger_is_introduced_first() -> None:
    chat = Chat()

    assert "moves.list" not in prompts(chat.commands("moves"))
    assert chat.person.diary == Diary()


def test_the_menu_of_the_first_page_can_be_typed() -> None:
    chat = sketched()
    chat.commands("moves")

    assert said(chat.says("2"), "moves.one")


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
@pytest.mark.parametrize("vignette", ["P01", "P03", "P07", "P09", "P11", "P13", "P15", "P17", "P19", "P23"])
def test_a_page_of_the_ladder_is_read_in_one_go(vignette: str, locale: str) -> None:
    chat = of(vignette)
    reply = chat.commands("moves", "1")
    page = bubbles(replace(reply, says=reply.says[-1:]), locale)[0]

    assert len(re.sub(r"<[^>]+>", "", page.html).split()) <= WORDS_A_BUBBLE
