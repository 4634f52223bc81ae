"""Commands work in every state, never use up the open question, and begin nothing before consent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands import COMMANDS, SHOWN, WISHES
from flows.engine.tokens import Order, read_token
from flows.longitudinal.chapters import CHAPTERS
from flows.person import Standing
from tests.coach.given import (
    PURPOSE,
    Chat,
    a_stranger,
    at_question,
    bubbles,
    facts,
    prompts,
    said,
    sketched,
    somebody,
    without_time,
    words,
)

BEGINS = {
    "language": "language",
    "country": "country",
    "clock": "clock",
    "situation": "situation",
    "erase": "erase",
    "restart": "start_over",
}
"""The commands that ask something themselves, with the flow they begin."""


def may_stand_in_front(command: str) -> set[str]:
    """The flows that may be open after a command: a chapter's may also begin one of its own."""
    if command in BEGINS:
        return {BEGINS[command]}
    own = (chapter.flows for chapter in CHAPTERS if command in chapter.commands)
    return {"sketch", *(flow.name for flows in own for flow in flows)}


def marking_a_list() -> Chat:
    chat = at_question("O7")
    chat.taps("+sleep")
    return chat


def asked_about_a_change() -> Chat:
    chat = at_question("CF4")
    chat.commands("change", "CF0")
    chat.gives(5)
    return chat


def asked_about_late_words() -> Chat:
    chat = somebody().waits(days=3)
    chat.says("It is the meetings.")
    return chat


QUESTIONS = {
    "free text": somebody,
    "scale": lambda: at_question("O2"),
    "choice": lambda: at_question("O3"),
    "named scale": lambda: at_question("K2"),
    "marks on a list": marking_a_list,
    "a change that reopens others": asked_about_a_change,
    "words that came late": asked_about_late_words,
}


@pytest.mark.parametrize("open_question", QUESTIONS)
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"change"}))
def test_no_command_uses_up_the_open_question(command: str, open_question: str) -> None:
    chat = QUESTIONS[open_question]()
    before = chat.sketch

    reply = chat.commands(command)

    assert reply.says
    assert without_time(chat.sketch) == without_time(before)
    assert chat.foreground.flow in may_stand_in_front(command)


@pytest.mark.parametrize("open_question", QUESTIONS)
@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "location", "document"])
def test_what_is_no_text_is_answered_and_uses_up_nothing(kind: str, open_question: str) -> None:
    chat = QUESTIONS[open_question]()
    before = chat.person

    reply = chat.sends(kind)

    assert reply.says
    assert (chat.person.conversations, chat.person.open_flows) == (before.conversations, before.open_flows)


@pytest.mark.parametrize("standing", [Standing.NEW, Standing.DECLINED])
@pytest.mark.parametrize("command", sorted({*COMMANDS, *WISHES, "nonsense"}))
def test_before_consent_no_command_begins_or_keeps_anything(command: str, standing: Standing) -> None:
    chat = a_stranger(standing=standing)

    reply = chat.commands(command)

    assert reply.says
    assert not reply.remember
    assert set(chat.person.conversations) <= {"onboarding"}
    assert chat.person.standing in (Standing.NEW, standing)


@pytest.mark.parametrize("command", sorted({*COMMANDS, *WISHES, "nonsense"} - {"back"}))
def test_in_the_introduction_every_command_leads_back_to_it(command: str) -> None:
    chat = a_stranger()
    chat.commands("start")
    chat.gives("en")

    reply = chat.commands(command)

    assert reply.says
    assert chat.foreground.flow == "onboarding"
    assert chat.foreground.state == "adult"


def test_an_unknown_command_is_answered_with_the_way_to_the_known_ones() -> None:
    chat = at_question("O3")

    reply = chat.commands("nonsense")

    assert prompts(reply) == ("coach.unknown_command",)


def test_every_command_of_the_menu_exists() -> None:
    assert set(SHOWN) <= set(COMMANDS) | WISHES


def test_help_shows_the_way_back_only_while_something_is_open() -> None:
    asked, done = at_question("O3"), sketched()

    assert said(asked.commands("help"), "coach.commands").buttons
    assert not said(done.commands("help"), "coach.commands").buttons


@pytest.mark.parametrize("text", ["sos", "SOS!", "help", "Help."])
def test_a_cry_for_help_needs_no_slash_in_the_middle_of_a_question(text: str) -> None:
    chat = at_question("O2")

    reply = chat.says(text)

    helped = ("coach.help", "coach.over_weeks", "coach.moving", "coach.commands")
    assert prompts(reply) in (("sos.glad", *prompts(reply)[1:]), helped)
    assert chat.sketch.missed == 0


def test_with_nothing_open_a_command_needs_no_slash() -> None:
    chat = sketched()

    assert prompts(chat.says("map"))[-1] == "map.next"
    assert prompts(chat.says("Answers")) == ("coach.answers",)


@pytest.mark.parametrize(
    ("country", "number", "foreign"),
    [("DE", "0800 111 0 111", "988"), ("US", "988", "0800"), ("GB", "116 123", "988")],
)
def test_sos_gives_the_numbers_of_the_country_and_of_no_other(
    country: str, number: str, foreign: str
) -> None:
    chat = somebody(country=country)

    answer = words(chat.commands("sos"))

    assert number in answer
    assert foreign not in answer
    assert "findahelpline.com" not in answer


@pytest.mark.parametrize("chat", [a_stranger(), a_stranger(country="FJ", standing=Standing.ACTIVE)])
def test_sos_guesses_no_number(chat: Chat) -> None:
    answer = words(chat.commands("sos"))

    assert "findahelpline.com" in answer
    assert "988" not in answer


def test_the_country_counts_for_sos_as_soon_as_it_is_told() -> None:
    chat = a_stranger()
    chat.commands("start")
    for answer in ("en", "yes", "yes", "DE"):
        chat.gives(answer)

    assert chat.foreground.state == "situation"
    assert "0800 111 0 111" in words(chat.commands("sos"))


def test_sos_says_each_thing_in_a_bubble_of_its_own() -> None:
    chat = somebody()

    assert len(bubbles(chat.commands("sos"))) == 5


def test_a_pause_lasts_until_the_person_comes_back() -> None:
    chat = at_question("O3")
    paused = chat.commands("pause").person

    reply = chat.commands("continue")

    assert (paused.standing, chat.person.standing) == (Standing.PAUSED, Standing.ACTIVE)
    assert prompts(reply) == ("sketch.O3",)


def test_settings_show_what_is_set_and_what_is_not() -> None:
    known, unknown = somebody(country="DE"), a_stranger(standing=Standing.ACTIVE)

    assert "Germany" in words(known.commands("settings"))
    assert "Berlin" in words(known.commands("settings"))
    assert words(unknown.commands("settings")).count("not set") == 3


def test_moving_to_a_country_with_one_clock_changes_both() -> None:
    chat = somebody(country="US")

    chat.commands("country")
    reply = chat.says("Germany")

    assert (chat.person.country, chat.person.zone) == ("DE", "Europe/Berlin")
    assert prompts(reply) == ("coach.set", "coach.back_to_it")


@pytest.mark.parametrize("name", ["language", "country", "clock"])
def test_a_setting_that_is_skipped_stays_as_it_was(name: str) -> None:
    chat = somebody(country="DE")
    before = chat.person

    chat.commands(name)
    while chat.foreground.flow == name:
        reply = chat.says("skip")

    assert prompts(reply) == ("engine.left_as_it_was", "coach.back_to_it")
    assert (chat.person.locale, chat.person.country, chat.person.zone) == (
        before.locale,
        "DE",
        "Europe/Berlin",
    )


def test_another_language_counts_from_the_next_word_on() -> None:
    chat = at_question("O3")
    chat.commands("language")

    reply = chat.taps("de")

    assert chat.person.locale == "de"
    assert prompts(reply) == ("coach.language_set", "coach.back_to_it")
    assert "Deutsch" in words(reply, "de")


def test_a_side_task_ends_with_the_question_whether_to_go_on() -> None:
    chat = at_question("O3")
    chat.commands("language")

    reply = chat.taps("en")

    assert facts(reply, "coach.back_to_it")["question"].prompt == "sketch.O3.short"
    assert prompts(chat.says("yes")) == ("sketch.O3",)


def test_not_now_drops_a_side_task_and_keeps_the_place_in_the_sketch() -> None:
    chat = at_question("O3")
    chat.commands("language")
    chat.commands("clock")
    chat.taps("~skip")

    reply = chat.taps("later")

    assert prompts(reply) == ("coach.later",)
    assert chat.person.open_flows == ("sketch",)


def test_at_most_three_things_wait_behind_each_other() -> None:
    chat = at_question("O3")

    for name in ("language", "clock", "country", "erase"):
        chat.commands(name)

    assert chat.person.open_flows == ("sketch", "language", "erase")


def test_a_sitting_that_was_pushed_aside_is_found_again() -> None:
    chat = sketched()
    chat.says("A line for the week.")
    for name in ("language", "restart"):
        chat.commands(name)
    chat.taps("yes")
    chat.commands("clock")
    assert "sketch" not in chat.person.open_flows

    for _ in range(3):
        chat.commands("later")
    reply = chat.commands("continue")

    assert prompts(reply) == ("sketch.O1",)
    assert chat.foreground.flow == "sketch"


@pytest.mark.parametrize("link", ["map", "answers", "settings", "privacy", "help", "sos"])
def test_a_link_opens_what_it_names_and_nothing_before_consent(link: str) -> None:
    known, stranger = sketched(), a_stranger()

    assert prompts(known.commands("start", link)) == prompts(sketched().commands(link))
    assert prompts(stranger.commands("start", link)) == ("onboarding.welcome",)


@pytest.mark.parametrize("link", ["erase", "restart", "pause", "x" * 64, "continue:now"])
def test_a_link_does_nothing_that_it_should_not(link: str) -> None:
    chat = at_question("O3")

    assert prompts(chat.commands("start", link)) == ("sketch.O3",)
    assert chat.person.standing is Standing.ACTIVE


def test_a_link_may_name_the_language_of_the_introduction() -> None:
    chat = a_stranger()

    chat.commands("start", "de")

    assert chat.person.locale == "de"


def test_starting_over_asks_first_and_keeps_the_old_answers_in_the_history() -> None:
    chat = sketched()
    before = len(chat.remembered("answer"))
    chat.commands("restart")

    reply = chat.taps("yes")

    assert prompts(reply) == ("coach.started_over", "sketch.O1")
    assert chat.sketch.answers == {}
    assert chat.person.diary.map is None
    assert not [each for each in chat.remembered("answer")[before:] if each.body["dropped"]]


def test_the_same_answers_after_starting_over_give_a_map_and_not_only_a_word() -> None:
    chat = sketched()
    chat.commands("restart")
    chat.taps("yes")

    reply = chat.answers(**PURPOSE)

    assert prompts(reply)[-1] == "map.next"


def test_not_starting_over_leaves_everything() -> None:
    chat = at_question("O3")
    before = chat.sketch
    chat.commands("restart")

    reply = chat.taps("no")

    assert prompts(reply) == ("sketch.O3",)
    assert reply.chosen is not None
    assert without_time(chat.sketch) == without_time(before)


def test_erasing_asks_once_and_leaves_nothing() -> None:
    chat = sketched()
    chat.commands("erase")

    reply = chat.taps("yes")

    assert chat.person.standing is Standing.LEAVING
    assert (chat.person.conversations, chat.person.diary.map, chat.person.country) == ({}, None, None)
    assert not reply.remember
    assert prompts(reply) == ("privacy.erased_all", "privacy.erased")


def test_whoever_is_being_erased_begins_nothing_until_that_is_done() -> None:
    chat = sketched()
    chat.commands("erase")
    chat.taps("yes")

    reply = chat.commands("continue")

    assert not reply.says
    assert chat.person.standing is Standing.LEAVING


@pytest.mark.parametrize("text", ["no", "skip", "No, keep it", "not sure"])
def test_nothing_is_erased_without_a_clear_yes(text: str) -> None:
    chat = sketched()
    chat.commands("erase")

    reply = chat.says(text)

    assert prompts(reply) == ("coach.not_erased",) or prompts(reply)[-1] == "coach.not_erased"
    assert chat.person.standing is Standing.ACTIVE


def test_offers_are_commands_that_exist() -> None:
    chat = sketched()
    chat.waits(days=3)

    for name in ("settings", "map", "answers", "help", "privacy", "continue"):
        for button in (button for say in chat.commands(name).says for button in say.buttons):
            token = read_token(button.token)
            assert isinstance(token, Order)
            assert token.name in COMMANDS


def test_a_moment_later_is_never_long_ago() -> None:
    chat = at_question("O3").waits(hours=int(timedelta(days=2).total_seconds() // 3600) - 1)

    assert prompts(chat.commands("continue")) == ("sketch.O3",)


def test_how_somebody_works_can_change_and_the_open_question_follows() -> None:
    chat = at_question("E1")
    before = chat.sketch.answers

    chat.commands("settings")
    chat.taps("situation")
    chat.taps("carer")
    reply = chat.commands("continue")

    assert chat.person.situation == "carer"
    assert chat.sketch.answers == before
    assert "around the caring" in words(reply)
