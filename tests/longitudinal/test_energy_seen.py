"""What an energy log shows: insights with counts and honest blanks, pairs, pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.diary import LogRun
from flows.engine.say import Label, Say
from flows.longitudinal.energy_seen import insight, lean
from flows.reply import Reply
from tests.coach.given import bubbles, prompts, words
from tests.longitudinal.energy_logs import MONDAY, buttons, entry, keeping


def test_on_day_three_the_entry_is_followed_by_what_shows_so_far_and_by_nothing_else() -> None:
    told = [entry(n, "meetings", -1, day=2 + n % 2) for n in range(1, 4)]
    chat = keeping(*told, entry(9, "coding", 2))
    chat.person = replace(
        chat.person,
        diary=replace(chat.person.diary, log=LogRun(MONDAY, (720, 1020))),
    )
    reply = chat.commands("log", "writing good")
    assert prompts(reply) == ("energy.kept_insight",)
    assert len(bubbles(reply)) == 1
    assert "<b>Meetings</b> took something, 3 of 3 times" in words(reply)

    again = chat.commands("log", "writing good")
    assert "energy.kept_insight" not in prompts(again)
    chat.waits(days=4)
    later = chat.commands("log", "writing good")
    assert prompts(later) == ("energy.kept_insight",)
    assert "Day 7" in words(later)


def test_insights_have_counts_and_honest_blanks() -> None:
    chat = keeping(
        *(entry(n, "coding", 1) for n in range(3)),
        *(entry(n, "meetings", left) for n, left in enumerate((-2, -1, 1))),
        *(entry(n, "planning", 0) for n in range(3)),
        entry(50, "writing", 2),
        entry(51, "writing", 2),
    )
    reply = Reply(chat.person, (insight(chat.person.diary),))

    assert "<b>coding</b> gave something, 3 of 3 times" in words(reply)
    assert "<b>Meetings</b> took something, 2 of 3 times" in words(reply)
    assert "Only 2 entries about Writing: too few to say" in words(reply)
    assert "planning" not in words(reply).lower()


@pytest.mark.parametrize(("locale", "told"), [("en", "would not put your name to it"), ("de", "Namen dafür")])
def test_what_only_the_purpose_tells_apart_is_not_called_nothing(locale: str, told: str) -> None:
    for_them = [entry(n, "writing", -1, glad="no") for n in range(4)]
    for_me = [entry(10 + n, "writing", 1, glad="yes") for n in range(4)]
    chat = keeping(*for_them, *for_me)

    said = insight(chat.person.diary)

    assert said.facts["lines"] == (Say("energy.shows.d"),)
    assert told in words(Reply(chat.person, (said,)), locale)


def test_an_insight_is_never_longer_than_a_bubble() -> None:
    kinds = (
        "coding at home with the door shut",
        "meetings",
        "leading",
        "paperwork",
        "a b c d e f",
        "helping",
    )
    full = [entry(n, what, 1 if n % 2 else -1) for n, what in enumerate(kinds * 1)]
    many = [replace(each, id=n) for n, each in enumerate(full * 3)]
    blanks = [entry(100 + n, f"once only and never again {n}", 0) for n in range(5)]
    chat = keeping(*many, *blanks)

    for locale in ("en", "de"):
        (bubble,) = bubbles(Reply(chat.person, (insight(chat.person.diary),)), locale)
        assert len(bubble.html.split()) <= 80


def test_pairs_are_compared_only_with_four_entries_on_each_side() -> None:
    strategy = [entry(n, "planning", 1) for n in range(4)]
    people = [entry(n, "leading", -1, who="team") for n in range(4)]
    diary = keeping(*strategy, *people, *(entry(n, "making", 1) for n in range(3))).person.diary

    differs, new, alone = lean(diary)
    assert differs.prompt == "energy.pair_differs"
    assert differs.facts["one"] == Label("energy.sides", "strategy")
    assert new.facts["count"] == 3
    assert new.prompt == alone.prompt == "energy.pair_too_few"


@pytest.mark.parametrize("view", ["", "days", "pairs"])
def test_each_view_is_a_picture_with_words_and_leads_to_the_two_others(view: str) -> None:
    chat = keeping(entry(1, "writing", 1), entry(2, "coding", -2, day=4, recall=True))
    reply = chat.commands("log", f"seen.{view}")

    (bubble,) = bubbles(reply)
    assert bubble.card is not None
    assert bubble.html
    assert len(buttons(reply)) == 2


def test_without_entries_there_is_nothing_to_look_at_yet() -> None:
    assert prompts(keeping().commands("log", "seen")) == ("energy.none_yet",)
    assert prompts(keeping().commands("log", "list")) == ("energy.none_yet",)
