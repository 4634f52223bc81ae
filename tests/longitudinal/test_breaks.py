"""Days off, watched, as a chat; and what is said of how the weight came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.diary import Break, Diary, Felt
from flows.longitudinal.breaks import moments, offered, wanted
from tests.coach.given import NOW, Chat, order, prompts, words
from tests.longitudinal.given import MONDAY, weeks_before, with_diary

A_BREAK = Break(1, "holiday", MONDAY, MONDAY + timedelta(days=8))


def planned(*answers: str | None) -> Chat:
    chat = with_diary(Diary(weeks=weeks_before(8, 8, 8)))
    chat.commands("break")
    for answer in answers:
        if answer is not None and chat.question.kind == "day":
            chat.says(answer)
        else:
            chat.gives(answer)
    return chat


def test_days_off_are_noted_from_days_in_their_own_words() -> None:
    chat = planned("holiday", "next Monday", "20 March")

    (found,) = chat.person.diary.breaks
    assert (found.kind, found.first, found.last) == ("holiday", date(2026, 3, 9), date(2026, 3, 20))
    assert "Monday, March 9" in words(chat.replies[-1])


def test_days_the_wrong_way_round_are_turned() -> None:
    (found,) = planned("holiday", "20 March", "9 March").person.diary.breaks

    assert found.first < found.last


def test_what_is_no_day_is_asked_again_and_loses_nothing() -> None:
    chat = planned("holiday", "when the project is over")

    assert "engine.no_day" in prompts(chat.replies[-1])
    assert chat.foreground.state == "first"


@pytest.mark.parametrize("answers", [(None,), ("holiday", None)])
def test_what_was_skipped_is_no_break(answers: tuple[str | None, ...]) -> None:
    chat = planned(*answers)

    assert chat.person.diary.breaks == ()
    assert "breaks.none" in prompts(chat.replies[-1])


def test_one_day_off_needs_no_last_day() -> None:
    (found,) = planned("holiday", "tomorrow", None).person.diary.breaks

    assert found.first == found.last


def test_a_break_that_does_not_happen_is_taken_out() -> None:
    chat = planned("holiday", "tomorrow", None)
    chat.commands("break")
    chat.taps("remove")

    assert chat.person.diary.breaks == ()


def test_it_is_looked_at_in_the_middle_and_four_times_after() -> None:
    assert dict(moments(A_BREAK)) == {
        "mid": MONDAY + timedelta(days=4),
        "day2": MONDAY + timedelta(days=10),
        "day10": MONDAY + timedelta(days=18),
        "week3": MONDAY + timedelta(days=29),
        "week6": MONDAY + timedelta(days=50),
    }


def test_two_days_off_have_no_middle() -> None:
    assert "mid" not in dict(moments(replace(A_BREAK, last=MONDAY + timedelta(days=1))))


def test_what_was_told_already_is_not_wanted_again() -> None:
    told = replace(A_BREAK, felt=(Felt("mid", MONDAY, 3),))

    slots = [each.slot for each in wanted(with_diary(Diary(breaks=(told,))).person, NOW)]

    assert slots == ["1.day2", "1.day10", "1.week3", "1.week6"]


def felt(load: str, *course: tuple[str, int]) -> Chat:
    """Somebody who tells at each moment how heavy it is, and the load when it is asked."""
    chat = with_diary(Diary(weeks=weeks_before(8, 8, 8), breaks=(A_BREAK,)))
    days = dict(moments(A_BREAK))
    for when, heaviness in course:
        chat.now = chat.now.replace(year=days[when].year, month=days[when].month, day=days[when].day)
        chat.hears(order("felt", f"1.{when}"))
        chat.gives(heaviness)
        if chat.person.foreground is not None:
            chat.gives(load)
    return chat


@pytest.mark.parametrize(
    ("load", "course", "said"),
    [
        ("ord", [("mid", 2), ("day2", 8)], "breaks.back_ord"),
        ("light", [("mid", 2), ("day2", 4), ("day10", 8)], "breaks.back_light"),
        ("heavy", [("mid", 2), ("day2", 8)], "breaks.back_heavy"),
        ("ord", [("mid", 2), ("day2", 4), ("day10", 4), ("week3", 8)], "breaks.ordinary_fade"),
        ("ord", [("mid", 2), ("day2", 3), ("day10", 4), ("week3", 4), ("week6", 4)], "breaks.held"),
        ("ord", [("mid", 8)], "breaks.none_felt"),
        ("ord", [("mid", 2), ("day2", 3)], "breaks.noted"),
    ],
    ids=str,
)
def test_how_it_came_back_is_said_no_stronger_than_it_is(
    load: str, course: list[tuple[str, int]], said: str
) -> None:
    assert prompts(felt(load, *course).replies[-1])[-1] == said


def test_the_load_on_return_is_asked_once() -> None:
    chat = felt("ord", ("mid", 2), ("day2", 4), ("day10", 4))

    assert chat.person.diary.breaks[0].load == "ord"
    assert sum("break_felt.load" in prompts(reply) for reply in chat.replies) == 1


def test_being_ill_is_no_rest_and_nothing_is_concluded_from_it() -> None:
    ill = replace(A_BREAK, kind="sick")
    chat = with_diary(Diary(weeks=weeks_before(8, 8, 8), breaks=(ill,)))
    chat.hears(order("felt", "1.day2"))
    chat.gives(8)
    chat.gives("ord")

    assert prompts(chat.replies[-1])[-1] == "breaks.noted_sick"


def test_an_old_button_of_a_break_that_is_gone_leads_to_the_way_in() -> None:
    chat = with_diary(Diary())
    reply = chat.hears(order("felt", "7.day2"))

    assert prompts(reply) == ("break.kind",)


def test_an_offer_for_what_was_told_meanwhile_is_dropped() -> None:
    chat = with_diary(Diary(breaks=(A_BREAK,)))
    first = next(iter(wanted(chat.person, NOW)))
    told = replace(A_BREAK, felt=(Felt("mid", MONDAY, 3),))
    later = with_diary(Diary(breaks=(told,)))

    assert offered(chat.coach._visit(chat.person, NOW), first) is not None
    assert offered(chat.coach._visit(later.person, NOW), first) is None
