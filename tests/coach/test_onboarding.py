"""Nothing is asked before consent but language and age; a refusal and being under 18 keep nothing."""

from __future__ import annotations

import pytest

from flows.assessment.onboarding import CONSENT_VERSION
from flows.person import Person, Standing
from tests.coach.given import Chat, a_stranger, facts, prompts, somebody, words


def asked(state: str, *answers: str) -> Chat:
    """A stranger at this question of the introduction."""
    chat = a_stranger()
    chat.commands("start")
    for answer in answers:
        chat.gives(answer)
    assert chat.foreground.state == state
    return chat


def asked_for_consent() -> Chat:
    return asked("consent", "en", "yes")


@pytest.mark.parametrize("text", ["hi", "/", "7", "yes", "no", "\u200b", "sos please"])
def test_whatever_a_stranger_writes_they_are_told_who_this_is(text: str) -> None:
    chat = a_stranger()

    reply = chat.says(text)

    assert prompts(reply) == ("onboarding.welcome",)
    assert "program" in words(reply)
    assert "not therapy" in words(reply)


@pytest.mark.parametrize("kind", ["voice", "sticker", "photo"])
def test_a_stranger_who_sends_no_text_is_told_who_this_is(kind: str) -> None:
    assert prompts(a_stranger().sends(kind)) == ("onboarding.welcome",)


def test_only_language_and_age_come_before_consent() -> None:
    chat = asked_for_consent()

    assert chat.foreground.trail == ("welcome", "adult")


@pytest.mark.parametrize("answer", ["no", "No, thanks", "nope", "2"])
def test_a_refusal_keeps_nothing_but_itself(answer: str) -> None:
    chat = asked_for_consent()

    reply = chat.says(answer)

    assert prompts(reply) == ("onboarding.declined",)
    assert not reply.remember
    assert chat.person == Person(
        seed=7, standing=Standing.DECLINED, heard_at=chat.now, offered=chat.person.offered
    )


def test_a_second_thought_is_welcome_and_asks_everything_anew() -> None:
    chat = asked_for_consent()
    chat.says("no")
    assert prompts(chat.says("hello?")) == ("coach.you_declined",)

    reply = chat.says("start")

    assert prompts(reply) == ("onboarding.welcome",)
    assert chat.person.standing is Standing.NEW
    assert chat.foreground.answers == {}


def test_a_second_no_is_heard_too() -> None:
    chat = asked_for_consent()
    chat.says("no")
    chat.says("hello?")

    assert prompts(chat.says("no")) == ("onboarding.declined",)
    assert chat.person.standing is Standing.DECLINED


def test_nobody_who_refused_gets_further_by_an_old_button() -> None:
    chat = asked_for_consent()
    agree = chat.button("yes")
    chat.says("no")

    reply = chat.taps("yes")

    assert agree is not None
    assert reply.toast is not None
    assert chat.person.conversations == {}


AGES = {
    "18": "consent",
    "I'm 34": "consent",
    "I am 52 years old": "consent",
    "99": "consent",
    "17": "gone",
    "i'm 16": "gone",
    "15 years": "gone",
    "12 yo": "gone",
    "under 18": "adult",
    "almost 18": "adult",
    "118": "consent",
    "180": "adult",
    "3000": "adult",
    "9" * 70: "adult",
}
"""What is typed at "are you 18 or older?", and where it leads."""


@pytest.mark.parametrize("text", AGES)
def test_an_age_answers_whether_somebody_is_an_adult(text: str) -> None:
    chat = asked("adult", "en")

    chat.says(text)

    there = chat.person.foreground
    assert (there.state if there else "gone") == AGES[text]


@pytest.mark.parametrize("answer", ["no", "No, younger", "2", "16"])
def test_somebody_under_18_is_sent_to_a_youth_line_and_nothing_is_kept(answer: str) -> None:
    chat = asked("adult", "en")

    reply = chat.says(answer)

    assert prompts(reply) == ("onboarding.goodbye_young", "sos.youth_finder")
    assert not reply.remember
    assert chat.person == Person(seed=7, standing=Standing.LEAVING, heard_at=chat.now)


@pytest.mark.parametrize("text", ["skip", "not sure", "pass"])
@pytest.mark.parametrize("state", [("adult", "en"), ("consent", "en", "yes")])
def test_age_and_consent_cannot_be_left_open(state: tuple[str, ...], text: str) -> None:
    chat = asked(*state)

    reply = chat.says(text)

    assert prompts(reply) == ("engine.cannot_skip", f"onboarding.{state[0]}")


def test_a_yes_is_remembered_with_the_version_of_what_was_agreed_to() -> None:
    chat = somebody()

    (agreed,) = chat.remembered("consent")

    assert agreed.body == {"purpose": "core", "version": CONSENT_VERSION}


def test_what_was_told_counts_for_the_person() -> None:
    chat = somebody("self", country="DE")

    assert (chat.person.country, chat.person.zone, chat.person.situation) == ("DE", "Europe/Berlin", "self")
    assert chat.person.standing is Standing.ACTIVE


def test_a_country_with_one_clock_is_not_asked_for_it() -> None:
    assert asked("situation", "en", "yes", "yes", "DE").foreground.value("zone") == "Europe/Berlin"
    assert asked("zone", "en", "yes", "yes", "US").foreground.value("zone") is None


def test_everything_after_consent_can_be_left_open() -> None:
    chat = asked_for_consent()

    chat.gives("yes")
    for _ in range(3):
        reply = chat.says("skip")

    assert prompts(reply) == ("onboarding.ready", "sketch.O1")
    assert (chat.person.country, chat.person.zone, chat.person.situation) == (None, None, "")


def test_the_language_counts_for_the_very_next_question() -> None:
    chat = a_stranger()
    chat.commands("start")

    reply = chat.taps("de")

    assert chat.person.locale == "de"
    assert "18" in words(reply, "de")
    assert "Are you" not in words(reply, "de")


def test_coming_back_to_a_question_left_open_names_that_question() -> None:
    chat = asked_for_consent().waits(days=4)

    reply = chat.says("hi")

    assert prompts(reply) == ("coach.resume_start",)
    assert facts(reply, "coach.resume_start")["question"].prompt == "onboarding.consent.short"


def test_somebody_in_the_middle_is_led_back_and_not_greeted_anew() -> None:
    chat = asked_for_consent()

    assert prompts(chat.commands("start")) == ("onboarding.consent",)
    assert prompts(chat.commands("map")) == ("coach.first_this", "onboarding.consent")


def test_somebody_on_leave_is_told_that_nothing_is_wanted_of_them() -> None:
    assert "leave" in words(somebody("leave").replies[-1])
