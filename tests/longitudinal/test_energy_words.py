"""What people write of their energy: times of day, activities of their own, several entries in one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.answers import Rejected
from flows.engine.words import Ear
from flows.longitudinal.energy_questions import Activity
from flows.longitudinal.energy_times import Times, clock, minutes_of, times_in
from flows.longitudinal.energy_words import activity, told_in
from tests.coach.given import HOUSE, NOW

OWN = ("coding", "Daily", "school run")
EN, DE = HOUSE.coach.words["en"], HOUSE.coach.words["de"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11:30 and 16", "11:30 16:00"),
        ("noon, 17, 20", "12:00 17:00 20:00"),
        ("12 17 20", "12:00 17:00 20:00"),
        ("11, 2 and 5", "11:00 14:00 17:00"),
        ("9 and 3:30", "09:00 15:30"),
        ("5pm, 11 am", "11:00 17:00"),
        ("8 in the evening and noon", "12:00 20:00"),
        ("Mittags, 17 Uhr und 20 Uhr", "12:00 17:00 20:00"),
        ("11.30 & 16h", "11:30 16:00"),
        ("1130 and 1600", "11:30 16:00"),
        ("١١ and ١٦", "11:00 16:00"),
        ("16", "16:00"),
        ("16 and 16:00", "16:00"),
    ],
)
def test_times_of_day_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert " ".join(map(clock, times_in(text))) == expected


@pytest.mark.parametrize(
    "text", ["", "whenever", "after lunchtime or so", "25:00 and 30", "🙂", "{{ 12 }} x"]
)
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert times_in(text) in ((), (12 * 60,))
    assert not minutes_of(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("16", "energy_run.which_times"),
        ("9, 11, 13, 15", "energy_run.which_times"),
        ("whenever", "energy_run.which_times"),
        ("x" * 4000, "energy_run.which_times"),
        ("12 and 12:30", "energy_run.too_close"),
    ],
)
def test_too_few_too_many_and_too_close_times_are_told_apart(text: str, reason: str) -> None:
    answer = Times("1200_1700").parse(text, "energy_run.two", _ear())

    assert isinstance(answer, Rejected)
    assert answer.reason == reason


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("meeting", "en", "meetings"),
        ("Meetings!", "en", "meetings"),
        ("mails", "en", "paperwork"),
        ("Besprechung", "de", "meetings"),
        ("meetings", "de", "meetings"),
        ("schreiben", "de", "writing"),
        ("codng", "en", "coding"),
        ("CODING", "en", "coding"),
        ("daily", "en", "Daily"),
        ("shcool run", "en", "school run"),
        ("gardening", "en", "gardening"),
        ("run", "en", "run"),
    ],
)
def test_an_activity_is_matched_to_the_known_ones_when_near(text: str, locale: str, expected: str) -> None:
    assert activity(text, OWN, HOUSE.coach.words[locale]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meeting drained, coding good", [("meetings", -2), ("coding", 1)]),
        ("meetings: drained\ncoding: gave me energy", [("meetings", -2), ("coding", 2)]),
        ("The meeting was really draining", [("meetings", -2)]),
        ("great: gardening", [("gardening", 2)]),
        ("coding +2; paperwork -1; lunch 0", [("coding", 2), ("paperwork", -1), ("lunch", 0)]),
        ("coding ++\nmails --", [("coding", 2), ("paperwork", -2)]),
        ("writing report tiring", [("writing report", -1)]),
        ("meetings exhaustng", [("meetings", -2)]),
        ("coding not bad", [("coding", 1)]),
        ("coding not good", [("coding", -1)]),
        ("coding good\nsomething odd", [("coding", 1), ("something odd", None)]),
        ("{{ x }} drained, <b>y</b> good", [("{{ x }}", -2), ("<b>y</b>", 1)]),
        ("🙂 coding good", [("coding", 1)]),
    ],
)
def test_several_entries_in_one_text_are_read_with_the_words_of_the_person(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert [(told.what, told.left) for told in told_in(text, OWN, EN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meeting anstrengend, Coden gut", [("meetings", -1), ("Coden", 1)]),
        ("Schreiben hat mir Kraft gegeben", [("writing", 2)]),
        ("Papierkram: erschöpft\nPlanen ging so", [("paperwork", -2), ("planning", -1)]),
    ],
)
def test_german_is_read_as_germans_write(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(told.what, told.left) for told in told_in(text, (), DE)] == expected


@pytest.mark.parametrize("text", ["coding", "meetings, coding", "never drained", "drained", "", "x" * 4000])
def test_a_text_without_what_or_without_how_tells_nothing(text: str) -> None:
    assert told_in(text, OWN, EN) == ()


def test_of_a_long_list_the_first_twelve_are_read_and_the_rest_is_handed_back() -> None:
    told = told_in("\n".join(f"thing{n} good" for n in range(14)), (), EN)

    assert [each.left for each in told] == [1] * 12 + [None] * 2


@given(st.text(max_size=700))
def test_whatever_is_typed_is_an_activity_or_is_asked_about(text: str) -> None:
    question = Activity()
    answer = question.parse(text, "energy.what", _ear())

    assert isinstance(answer, Rejected) or question.holds(answer)


@given(st.text(alphabet="0123456789:., and-amph", max_size=40))
def test_times_are_kept_in_a_form_that_can_be_read_again(text: str) -> None:
    question = Times("1200_1700")
    answer = question.parse(text, "energy_run.two", _ear())

    assert isinstance(answer, Rejected) or minutes_of(str(answer))


def _ear() -> Ear:
    return Ear(EN, HOUSE.coach.places, NOW, usual=OWN)
