"""What is planned: when people want it, outside quiet hours, one on a day, and nothing to catch up on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.diary import Again, Nudged, Rhythm
from flows.nudging import TALKING, planned
from flows.person import Person, Standing
from tests.longitudinal.nudged import (
    MONDAY,
    kind,
    somebody_active,
    three_a_day,
    wanted,
    weekly,
)

SUNDAY = "2026-03-08"


def at(day: str, clock: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))


def after(person: Person, *nudged: Nudged) -> Person:
    return replace(person, diary=replace(person.diary, nudged=nudged))


def test_a_wanted_evening_comes_inside_that_evening_where_the_person_is() -> None:
    (nudge,) = planned(somebody_active(), MONDAY, (kind("a", 1, wanted("a", SUNDAY)),))

    assert (nudge.kind, nudge.slot) == ("a", SUNDAY)
    assert at(SUNDAY, "18:30") <= nudge.due <= nudge.until == at(SUNDAY, "21:00")


def test_the_same_slot_follows_a_person_west_and_east() -> None:
    kinds = (kind("a", 1, wanted("a", SUNDAY)),)
    for zone in ("America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Honolulu"):
        (nudge,) = planned(somebody_active(zone), MONDAY, kinds)

        assert nudge.slot == SUNDAY
        assert at(SUNDAY, "18:30", zone) <= nudge.due <= nudge.until == at(SUNDAY, "21:00", zone)


def test_the_soonest_comes_first() -> None:
    kinds = (kind("a", 1, wanted("a", "2026-03-09")), kind("b", 2, wanted("b", "2026-03-08")))

    assert [each.kind for each in planned(somebody_active(), MONDAY, kinds)] == ["b", "a"]


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.ACTIVE}))
def test_nothing_is_planned_for_those_who_are_not_in_it(standing: Standing) -> None:
    person = replace(somebody_active(), standing=standing)

    assert planned(person, MONDAY, (weekly(),)) == ()


def test_what_was_sent_is_never_planned_again() -> None:
    sent = Nudged("a", SUNDAY, at(SUNDAY, "18:40"), answered=True)
    kinds = (kind("a", 1, wanted("a", SUNDAY)), kind("b", 1, wanted("b", "2026-03-12", slot=SUNDAY)))

    plan = planned(after(somebody_active(), sent), MONDAY, kinds)

    assert [each.kind for each in plan] == ["b"]


def test_a_silenced_kind_is_not_planned_and_a_snoozed_one_from_its_day_on() -> None:
    kinds = (weekly("a", 1), weekly("b", 2, weekday=5))
    person = somebody_active(rhythm=Rhythm(silenced=("b",), snoozed={"a": date(2026, 3, 9)}))

    plan = planned(person, MONDAY, kinds)

    assert [(each.kind, each.slot) for each in plan] == [("a", "2026-W11"), ("a", "2026-W12")]


def test_quiet_hours_push_into_what_is_left_of_the_part_of_the_day() -> None:
    person = somebody_active(rhythm=Rhythm(quiet_from=22 * 60, quiet_until=9 * 60))

    (nudge,) = planned(person, MONDAY, (kind("a", 1, wanted("a", SUNDAY, "morning")),))

    assert at(SUNDAY, "09:00") <= nudge.due <= nudge.until == at(SUNDAY, "09:30")


def test_a_part_of_the_day_that_is_quiet_altogether_is_dropped() -> None:
    person = somebody_active(rhythm=Rhythm(quiet_from=18 * 60, quiet_until=9 * 60))

    assert planned(person, MONDAY, (weekly(),)) == ()


def test_of_two_on_one_day_the_lower_rank_comes_and_the_other_one_a_day_later() -> None:
    kinds = (kind("b", 2, wanted("b", SUNDAY)), kind("a", 1, wanted("a", SUNDAY)))

    plan = planned(somebody_active(), MONDAY, kinds)

    assert [(each.kind, each.slot) for each in plan] == [("a", SUNDAY), ("b", SUNDAY)]
    assert at("2026-03-09", "18:30") <= plan[1].due <= plan[1].until == at("2026-03-09", "21:00")


def test_whoever_finds_no_free_day_in_two_is_given_up() -> None:
    kinds = tuple(kind(name, rank, wanted(name, SUNDAY)) for rank, name in enumerate("abcde"))

    plan = planned(somebody_active(), MONDAY, kinds)

    assert [each.kind for each in plan] == ["a", "b", "c"]
    assert [each.due.day for each in plan] == [8, 9, 10]


def test_what_gave_way_is_still_planned_on_the_next_day() -> None:
    """Its kind wants it no more by then, its part of Sunday being over."""
    kinds = (kind("a", 1, wanted("a", SUNDAY)), kind("b", 2, wanted("b", SUNDAY)))
    person = after(somebody_active(), Nudged("a", SUNDAY, at(SUNDAY, "19:00"), answered=True))

    for now in (
        at(SUNDAY, "19:00"),
        at(SUNDAY, "21:01"),
        at(SUNDAY, "23:59"),
        at("2026-03-09", "10:00"),
        at("2026-03-09", "18:31"),
    ):
        (nudge,) = planned(person, now, kinds)

        assert (nudge.kind, nudge.due.day) == ("b", 9)

    assert planned(person, at("2026-03-09", "21:01"), kinds) == ()
    assert planned(person, at("2026-03-10", "12:00"), kinds) == ()


def test_a_day_on_which_something_came_is_not_free() -> None:
    sent = Nudged("x", "1", at(SUNDAY, "08:10"), answered=True)

    (nudge,) = planned(
        after(somebody_active(), sent), at(SUNDAY, "12:00"), (kind("a", 1, wanted("a", SUNDAY)),)
    )

    assert nudge.due.day == 9


def test_a_log_is_not_counted_and_takes_no_day() -> None:
    kinds = (three_a_day(), kind("a", 1, wanted("a", "2026-03-02")))
    sent = Nudged("log", "2026-03-02.noon", at("2026-03-02", "12:40"), capped=False)

    plan = planned(after(somebody_active(), sent), MONDAY, kinds)

    today = [(each.kind, each.slot) for each in plan if each.due.day == 2]
    assert sorted(today) == [
        ("a", "2026-03-02"),
        ("log", "2026-03-02.afternoon"),
        ("log", "2026-03-02.evening"),
    ]


def test_a_log_comes_at_its_time_and_may_be_late_within_its_part_of_the_day() -> None:
    kinds = (kind("log", 9, wanted("log", SUNDAY, capped=False)),)
    for seed in range(50):
        (nudge,) = planned(somebody_active(seed=seed), MONDAY, kinds)

        assert at(SUNDAY, "18:30") <= nudge.due <= at(SUNDAY, "18:35")
        assert nudge.until == at(SUNDAY, "21:00")


def test_nothing_that_was_missed_is_made_up_for() -> None:
    missed = kind("a", 1, wanted("a", "2026-03-01"), wanted("a", "2026-03-02", "morning"))

    assert planned(somebody_active(), MONDAY, (missed,)) == ()


def test_inside_its_part_of_the_day_it_is_due_at_once() -> None:
    late = at(SUNDAY, "20:59")

    (nudge,) = planned(somebody_active(), late, (kind("a", 1, wanted("a", SUNDAY)),))

    assert nudge.due <= late <= nudge.until


def test_it_waits_until_the_person_has_been_silent_for_half_an_hour() -> None:
    heard = at(SUNDAY, "20:10")
    person = replace(somebody_active(), heard_at=heard)

    (nudge,) = planned(person, heard, (kind("a", 1, wanted("a", SUNDAY)),))

    assert nudge.due == heard + TALKING
    assert nudge.until == at(SUNDAY, "21:00")


def test_what_is_talked_away_is_not_made_up_for() -> None:
    heard = at(SUNDAY, "20:45")
    person = replace(somebody_active(), heard_at=heard)

    assert planned(person, heard, (kind("a", 1, wanted("a", SUNDAY)),)) == ()


def test_what_was_put_off_to_a_day_comes_on_it_and_the_others_give_way() -> None:
    again = Again("2026-W10+1", date(2026, 3, 8), date(2026, 3, 9), 1110, 1260)
    person = somebody_active(rhythm=Rhythm(again={"a": again}))
    kinds = (kind("a", 5), kind("b", 1, wanted("b", "2026-03-09")))

    plan = planned(person, at(SUNDAY, "20:00"), kinds)

    assert [(each.kind, each.slot, each.due.day) for each in plan] == [
        ("a", "2026-W10+1", 9),
        ("b", "2026-03-09", 10),
    ]


def test_what_was_put_off_and_missed_does_not_come() -> None:
    again = Again("2026-W10+1", date(2026, 3, 8), date(2026, 3, 9), 1110, 1260)
    person = somebody_active(rhythm=Rhythm(again={"a": again}))

    assert planned(person, at("2026-03-09", "21:01"), (kind("a", 5),)) == ()


@pytest.mark.parametrize(
    ("day", "zone", "quiet"),
    [("2026-03-29", "Europe/Berlin", (1290, 120)), ("2026-10-25", "Europe/Berlin", (1290, 150))],
)
def test_at_the_edges_of_daylight_saving_quiet_hours_hold_on_the_wall(
    day: str, zone: str, quiet: tuple[int, int]
) -> None:
    night = replace(wanted("a", day), begins=60, ends=240)
    for seed in range(200):
        person = somebody_active(zone, Rhythm(quiet_from=quiet[0], quiet_until=quiet[1]), seed)

        (nudge,) = planned(person, MONDAY, (kind("a", 1, night),))

        wall = nudge.due.astimezone(ZoneInfo(zone))
        assert quiet[1] <= wall.hour * 60 + wall.minute <= 240


def test_a_time_that_the_clocks_skip_does_not_fall_into_quiet_hours_instead() -> None:
    skipped = replace(wanted("a", "2026-03-29"), begins=2 * 60 + 5, ends=2 * 60 + 50)
    person = somebody_active(rhythm=Rhythm(quiet_from=3 * 60, quiet_until=10 * 60))

    assert planned(person, MONDAY, (kind("a", 1, skipped),)) == ()
    assert planned(
        somebody_active(rhythm=Rhythm(quiet_from=0, quiet_until=0)), MONDAY, (kind("a", 1, skipped),)
    )


def ignored(*slots: str) -> Person:
    """Somebody who left these weekly nudges unanswered, one on each Sunday from 8 March on."""
    return after(
        somebody_active(),
        *(
            Nudged("weekly", slot, at(SUNDAY, "19:00") + timedelta(weeks=week))
            for week, slot in enumerate(slots)
        ),
    )


def test_after_one_unanswered_all_goes_on_as_planned() -> None:
    plan = planned(ignored("2026-W10"), at("2026-03-09", "12:00"), (weekly(),))

    assert [each.slot for each in plan][:2] == ["2026-W11", "2026-W12"]


def test_after_two_unanswered_the_kind_skips_one_slot_whenever_it_is_asked() -> None:
    person = ignored("2026-W10", "2026-W11")
    for now in ("2026-03-15T20:00", "2026-03-16T12:00", "2026-03-22T20:00", "2026-03-25T12:00"):
        plan = planned(person, at(now[:10], now[11:]), (weekly(),))

        assert plan[0].slot == "2026-W13", now


def test_other_kinds_skip_nothing() -> None:
    person = ignored("2026-W10", "2026-W11")

    plan = planned(person, at("2026-03-16", "12:00"), (weekly(), weekly("other", 20, weekday=2)))

    assert [(each.kind, each.slot) for each in plan][:2] == [("other", "2026-W12"), ("other", "2026-W13")]


def test_after_three_unanswered_nothing_is_planned_of_any_kind() -> None:
    person = ignored("2026-W10", "2026-W11", "2026-W13")

    assert planned(person, at("2026-03-30", "12:00"), (weekly(), weekly("b", 2, 3), three_a_day())) == ()


def test_unanswered_prompts_of_a_log_are_not_counted() -> None:
    prompts = (Nudged("log", f"{n}", at("2026-03-03", "12:00"), capped=False) for n in range(9))

    assert planned(after(somebody_active(), *prompts), MONDAY, (weekly(),))
