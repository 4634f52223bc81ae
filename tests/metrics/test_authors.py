"""What one event did to questions, as those who word them hear of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.authors import Passage, passages
from flows.assessment.sketch import SKETCH
from flows.engine.heard import Commanded, Heard, Wrote
from flows.person import Standing, begun
from flows.reply import Reply
from tests.coach.given import Chat, a_stranger, at_question, somebody
from tests.safety.crisis_given import at_work, in_crisis

ADA = 71


def heard(chat: Chat, event: Heard) -> list[tuple[str, str]]:
    """(question, what became of it) for one event."""
    return [(each.question, each.what) for each in seen(chat, event)]


def seen(chat: Chat, event: Heard) -> list[Passage]:
    before = chat.person
    return passages(ADA, before, chat.hears(event))


def test_the_first_question_of_all_is_shown() -> None:
    assert seen(a_stranger(), Commanded("start")) == [Passage(ADA, "onboarding", "welcome", "shown")]


def test_an_answer_counts_with_its_seconds_and_the_next_question_is_shown() -> None:
    chat = at_question("O2")
    asked_at = chat.foreground.at

    answered, shown = seen(chat.waits(minutes=3), Wrote("7"))

    assert answered == Passage(ADA, "sketch", "O2", "answered", int(chat.now.timestamp()) - asked_at)
    assert answered.seconds is not None
    assert answered.seconds >= 180
    assert (shown.question, shown.what, shown.seconds) == (chat.foreground.state, "shown", None)


def test_a_skipped_question_is_no_answered_one() -> None:
    chat = at_question("O1")

    assert heard(chat, Wrote("skip")) == [("O1", "skipped"), (chat.foreground.state, "shown")]


@pytest.mark.parametrize("text", ["no idea what you mean", "why?", "/map"])
def test_a_question_that_stays_open_is_not_shown_twice(text: str) -> None:
    assert heard(at_question("O2"), Wrote(text)) == []


def test_whoever_goes_back_closes_a_question_and_is_shown_an_earlier_one() -> None:
    chat = at_question("O3")

    assert heard(chat, Commanded("back")) == [("O3", "closed"), ("O2", "shown")]


def test_a_question_that_waits_behind_another_flow_is_not_closed() -> None:
    chat = at_question("O2")

    assert heard(chat, Commanded("language")) == [("ask", "shown")]
    assert chat.foreground.flow == "language"


def test_the_only_question_of_a_flow_that_leaves_nothing_counts_too() -> None:
    chat = somebody()
    chat.person = replace(chat.person, open_flows=(), conversations={})
    chat.says("It is the meetings that wear me out.")
    assert chat.foreground.flow == "note"

    assert heard(chat, Wrote("yes")) == [("ask", "answered")]
    assert "note" not in chat.person.conversations


def test_a_flow_that_begins_again_closes_the_question_that_was_open() -> None:
    chat = at_question("O1")
    again, _ = begun(chat.person, SKETCH, chat.waits(days=1).now)

    assert [(each.question, each.what) for each in passages(ADA, chat.person, Reply(again))] == [
        ("O1", "closed"),
        ("O1", "shown"),
    ]


def test_a_flow_that_is_given_up_without_an_answer_closes_its_question() -> None:
    chat = somebody()
    chat.commands("language")
    gone = Reply(chat.person.without("language"))

    (closed,) = passages(ADA, chat.person, gone)
    assert (closed.question, closed.what, closed.seconds) == ("ask", "closed", None)


def test_nothing_is_told_of_who_refuses_or_has_everything_deleted() -> None:
    refusing = a_stranger()
    for text in ("/start", "english", "yes"):
        refusing.says(text)
    leaving = at_question("O2")
    leaving.commands("erase")

    assert heard(refusing, Wrote("no")) == []
    assert refusing.person.standing is Standing.DECLINED
    assert heard(leaving, Wrote("yes")) == []
    assert leaving.person.standing is Standing.LEAVING


def test_nothing_is_told_of_a_crisis_from_its_first_word_to_its_last() -> None:
    chat = at_work()

    assert heard(chat, Wrote("I want to die")) == []
    assert chat.person.crisis.on
    for text in ("7", "skip", "/back", "I have the pills here", "start over", "yes"):
        assert heard(chat, Wrote(text)) == []


def test_a_conversation_that_moves_during_a_crisis_is_not_counted_either() -> None:
    chat = in_crisis()
    there = chat.foreground.opened("O3")
    calm = replace(chat.person, crisis=at_work().person.crisis)
    moved, after_it = Reply(chat.person.having(there)), Reply(calm.having(there))

    assert passages(ADA, chat.person, moved) == []
    assert passages(ADA, calm, moved) == []
    assert passages(ADA, chat.person, after_it) == []
    assert len(passages(ADA, calm, after_it)) == 2


def test_what_is_shown_is_answered_skipped_closed_or_still_open() -> None:
    chat = a_stranger()
    told: list[Passage] = []
    steps = ("/start", "english", "yes", "yes", "germany", "I'm employed", "skip", "7", "back", "8", "back")
    for text in (*steps, "skip", "3", "what?", "skip", "4", "7", "/language", "deutsch", "5", "zurück"):
        event = Commanded(text[1:]) if text.startswith("/") else Wrote(text)
        told += seen(chat, event)

    names = {(each.flow, each.question) for each in told}
    still = {
        name: sum(1 if each.what == "shown" else -1 for each in told if (each.flow, each.question) == name)
        for name in names
    }

    open_now = {(each.flow, each.state) for each in chat.person.conversations.values() if not each.done}
    assert len(told) > 20
    assert {name for name, number in still.items() if number} == open_now
    assert {*still.values()} == {0, 1}
