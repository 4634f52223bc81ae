"""Looking back at a week, as a chat: its questions, ending it early, and what is said back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.assessment.battery import BATTERY
from flows.engine.answers import Answer, Value
from flows.engine.conversation import DONE
from flows.engine.say import Label
from flows.longitudinal.weekly import WEEK
from flows.longitudinal.weekly_lines import ENOUGH
from flows.person import begun
from tests.coach.given import HOUSE, bubbles, facts, prompts, sketched, somebody, words
from tests.coach.telegram_rules import breaks
from tests.longitudinal.weekly_given import (
    A_WEEK,
    MONDAY,
    SAID,
    SUNDAY,
    harmed,
    looking_back,
    on_a_sunday,
    week,
    weeks,
    without_a_map,
)


def test_a_week_is_kept_as_it_was_said_and_remembered_once() -> None:
    chat = looking_back(on_a_sunday(), *SAID)

    (kept,) = chat.person.diary.weeks
    assert (kept.monday, kept.workday, kept.day_off) == (MONDAY, 7, 3)
    assert (kept.changes, kept.true) == (("nothing",), ("motions",))
    assert (kept.words, kept.pro, kept.con, kept.lead) == (*SAID[4:7], "VAL")
    assert (kept.cue, kept.act) == SAID[7:]
    assert kept.prompt
    (body,) = [each.body for each in chat.remembered("week")]
    assert body["monday"] == "2026-03-02"
    assert body["changes"] == ["nothing"]
    assert chat.person.foreground is None


def test_it_says_how_long_it_takes_and_that_it_can_be_ended() -> None:
    chat = on_a_sunday()

    reply = chat.commands("week")

    assert prompts(reply) == ("weekly.opening", "week.W1")
    assert "Five minutes" in words(reply)


def test_their_words_are_said_back_exactly_and_the_step_as_one_sentence() -> None:
    hostile = "{{ 7*7 }} <b>bold</b> & “quoted” 😩"
    chat = looking_back(on_a_sunday(), 7, 3, None, None, hostile, None, None, "Tuesday", hostile)

    reply = chat.replies[-1]

    assert prompts(reply)[:3] == ("weekly.back.both", "weekly.back.wrote", "weekly.back.step")
    assert facts(reply, "weekly.back.wrote") == {"words": hostile}
    assert facts(reply, "weekly.back.step") == {"cue": "Tuesday", "act": hostile}
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; “quoted” 😩" in words(reply)
    assert "{{ 7*7 }}" in words(reply)
    assert chat.person.diary.weeks[0].words == hostile


def test_without_a_lead_nobody_is_asked_what_speaks_for_it() -> None:
    chat = looking_back(without_a_map(), 7, 3, ("nothing",), None, None)

    assert chat.foreground.state == "cue"


def test_after_harm_nothing_is_asked_that_speaks_against_it() -> None:
    chat = looking_back(harmed(sketched()), 7, 3, ("nothing",), None, None, "He shouted again")

    assert chat.foreground.state == "cue"
    assert "con" not in WEEK.steps(chat.foreground)


def test_a_step_without_its_moment_is_not_asked_for() -> None:
    chat = looking_back(on_a_sunday(), 7, 3, None, None, None, None, None, None)

    assert chat.person.foreground is None
    assert "weekly.back.step" not in prompts(chat.replies[-1])


@pytest.mark.parametrize("question", ["W3", "W4", "prompt", "pro", "con", "cue", "act"])
@pytest.mark.parametrize("how", ["tapped", "That's enough for today", "THAT’S ENOUGH FOR TODAY."])
def test_one_tap_ends_it_and_keeps_what_there_is(question: str, how: str) -> None:
    chat = on_a_sunday()
    chat.commands("week")
    for answer in SAID:
        if chat.foreground.state == question:
            break
        chat.gives(answer)

    reply = chat.taps(ENOUGH) if how == "tapped" else chat.says(how)

    assert chat.person.foreground is None
    (kept,) = chat.person.diary.weeks
    assert (kept.workday, kept.day_off) == (7, 3)
    assert ENOUGH not in str(kept)
    assert ENOUGH not in words(reply)
    assert ENOUGH not in str(HOUSE.voices["en"].plain(reply.chosen or ""))
    assert not any(question.startswith("week.") for question in prompts(reply))


def test_the_two_numbers_cannot_be_ended_but_skipped() -> None:
    chat = on_a_sunday()
    chat.commands("week")

    assert ENOUGH not in {
        button.label.code for button in chat.replies[-1].says[-1].buttons if isinstance(button.label, Label)
    }
    chat.says("skip")
    assert chat.foreground.state == "W2"


def test_where_everything_is_left_open_nothing_is_kept() -> None:
    chat = looking_back(on_a_sunday(), None, None, None, None, None, None, None, None)

    assert prompts(chat.replies[-1]) == ("weekly.nothing",)
    assert chat.person.diary.weeks == ()
    assert not chat.remembered("week")
    assert prompts(chat.commands("week"))[-1] == "week.W1"


@pytest.mark.parametrize(
    ("before", "now", "changed", "asked"),
    [
        (3, 6, ("nothing",), True),
        (9, 6, ("nothing",), True),
        (3, 6, None, True),
        (3, 5, ("nothing",), False),
        (3, 6, ("more",), False),
        (None, 6, ("nothing",), False),
        (3, None, ("nothing",), False),
    ],
)
def test_a_jump_without_a_reason_is_asked_about_once(
    before: int | None, now: int | None, changed: Value, asked: bool
) -> None:
    chat = looking_back(on_a_sunday(weeks=(week(workday=before, day_off=1),)), now, 3, changed)

    assert (chat.foreground.state == "moved") == asked
    if asked:
        assert prompts(chat.says("The reorg.")) == ("week.W4",)
        chat.taps(ENOUGH)
        assert chat.person.diary.weeks[-1].moved == "The reorg."


def test_a_number_of_long_ago_is_not_compared() -> None:
    old = week(MONDAY - 5 * A_WEEK, 2)

    chat = looking_back(on_a_sunday(weeks=(old,)), 8, 3, ("nothing",))

    assert chat.foreground.state == "W4"


def test_what_they_wanted_to_do_is_recalled_and_not_asked_about() -> None:
    last = week(cue="Tuesday", act="a walk")

    reply = on_a_sunday(weeks=(last,)).commands("week")

    assert prompts(reply) == ("weekly.opening", "weekly.last_step", "week.W1")
    assert facts(reply, "weekly.last_step") == {"cue": "Tuesday", "act": "a walk"}


def test_the_way_back_is_offered_to_what_it_interrupted() -> None:
    chat = somebody()
    chat.now = SUNDAY
    looking_back(chat, 7, 3, (ENOUGH,))

    assert prompts(chat.replies[-1])[-1] == "coach.back_to_it"


@pytest.mark.parametrize(("told", "asked"), [("yes", True), ("no", False), (None, False)])
def test_people_who_lead_are_asked_about_the_others(told: str | None, asked: bool) -> None:
    chat = on_a_sunday()
    person, battery = begun(chat.person, BATTERY, SUNDAY)
    answered = replace(battery, answers={"leads": Answer(told, 0)}, state=DONE)
    chat.person = person.having(answered)

    reply = looking_back(chat, *SAID).replies[-1]

    assert ("week.others" in prompts(reply)) == asked
    if asked:
        assert prompts(reply) == ("week.act.said_back", "week.others")
        chat.says("Two of them asked less.")
        assert chat.person.diary.weeks[0].others == "Two of them asked less."


@pytest.mark.parametrize(("before", "there"), [(0, False), (1, False), (2, True), (9, True)])
def test_the_picture_comes_from_the_third_week_on(before: int, there: bool) -> None:
    chat = looking_back(on_a_sunday(weeks=weeks(*[5] * before)), 7, 3, (ENOUGH,))

    assert any(say.picture for say in chat.replies[-1].says) == there
    assert ("weekly.chart" in prompts(chat.replies[-1])) == there


def test_a_day_for_it_is_offered_after_the_first_week_and_only_once() -> None:
    chat = looking_back(on_a_sunday(), 7, 3, (ENOUGH,))
    assert prompts(chat.replies[-1])[-1] == "weekly.choose_a_day"
    assert "rhythm:day" in chat.button("day").token
    chat.waits(days=7)

    looking_back(chat, 7, 3, (ENOUGH,))

    assert prompts(chat.replies[-1])[-1] == "weekly.enough_for_today"


def test_whoever_has_a_day_is_not_asked_for_one() -> None:
    chat = on_a_sunday()
    rhythm = replace(chat.person.diary.rhythm, weekday=6)
    looking_back(on_a_sunday(chat, rhythm=rhythm), *SAID)

    assert prompts(chat.replies[-1])[-1] == "weekly.done"


@pytest.mark.parametrize(
    ("off", "count", "said"), [(5, 2, True), (4, 2, False), (5, 1, False), (5, 3, False), (None, 2, False)]
)
def test_days_off_that_weigh_as_much_are_mentioned_the_third_time(
    off: int | None, count: int, said: bool
) -> None:
    chat = on_a_sunday(weeks=weeks(*[5] * count, off=off))

    looking_back(chat, 6, 7, (ENOUGH,))

    assert ("weekly.days_off_weigh_too" in prompts(chat.replies[-1])) == said


def test_a_week_with_a_holiday_does_not_count_for_that() -> None:
    chat = on_a_sunday(weeks=weeks(5, 5, off=6))

    looking_back(chat, 5, 6, ("holiday",), (ENOUGH,))

    assert "weekly.days_off_weigh_too" not in prompts(chat.replies[-1])


@pytest.mark.parametrize("situation", ["self", "leave", "between", "student", "carer", "employed"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_everybody_is_asked_in_their_words(situation: str, locale: str) -> None:
    chat = without_a_map(situation)
    chat.person = replace(chat.person, locale=locale)
    chat.commands("week")
    for answer in (6, 2, ("more",), ("curious",), "a line", "Tuesday", "a walk"):
        chat.gives(answer)

    said = [bubble for reply in chat.replies for bubble in bubbles(reply, locale)]
    assert chat.person.diary.weeks[0].act == "a walk"
    assert not [breaks(bubble) for bubble in said if breaks(bubble)]
    if situation in ("student", "carer", "between", "leave"):
        asked = "\n".join(bubble.html for bubble in bubbles(chat.replies[-7], locale))
        assert asked != "\n".join(
            bubble.html for bubble in bubbles(looking_back(without_a_map()).replies[-1], locale)
        )


ANYTHING = st.one_of(
    st.sampled_from(
        ["skip", "back", "why?", "later", "no", "yes", "7", "11", "enough", "/week", "that_is_enough"]
    ),
    st.integers(0, 10).map(str),
    st.text(max_size=40),
)


@given(st.lists(ANYTHING, max_size=25))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_it_never_breaks_and_can_be_ended(lines: list[str]) -> None:
    chat = on_a_sunday()
    chat.commands("week")

    for line in lines:
        reply = chat.commands("week") if line == "/week" else chat.says(line)
        assert not [breaks(bubble) for bubble in bubbles(reply) if breaks(bubble)]

    assert len(chat.person.diary.weeks) <= 1
