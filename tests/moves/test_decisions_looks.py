"""How decisions turned out, against what was expected; and what several of them say of the guesses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from flows.diary import Decision, Diary, Looked
from flows.engine.say import Label, Say
from flows.engine.words import Ear
from flows.longitudinal.chapter import Wanted
from flows.moves.decisions_looks import calibration, turned_by
from flows.moves.decisions_nudges import offered, wanted
from flows.person import Person
from flows.reply import Visit
from tests.coach.given import HOUSE, NOW, Chat, order, prompts, words
from tests.longitudinal.given import MONDAY, with_diary
from tests.moves.deciding import in_berlin, made


def visit(person: Person, at: datetime = NOW) -> Visit:
    ear = Ear(HOUSE.voices["en"].catalogue.words, HOUSE.coach.places, at, zone=person.zone)
    return Visit(person, ear, at)


def test_it_is_asked_after_30_and_after_90_days_and_nothing_after_it_was_let_pass() -> None:
    person = in_berlin(Diary(decisions=(made(heavy_then=6),)))
    slots = [(each.slot, each.day) for each in wanted(person, NOW)]
    passed = made(looks=(Looked(30, MONDAY + timedelta(days=30), "not_done"),))

    assert slots == [("1.30", date(2026, 4, 1)), ("1.90", date(2026, 5, 31))]
    assert list(wanted(in_berlin(Diary(decisions=(passed,))), NOW)) == []


@pytest.mark.parametrize(
    "decisions",
    [
        (),
        (made(looks=(Looked(30, MONDAY, "done"),)),),
        (made(looks=(Looked(90, MONDAY, "done"),)),),
        (made(kept_at=NOW),),
    ],
)
def test_a_look_without_a_reason_any_more_is_not_offered(decisions: tuple[Decision, ...]) -> None:
    person = in_berlin(Diary(decisions=decisions))

    assert offered(visit(person), Wanted("decision", "1.30", MONDAY, 600, 700)) is None


def test_a_decision_that_is_not_kept_any_more_is_not_offered_again() -> None:
    person = in_berlin(Diary(decisions=(made(),)))

    assert offered(visit(person), Wanted("decision", "1.again", MONDAY, 600, 700)) is None


def looked_at(decision: Decision, days: int, *answers: Any, others: tuple[Decision, ...] = ()) -> Chat:
    chat = with_diary(Diary(decisions=(*others, decision)))
    chat.waits(days=days)
    chat.hears(order("decide", f"look.{decision.id}"))
    for answer in answers:
        chat.gives(answer)
    return chat


def test_how_it_turned_out_stands_beside_what_was_expected() -> None:
    chat = looked_at(made(heavy_then=8, expects="More say."), 30, "done", 6, "Ask sooner.")
    look = Looked(30, MONDAY + timedelta(days=30), "done", 6, 1, "Ask sooner.")

    assert chat.person.diary.decisions[0].looks == (look,)
    assert "You expected 8, and it is 6. A little lighter than you thought." in words(chat.replies[-1])
    assert any("“More say.”" in words(reply) for reply in chat.replies)


def test_a_line_is_remembered_where_own_words_are_looked_for() -> None:
    chat = looked_at(made(heavy_then=8), 30, "done", 6, "Ask sooner.")
    (record,) = chat.remembered("decision")

    assert record.body["line"] == "Ask sooner."
    assert "Ask sooner." not in str(record.body["looks"])


def test_without_a_number_from_before_they_are_asked_how_it_is() -> None:
    chat = looked_at(made(expects="More say."), 88, "done", 6, "much_worse", None)

    assert chat.person.diary.decisions[0].looks[0].turned == -2
    assert chat.person.diary.decisions[0].looks[0].after == 90


@pytest.mark.parametrize(
    ("answers", "prompt"), [(("undecided",), "undecided"), (("not_done", None), "not_done")]
)
def test_what_was_not_done_is_not_compared(answers: tuple[Any, ...], prompt: str) -> None:
    chat = looked_at(made(heavy_then=8), 30, *answers)

    assert prompts(chat.replies[-1])[-1] == f"decide.came_told.{prompt}"
    assert chat.person.diary.decisions[0].looks[0].turned is None


def test_a_look_left_open_claims_nothing() -> None:
    chat = looked_at(made(heavy_then=8), 30, None, None)

    assert prompts(chat.replies[-1])[-1] == "decide.noted"


@pytest.mark.parametrize(
    ("expected", "heavy", "turned"),
    [(8, 8, 0), (8, 7, 1), (8, 5, 2), (3, 5, -1), (3, 6, -2), (None, 6, None), (6, None, None)],
)
def test_two_numbers_say_how_it_turned_out(
    expected: int | None, heavy: int | None, turned: int | None
) -> None:
    assert turned_by(expected, heavy) == turned


def turned_out(number: int, turned: int | None, expected: int = 7) -> Decision:
    look = Looked(90, MONDAY, "done", turned=turned)
    return made(id=number, heavy_then=expected, looks=(look,) if turned is not None else ())


@pytest.mark.parametrize(
    ("turned", "expected", "prompt", "times"),
    [
        ((1, 1, 1), 7, "feared_a_little", "3"),
        ((1, 2, 1), 7, "feared", "3"),
        ((1, 1), 2, "better", "2"),
        ((-1, -2, 1), 3, "worse", "2"),
        ((0, 0, 0, 1), 3, "as", "3"),
        ((1,) * 9, 7, "feared_a_little", "many"),
    ],
)
def test_several_decisions_say_something_of_the_guesses_kindly(
    turned: tuple[int, ...], expected: int, prompt: str, times: str
) -> None:
    decisions = [turned_out(number, each, expected) for number, each in enumerate(turned)]

    assert calibration(decisions) == Say(f"decide.guesses.{prompt}", {"times": Label("decide.times", times)})


def test_one_decision_says_nothing_and_a_mixed_few_say_so() -> None:
    assert calibration([turned_out(1, 1), turned_out(2, None)]) is None
    assert calibration([turned_out(1, 1), turned_out(2, -1)]) == Say("decide.guesses.mixed")


def test_only_the_last_look_at_a_decision_counts() -> None:
    both = made(
        heavy_then=7, looks=(Looked(90, MONDAY, "done", turned=1), Looked(30, MONDAY, "done", turned=-2))
    )

    assert calibration([both, turned_out(2, 1)]) == Say(
        "decide.guesses.feared_a_little", {"times": Label("decide.times", "2")}
    )


def test_after_a_look_the_guesses_are_told_when_there_are_several() -> None:
    others = (turned_out(1, 1), turned_out(2, 1))
    chat = looked_at(made(id=3, heavy_then=8), 90, "done", 7, None, others=others)

    assert "Three times now it was a little better than you feared." in words(chat.replies[-1])
