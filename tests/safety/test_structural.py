from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rulebook import rulebook
from flows.assessment.facts import Facts
from flows.diary import Diary, Week
from flows.safety.structural import Sign, sign_of_danger

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
