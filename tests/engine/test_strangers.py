"""Whatever strangers do, nothing breaks, nobody is stuck, and no answer is wrong behind their back."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import load_catalogues
from bot.rendering import Voice
from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sketch import SKETCH
from flows.engine.flow import Flow
from tests.engine.given import CHECKIN
from tests.engine.strangers import DOINGS, Stranger

CATALOGUES = load_catalogues()
VOICE = Voice(CATALOGUES["en"])
LABELS = sorted({label for options in CATALOGUES["en"].labels.values() for label in options.values()})

TYPED = (
    *("skip", "back", "why?", "not sure", "yes", "no", "leave it as it is", "that's all", "?", "change it"),
    *("7/10", "7.5", "7-8", "1, 3", "the second one", "{{ 7 }}", "<b>", "\u200f\u0667", "", "-3", "8", "2"),
    *("no, bad sleep", "x" * 4000, "\ud83d", "Georgia", "springfield", "14:30", "utc+1", "hello there"),
)
TEXTS = st.text(max_size=20) | st.integers(-2, 12).map(str) | st.sampled_from(LABELS) | st.sampled_from(TYPED)
EVENTS = st.tuples(st.sampled_from(DOINGS), st.integers(0, 10**4), TEXTS)
FLOWS = {"checkin": CHECKIN, "sketch": SKETCH, "onboarding": ONBOARDING}


@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
@settings(max_examples=60, deadline=None)
@given(
    locale=st.sampled_from(sorted(CATALOGUES)),
    seed=st.integers(0, 23),
    begun=st.integers(0, 24),
    events=st.lists(EVENTS, min_size=8, max_size=40),
    picks=st.lists(st.integers(0, 10**4), min_size=1, max_size=8),
)
def test_a_stranger_may_do_anything_and_still_gets_to_the_end(
    flow: Flow, locale: str, seed: int, begun: int, events: list[tuple[str, int, str]], picks: list[int]
) -> None:
    stranger = Stranger.meets(flow, CATALOGUES[locale], seed)
    for turn in range(begun):
        stranger.answers(picks[turn % len(picks)])
    for what, pick, text in events:
        stranger.does(what, pick, text)

    for turn in range(3 * len(flow.questions)):
        stranger.answers(picks[turn % len(picks)])
    assert stranger.conversation.done


@settings(max_examples=40, deadline=None)
@given(flow=st.sampled_from([SKETCH, ONBOARDING]), events=st.lists(EVENTS, max_size=25))
def test_everything_that_is_said_to_a_stranger_has_words(
    flow: Flow, events: list[tuple[str, int, str]]
) -> None:
    stranger = Stranger.meets(flow, CATALOGUES["en"], 0)
    for what, pick, text in events:
        stranger.does(what, pick, text)

        for said in stranger.said[-1:]:
            assert all(bubble.html for bubble in VOICE.bubbles(said.says))
            assert said.toast is None or VOICE.plain(said.toast)
            assert said.chosen is None or VOICE.plain(said.chosen)


@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_long_walks_meet_every_question_and_every_kind_of_trouble(flow: Flow) -> None:
    reached, met = set[str](), set[str]()
    for seed in range(100):
        chance = Random(seed)
        stranger = Stranger.meets(flow, CATALOGUES["en"], seed)
        for _ in range(30):
            stranger.does(chance.choice(DOINGS), chance.randrange(10**4), chance.choice(TYPED))
            reached.add(stranger.conversation.state)
            met |= stranger.met()

    assert reached == {*flow.questions, "done"}
    assert met >= {"held: reopens", "changing", "done", "dropped"}
    assert (
        met >= {"checkin": {"draft", "held: late"}, "sketch": {"ahead"}, "onboarding": {"offered"}}[flow.name]
    )
