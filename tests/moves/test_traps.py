"""Traps are named once, when their signs are there, and never in a bad hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.diary import Break, Felt, Named, Outcome, PlannedTrial, Week
from flows.engine.answers import Value
from flows.moves.hours import is_a_bad_hour
from flows.moves.traps import SIGNS, costs_something, name_one, trap, with_a_trap_named
from flows.reply import Reply, Visit
from tests.coach.given import HOUSE, NOW, Chat, prompts, sketched, words
from tests.longitudinal.given import MONDAY, weeks_before
from tests.moves.mapped import of, with_kept

TRIED: dict[str, Value] = {
    **{"T1": ("load", "support"), "T2_1": "full", "T3_1": "little", "T4_1": "back"},
    **{"T2_2": "full", "T3_2": "none", "O5": "a"},
}
ONLY_PAY: dict[str, Value] = {"v5": "onlypay", "O3": "gt2"}
ESCAPE: dict[str, Value] = {"CF8": "entire", "O3": "gt2", "T1": ("none",)}
A_COURSE: dict[str, Value] = {"T1": ("skill",), "T2_1": "full", "T3_1": "none"}


def visit_of(chat: Chat, now: datetime | None = None) -> Visit:
    return chat.coach._visit(chat.person, now or chat.now)


def logged(kind: str, outcome: Outcome, number: int = 1) -> PlannedTrial:
    return PlannedTrial(
        number,
        kind,
        date(2026, 1, 5),
        date(2026, 2, 2),
        ended=date(2026, 2, 2),
        outcome=outcome,
        dose=1.0,
    )


def test_without_signs_nothing_is_named() -> None:
    assert trap(of("P01").person) is None
    assert trap(Chat().person) is None


def test_three_attempts_at_rest_under_the_same_name_are_named() -> None:
    chat = of("P01", **TRIED)

    assert trap(chat.person) == "relabel"


def test_two_attempts_are_not_enough() -> None:
    assert trap(of("P01", **{**TRIED, "R3": "nobreak"}).person) is None


def test_a_break_that_faded_under_a_heavy_load_is_no_attempt_that_failed() -> None:
    assert trap(of("P01", **{**TRIED, "R4": "heavy"}).person) is None


def test_one_attempt_that_held_is_enough_to_say_nothing() -> None:
    assert trap(of("P01", **{**TRIED, "T3_2": "lot", "T4_2": "held"}).person) is None


def test_whoever_no_longer_calls_it_load_is_not_told_that_they_do() -> None:
    assert trap(of("P01", **{**TRIED, "O5": "c"}).person) is None


@pytest.mark.parametrize(("outcome", "named"), [("none", "relabel"), ("temp", "relabel"), ("held", None)])
def test_logged_attempts_count_as_remembered_ones_do(outcome: Outcome, named: str | None) -> None:
    trials = tuple(logged("load", outcome, number) for number in (1, 2))

    assert trap(with_kept(of("P01"), trials=trials).person) == named


def test_a_watched_break_that_wore_off_at_once_counts_and_being_ill_does_not() -> None:
    course = (Felt("mid", date(2026, 2, 4), 2), Felt("day2", date(2026, 2, 10), 8))
    off = Break(1, "holiday", date(2026, 2, 1), date(2026, 2, 8), course, "ord")
    chat = of("P01", **{**TRIED, "R3": "nobreak"})
    weeks = weeks_before(8, 8, 8, until=date(2026, 2, 1) - timedelta(days=6))

    assert trap(with_kept(chat, breaks=(off,), weeks=weeks).person) == "relabel"
    assert trap(with_kept(chat, breaks=(replace(off, kind="sick"),), weeks=weeks).person) is None


def test_a_course_that_lifted_nothing_is_named() -> None:
    assert trap(of("P01", **A_COURSE).person) == "optimise"


@pytest.mark.parametrize(
    "instead",
    [{"T2_1": "briefly"}, {"T3_1": "lot", "T4_1": "held"}],
    ids=["hardly begun", "a skill that was missing"],
)
def test_learning_is_no_trap_when_it_helped_or_hardly_happened(instead: dict[str, Value]) -> None:
    assert trap(of("P01", **{**A_COURSE, **instead}).person) is None


def test_pay_as_the_only_tie_for_years_is_named_until_something_is_tried() -> None:
    chat = of("P01", **ONLY_PAY)

    assert trap(chat.person) == "stick"
    assert trap(with_kept(chat, trials=(logged("purpose", "none"),)).person) is None


def test_pay_that_was_raised_and_lifted_nothing_is_named() -> None:
    raised: dict[str, Value] = {"T1": ("pay",), "T2_1": "full", "T3_1": "none"}

    assert trap(of("P01", **raised).person) == "stick"


def test_where_pay_is_not_the_tie_it_is_not_spoken_of() -> None:
    assert trap(of("P01", "student", **ONLY_PAY).person) != "stick"
    assert trap(of("P01", "carer", **ONLY_PAY).person) != "stick"


def test_all_or_nothing_is_named_while_nothing_small_was_tried() -> None:
    chat = of("P07", **ESCAPE)

    assert trap(chat.person) == "escape"
    assert trap(with_kept(chat, trials=(logged("role", "temp"),)).person) is None


@pytest.mark.parametrize("situation", ["leave", "employed"])
def test_nobody_on_leave_and_nobody_harmed_is_told_of_a_trap(situation: str) -> None:
    harm: dict[str, Value] = {} if situation == "leave" else {"e1": ("harm",)}

    person = of("P15", situation, **{**TRIED, **harm}).person

    assert trap(person) is None
    assert not costs_something(person)


def test_a_trap_is_said_before_the_ladder_and_only_once() -> None:
    chat = of("P01", **TRIED)

    assert prompts(chat.commands("moves")) == ("traps.relabel", "moves.list")
    assert prompts(chat.commands("moves")) == ("moves.list",)
    assert prompts(chat.waits(weeks=9).commands("moves")) != ("traps.relabel", "moves.list")


def test_no_two_are_said_within_a_week() -> None:
    chat = of("P01", **{**TRIED, **ONLY_PAY})

    assert prompts(chat.commands("moves"))[0] == "traps.relabel"
    assert prompts(chat.waits(days=6).commands("moves")) == ("moves.list",)
    assert prompts(chat.waits(days=1).commands("moves"))[0] == "traps.stick"


def test_what_staying_costs_is_said_once_in_the_words_of_the_lead() -> None:
    purpose, role = of("P01"), of("P07")

    assert prompts(purpose.commands("moves"))[0] == "traps.cost.VAL"
    assert prompts(role.commands("moves"))[0] == "traps.cost.IDN"
    assert prompts(purpose.waits(days=30).commands("moves")) == ("moves.list",)


def test_what_staying_costs_is_not_said_of_a_first_hunch_or_a_short_time() -> None:
    assert not costs_something(sketched().person)
    assert not costs_something(of("P01", O3="lt1").person)
    assert not costs_something(of("P11", O3="gt2").person)


@pytest.mark.parametrize(
    ("hour", "minute", "bad"),
    [(20, 0, False), (21, 59, False), (22, 0, True), (2, 0, True), (4, 59, True), (5, 0, False)],
)
def test_late_at_night_where_they_are_nothing_heavy_is_said(hour: int, minute: int, *, bad: bool) -> None:
    chat = of("P01", **TRIED)
    night = datetime(2026, 3, 10, hour, minute, tzinfo=UTC)

    assert chat.person.zone == "Europe/Berlin"
    assert is_a_bad_hour(visit_of(chat, night)) is bad
    assert bool(name_one(visit_of(chat, night))[1]) is not bad


@pytest.mark.parametrize(
    ("workday", "weeks_ago", "bad"), [(9, 1, True), (8, 1, False), (10, 0, True), (9, 2, False)]
)
def test_in_a_very_heavy_week_nothing_heavy_is_said(workday: int, weeks_ago: int, *, bad: bool) -> None:
    monday = MONDAY - timedelta(weeks=weeks_ago)
    chat = with_kept(of("P01", **TRIED), weeks=(Week(monday, NOW, workday),))

    assert is_a_bad_hour(visit_of(chat)) is bad


def test_before_any_week_the_first_answer_says_how_heavy_it_is() -> None:
    assert is_a_bad_hour(visit_of(of("P01", O2=9)))
    assert not is_a_bad_hour(visit_of(of("P01", O2=8)))


def test_what_could_not_be_said_at_night_is_said_another_day() -> None:
    chat = of("P01", **TRIED)
    chat.now = datetime(2026, 3, 10, 23, 0, tzinfo=UTC)

    assert prompts(chat.commands("moves")) == ("moves.list",)
    assert chat.person.diary.traps_named == ()
    assert prompts(chat.waits(hours=12).commands("moves"))[0] == "traps.relabel"


def test_any_reply_can_begin_with_what_is_to_be_named() -> None:
    chat = of("P01", **TRIED)
    there = visit_of(chat)
    reply = with_a_trap_named(there, Reply(chat.person))

    assert prompts(reply) == ("traps.relabel",)
    assert reply.person.diary.traps_named == (Named("relabel", there.ear.today),)


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_every_trap_has_its_words_and_a_way_out(locale: str) -> None:
    templates = HOUSE.voices[locale].catalogue.templates

    for name in SIGNS:
        assert ("way out" if locale == "en" else "Weg hinaus") in templates[f"traps.{name}"]


def test_what_is_named_stands_in_a_bubble_of_its_own() -> None:
    reply = of("P01", **TRIED).commands("moves")

    assert words(reply).startswith("Something I notice")
    assert reply.says[0].apart
