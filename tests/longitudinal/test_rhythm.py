"""When people want to be written to: one page, and everything on it can be changed by a button."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.diaries import as_plain, from_plain
from flows.diary import Again, Diary, Nudged, Rhythm
from flows.longitudinal.local_time import WINDOWS
from flows.longitudinal.rhythm import KINDS
from flows.nudging import KINDS as SHIPPED
from flows.person import Standing
from flows.reply import Reply
from tests.coach.given import (
    HOUSE,
    Chat,
    a_stranger,
    at_question,
    buttons_of,
    names_of,
    prompts,
    sketched,
    words,
)
from tests.longitudinal.nudged import BERLIN, weekly

COACH = replace(HOUSE.coach, kinds=(weekly("weekly"), weekly("resume"), weekly("nameless")))


def somebody(rhythm: Rhythm | None = None) -> Chat:
    """Somebody who agreed, with nothing open."""
    chat = sketched()
    chat.coach = COACH
    diary = replace(chat.person.diary, rhythm=rhythm or Rhythm())
    chat.person = replace(chat.person, zone=BERLIN, diary=diary)
    return chat


def rhythm_of(chat: Chat) -> Rhythm:
    return chat.person.diary.rhythm


def marked(reply: Reply) -> dict[str, bool]:
    """The kinds on the page, and whether each is on."""
    return {
        names_of(button)[1].partition(":")[2]: button.chosen
        for button in buttons_of(reply)
        if names_of(button)[0] in ("quiet", "wake")
    }


def test_the_page_shows_the_day_the_quiet_hours_and_what_is_on() -> None:
    reply = somebody(Rhythm(weekday=6, silenced=("resume",))).commands("rhythm")

    assert "Sunday evening" in words(reply)
    assert "21:30 to 8:00" in words(reply)
    assert marked(reply) == {"weekly": True, "resume": False}


def test_without_a_day_the_page_says_so() -> None:
    assert "no day picked" in words(somebody().commands("rhythm"))


def test_the_settings_lead_to_the_page() -> None:
    chat = somebody()
    chat.commands("settings")

    assert prompts(chat.taps("rhythm"))[-1] == "rhythm.page"


def test_day_and_part_of_the_day_are_asked_and_kept() -> None:
    chat = somebody()
    chat.commands("rhythm")
    chat.taps("rhythm:day")
    chat.says("Wednesday")
    reply = chat.says("in the morning")

    assert (rhythm_of(chat).weekday, rhythm_of(chat).window) == (2, "morning")
    assert "Wednesday morning" in words(reply)
    assert chat.person.foreground is None


def test_what_is_skipped_stays_as_it_was() -> None:
    chat = somebody(Rhythm(weekday=3, window="noon"))
    chat.commands("rhythm", "day")
    chat.says("skip")
    reply = chat.says("skip")

    assert rhythm_of(chat) == Rhythm(weekday=3, window="noon")
    assert "engine.left_as_it_was" in prompts(reply)


@pytest.mark.parametrize("typed", ["22", "22:00", "22 Uhr", "22.00"])
def test_quiet_hours_can_be_typed_as_people_write_them(typed: str) -> None:
    chat = somebody()
    chat.commands("rhythm", "quiet")
    chat.says(typed)
    reply = chat.says("7")

    assert (rhythm_of(chat).quiet_from, rhythm_of(chat).quiet_until) == (22 * 60, 7 * 60)
    assert "22:00 to 7:00" in words(reply)


@pytest.mark.parametrize("typed", ["5", "25", "21:45", "\U0001f319", "{{ 7 * 7 }}", "x" * 4000])
def test_a_time_that_is_not_offered_is_asked_again(typed: str) -> None:
    chat = somebody()
    chat.commands("rhythm", "quiet")

    chat.says(typed)

    assert chat.foreground.state == "begin"
    assert rhythm_of(chat) == Rhythm()


def test_quiet_hours_over_the_whole_part_of_the_day_are_kept_and_said() -> None:
    chat = somebody(Rhythm(weekday=1, window="morning"))
    chat.commands("rhythm", "quiet")
    chat.says("21:00")
    reply = chat.says("10:00")

    assert rhythm_of(chat).quiet_until == 600
    assert prompts(reply)[-1] == "rhythm.covered"


def test_whoever_told_no_clock_is_asked_for_it() -> None:
    chat = somebody()
    chat.person = replace(chat.person, zone=None)
    chat.commands("rhythm", "day")
    chat.says("Monday")

    reply = chat.says("evening")

    assert prompts(reply)[-1] == "rhythm.no_clock"
    chat.taps("clock")
    assert chat.foreground.flow == "clock"


def test_a_kind_is_switched_off_and_on_again_by_its_button() -> None:
    chat = somebody()
    chat.commands("rhythm")

    off = chat.taps("quiet:weekly")

    assert "/rhythm" in words(off)
    assert rhythm_of(chat).silenced == ("weekly",)
    assert marked(chat.commands("rhythm"))["weekly"] is False
    chat.taps("wake:weekly")
    assert rhythm_of(chat).silenced == ()


def test_switching_off_twice_is_switching_off_once() -> None:
    chat = somebody()
    for _ in range(2):
        chat.commands("quiet", "weekly")

    assert rhythm_of(chat).silenced == ("weekly",)


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        *(("quiet", argument) for argument in ("", "nonsense", "nameless", "x" * 4000)),
        *(("wake", argument) for argument in ("", "nonsense")),
        *(
            ("snooze", argument)
            for argument in ("", "weekly", "weekly.never", "nonsense.week", "..", "weekly.today")
        ),
        ("rhythm", "nonsense"),
    ],
)
def test_what_makes_no_sense_shows_the_page_and_changes_nothing(command: str, argument: str) -> None:
    chat = somebody()

    reply = chat.commands(command, argument)

    assert prompts(reply)[-1] == "rhythm.page"
    assert rhythm_of(chat) == Rhythm()


@pytest.mark.parametrize("standing", [Standing.NEW, Standing.DECLINED])
@pytest.mark.parametrize("command", ["rhythm", "quiet", "wake", "snooze"])
def test_strangers_set_nothing(command: str, standing: Standing) -> None:
    chat = a_stranger(standing=standing)

    chat.commands(command, "weekly.week")

    assert rhythm_of(chat) == Rhythm()


def test_changing_it_uses_up_no_open_question() -> None:
    chat = at_question("O3")
    before = chat.sketch
    chat.commands("rhythm", "day")
    chat.says("Friday")
    reply = chat.says("evening")

    assert chat.sketch.answers == before.answers
    assert prompts(reply)[-1] == "coach.back_to_it"
    chat.taps("continue")
    assert chat.foreground.state == "O3"


@pytest.mark.parametrize("window", sorted(WINDOWS))
def test_tomorrow_is_in_the_part_of_the_day_they_like(window: str) -> None:
    chat = somebody(Rhythm(window=window))
    nudged = Nudged("weekly", "2026-W10", chat.now - timedelta(hours=1))
    chat.person = replace(chat.person, diary=replace(chat.person.diary, nudged=(nudged,)))

    reply = chat.commands("snooze", "weekly tomorrow")

    again = rhythm_of(chat).again["weekly"]
    assert prompts(reply) == ("nudges.tomorrow",)
    assert (again.on - chat.now.date()).days == 1
    assert WINDOWS[window][0] <= again.begins <= again.ends == WINDOWS[window][1]
    assert again.begins >= rhythm_of(chat).quiet_until


def test_every_kind_that_is_shipped_has_a_name_and_reads_well_in_every_language() -> None:
    for locale, voice in HOUSE.voices.items():
        names = voice.catalogue.labels[KINDS]
        assert {kind.kind for kind in SHIPPED} <= set(names)
        for kind in SHIPPED:
            chat = somebody()
            chat.coach = HOUSE.coach
            chat.person = replace(chat.person, locale=locale)
            assert names[kind.kind].lower() in words(chat.commands("quiet", kind.kind), locale).lower()


def test_what_was_set_and_put_off_is_stored_and_read_back() -> None:
    again = Again("2026-W10+1", date(2026, 3, 8), date(2026, 3, 9), 1110, 1260)
    rhythm = Rhythm(2, "noon", 1320, 420, {"trial": date(2026, 3, 9)}, ("log",), again={"weekly": again})
    sent = Nudged("log", "1", datetime(2026, 3, 8, 12, tzinfo=UTC), capped=False, day=date(2026, 3, 8))
    diary = Diary(rhythm=rhythm, nudged=(sent,))

    assert from_plain(json.loads(json.dumps(as_plain(diary)))) == diary
