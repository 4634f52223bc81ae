"""First messages of an energy log: at the chosen times, fewer in silence, one that ends it, none after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.diary import Diary, Entry, LogRun, Rhythm
from flows.engine.heard import Tapped
from flows.engine.say import Button
from flows.engine.words import Ear
from flows.longitudinal.chapter import Wanted
from flows.longitudinal.energy_nudges import ASKING, offer, wanted
from flows.person import Person
from flows.reply import Visit
from tests.coach.given import HOUSE, Chat, names_of
from tests.longitudinal.given import with_diary
from tests.longitudinal.nudged import Came, Life

MONDAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""Monday, 8:00 in Berlin."""


def keeping(*times: int, now: datetime = MORNING, **diary: object) -> Life:
    """The life of somebody in Berlin who has just switched a log on."""
    kept = replace(Diary(log=LogRun(MONDAY, times or (720, 1020))), **diary)  # type: ignore[arg-type]
    return Life(replace(with_diary(kept).person, heard_at=None), (ASKING,), now)


def enters(life: Life, what: str = "coding good") -> None:
    life.commands("log", what)


def at(came: list[Came]) -> list[str]:
    return [f"{each.wall:%d %H}" for each in came if each.nudging.outcome == "sent"]


def tapped(came: Came, name: str) -> Tapped:
    (say,) = came.nudging.reply.says
    return Tapped(_button(say.buttons, name).token)


def _button(buttons: tuple[Button, ...], name: str) -> Button:
    return next(button for button in buttons if name in names_of(button))


def test_it_asks_at_the_chosen_times_and_within_twenty_minutes() -> None:
    life = keeping(11 * 60 + 30, 16 * 60)

    life.waits(hours=14)

    assert at(life.came) == ["02 11", "02 16"]
    minutes = [(each.wall.hour * 60 + each.wall.minute) for each in life.sent]
    assert 690 <= minutes[0] <= 710
    assert 960 <= minutes[1] <= 980


def test_a_prompt_is_answered_in_two_taps() -> None:
    life = keeping()
    (came,) = life.waits(hours=5)

    asked = life.hears(tapped(came, "meetings"))
    left = _button(asked.says[-1].buttons, "drained")
    life.hears(Tapped(left.token))

    (kept,) = life.person.diary.entries
    assert (kept.what, kept.left, kept.day) == ("meetings", -2, MONDAY)


def test_a_prompt_has_own_words_on_buttons_and_tells_how_to_stop_it() -> None:
    life = keeping()
    enters(life, "Größe & {{ x }} 🌱 drained")
    life.waits(hours=30)
    (say,) = life.sent[-1].nudging.reply.says

    assert say.buttons[0].label == "Größe & {{ x }} 🌱"
    assert all(button.token.isascii() and len(button.token) <= 64 for button in say.buttons)
    life.hears(tapped(life.sent[-1], "Größe & {{ x }} 🌱"))
    assert life.person.foreground is not None
    assert life.person.foreground.value("what") == "Größe & {{ x }} 🌱"
    assert say.foot is not None
    assert "/log" in HOUSE.voices["en"].text(say.foot)


def test_it_does_not_ask_for_what_was_told_within_the_hour() -> None:
    life = keeping()
    life.waits(hours=3, minutes=15)
    enters(life)
    came = life.waits(hours=2)

    assert [each.nudging.why for each in came] in ([], ["done"], ["talking"])
    assert at(came) == []


def test_told_at_two_it_still_asks_at_five() -> None:
    life = keeping()
    life.waits(hours=6)
    enters(life)

    assert at(life.waits(hours=5)) == ["02 17"]


def test_after_a_silent_day_it_asks_once_a_day_and_after_four_it_stops_with_one_message() -> None:
    life = keeping()
    life.waits(hours=3)
    enters(life)
    life.waits(days=12)

    assert at(life.sent) == ["02 17", "03 12", "03 17", "04 12", "05 12", "06 12", *at(life.sent[-1:])]
    assert life.sent[-1].prompt == "energy.fell_silent"
    assert life.sent[-1].day == date(2026, 3, 7)


def test_a_single_entry_brings_all_the_times_back() -> None:
    life = keeping()
    life.waits(days=3)
    enters(life)
    came = life.waits(days=1)

    assert Counter(each.wall.hour for each in came if each.nudging.outcome == "sent") == {12: 1, 17: 1}


def test_what_fell_silent_can_be_gone_on_with() -> None:
    life = keeping()
    life.waits(days=7)
    life.hears(tapped(life.sent[-1], "resume"))
    before = len(life.sent)
    life.waits(days=1)

    assert [each.prompt for each in life.sent[before:]] == ["energy.prompt"] * 2


def test_after_two_weeks_it_says_what_it_showed_and_never_comes_again() -> None:
    life = keeping()
    for _ in range(14):
        life.waits(hours=5)
        enters(life)
        life.waits(hours=19)
    life.waits(days=60)

    assert life.sent[-1].prompt == "energy.ended_insight"
    assert life.sent[-1].day == date(2026, 3, 16)
    slots = Counter(each.nudge.slot for each in life.sent)
    assert max(slots.values()) == 1
    assert len(life.sent) <= 2 * 14 + 1


def test_stopped_it_stays_silent_and_not_today_lasts_until_tomorrow() -> None:
    life = keeping()
    life.waits(hours=5)
    life.hears(tapped(life.sent[-1], "log:hush"))
    assert at(life.waits(hours=12)) == []
    assert at(life.waits(hours=15)) == ["03 12"]

    life.hears(tapped(life.sent[-1], "stop"))
    assert life.waits(days=20) == []


def test_quiet_hours_and_a_pause_are_kept() -> None:
    late = keeping(720, 1320)
    late.waits(days=2)
    assert {each.wall.hour for each in late.sent} == {12}

    paused = keeping()
    paused.commands("pause")
    assert paused.waits(days=3) == []


def test_a_log_that_begins_tomorrow_is_silent_today() -> None:
    life = keeping(720, 1020)
    log = LogRun(date(2026, 3, 3), (720, 1020))
    life.person = replace(life.person, diary=replace(life.person.diary, log=log))
    life.commands("help")

    assert at(life.waits(days=1, hours=6)) == ["03 12"]


def test_in_another_zone_the_times_are_local_there() -> None:
    life = keeping(720, 1020)
    life.moves_to("America/New_York")
    life.waits(hours=13)

    assert [each.at.hour for each in life.sent] == [17]


def test_the_times_are_local_on_both_sides_of_the_clock_change() -> None:
    spring = datetime(2026, 3, 27, 7, 0, tzinfo=UTC)
    life = keeping(720, 1020, now=spring)
    log = LogRun(date(2026, 3, 27), (720, 1020))
    life.person = replace(life.person, diary=replace(life.person.diary, log=log))
    life.commands("help")
    for _ in range(4):
        life.waits(hours=24)
        enters(life)

    assert {each.wall.hour for each in life.sent} == {12, 17}


@pytest.mark.parametrize("log", [None, LogRun(MONDAY, (720,), ended=MONDAY, why_ended="stopped")])
def test_nothing_is_wanted_without_a_log_that_runs(log: LogRun | None) -> None:
    person = with_diary(Diary(log=log)).person

    assert list(wanted(person, MORNING)) == []


def test_what_is_planned_is_the_same_however_often_it_is_computed() -> None:
    person: Person = with_diary(Diary(log=LogRun(MONDAY, (720, 1020)))).person
    early, later = list(wanted(person, MORNING)), list(wanted(person, MORNING.replace(hour=10)))

    assert early == later
    assert len(early) == 3
    assert not any(each.capped for each in early)


def test_no_word_of_an_end_that_did_not_come() -> None:
    person = with_diary(Diary(log=LogRun(MONDAY, (720, 1020)), rhythm=Rhythm())).person
    slots = list(_all_of(person))
    silence = next(each for each in slots if each.slot.startswith("silence"))
    fresh = replace(
        person, diary=replace(person.diary, entries=(Entry(1, date(2026, 3, 6), 12, "coding", 1),))
    )
    chat = Chat(fresh, now=datetime(2026, 3, 7, 12, tzinfo=UTC))
    ear = Ear(HOUSE.coach.words["en"], HOUSE.coach.places, chat.now, zone="Europe/Berlin")

    assert offer(Visit(fresh, ear, chat.now), silence) is None
    assert offer(Visit(person, ear, chat.now), silence) is not None


def _all_of(person: Person) -> Iterator[Wanted]:
    for day in range(8):
        yield from wanted(person, MORNING.replace(day=2 + day))


def test_words_after_a_prompt_are_the_entry_and_hours_later_a_note() -> None:
    asked, later = (Chat(life.person, now=life.now) for life in (_asked(), _asked()))
    asked.says("landlord call drained")
    later.waits(hours=5).says("landlord call drained")

    assert [entry.left for entry in asked.person.diary.entries] == [-2]
    assert (later.person.diary.entries, later.foreground.flow) == ((), "note")


def _asked() -> Life:
    """Somebody whom the log has just asked at noon."""
    life = keeping(12 * 60)
    life.waits(hours=5)
    return life
