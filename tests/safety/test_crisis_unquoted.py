"""Words that were heard as a danger stay the answer that they were, and are read back nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.diary import PlannedTrial, Week
from flows.engine.papers import Paper, Passage
from flows.engine.pictures import Span, Timeline
from flows.engine.say import Button, Label, Say
from flows.nudging import planned
from flows.reply import Reply
from flows.safety.unquoted import IN_THEIR_PLACE, unquoted
from tests.coach.given import PURPOSE, Chat, bubbles, facts, order, prompts, words
from tests.safety.crisis_given import Sentences, at_work

OBLIQUE = "I see no way out"
"""Nothing in it that HTML writes otherwise: in what is said it would not be found."""

HARM = "He hits me"
HEARD = pytest.mark.parametrize("heard", [OBLIQUE, HARM, "My friend killed himself"])
LONG = f"{'The meetings never end. ' * 6} {OBLIQUE}"


def told(heard: str, answers: dict[str, object] | None = None) -> Chat:
    """Somebody who began with these words, let them be kept, and went through the sketch."""
    chat = at_work()
    chat.says(heard, ref=900)
    if heard == HARM:
        chat.taps("keep")
    chat.commands("continue", "now")
    chat.answers(**{**PURPOSE, **(answers or {})})  # type: ignore[arg-type]
    return chat


def all_said(chat: Chat) -> str:
    """Everything that was said in words, on buttons, in pictures and on paper."""
    return "\n".join(f"{words(reply)} {reply.chosen} {reply.says}" for reply in chat.replies)


@HEARD
@pytest.mark.parametrize("hunch", ["a", "b", "c", "d"])
def test_no_question_of_the_sketch_and_no_map_reads_them_back(heard: str, hunch: str) -> None:
    chat = told(heard, {"O5": hunch})
    for command in ("map", "why", "answers", "maps", "moves", "history", "share", "continue", "next", "help"):
        chat.commands(command)

    assert chat.sketch.value("O1") == heard
    assert chat.person.diary.maps
    assert heard not in all_said(chat)


def test_where_nothing_was_heard_words_are_quoted_as_ever() -> None:
    chat = told("The meetings", {"O5": "a"})

    assert all_said(chat).count("The meetings") >= 2


@HEARD
def test_coming_back_after_days_does_not_read_them_back(heard: str) -> None:
    chat = at_work()
    chat.says(heard, ref=900)
    if heard == HARM:
        chat.taps("keep")

    reply = chat.waits(days=3).commands("continue")

    assert prompts(reply)[-1] == "coach.resume"
    assert facts(reply, "coach.resume")["answer"] == IN_THEIR_PLACE
    assert heard not in words(reply)
    assert "what you wrote" in words(reply)


def asked_in_the_sketch() -> Chat:
    chat = at_work()
    chat.says(OBLIQUE, ref=900)
    assert prompts(chat.replies[-1])[-1] == "crisis.ask"
    return chat


def come_back(chat: Chat) -> str:
    return words(chat.waits(days=3).commands("continue"))


@pytest.mark.parametrize("typed", [True, False])
def test_words_that_were_asked_about_and_are_about_work_are_read_back_like_any_others(typed: bool) -> None:
    chat = asked_in_the_sketch()

    _ = chat.says("No, it is about work") if typed else chat.taps("no")

    assert OBLIQUE in come_back(chat)


def test_only_these_words_are_believed_and_not_the_same_in_others() -> None:
    chat = asked_in_the_sketch()
    chat.taps("no")
    chat.commands("continue", "now")

    chat.commands("change", "O1")
    chat.says(f"{OBLIQUE}, the nights are worst", ref=901)

    assert OBLIQUE not in come_back(chat)


def test_who_would_rather_not_say_is_not_quoted() -> None:
    chat = asked_in_the_sketch()

    chat.taps("rather_not")

    assert OBLIQUE not in come_back(chat)


def test_a_no_on_the_old_button_after_a_yes_makes_no_words_harmless() -> None:
    chat = asked_in_the_sketch()
    chat.taps("yes")
    chat.waits(days=2).hears(order("crisis", "day_after.go_on"))

    chat.hears(order("crisis", "ask.no"))

    assert OBLIQUE not in come_back(chat)


def test_of_the_words_only_a_mark_is_kept_with_the_crisis() -> None:
    chat = asked_in_the_sketch()
    chat.taps("no")

    assert len(chat.person.crisis.about_work) == 1
    assert OBLIQUE not in str(chat.person.crisis)


def test_neither_is_the_beginning_of_longer_words_quoted_in_which_it_was_heard() -> None:
    chat = at_work()
    chat.says(LONG, ref=900)

    reply = chat.waits(days=3).commands("continue")

    assert OBLIQUE not in LONG[:140]
    assert "never end" not in words(reply)


def test_changing_the_answer_does_not_read_it_back() -> None:
    chat = told(OBLIQUE)

    reply = chat.commands("change", "O1")

    assert OBLIQUE not in words(reply)
    assert OBLIQUE not in str(chat.says("Rather the meetings").chosen)


def test_no_first_message_reads_them_back() -> None:
    chat = told(OBLIQUE)
    for _ in range(6):
        for nudge in planned(chat.person, chat.now)[:1]:
            chat.now = nudge.due
            nudging = chat.coach.nudge(chat.person, nudge, nudge.due)
            chat.person = nudging.reply.person
            chat.replies.append(nudging.reply)
        chat.waits(days=3)

    assert OBLIQUE not in all_said(chat)


def spoken(chat: Chat, *says: Say) -> Reply:
    """What is said to somebody who has written the words in a week of theirs."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    diary = replace(chat.person.diary, weeks=(*chat.person.diary.weeks, Week(at.date(), at, words=OBLIQUE)))
    return unquoted(Reply(replace(chat.person, diary=diary), says), Sentences())


def test_a_line_that_is_nothing_but_a_quote_is_left_out() -> None:
    chat = at_work()
    lines = (Say("weekly.wrote", {"words": OBLIQUE}), Say("weekly.pro", {"words": "The quiet"}))

    reply = spoken(chat, Say("map.began", {"words": OBLIQUE}), Say("x", {"lines": lines}))

    assert prompts(reply) == ("x",)
    assert reply.says[0].facts["lines"] == lines[1:]


def test_a_line_that_would_be_left_out_stays_where_it_carries_the_buttons() -> None:
    say = Say("weekly.said_back", {"cue": OBLIQUE, "act": "walk"}, (Button(Label("x", "y"), "c:x"),))

    (kept,) = spoken(at_work(), say).says

    assert kept.buttons == say.buttons
    assert kept.facts["cue"] == IN_THEIR_PLACE


@pytest.mark.parametrize(
    ("prompt", "fact"),
    [("decide.picture_title", "name"), ("moves.past_done", "words"), ("trial.ask", "what")],
)
def test_what_a_prompt_can_do_without_is_as_if_it_were_not_written(prompt: str, fact: str) -> None:
    (say,) = spoken(at_work(), Say(prompt, {fact: OBLIQUE})).says

    assert say.facts[fact] == ""


def test_on_a_button_in_a_picture_and_on_paper_they_are_replaced_as_well() -> None:
    day = date(2026, 3, 2)
    picture = Timeline(Say("t"), (), (Span(day, day, OBLIQUE),), (), ("a week",))
    passages = (
        Passage("Began", (Say("share.own", {"words": OBLIQUE}),)),
        Passage("Else", ("a line", OBLIQUE)),
    )
    paper = Paper("Title", "Sub", passages, Say("f"), Say("m"), day)

    (say,) = spoken(at_work(), Say("x", {}, (Button(OBLIQUE, "c:x"),), picture=picture, file=paper)).says

    assert OBLIQUE not in str(say)
    assert say.buttons[0].label == IN_THEIR_PLACE
    assert isinstance(say.file, Paper)
    assert [each.title for each in say.file.passages] == ["Else"]


def test_the_names_of_help_lines_are_no_words_of_a_person() -> None:
    line = Say("sos.line", {"name": "I want to die? Call us", "ways": ("1",), "hours": ""})

    assert spoken(at_work(), Say("sos.lines", {"lines": (line,)})).says[0].facts["lines"] == (line,)


def test_what_stands_in_their_place_can_be_said_in_every_language() -> None:
    chat = at_work()
    reply = spoken(chat, Say("coach.answer_line", {"number": 1, "question": "Q", "answer": OBLIQUE}))

    assert [bubbles(reply, locale)[0].html for locale in ("en", "de")] == [
        *("1. Q: <b>what you wrote</b>", "1. Q: <b>was du geschrieben hast</b>"),
    ]


def test_words_of_a_diary_that_were_cut_are_recognised_too() -> None:
    chat = at_work()
    at = datetime(2026, 3, 2, tzinfo=UTC)
    week = Week(at.date(), at, words=LONG)
    trial = PlannedTrial(1, "rest", at.date(), at.date() + timedelta(days=7), what=LONG)
    for diary in (replace(chat.person.diary, weeks=(week,)), replace(chat.person.diary, trials=(trial,))):
        chat.person = replace(chat.person, diary=diary)

        (say,) = spoken(chat, Say("x", {"told": f"{LONG[:60].rstrip()}\u2026"})).says

        assert say.facts["told"] == IN_THEIR_PLACE


def test_oblique_words_are_no_line_of_a_plan() -> None:
    chat = at_work()
    chat.says("I want to die")
    chat.says("a small plan")

    chat.says(OBLIQUE)

    assert chat.person.crisis.plan == ()
