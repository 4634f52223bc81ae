"""However somebody answers, the end is kind and honest: no blame, and no name that nothing bears out."""

from __future__ import annotations

import re

import pytest

from bot.rendering import WORDS_A_BUBBLE
from flows.assessment.certainty import Word
from flows.assessment.certainty import words as words_for
from flows.assessment.how_answered import PACE_CHECK
from flows.assessment.sittings import SITTINGS, scored
from tests.coach.given import HOUSE, prompts, somebody
from tests.coach.ways import (
    LISTED,
    NAMING,
    WAYS,
    all_bubbles,
    each_pace,
    each_way,
    plain_words,
    tapping_anywhere,
    through_all,
)
from tests.test_prompts import ALLOWED, NEVER


@each_pace
@each_way
def test_no_bubble_is_longer_than_one_reads_or_says_what_the_coach_never_says(
    name: str, seconds: float
) -> None:
    chat = through_all(WAYS[name], seconds)

    for locale, never in NEVER.items():
        for html in all_bubbles(chat, locale):
            assert plain_words(html) <= WORDS_A_BUBBLE or LISTED.search(html), html
            assert not re.search(never, ALLOWED.sub("", html), re.I | re.X), html


@each_pace
@each_way
def test_what_the_rule_calls_unclear_is_never_named(name: str, seconds: float) -> None:
    chat = through_all(WAYS[name], seconds)

    result = scored(chat.person.conversations, HOUSE.coach.rule)
    named = [each for each in prompts(chat.replies[-1]) if each.startswith(NAMING)]
    assert bool(named) != result.unclear


@each_way
def test_without_a_trial_no_word_is_above_what_a_questionnaire_may_say(name: str) -> None:
    chat = through_all(WAYS[name], 20)

    said = words_for(scored(chat.person.conversations, HOUSE.coach.rule))
    assert Word.WELL_SUPPORTED not in said.values()


@pytest.mark.parametrize("name", ["all the same", "always the last", "all yes"])
def test_one_answer_to_everything_is_not_clear(name: str) -> None:
    assert scored(through_all(WAYS[name], 20).person.conversations, HOUSE.coach.rule).unclear


def test_most_random_tapping_is_not_clear() -> None:
    tapping = [through_all(tapping_anywhere(seed), 20) for seed in range(30)]

    unclear = sum(scored(chat.person.conversations, HOUSE.coach.rule).unclear for chat in tapping)

    assert unclear >= 0.8 * len(tapping)


def test_whoever_only_writes_idk_is_not_kept_and_hears_that_there_is_nothing_to_go_on() -> None:
    chat = somebody(None)
    for _ in SITTINGS:
        if chat.person.foreground is None:
            chat.commands("next")
        while chat.person.foreground is not None:
            there = chat.foreground.state
            chat.says("idk")
            if chat.person.foreground is not None and chat.foreground.state == there:
                chat.gives(chat.question.codes[0])

    assert "map.nothing_to_go_on" in prompts(chat.replies[-1])
    assert PACE_CHECK.name not in chat.person.conversations
    assert max(plain_words(html) for html in all_bubbles(chat, "en")) <= WORDS_A_BUBBLE
