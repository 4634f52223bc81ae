"""Every fourth time it is asked whether the explanation is of use; after two "no" it is parked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.diary import Diary, Useful
from flows.engine.answers import Value
from flows.longitudinal.weekly import WEEK
from tests.coach.given import prompts
from tests.longitudinal.weekly_given import (
    A_WEEK,
    MONDAY,
    looking_back,
    on_a_sunday,
    weeks,
    without_a_map,
)


@pytest.mark.parametrize(("before", "due"), [(0, False), (2, False), (3, True), (4, False), (7, True)])
def test_every_fourth_time_it_is_asked_whether_it_is_of_use(before: int, due: bool) -> None:
    chat = on_a_sunday(weeks=weeks(*[5] * before))

    chat.commands("week")

    assert ("useful" in WEEK.steps(chat.foreground)) == due


def test_without_a_lead_nothing_is_asked_about_its_use() -> None:
    chat = without_a_map()
    chat.person = replace(chat.person, diary=Diary(weeks=weeks(5, 5, 5)))

    chat.commands("week")

    assert "useful" not in WEEK.steps(chat.foreground)


ALL_BUT_USEFUL: tuple[Value, ...] = (5, 3, ("nothing",), None, None, None, None, None)


@pytest.mark.parametrize(
    ("before", "answer", "parked"),
    [
        ((), "no", False),
        ((True,), "no", False),
        ((False,), "no", True),
        ((False,), "yes", False),
        ((False, True), "no", False),
        ((False,), None, False),
    ],
)
def test_two_no_in_a_row_park_the_explanation(
    before: tuple[bool, ...], answer: str | None, parked: bool
) -> None:
    told = tuple(
        Useful(MONDAY - (len(before) - place) * 4 * A_WEEK, each) for place, each in enumerate(before)
    )
    chat = looking_back(on_a_sunday(weeks=weeks(5, 5, 5), useful=told), *ALL_BUT_USEFUL, answer)

    assert chat.person.diary.parked == parked
    assert ("weekly.parked" in prompts(chat.replies[-1])) == parked
    assert len(chat.person.diary.useful) == len(before) + (answer is not None)


def test_a_parked_explanation_is_not_asked_about() -> None:
    chat = on_a_sunday(weeks=weeks(5, 5, 5), parked=True)

    chat.commands("week")

    assert not {"pro", "con", "useful"} & set(WEEK.steps(chat.foreground))


def test_another_lead_gets_a_chance_of_its_own() -> None:
    chat = on_a_sunday()
    (drawn,) = chat.person.diary.maps
    earlier = replace(drawn, lead=("CAP",), at=drawn.at - 60 * timedelta(days=1))
    no = Useful(MONDAY - 4 * A_WEEK, False)
    on_a_sunday(chat, maps=(earlier, drawn), weeks=weeks(5, 5, 5), useful=(no,))

    looking_back(chat, *ALL_BUT_USEFUL, "no")

    assert not chat.person.diary.parked


def test_an_answer_about_its_use_can_be_taken_back() -> None:
    no = Useful(MONDAY - 4 * A_WEEK, False)
    chat = looking_back(on_a_sunday(weeks=weeks(5, 5, 5), useful=(no,)), *ALL_BUT_USEFUL, "no")
    assert chat.person.diary.parked

    chat.commands("week", f"useful.{MONDAY}")
    chat.gives("yes")

    assert not chat.person.diary.parked
    assert chat.person.diary.useful == (no, Useful(MONDAY, True))
