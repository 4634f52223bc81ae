from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rulebook import rulebook
from flows.assessment.facts import Facts
from flows.diary import Diary, Week
from flows.engine.answers import Answer
from flows.engine.conversation import Conversation
from flows.person import Person
from flows.safety.structural import Sign, and_earlier, sign_of_danger, weighing_by

MONDAY = date(2026, 11, 2)


def weeks(*heavy: tuple[int | None, int | None], apart: int = 7) -> Diary:
    """Weeks with how heavy a workday and a day off were, so many days apart."""
    return Diary(
        weeks=tuple(
            Week(MONDAY + timedelta(days=apart * place), datetime(2026, 11, 8, tzinfo=UTC), workday, day_off)
            for place, (workday, day_off) in enumerate(heavy)
        )
    )


def sign(diary: Diary | None = None, **answers: int | str) -> Sign | None:
    return sign_of_danger(Facts(answers), diary or Diary(), rulebook().what_ifs)


def test_a_battery_in_which_nothing_lifts_is_a_sign() -> None:
    assert sign(CF0=8, CF1=8, CF2=7, CF4=8, CF5=7, CF7=8) == "nothing_lifts"
    assert sign(CF0=8, CF1=8, CF2=3, CF4=8, CF5=7, CF7=8) is None


@pytest.mark.parametrize(("o2", "o6", "seen"), [(9, 4, True), (10, 4, True), (8, 4, False), (10, 3, False)])
def test_heaviness_that_followed_into_everything_is_a_sign(o2: int, o6: int, seen: bool) -> None:
    assert (sign(O2=o2, O6=o6) == "everything_heavy") is seen


def test_two_weeks_running_with_heavy_workdays_and_days_off_are_a_sign() -> None:
    assert sign(weeks((9, 9), (10, 9))) == "heavy_weeks"
    assert sign(weeks((9, 9), (10, 8))) is None
    assert sign(weeks((9, 9), (10, None))) is None
    assert sign(weeks((9, 9))) is None


def test_two_heavy_weeks_with_one_between_do_not_run_on() -> None:
    assert sign(weeks((9, 9), (10, 10), apart=14)) is None


def test_heavy_weeks_that_are_over_are_no_sign() -> None:
    assert sign(weeks((9, 9), (10, 10), (6, 3))) is None


def test_nothing_known_is_no_sign() -> None:
    assert sign() is None


FLAT = {"CF0": 8, "CF1": 8, "CF2": 7, "CF4": 8, "CF5": 7}


def having(flow: str, answers: Mapping[str, int | None], diary: Diary | None = None) -> Person:
    """Somebody in the middle of a sitting, with these answers in it."""
    given = {name: Answer(value, 0) for name, value in answers.items()}
    there = Conversation(flow, 1, "x", "R3", answers=given)
    return Person(seed=7, conversations={flow: there}, diary=diary or Diary())


def weighs(person: Person) -> frozenset[str]:
    return weighing_by(rulebook().what_ifs)(person)


def test_scenarios_weigh_only_once_all_of_them_were_put() -> None:
    three = {name: value for name, value in FLAT.items() if name != "CF5"}

    assert weighs(having("sketch", three)) == frozenset()
    assert weighs(having("sketch", {**three, "CF5": None})) == {"nothing_lifts:CF0=8 CF1=8 CF2=7 CF4=8"}


def test_all_signs_weigh_and_not_only_the_first() -> None:
    heavy = having("sketch", {**FLAT, "O2": 9, "O6": 4}, weeks((9, 9), (10, 10)))

    assert {each.partition(":")[0] for each in weighs(heavy)} == {
        *("nothing_lifts", "everything_heavy", "heavy_weeks"),
    }


def test_the_same_answers_weigh_the_same_and_others_do_not() -> None:
    one, same, other = (
        having("sketch", {"O2": o2, "O6": 4, "K2": k2}) for o2, k2 in ((9, 0), (9, 3), (10, 0))
    )

    assert weighs(one) == weighs(same) != weighs(other)


def test_heavy_weeks_that_go_on_are_a_new_reason_only_after_four_more() -> None:
    reasons = [weighs(having("sketch", {}, weeks(*[(9, 9)] * count))) for count in range(2, 11)]

    assert [reasons.index(each) for each in reasons] == [0, 0, 0, 0, 4, 4, 4, 4, 8]


def test_what_was_asked_about_is_kept_until_the_same_sign_has_other_answers() -> None:
    earlier = ("everything_heavy:O2=9 O6=4", "heavy_weeks:2026-11-02+0")

    assert and_earlier(frozenset({"heavy_weeks:2026-11-02+1"}), earlier) == (
        *("everything_heavy:O2=9 O6=4", "heavy_weeks:2026-11-02+1"),
    )
