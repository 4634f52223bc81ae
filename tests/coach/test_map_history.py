"""Maps over time: what changed and by which answer; earlier ones are shown as they were drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from bot.pictures import Card
from flows.assessment.changes import lines_between, moved_most
from flows.assessment.drawn import as_drawn, facts_behind
from flows.assessment.evidence import score
from flows.assessment.facts import EnergyLog, Facts, Trial
from flows.diary import MAPS_KEPT, DrawnMap
from flows.engine.say import Label, Say
from tests.assessment.people import facts as any_facts
from tests.assessment.vignettes import VIGNETTES, Vignette
from tests.coach.given import HOUSE, NOW, Chat, bubbles, facts, prompts, sketched, words
from tests.coach.personas import answers_of, at_the_end
from tests.coach.telegram_rules import breaks

RULE = HOUSE.coach.rule
each_vignette = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.name)


def drawn(known: Facts, weeks: int = 0) -> DrawnMap:
    return as_drawn(score(known, RULE), known, NOW + timedelta(weeks=weeks))


def vignette(name: str) -> Facts:
    return next(each.facts for each in VIGNETTES if each.name == name)


def lines(before: DrawnMap, now: DrawnMap) -> list[str]:
    """The prompts of what changed, those inside of others too."""
    there = lines_between(before, now, RULE, {})
    inner = [fact for say in there for fact in say.facts.values() if isinstance(fact, Say)]
    return [say.prompt for say in (*there, *inner)]


@given(any_facts())
def test_the_facts_behind_a_kept_map_score_as_they_did(known: Facts) -> None:
    plain = replace(
        known,
        trials=tuple(Trial(t.kind, t.outcome, min(1.0, t.dose), t.load, t.still_heavy) for t in known.trials),
        tried=tuple(Trial(t.kind, t.outcome, min(1.0, t.dose), t.load, t.still_heavy) for t in known.tried),
    )

    again = score(facts_behind(drawn(plain).answers), RULE)

    assert {e: round(p, 3) for e, p in again.points.items()} == {
        e: round(p, 3) for e, p in score(plain, RULE).points.items()
    }


def test_a_changed_answer_is_told_with_what_it_was_and_what_it_did() -> None:
    chat = sketched()
    chat.commands("change", "CF2")

    told = words(chat.gives(6))

    assert "before “2”, now “6”. So what the work is for weighs less." in told


def test_another_lead_is_told_from_what_to_what_and_by_which_answer_most() -> None:
    told = vignette("P07")
    without = replace(
        told, answers={**told.answers, "D1": 0, "D2": 0, "CF5": 6, "CF1": 1, "K2": 4, "c1": "3"}
    )
    before, now = drawn(without), drawn(told, 4)
    assert (before.lead, now.lead) == (("CAP",), ("IDN",))

    there = lines_between(before, now, RULE, {})

    assert there[0] == Say(
        "changes.lead",
        {"before": (Label("map.layers", "CAP"),), "now": (Label("map.layers", "IDN"),)},
    )
    assert there[1].prompt == "changes.most"
    assert moved_most(before, now, RULE)[0].item == "CF5"


def test_of_two_answers_that_hide_each_other_both_are_named() -> None:
    """The lighter Monday counts: changed one at a time, neither of these would move anything."""
    told = vignette("P01")
    other = replace(told, answers={**told.answers, "CF2": 7, "CF3": 7})

    found = [each.item for each in moved_most(drawn(told), drawn(other, 1), RULE)]

    assert {"CF2", "CF3"} <= set(found)


def test_a_failed_trial_of_what_led_says_that_it_steps_back() -> None:
    told = vignette("P01")
    tried = replace(told, trials=(Trial("purpose", "none"),))

    there = lines(drawn(told), drawn(tried, 6))

    assert "changes.own_trial" in there
    assert "changes.log" in [
        inner.prompt
        for say in lines_between(drawn(told), drawn(tried, 6), RULE, {})
        for fact in say.facts.values()
        if isinstance(fact, Say)
        for inner in (fact, *(deep for deep in fact.facts.values() if isinstance(deep, Say)))
    ]


def test_the_energy_log_counts_as_one_change() -> None:
    told = vignette("P07")
    logged = replace(told, energy=EnergyLog("a", 1.0))

    assert [each.item for each in moved_most(drawn(told), drawn(logged, 2), RULE)] == ["energy"]


def test_another_version_of_the_rule_is_told_and_the_old_map_stays() -> None:
    told = vignette("P01")
    old = replace(drawn(told), rule_version="0")

    assert lines(old, drawn(told, 1)) == ["changes.rule"]


def test_where_no_word_changed_a_further_sitting_says_nothing_of_changes() -> None:
    someone = at_the_end(answers_of(vignette("P01")))

    assert "map.since" not in prompts(someone.chat.replies[-1])
    assert len(someone.chat.person.diary.maps) == 3


@each_vignette
def test_every_map_after_the_first_says_what_moved_most(vignette: Vignette) -> None:
    someone = at_the_end(answers_of(vignette.facts))
    maps = someone.chat.person.diary.maps
    told = [reply for reply in someone.chat.replies if {"map.since", "map.updated"} & set(prompts(reply))]

    seen = [
        (one.lead, one.words, one.unclear) != (other.lead, other.words, other.unclear)
        for one, other in pairwise(maps)
    ]
    assert len(told) == sum(seen)


@given(any_facts(), any_facts())
def test_what_changed_between_any_two_maps_can_be_said_in_every_language(one: Facts, other: Facts) -> None:
    there = lines_between(drawn(one), drawn(other, 1), RULE, {})

    for voice in HOUSE.voices.values():
        spoken = voice.bubble(Say("map.updated", {"lines": there}))
        assert not breaks(spoken)
        assert "points" not in spoken.html


def test_what_a_later_release_knows_no_more_is_passed_over() -> None:
    told = vignette("P01")
    old = drawn(told)
    strange = {**old.answers, "CF99": 3, "V1": "huge", "CF2": "?", "log": "prayer:held@1"}

    there = lines_between(replace(old, answers=strange), drawn(told, 1), RULE, {})

    assert HOUSE.voices["en"].bubble(Say("map.updated", {"lines": there})).html


def with_history() -> Chat:
    someone = at_the_end(answers_of(vignette("P07")))
    someone.chat.waits(days=30)
    someone.chat.commands("change", "CF5")
    someone.chat.gives(6)
    return someone.chat


def test_earlier_maps_are_offered_once_there_are_two() -> None:
    chat = sketched()
    assert "Earlier maps" not in str([key.words for row in bubbles(chat.replies[-1])[-1].rows for key in row])

    again = with_history()

    assert "Earlier maps" in str(
        [key.words for row in bubbles(again.commands("map"))[-1].rows for key in row]
    )


def test_the_list_has_a_line_for_each_map_with_its_day_and_lead() -> None:
    chat = with_history()

    reply = chat.commands("maps")

    assert prompts(reply) == ("history.list",)
    assert len(facts(reply, "history.list")["lines"]) == len(chat.person.diary.maps)
    assert re.search(r"On March 2, \d\d:\d\d: <b>the role itself</b>, fairly clear", words(reply))
    assert len(reply.says[-1].buttons) == len(chat.person.diary.maps) - 1


def test_a_number_that_is_typed_opens_that_map() -> None:
    chat = with_history()
    chat.commands("maps")

    assert prompts(chat.says("2")) == ("history.both", "history.moved")


def test_two_maps_stand_side_by_side_as_words_and_as_a_picture() -> None:
    chat = with_history()
    chat.commands("maps")

    both = chat.says("3").says[0]

    assert both.picture is not None
    card = bubbles(chat.replies[-1])[0].card
    assert isinstance(card, Card)
    assert len(card.columns) == 2
    role = next(layer for layer in card.layers if layer.name == "The role itself")
    assert (role.dots_before, role.word_before) == (3, "fairly clear")
    assert role.dots < 3


def test_an_old_map_is_shown_as_it_was_kept_whatever_the_rule_says_today() -> None:
    chat = with_history()
    first, *others = chat.person.diary.maps
    kept = replace(first, words={**first.words, "ENV": "well_supported"}, lead=("ENV",), rule_version="0")
    chat.person = replace(chat.person, diary=replace(chat.person.diary, maps=(kept, *others)))
    chat.commands("maps")
    assert "how people are treated there" in words(chat.replies[-1])

    reply = chat.says("1")

    card = bubbles(reply)[0].card
    assert isinstance(card, Card)
    assert next(each for each in card.layers if "treated" in each.name).dots_before == 5
    assert "I weigh some answers differently by now" in words(reply)


def test_maps_of_the_first_releases_without_words_are_left_out() -> None:
    chat = with_history()
    wordless = replace(chat.person.diary.maps[0], words={}, at=NOW - timedelta(days=900))
    maps = (wordless, *chat.person.diary.maps)
    chat.person = replace(chat.person, diary=replace(chat.person.diary, maps=maps))

    assert len(facts(chat.commands("maps"), "history.list")["lines"]) == len(maps) - 1


def test_a_map_that_is_gone_by_now_leads_back_to_the_list() -> None:
    chat = with_history()

    assert prompts(chat.commands("maps", "12345")) == ("history.list",)
    assert prompts(chat.commands("maps", "nonsense")) == ("history.list",)


def test_with_one_map_the_command_shows_that_one() -> None:
    chat = sketched()

    assert prompts(chat.commands("maps")) == prompts(chat.commands("map"))


@pytest.mark.parametrize("locale", sorted(HOUSE.voices))
def test_the_longest_history_fits_into_one_message(locale: str) -> None:
    chat = with_history()
    some = chat.person.diary.maps[0]
    many = tuple(replace(some, at=some.at + timedelta(days=n)) for n in range(MAPS_KEPT))
    chat.person = replace(chat.person, diary=replace(chat.person.diary, maps=many))

    for bubble in bubbles(chat.commands("maps"), locale):
        assert not breaks(bubble)
