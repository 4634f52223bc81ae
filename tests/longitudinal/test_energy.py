"""Entries of the energy log as a chat: two taps each, several at once, corrected and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.diary import Diary
from flows.longitudinal.energy_run import usual
from tests.coach.given import bubbles, prompts, sketched, words
from tests.longitudinal.energy_logs import buttons, entries, entry, keeping
from tests.longitudinal.given import with_diary


def test_an_entry_is_two_taps_and_what_follows_can_be_left_alone() -> None:
    chat = keeping()
    chat.commands("log", "more")
    chat.taps("u2")
    reply = chat.taps("gave")

    assert entries(chat) == [("writing", 1)]
    assert prompts(reply) == ("energy.kept", "energy.slept")
    assert chat.person.foreground is None
    assert len(bubbles(reply)) == 1
    kept = chat.person.diary.entries[0]
    assert (kept.day, kept.hour, kept.recall) == (date(2026, 3, 4), 12, False)


def test_sleep_is_asked_once_a_day_then_who_was_there_then_pride() -> None:
    chat = keeping()
    chat.commands("log", "pick.meetings")
    chat.taps("took")
    assert prompts(chat.taps("h5")) == ("energy.who",)
    assert prompts(chat.taps("boss")) == ("energy.glad",)
    assert prompts(chat.taps("yes")) == ("energy.noted",)
    chat.commands("log", "pick.meetings")

    assert prompts(chat.taps("took")) == ("energy.kept", "energy.who")
    assert chat.person.diary.nights == {date(2026, 3, 4): 5}
    assert chat.person.diary.entries[0].who == "boss"
    assert chat.person.diary.entries[0].glad == "yes"


def test_each_of_the_offers_can_be_passed_over() -> None:
    chat = keeping()
    chat.commands("log", "pick.meetings")
    chat.taps("took")
    assert prompts(chat.taps("next")) == ("energy.who",)
    assert prompts(chat.taps("next")) == ("energy.glad",)
    assert chat.person.diary.nights == {}
    assert chat.person.diary.entries[0].who == ""


def test_own_words_are_learnt_and_offered_the_next_time() -> None:
    chat = keeping()
    chat.commands("log", "more")
    chat.taps("else")
    chat.says("Gardening {{ x }} 🌱")
    chat.taps("energy")
    reply = chat.commands("log", "more")

    assert chat.person.diary.activities == ("Gardening {{ x }} 🌱",)
    assert buttons(reply)[0] == "Gardening {{ x }} 🌱"
    chat.says("gardning {{ x }} 🌱")
    chat.taps("energy")
    assert entries(chat) == [("Gardening {{ x }} 🌱", 2)] * 2


def test_what_is_used_most_is_offered_first_and_eight_at_most() -> None:
    own = [entry(n, f"thing {n % 9}", 0) for n in range(27)]
    chat = keeping(*own, entry(90, "coding", 1), entry(91, "coding", 1), entry(92, "coding", 1))
    offered = usual(replace(chat.person, diary=replace(chat.person.diary, entries=(*own, entry(99, "x", 1)))))

    assert usual(chat.person)[0] == "coding"
    assert len(offered) == 8
    assert "x" not in offered


def test_what_fills_the_week_is_offered_before_anything_was_entered() -> None:
    chat = sketched(D1=4, V1=0, O5="d", CF2=6, CF5=1)
    chat.commands("next")
    while chat.foreground.state != "d1_fills":
        chat.gives(None)
    chat.gives(("teaching", "selling", "figures"))

    assert set(usual(chat.person)[:3]) == {"teaching", "selling", "figures"}


def test_several_at_once_are_shown_as_understood_and_can_be_undone() -> None:
    chat = keeping()
    chat.commands("log", "more")
    reply = chat.says("meeting drained, coding good\nhm what")

    assert entries(chat) == [("meetings", -2), ("coding", 1)]
    assert all(each.recall for each in chat.person.diary.entries)
    assert "hm what" in words(reply)
    assert "<b>Meetings</b>: drained me" in words(reply)
    chat.taps("undo")
    assert entries(chat) == []
    assert chat.person.diary.activities == ()


def test_a_line_behind_the_command_is_an_entry_at_once() -> None:
    chat = keeping()
    chat.commands("log", "Coding gave me energy")
    assert entries(chat) == [("Coding", 2)]
    assert not chat.person.diary.entries[0].recall

    reply = chat.commands("log", "gardening")
    assert prompts(reply) == ("energy.left",)
    assert chat.foreground.value("what") == "gardening"


@pytest.mark.parametrize(("locale", "word"), [("en", "Yesterday"), ("de", "gestern"), ("de", "yesterday")])
def test_what_a_button_says_works_behind_the_command_too(locale: str, word: str) -> None:
    chat = keeping()
    chat.person = replace(chat.person, locale=locale)

    chat.commands("log", word)
    assert chat.foreground.about["recall"] == "yes"


def test_yesterday_is_kept_as_remembered() -> None:
    chat = keeping()
    chat.commands("log", "yesterday")
    chat.taps("u1")
    chat.taps("evening")
    reply = chat.taps("took")

    (kept,) = chat.person.diary.entries
    assert (kept.day, kept.hour, kept.recall) == (date(2026, 3, 3), 19, True)
    assert prompts(reply) == ("energy.kept",)


def test_an_entry_after_midnight_belongs_to_the_evening_before() -> None:
    chat = keeping(now=datetime(2026, 3, 5, 0, 30, tzinfo=UTC))
    chat.commands("log", "coding good")

    (kept,) = chat.person.diary.entries
    assert (kept.day, kept.hour) == (date(2026, 3, 4), 23)


def test_the_last_entry_can_be_undone_and_undoing_twice_takes_nothing_else() -> None:
    chat = keeping(entry(1, "writing", 1))
    chat.commands("log", "coding good")
    chat.taps("undo")
    assert entries(chat) == [("writing", 1)]
    reply = chat.taps("undo")
    assert prompts(reply) == ("energy.gone",)
    assert entries(chat) == [("writing", 1)]
    chat.commands("log", "undo")
    assert entries(chat) == []
    assert prompts(chat.commands("log", "undo")) == ("energy.gone",)


def test_entries_of_today_and_yesterday_are_listed_and_one_is_changed() -> None:
    chat = keeping(
        entry(1, "writing", 1), entry(2, "coding", 2, day=3, who="team"), entry(3, "meetings", -1, day=4)
    )
    reply = chat.commands("log", "list")
    assert "1. <b>coding</b>: gave me energy (yesterday)" in words(reply)
    assert "2. <b>Meetings</b>: took something" in words(reply)
    assert "writing" not in words(reply).lower()

    chat.says("1")
    chat.taps("redo")
    chat.says("planning")
    reply = chat.taps("even")

    assert entries(chat) == [("writing", 1), ("planning", 0), ("meetings", -1)]
    assert chat.person.diary.entries[1].who == "team"
    assert prompts(reply) == ("energy.changed",)


def test_the_diary_remembers_every_change_for_good() -> None:
    chat = keeping()
    chat.commands("log", "coding good")
    chat.taps("h7")
    chat.taps("team")
    chat.commands("log", "undo")

    kinds = [sorted(each.body)[0] for each in chat.remembered("energy")]
    assert kinds == ["entries", "hours", "changed", "undone"]


@pytest.mark.parametrize("text", ["🙂", "{{ secret }}", "x" * 4000, "{% if %}", "\x00", "drained", "½"])
@pytest.mark.parametrize("state", ["what", "words", "left", "often", "two"])
def test_odd_texts_are_answered_at_every_question(text: str, state: str) -> None:
    chat = keeping() if state in ("what", "words", "left") else with_diary(Diary())
    chat.commands("log", "more" if state in ("what", "words", "left") else "")
    if state == "left":
        chat.taps("u1")
    elif state != "what":
        chat.taps({"words": "else", "two": "2"}.get(state, "~why"))
    reply = chat.says(text)

    assert all(len(bubble.html) < 2000 for bubble in bubbles(reply))
    assert reply.says


@pytest.mark.parametrize(
    "argument",
    [
        "edit.",
        "edit.99",
        "edit.x",
        "redo.99",
        "undo.5-2",
        "undo.²",
        "who.1",
        "who.1.king",
        "glad.7.yes",
        "slept.1.99",
        "pick.own99",
        "pick.own",
        "pick.nonsense",
        "seen.sideways",
        "slept.1.²",
        "🙂",
        "{{ x }}",
        "y" * 4000,
        "hush",
    ],
)
def test_made_up_buttons_harm_nothing(argument: str) -> None:
    chat = keeping(entry(1, "writing", 1, day=4))
    reply = chat.commands("log", argument)

    assert words(reply)
    assert entries(chat) == [("writing", 1)]
    assert chat.person.diary.nights == {}


def test_an_open_question_waits_while_an_entry_is_made() -> None:
    chat = sketched()
    chat.commands("next")
    chat.commands("log", "pick.meetings")
    reply = chat.taps("drained")

    assert prompts(reply)[-1] == "coach.back_to_it"
    assert chat.foreground.flow == "inventory"


def test_words_of_a_person_are_escaped_wherever_they_are_quoted() -> None:
    chat = keeping()
    chat.commands("log", "<b>x</b> & {{ y }} drained")
    listed = words(chat.commands("log", "list"))

    assert "&lt;b&gt;x&lt;/b&gt; &amp; {{ y }}" in listed
