"""Statements and thought experiment are asked again when it makes sense, and the later answer counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment.again import AGAIN, SIGNS, STATEMENTS, STOPS, order
from flows.assessment.due import due
from flows.assessment.inventory import HARM
from flows.diary import DrawnMap
from flows.engine.answers import Value
from flows.engine.conversation import Conversation
from flows.engine.say import Label, Say
from flows.reply import Reply
from tests.coach.given import HOUSE, Chat, bubbles, prompts, words
from tests.coach.personas import OBJECTION
from tests.coach.weeks_later import again, asked, somebody_after, told

FILLS = ("meetings", "paperwork", "planning")
ENERGY = ("making", "fixing", "planning")


@pytest.mark.parametrize(
    ("weeks", "offered"),
    [
        (3.9, ("again.not_yet",)),
        (4.1, ("again.signs_due",)),
        (5.9, ("again.signs_due",)),
        (6.1, ("again.both_due",)),
    ],
)
def test_the_door_offers_what_makes_sense_by_now(weeks: float, offered: tuple[str, ...]) -> None:
    assert prompts(somebody_after(weeks).commands("next")) == offered


def test_too_early_it_is_said_from_when_on_and_why() -> None:
    reply = somebody_after(1).commands("next")

    assert "March 30" in words(reply)
    assert "30. März" in words(reply, "de")
    assert "remember what you said" in words(reply)


def test_the_offer_says_how_long_it_takes_and_how_long_it_has_been() -> None:
    reply = somebody_after(5.2).commands("next")

    assert "four minutes" in words(reply)
    assert "5 weeks" in words(reply)


def test_a_picked_offer_opens_its_first_question_and_typing_yes_does_too() -> None:
    tapped, typed = somebody_after(5), somebody_after(5)
    for chat in (tapped, typed):
        chat.commands("next")

    assert prompts(tapped.taps("now")) == ("sketch.K2",)
    assert prompts(typed.says("yes")) == ("sketch.K2",)


@pytest.mark.parametrize("name", [flow.name for flow in AGAIN])
def test_an_old_button_opens_nothing_before_its_time(name: str) -> None:
    chat = somebody_after(1)

    assert prompts(chat.commands("next", name)) == ("again.not_yet",)
    assert name not in chat.person.conversations


def test_all_nineteen_signs_are_asked_in_the_words_of_the_first_time() -> None:
    chat = somebody_after(5)
    again(chat, "signs")

    assert len(asked(chat, "signs")) == len(set(STATEMENTS)) == 19
    home = {SIGNS.prompt(sign).split(".")[0] for sign in STATEMENTS}
    assert home == {"sketch", "inventory"}


def test_after_the_fourth_week_comes_the_twelfth_and_then_every_twelve() -> None:
    chat = somebody_after(4.1)
    again(chat, "signs", K2=3)
    began = chat.now

    first, second = due(chat.person.conversations, ())["signs"], chat.waits(weeks=8)
    again(second, "signs", K2=2)
    later = due(chat.person.conversations, ())["signs"]

    assert timedelta(weeks=7.5) < first - began < timedelta(weeks=8)
    assert timedelta(weeks=12) - timedelta(hours=1) < later - chat.now <= timedelta(weeks=12)


def test_a_second_time_is_never_sooner_than_four_weeks_after_the_last() -> None:
    chat = somebody_after(11)
    again(chat, "signs", K2=3)

    assert due(chat.person.conversations, ())["signs"] - chat.now > timedelta(weeks=3.9)


def drawn(chat: Chat, *reasons: str) -> DrawnMap:
    return DrawnMap(chat.now, "1", 3, {}, {}, unclear=bool(reasons), reasons=reasons)


@pytest.mark.parametrize(
    ("weeks", "reasons", "offered"),
    [
        (1.9, ("own_trial_failed",), ("again.not_yet",)),
        (2.1, ("own_trial_failed",), ("again.tests_after_trial",)),
        (2.1, ("too_many",), ("again.not_yet",)),
    ],
)
def test_after_a_failed_trial_the_tests_may_come_after_two_weeks(
    weeks: float, reasons: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    chat = somebody_after(weeks)
    chat.person = replace(chat.person, diary=chat.person.diary.drawing(drawn(chat, *reasons)))

    assert prompts(chat.commands("next")) == offered


def test_one_failed_trial_brings_the_tests_forward_once() -> None:
    chat = somebody_after(2.1)
    chat.person = replace(chat.person, diary=chat.person.diary.drawing(drawn(chat, "own_trial_failed")))
    again(chat, "tests", CF0=6)
    maps = (*chat.person.diary.maps[:-1], drawn(chat, "own_trial_failed"))

    times = due(chat.person.conversations, (*maps[:-1], maps[-1]))

    assert times["tests"] - chat.now > timedelta(weeks=5.9)


def test_the_scenarios_come_in_another_order_each_time_and_people_differ() -> None:
    def orders(seed: int) -> list[tuple[str, ...]]:
        about = {"CF3": OBJECTION}
        return [
            order(Conversation("tests", 1, "x", "CF0", seed=seed, about={**about, "round": str(number)}))
            for number in (1, 2)
        ]

    assert all(set(one) == set(STOPS) - {"CF3b_draft", "CF3c_draft"} for one in orders(7))
    assert len({one for seed in range(20) for one in orders(seed)}) > 30


def test_the_tests_ask_every_scenario_once_and_end_with_the_free_choice() -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF0=7, CF3_draft="yes", CF8="else")

    trail = asked(chat, "tests")
    assert trail[0] == "CF0"
    assert trail[-2:] == ["CF8", "CF9"]
    assert sorted(trail[1:-2]) == ["CF1", "CF2", "CF3", "CF3_draft", "CF4", "CF5", "CF6", "CF7"]


def at_scenario(name: str, **answers: Value) -> Reply:
    """The question of one scenario when it is asked again."""
    chat = somebody_after(7, **answers)
    reply = chat.commands("next", "tests")
    while chat.foreground.state != name:
        reply = chat.gives(7 if chat.foreground.state == "CF0" else None)
    return reply


def the_first_time(prompt: str) -> str:
    """The words of a scenario that names nothing of the person's."""
    return HOUSE.voices["en"].bubble(Say(prompt)).html


def test_the_named_thing_is_offered_as_it_was() -> None:
    reply = at_scenario("CF3_draft")

    assert OBJECTION in words(reply)
    shown = {button.label.code for button in reply.says[-1].buttons if isinstance(button.label, Label)}
    assert {"yes", "reword", "no"} <= shown


def test_decency_names_what_was_marked_and_the_plain_words_are_those_of_the_first_time() -> None:
    plain = at_scenario("CF4", O5="b", E1=4, e1=("none",))
    marked = at_scenario("CF4", O5="b", E1=4, e1=("shouting", "blame"))

    assert "shouted at or humiliated and blamed" in words(marked)
    assert words(plain).startswith(the_first_time("sketch.CF4"))


def test_other_tasks_name_what_gives_energy_and_what_fills_the_week_without_what_is_both() -> None:
    lean: dict[str, Value] = {"D1": 4, "V1": 0, "CF5": 1, "CF2": 6, "d1_fills": FILLS, "d1_energy": ENERGY}
    named, plain = at_scenario("CF5", **lean), at_scenario("CF5", **lean | {"d1_fills": None})

    assert "mostly making things and fixing, improving instead of meetings and paperwork" in words(named)
    assert "planning" not in words(named)
    assert words(plain).startswith(the_first_time("sketch.CF5"))


@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_scenario_is_longer_than_one_reads_with_all_that_can_be_named(locale: str) -> None:
    marked: dict[str, Value] = {"O5": "b", "E1": 4, "e1": ("shouting", "blame", "punished", "shutout", HARM)}
    week: dict[str, Value] = {"D1": 4, "V1": 0, "CF5": 1, "CF2": 6, "d1_fills": FILLS, "d1_energy": ENERGY}

    for reply in (at_scenario("CF4", **marked), at_scenario("CF5", **week)):
        assert max(len(bubble.html.split()) for bubble in bubbles(reply, locale)) <= 75


def test_a_light_monday_is_not_played_with() -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF0=2, CF8="stay")

    assert asked(chat, "tests") == ["CF0", "CF8"]


@pytest.mark.parametrize(("role", "asks"), [(1, True), (5, False)])
def test_purpose_and_role_that_lift_alike_by_now_are_asked_about(role: int, asks: bool) -> None:
    chat = somebody_after(7)
    again(chat, "tests", CF0=7, CF2=1, CF5=role, CF3_draft="no", CF8="stay", F1="tasks")

    assert ("F1" in asked(chat, "tests")) == asks
    assert told(chat).get("F1") == ("tasks" if asks else None)
