"""`kill -9` at any instant while twenty people talk to the bot: what must hold when everybody has their map.

TARE_TEST_KILLS says how many kills each database gets, TARE_TEST_SEED which people and which moments.
"""

from __future__ import annotations

from tests.crash.aftermath import Ordeal
from tests.crash.conftest import KILLS
from tests.crash.rules import copies, looks, repeated, still_open, too_many


def test_the_bot_was_killed_as_often_as_it_should(ordeals: list[Ordeal]) -> None:
    assert sum(len(ordeal.stormy.kills) for ordeal in ordeals) == KILLS


def test_everybody_gets_a_map_once(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        assert {witness.name for witness in ordeal.stormy.witnesses if witness.kept.maps != 1} == set()


def test_every_update_is_taken_in(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        assert ordeal.stormy.taken == ordeal.stormy.updates == ordeal.calm.updates


def test_every_answer_stands_in_the_store_as_it_was_given(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for witness in ordeal.stormy.witnesses:
            assert witness.kept.answers == dict(witness.given), witness.name


def test_every_answer_is_counted_exactly_once_and_in_order(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for witness in ordeal.stormy.witnesses:
            assert witness.kept.records == witness.given, witness.name


def test_everybody_hears_what_they_hear_without_kills(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for calm, stormy in ordeal.pairs:
            assert stormy.given == calm.given
            repeated(stormy.received, calm.received, stormy.name)


def test_a_kill_repeats_at_most_one_message_to_one_person(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for calm, stormy in ordeal.pairs:
            repeats = repeated(stormy.received, calm.received, stormy.name)
            assert too_many(repeats, ordeal.stormy.kills) == [], stormy.name


def test_no_message_is_repeated_without_a_kill(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for calm, _ in ordeal.pairs:
            assert repeated(calm.received, calm.received, calm.name) == []


def test_an_answered_question_has_no_buttons_any_more(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for calm, stormy in ordeal.pairs:
            repeats = repeated(stormy.received, calm.received, stormy.name)
            assert [seen.text for seen in still_open(stormy.chat, repeats)] == [], stormy.name


def test_every_answer_shows_in_its_question_as_without_kills(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        for calm, stormy in ordeal.pairs:
            groups = copies(stormy.received, calm.received, stormy.name)
            for look, group in zip(looks(calm.chat, calm.received), groups, strict=True):
                assert look in looks(stormy.chat, group), stormy.name


def test_nothing_waits_and_nothing_was_set_aside(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        assert (ordeal.stormy.waiting, ordeal.stormy.letters) == (0, 0)


def test_the_bot_breaks_no_rule_of_the_bot_api(ordeals: list[Ordeal]) -> None:
    for ordeal in ordeals:
        assert ordeal.stormy.violations == []
