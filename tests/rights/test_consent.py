"""What was agreed to is shown with its day, and taken back as easily as it was given."""

from __future__ import annotations

from dataclasses import replace

from flows.diary import Consent, Diary
from flows.person import Standing
from flows.rights import consent_of
from tests.coach.given import HOUSE, Chat, a_stranger, buttons_of, names_of, prompts, said, sketched, words


def ways(chat: Chat) -> set[str]:
    return {name for button in buttons_of(chat.replies[-1]) for name in names_of(button)}


def test_the_yes_is_kept_with_its_purpose_version_and_moment() -> None:
    chat = sketched()

    (consent,) = chat.person.diary.consents

    assert (consent.purpose, consent.version) == ("core", 1)
    (remembered,) = chat.remembered("consent")
    assert remembered.body == {"purpose": "core", "version": 1}


def test_privacy_says_what_was_agreed_and_when_with_the_ways_out() -> None:
    chat = sketched()
    chat.waits(days=1)

    reply = chat.commands("privacy")

    assert said(reply, "privacy.rights").facts["version"] == 1
    assert "yesterday" in words(reply)
    assert "research" in words(reply)
    assert {"export", "withdraw", "erase"} <= ways(chat)


def test_taking_it_back_explains_and_leads_to_deleting_in_two_taps() -> None:
    chat = sketched()
    chat.commands("privacy")
    chat.taps("withdraw")
    assert {"erase", "export", "pause"} <= ways(chat)

    chat.taps("erase")
    chat.taps("yes")

    assert chat.person.standing is Standing.LEAVING
    assert chat.person.diary == Diary()


def test_whoever_only_wants_quiet_may_pause_instead() -> None:
    chat = sketched()
    chat.commands("withdraw")

    chat.taps("pause")

    assert chat.person.standing is Standing.PAUSED
    assert chat.person.diary.consents


def test_a_stranger_reads_that_nothing_was_agreed() -> None:
    chat = a_stranger()

    reply = chat.commands("privacy")

    assert prompts(reply)[-1] == "privacy.nothing_agreed"


def test_of_people_from_before_the_introduction_knows_when() -> None:
    chat = sketched()
    kept = consent_of(chat.person, "core")
    before = replace(chat.person, diary=replace(chat.person.diary, consents=()))

    found = consent_of(before, "core")

    assert found
    assert kept
    assert abs((found.at - kept.at).total_seconds()) < 600


def test_nothing_is_agreed_to_that_was_not_asked() -> None:
    assert consent_of(sketched().person, "research") is None


def test_saying_yes_again_replaces_the_first_one() -> None:
    old = Consent("core", 0, sketched().now)
    chat = a_stranger(diary=replace(Diary(), consents=(old,)))
    chat.commands("start")
    for answer in ("en", "yes", "yes", "DE", None, "employed"):
        if chat.person.foreground and chat.foreground.flow == "onboarding":
            chat.gives(answer)

    assert [each.version for each in chat.person.diary.consents] == [1]


def test_there_are_words_for_it_in_every_language() -> None:
    for locale in HOUSE.voices:
        chat = sketched()
        chat.person = replace(chat.person, locale=locale)
        for command in ("privacy", "withdraw", "export", "keep_words", "let_go"):
            assert words(chat.commands(command), locale)
