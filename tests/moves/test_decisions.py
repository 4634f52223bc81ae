"""/decide as a chat: a comparison in words and as a picture, a rule of thumb at most, and no verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.diaries import as_plain, from_plain
from flows.diary import Diary, Direction, Entry
from flows.engine.say import Say
from flows.moves.decisions_compared import compared, picture, thumb
from flows.reply import Reply
from tests.coach.given import facts, prompts, somebody, words
from tests.longitudinal.given import MONDAY, with_diary
from tests.moves.deciding import PROMOTION, deciding, made


def test_now_stands_beside_then_in_words_and_in_a_picture() -> None:
    reply = deciding().replies[-1]
    told = words(reply)

    assert "give you energy: now 5, then 2." in told
    assert "up to 10: now 4, then 4." in told
    assert "There is a way back, at a price." in told
    assert "being the one for it and a promise or a contract" in told
    assert "leads away from the work you want" in told
    drawn = reply.says[0].picture
    assert drawn == picture(made(**{**KEPT, "kind": "promotion"}))


KEPT: dict[str, Any] = {
    **{"name": "The team lead job", "paper": ("pay_up", "title_up"), "energy_now": 50, "energy_then": 20},
    **{"purpose_now": 4, "purpose_then": 4, "back": "costly", "locks": ("name", "promise"), "year": "away"},
    **{"expects": "More say.", "heavy_then": 8},
}


def test_it_is_kept_and_survives_the_store() -> None:
    chat = deciding()
    (decision,) = chat.person.diary.decisions

    assert decision == made(**{**KEPT, "kind": "promotion"})
    assert from_plain(as_plain(chat.person.diary)) == chat.person.diary
    assert [each.body["event"] for each in chat.remembered("decision")] == ["compared"]


NEVER = ("you should", "quit", "resign", "take it", "leave it", "du solltest", "kündig")


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("year", ["toward", "same", "away", "unsure", None])
@pytest.mark.parametrize("kind", ["offer", "promotion", "project", "should", None])
def test_no_answers_bring_a_verdict_and_no_message_is_long(
    locale: str, year: str | None, kind: str | None
) -> None:
    reply = deciding(kind=kind, year=year).replies[-1]
    told = words(reply, locale).casefold()

    assert not [word for word in NEVER if word in told]
    assert prompts(reply)[-1] == "decide.yours_undirected"


def test_what_was_left_open_stays_open_and_is_not_made_up() -> None:
    reply = deciding(energy_then=None, purpose_now=None, purpose_then=None, heavy=None).replies[-1]

    assert "now 5, then open." in words(reply)
    assert "stand behind" not in words(reply)
    drawn = picture(made(energy_now=50))
    assert drawn is not None
    assert [row.shares for row in drawn.rows] == [(0.5, None)]


def test_nothing_to_compare_is_nothing_kept() -> None:
    chat = with_diary(Diary())
    chat.commands("decide")
    chat.answers()

    assert chat.person.diary.decisions == ()
    assert prompts(chat.replies[-1])[-1] == "decide.nothing"


def test_the_direction_is_what_a_year_is_measured_against() -> None:
    direction = Direction(MONDAY, (("calm", "being outside"), ("seen",)))
    chat = deciding(Diary(direction=direction))

    assert "what counts most for you: calm days and “being outside”." in words(chat.replies[-1])
    assert prompts(chat.replies[-1])[-1] == "decide.yours"


def test_the_log_is_quoted_beside_the_question_and_answers_nothing() -> None:
    entries = tuple(Entry(n, MONDAY - timedelta(days=3), 10, "writing", 1 if n < 4 else 0) for n in range(10))
    chat = with_diary(Diary(entries=entries))
    chat.commands("decide")
    while chat.foreground.state != "energy_now":
        chat.gives(None)

    assert facts(chat.replies[-1], "decide.energy_now")["logged"] == "4"
    assert chat.foreground.value("energy_now") is None


@pytest.mark.parametrize(
    ("situation", "said"),
    [("employed", "as they are now"), ("leave", "had to stop"), ("between", "last work")],
)
def test_now_is_the_time_before_for_whoever_does_not_work_now(situation: str, said: str) -> None:
    chat = with_diary(Diary(), situation=situation)
    chat.commands("decide")
    while chat.foreground.state != "energy_now":
        chat.gives(None)

    assert said in words(chat.replies[-1])


THUMBS: dict[str, dict[str, Any]] = {
    "takes_the_work": {"kind": "promotion", "energy_now": 50, "energy_then": 40},
    "raise_that_holds": {
        "paper": ("pay_up",),
        "locks": ("income",),
        "back": "hardly",
        "energy_now": 30,
        "energy_then": 30,
    },
    "dull_title": {"paper": ("title_down",), "energy_now": 20, "energy_then": 60},
    "less_pay": {"paper": ("pay_down",), "energy_now": 20, "energy_then": 60},
    "up_and_away": {"paper": ("title_up",), "year": "away"},
    "sideways": {"paper": ("neither",), "year": "toward"},
}


@pytest.mark.parametrize("rule", THUMBS)
def test_a_rule_of_thumb_is_said_where_it_fits(rule: str) -> None:
    assert thumb(made(**THUMBS[rule])) == Say(f"decide.thumb.{rule}")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"kind": "promotion"},
        {"kind": "promotion", "energy_now": 50},
        {"kind": "promotion", "energy_now": 50, "energy_then": 45},
        {"kind": "promotion", "paper": ("title_down",), "energy_now": 50, "energy_then": 10},
        {"paper": ("pay_up",), "locks": ("nothing",), "back": "hardly", "energy_now": 3, "energy_then": 3},
        {"paper": ("pay_up",), "locks": ("income",), "back": "easy", "energy_now": 30, "energy_then": 30},
        {"paper": ("neither",), "year": "unsure"},
    ],
)
def test_where_none_fits_none_is_said(answers: dict[str, Any]) -> None:
    assert thumb(made(**answers)) is None


def test_words_behind_the_command_name_it() -> None:
    chat = with_diary(Diary())
    chat.commands("decide", "The job in Graz")

    assert chat.foreground.state == "kind"
    assert chat.foreground.value("name") == "The job in Graz"


def test_the_command_goes_on_with_one_that_was_begun() -> None:
    chat = with_diary(Diary())
    chat.commands("decide")
    chat.gives("Graz")
    chat.commands("later")

    assert prompts(chat.waits(hours=2).commands("decide")) == ("decide.kind",)


def test_earlier_ones_can_be_seen_again() -> None:
    chat = deciding()
    chat.commands("decide")
    listed = chat.taps("list")
    seen = chat.says("1")

    assert "1. “The team lead job”" in words(listed)
    assert seen.says[0].picture == picture(chat.person.diary.decisions[0])


def test_what_was_open_before_is_offered_again_at_the_end() -> None:
    chat = somebody()
    chat.commands("decide")
    chat.answers(**PROMOTION)

    assert prompts(chat.replies[-1])[-1] == "coach.back_to_it"


@given(st.text(max_size=60), st.sampled_from(["name", "kind", "paper", "energy_now", "locks", "expects"]))
def test_a_stranger_anywhere_in_it_always_gets_an_answer(text: str, state: str) -> None:
    chat = with_diary(Diary())
    chat.commands("decide")
    while chat.foreground.state != state:
        chat.gives(None)

    reply: Reply = chat.says(text)

    assert reply.says or reply.toast


def test_their_words_are_quoted_and_escaped() -> None:
    chat = deciding(name="<b>x</b> {{ y }}")

    assert "“&lt;b&gt;x&lt;/b&gt; {{ y }}”" in words(chat.replies[-1])
    assert compared(replace(chat.person.diary.decisions[0], name=""), ())[0].facts["name"] == ""
