"""A slope that is kept: shown, changed, dropped, looked at as stages end; on leave, and with harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot import diaries
from flows.assessment.inventory import HARM, INVENTORY
from flows.engine.answers import Answer
from flows.engine.conversation import DONE
from flows.engine.heard import Commanded
from flows.engine.say import Label
from flows.moves import slope as planner
from flows.moves.slope_flow import SLOPE
from flows.person import begun
from tests.coach.given import Chat, prompts, said, sketched, words
from tests.longitudinal.nudged import Life
from tests.moves.slope_given import WORKER, plan, planned, ways


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_each_stage_says_what_it_tests_what_to_agree_and_the_way_back(number: str) -> None:
    reply = planned(*WORKER).commands("slope", number)

    told = words(reply)

    for part in ("Tests:", "Agree:", "Way back:", "a month,", "the floor."):
        assert part in told


def test_slope_again_shows_the_plan_with_what_can_become_of_it() -> None:
    chat = planned(*WORKER)

    reply = chat.commands("slope")

    assert prompts(reply) == ("slopes.plan", "slopes.carried", "slopes.next")
    assert ways(reply) == ["slope:1", "slope:2", "slope:3", "slope:4", "slope:change", "slope_drop:"]


def test_one_answer_can_be_changed_and_the_plan_follows_with_its_first_day_kept() -> None:
    chat = planned(*WORKER).waits(days=120)
    chat.commands("slope", "change")
    chat.taps("slope_change:pace")

    reply = chat.says("two years")

    assert sum(stage.months for stage in plan(chat).stages) == 24
    assert plan(chat).stages[0].first == date(2026, 4, 1)
    assert prompts(reply)[:2] == ("engine.changed", "slopes.plan")
    assert [each.body["event"] for each in chat.remembered("slope")] == ["planned", "changed"]


def test_another_step_asks_what_it_brings_and_keeps_the_rest() -> None:
    chat = planned("12", "2400", "1500", "none", "80%", "2600", stages=("hours", "elsewhere"))
    chat.commands("slope_change", "stages")

    chat.gives(("hours", "projects", "elsewhere"))
    while chat.person.foreground is not None and chat.foreground.state != "projects_brings":
        chat.taps("change") if chat.foreground.pending else chat.says("80%")
    chat.says("1700")
    while chat.person.foreground is not None:
        chat.says("2600")

    assert [stage.kind for stage in plan(chat).stages] == ["hours", "projects", "elsewhere"]
    assert plan(chat).stages[1].income == 170_000


def test_a_plan_that_is_dropped_is_gone_with_its_answers() -> None:
    chat = planned(*WORKER)

    reply = chat.commands("slope_drop")

    assert chat.person.diary.slope is None
    assert SLOPE.name not in chat.person.conversations
    assert prompts(reply) == ("slopes.dropped",)
    assert prompts(chat.commands("slope_drop")) == ("slopes.nothing_to_drop",)
    assert prompts(chat.commands("slope")) == ("slope.stages",)


def test_a_plan_left_in_the_middle_is_gone_on_with() -> None:
    chat = planned("18", "2400").waits(days=1)

    assert prompts(chat.commands("slope")) == ("slope.floor",)


def test_a_stage_a_month_longer_moves_the_later_ones_and_is_reckoned_anew() -> None:
    chat = planned(*WORKER)
    before = plan(chat)

    reply = chat.commands("slope_longer", "3")

    after = plan(chat)
    assert after.stages[2].months == before.stages[2].months + 1
    assert after.stages[3].first == date(2027, 7, 1)
    assert "5 months are below the floor" in words(reply)
    for one, other in pairwise(after.stages):
        assert other.first - one.last == timedelta(days=1)


def test_a_stage_that_ends_is_looked_at_once_on_its_last_day() -> None:
    chat = planned(*WORKER)
    life = Life(chat.person, planner.CHAPTER.nudges, chat.now)

    for _ in plan(chat).stages:
        life.waits_for_one()
        life.commands("help")
    rest = life.waits(days=600)

    assert [came.day for came in life.sent] == [stage.last for stage in plan(chat).stages]
    assert {came.prompt for came in life.sent} == {"slopes.stage_ends"}
    assert not any(came.nudging.reply.says[0].facts for came in life.sent)
    assert rest == []


def test_at_the_end_of_a_stage_it_can_go_on_last_longer_or_change() -> None:
    chat = planned(*WORKER)
    middle, last = (
        chat.commands("slope_look", "260831.hours"),
        chat.commands("slope_look", "270930.elsewhere"),
    )

    assert ways(middle) == ["slope:2", "slope_longer:1", "slope:change"]
    assert said(middle, "slopes.over").facts["next"] == Label("slope.stages", "contract")
    assert ways(last) == ["slope_longer:4", "slope:change", "slope_drop:"]


def test_a_plan_that_was_dropped_reminds_of_nothing() -> None:
    chat = planned(*WORKER)
    life = Life(chat.person, planner.CHAPTER.nudges, chat.now)
    life.hears(Commanded("slope_drop"))

    assert life.waits(days=600) == []


def test_on_leave_nothing_is_planned_and_nothing_reminds() -> None:
    chat = planned(*WORKER)
    chat.person = replace(chat.person, situation="leave")

    assert prompts(chat.commands("slope")) == ("slopes.on_leave",)
    assert list(planner.wanted(chat.person, chat.now)) == []


def harmed() -> Chat:
    """Somebody with a map who was asked about harm and named its worst group."""
    chat = sketched()
    person, inventory = begun(chat.person, INVENTORY, chat.now)
    answered = replace(inventory, answers={"e1": Answer((HARM,), 0)}, trail=("e1",), state=DONE)
    chat.person = person.having(answered)
    return chat


def test_with_harm_no_slope_is_planned_and_nothing_asks_to_stay_longer() -> None:
    chat = harmed()
    chat.person = replace(chat.person, diary=replace(chat.person.diary, slope=plan(planned(*WORKER))))

    for command in ("slope", "slope_longer", "slope_look"):
        assert prompts(chat.commands(command)) == ("slopes.harm",)
    assert list(planner.wanted(chat.person, chat.now)) == []


@pytest.mark.parametrize(
    ("answers", "prompt", "part"),
    [
        (
            ("1.800 €", "5.400 €", "900 €"),
            "slopes.out_carries",
            "for 6 months; if you were out today, until about September 2026",
        ),
        (("1.800 €", "900 €", "none"), "slopes.out_short", "1.800\u00a0€ a month would be missing"),
        (("1.800 €", "none", "1.900 €"), "slopes.out_holds", "no month would be short"),
        ((None, None, None), "slopes.out_open", "left open"),
    ],
)
def test_with_harm_it_is_counted_how_far_the_money_carries(
    answers: tuple[str | None, ...], prompt: str, part: str
) -> None:
    chat = harmed()
    chat.commands("slope", "out")
    for answer in answers:
        chat.gives(None) if answer is None else chat.says(answer)

    assert prompts(chat.replies[-1])[:2] == (prompt, "slopes.out_first")
    assert part in words(chat.replies[-1])
    assert chat.person.diary.slope is None


def test_a_slope_comes_back_from_the_store_as_it_was() -> None:
    diary = planned(*WORKER).person.diary

    assert diaries.from_plain(diaries.as_plain(diary)) == diary
