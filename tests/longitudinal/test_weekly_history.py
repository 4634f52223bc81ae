"""Everything so far by time, and the picture of the weeks with the same in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows.diary import Break, Diary, DrawnMap, Entry, LogRun, PlannedTrial, Week
from flows.engine.say import Label, Say
from flows.longitudinal.timeline import LEAST, MOST, chart, timeline
from tests.coach.given import Chat, bubbles, prompts, said, sketched, words
from tests.coach.telegram_rules import breaks
from tests.longitudinal.given import with_diary

NOW = datetime(2026, 5, 31, 16, tzinfo=UTC)
MONDAY = date(2026, 5, 25)
A_WEEK = timedelta(weeks=1)


def week(back: int, workday: int | None = 5, day_off: int | None = 3, *changes: str) -> Week:
    monday = MONDAY - back * A_WEEK
    at = datetime.combine(monday + timedelta(days=6), datetime.min.time(), UTC) + timedelta(hours=17)
    return Week(monday, at, workday, day_off, changes)


def somebody(**diary: Any) -> Chat:
    chat = with_diary(replace(Diary(), **diary))
    chat.now = NOW
    return chat


def drawn(at: datetime, *lead: str) -> DrawnMap:
    return DrawnMap(at, "1", 1, {}, {}, lead=lead)


def lived_a_while() -> Chat:
    """Somebody with one of everything."""
    return somebody(
        maps=(drawn(NOW - timedelta(days=65), "VAL"), drawn(NOW - timedelta(days=1))),
        weeks=(week(9), week(3, 6, None), week(2, None, None), week(1, None, 2)),
        trials=(
            PlannedTrial(
                1, "load", date(2026, 4, 6), date(2026, 5, 4), ended=date(2026, 5, 4), outcome="held"
            ),
            PlannedTrial(2, "purpose", date(2026, 5, 11), date(2026, 6, 8)),
        ),
        breaks=(Break(1, "holiday", date(2026, 4, 13), date(2026, 4, 19)),),
        log=LogRun(date(2026, 5, 18), (720,)),
        entries=(Entry(1, date(2026, 5, 19), 12, "code", 1), Entry(2, date(2026, 5, 20), 12, "code", 2)),
        notes=3,
    )


@pytest.mark.parametrize("weeks_later", [MOST - 1, MOST, MOST + 1, 60, 300])
def test_after_any_silence_the_weeks_that_there_were_are_shown(weeks_later: int) -> None:
    trial = PlannedTrial(1, "load", date(2027, 4, 6), date(2027, 5, 4))
    chat = somebody(weeks=(week(1), week(0)), trials=(trial,))

    picture = timeline(chat.person, NOW + weeks_later * A_WEEK)

    assert picture is not None
    assert [each.monday for each in picture.weeks if each.workday is not None][-1] == MONDAY
    assert all(span.first <= span.last for span in picture.spans)
    assert chart(chat.person, NOW + weeks_later * A_WEEK) is not None


def test_with_nothing_yet_it_says_how_it_begins() -> None:
    chat = somebody()

    reply = chat.commands("history")

    assert prompts(reply) == ("weekly.no_history",)
    assert prompts(chat.taps("week"))[-1] == "week.W1"


@pytest.mark.parametrize("page", ["", "0", "99", "x", "-1", "9999999", "²"])
def test_a_page_that_is_none_is_the_first(page: str) -> None:
    chat = lived_a_while()

    assert prompts(chat.commands("history", page)) == prompts(chat.commands("history"))


def test_everything_stands_there_the_latest_first_and_once() -> None:
    chat = lived_a_while()
    pages = [words(chat.commands("history", str(page))) for page in (1, 2)]
    lines = [line for page in pages for line in page.splitlines() if " 20" not in line and ": " in line]

    for telling in (
        "a map, not clear yet",
        "a map, what the work is for",
        "looking back: a normal workday 5, a day off 3",
        "looking back: a normal workday 6",
        "looking back: a day off 2",
        "looking back, without numbers",
        "a trial began, less load, boundaries",
        "a trial ended, less load, boundaries: it helped, and it held",
        "a trial began, other clients, products",
        "holiday, until Sunday, April 19",
        "an energy log began; entries so far: 2",
    ):
        assert sum(line.endswith(telling) for line in lines) == 1, telling
    assert "Notes you kept: 3" in pages[0]
    assert "Notes you kept" not in pages[1]
    assert pages[0].index("not clear yet") < pages[0].index("a normal workday 6")


def test_older_things_are_a_page_further_and_the_picture_is_on_the_first() -> None:
    chat = lived_a_while()

    first = chat.commands("history")
    older = chat.taps("older")

    assert prompts(first) == ("weekly.chart", "weekly.history")
    assert prompts(older) == ("weekly.history",)
    assert "older" not in [getattr(button.label, "code", "") for button in older.says[-1].buttons]


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("situation", ["employed", "self", "carer", "leave"])
def test_telegram_takes_it_in_every_language(locale: str, situation: str) -> None:
    chat = lived_a_while()
    chat.person = replace(chat.person, locale=locale, situation=situation)

    for bubble in bubbles(chat.commands("history"), locale):
        assert not breaks(bubble)
        assert "{" not in bubble.html


def test_without_a_number_there_is_no_picture() -> None:
    chat = somebody(maps=(drawn(NOW, "VAL"),), weeks=(week(0, None, None),))

    assert timeline(chat.person, NOW) is None
    assert chart(chat.person, NOW) is None
    assert prompts(chat.commands("history")) == ("weekly.history",)


def test_a_missing_week_is_a_gap_in_the_picture_and_in_words() -> None:
    chat = somebody(weeks=(week(3, 7, 3), week(1, 5, None)))

    picture = timeline(chat.person, NOW)
    assert picture is not None
    assert [each.workday for each in picture.weeks] == [7, None, 5, None, None, None]
    telling = words(chat.commands("history"))
    assert "A normal workday: 7, none, 5\n" in telling
    assert "A day off: 3, none, none" in telling


def test_it_goes_on_to_this_week_and_shows_half_a_year_at_most() -> None:
    long = timeline(somebody(weeks=tuple(week(back) for back in range(60, 2, -1))).person, NOW)
    short = timeline(somebody(weeks=(week(0),)).person, NOW)

    assert long is not None
    assert short is not None
    assert (len(long.weeks), long.weeks[-1].monday) == (MOST, MONDAY)
    assert (len(short.weeks), short.weeks[0].monday) == (LEAST, MONDAY)


@pytest.mark.parametrize(
    ("changes", "breaks_", "unusual"),
    [
        ((), (), False),
        (("more", "other"), (), False),
        (("holiday",), (), True),
        (("illness", "less"), (), True),
        ((), (Break(1, "holiday", MONDAY + timedelta(days=4), MONDAY + timedelta(days=9)),), True),
        ((), (Break(1, "sick", MONDAY - A_WEEK, MONDAY),), True),
        ((), (Break(1, "holiday", MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)),), False),
        ((), (Break(1, "holiday", MONDAY - A_WEEK, MONDAY - timedelta(days=1)),), False),
    ],
)
def test_weeks_with_days_off_or_illness_are_marked(
    changes: tuple[str, ...], breaks_: tuple[Break, ...], unusual: bool
) -> None:
    picture = timeline(somebody(weeks=(week(0, 5, 3, *changes),), breaks=breaks_).person, NOW)

    assert picture is not None
    assert picture.weeks[0].unusual == unusual


def test_bands_are_the_breaks_and_trials_inside_its_weeks() -> None:
    chat = lived_a_while()
    old = PlannedTrial(9, "pay", date(2025, 1, 6), date(2025, 2, 3), ended=date(2025, 2, 3))
    chat.person = replace(
        chat.person, diary=replace(chat.person.diary, trials=(old, *chat.person.diary.trials))
    )

    picture = timeline(chat.person, NOW)

    assert picture is not None
    assert [(span.name, span.rest) for span in picture.spans] == [
        (Label("battery.T1", "load"), False),
        (Label("weekly.breaks", "holiday"), True),
        (Label("battery.T1", "purpose"), False),
    ]
    assert all(picture.weeks[0].monday <= span.first <= span.last for span in picture.spans)
    assert picture.spans[-1].last == picture.weeks[-1].monday + timedelta(days=6)
    assert picture.maps == (date(2026, 3, 27), date(2026, 5, 30))


def test_a_break_marks_its_week_even_when_nobody_looked_back_at_it() -> None:
    chat = lived_a_while()

    picture = timeline(chat.person, NOW)

    assert picture is not None
    assert [week.monday for week in picture.weeks if week.unusual] == [date(2026, 4, 13)]


def test_the_words_under_the_picture_name_what_lay_between() -> None:
    telling = words(lived_a_while().commands("history"))

    assert "\nWithin it: Less load, boundaries; Holiday; Other clients, products\n" in f"{telling}\n"


def test_days_are_those_of_the_persons_clock() -> None:
    late = datetime(2026, 5, 24, 23, 30, tzinfo=UTC)  # already Monday in Berlin
    chat = somebody(weeks=(week(0),), maps=(drawn(late, "CAP"),))

    picture = timeline(chat.person, NOW)

    assert picture is not None
    assert picture.maps == (date(2026, 5, 25),)


def test_the_words_under_the_picture_tell_the_last_eight_weeks() -> None:
    chat = somebody(weeks=tuple(week(back, back % 11, None) for back in range(20, -1, -1)))

    say = said(chat.commands("history"), "weekly.chart")

    assert say.facts["workday"] == Say("weekly.series", {"numbers": (7, 6, 5, 4, 3, 2, 1, 0)})
    assert len(words(chat.replies[-1])) < 1024


@pytest.mark.parametrize(("answer", "count"), [("Keep it", 1), ("No, let it go", 0)])
def test_a_note_is_counted_once_it_is_kept(answer: str, count: int) -> None:
    chat = sketched()
    chat.says("Monday was awful.")
    chat.says(answer)

    assert chat.person.diary.notes == count
    assert ("Notes you kept: 1" in words(chat.commands("history"))) == bool(count)
