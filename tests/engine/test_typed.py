"""Whatever can be tapped can be typed, and what is typed is taken for what it most plainly says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.assessment.onboarding import ONBOARDING
from flows.assessment.sketch import SKETCH
from flows.engine.asking import ask
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go
from flows.engine.questions import MultiChoice
from flows.engine.say import CountryName, ZoneName
from flows.engine.stepping import step
from flows.engine.tokens import Choice as Tap
from flows.engine.turn import Turn
from tests.engine.given import NOW, an_ear, at, code_of, prompts, said, tapped, turn_of

MARKED = replace(at("sleep", heaviness=4), draft=("nights",))


def asked(flow: Flow, state: str, text: str) -> Turn:
    """What a text causes at this question of a flow, with nothing answered yet."""
    here = Conversation(flow.name, flow.version, "c0ffee", state, at=int(NOW.timestamp()))
    return step(flow, here, said(text), an_ear())


@pytest.mark.parametrize("text", ["that's all", "That\u2019s all!", "ok", "yes", "fine thanks"])
def test_with_marks_set_the_list_is_ready_in_any_words(text: str) -> None:
    assert turn_of(MARKED, said(text)).conversation.value("sleep") == ("nights",)


def test_a_list_is_not_ready_while_nothing_is_marked() -> None:
    turn = turn_of(at("sleep", heaviness=4), said("that's all"))

    assert prompts(turn) == ("engine.nothing_marked", "checkin.sleep")


def test_typed_options_join_the_marks() -> None:
    assert turn_of(MARKED, said("a worry")).conversation.value("sleep") == ("nights", "worry")
    assert turn_of(MARKED, said("nothing")).conversation.value("sleep") == ("no",)


def test_a_list_may_be_left_unsure_in_its_own_words() -> None:
    flow = Flow(
        "list", 1, "list", {"list": MultiChoice("a", "unsure", alone=("unsure",))}, (Go("list", DONE),)
    )

    assert asked(flow, "list", "not sure").conversation.value("list") == ("unsure",)


@pytest.mark.parametrize(
    ("state", "text", "value"), [("O5", "No idea", "f"), ("O7", "I'd rather not say", ("rather",))]
)
def test_the_words_on_a_button_are_no_wish(state: str, text: str, value: object) -> None:
    assert asked(SKETCH, state, text).conversation.value(state) == value


@pytest.mark.parametrize("text", ["can we skipp this one please", "skpi", "Leave it as it is"])
def test_a_wish_may_be_misspelt_where_it_answers_nothing(text: str) -> None:
    turn = turn_of(at("heaviness"), said(text))

    assert (turn.conversation.state, turn.conversation.answers["heaviness"].value) == ("sleep", None)


@pytest.mark.parametrize("text", ["skpi", "black", "I want to go back to bed"])
def test_words_of_their_own_are_no_misspelt_wish(text: str) -> None:
    assert turn_of(at("note", heaviness=4, sleep=("no",)), said(text)).conversation.value("note") == text


def test_a_question_mark_asks_why() -> None:
    assert prompts(turn_of(at("heaviness"), said("?"))) == ("checkin.heaviness.why", "checkin.heaviness")


def test_a_scale_in_words_says_that_its_words_will_do() -> None:
    once = asked(SKETCH, "K2", "banana").conversation
    twice = step(SKETCH, once, said("banana"), an_ear())

    assert prompts(twice) == ("engine.not_an_option", "engine.how.choice", "sketch.K2")


def test_of_an_unclear_country_the_few_that_fit_are_offered_until_one_is_picked() -> None:
    turn = asked(ONBOARDING, "country", "Georgia")
    assert prompts(turn) == ("engine.which_country", "onboarding.country")
    assert [code_of(button) for button in turn.says[1].buttons if not button.aside] == ["GE", "US"]

    why = step(ONBOARDING, turn.conversation, said("why?"), an_ear())
    assert [button.label for button in why.says[1].buttons][:2] == [CountryName("GE"), CountryName("US")]

    picked = step(ONBOARDING, why.conversation, said("1"), an_ear())
    assert (picked.conversation.value("country"), picked.conversation.offered) == ("GE", ())


def test_another_miss_brings_all_options_back() -> None:
    unclear = asked(ONBOARDING, "country", "Georgia").conversation
    turn = step(ONBOARDING, unclear, said("banana"), an_ear())

    assert turn.conversation.offered == ()
    assert len([button for button in turn.says[-1].buttons if not button.aside]) > 2


def test_zones_on_buttons_are_typed_by_city_unless_they_were_asked_for() -> None:
    here = Conversation("onboarding", 1, "c0ffee", "country", at=int(NOW.timestamp()))
    here = step(ONBOARDING, here, said("usa"), an_ear()).conversation
    shown = [button for button in ask(ONBOARDING, here, an_ear()).buttons if not button.aside]
    assert [(button.label, button.key) for button in shown] == [
        (ZoneName("America/New_York"), ""),
        (ZoneName("America/Chicago"), ""),
    ]
    assert step(ONBOARDING, here, said("2"), an_ear()).conversation.state == "zone"

    asked_which = step(ONBOARDING, here, said("springfield"), an_ear()).conversation
    assert step(ONBOARDING, asked_which, said("2"), an_ear()).conversation.value("zone") == "America/New_York"


def test_a_zone_that_no_button_had_is_refused() -> None:
    here = Conversation("onboarding", 1, "c0ffee", "zone", at=int(NOW.timestamp()))
    turn = step(ONBOARDING, here, Tap("c0ffee", 1, "zone", "Europe/Atlantis"), an_ear())

    assert turn.conversation.answers == {}
    assert prompts(turn)[0] == "engine.no_zone"


def test_a_button_of_another_conversation_is_quiet_and_reveals_nothing() -> None:
    here = at("sleep", heaviness=4)
    turn = turn_of(here, replace(tapped(here, "no"), conversation="deadbeef"))
    old = turn_of(here, Tap("deadbeef", 1, "heaviness", "7"))

    assert turn.conversation == old.conversation == here
    assert turn.toast == old.toast
    assert turn.toast is not None
    assert not turn.toast.facts


@pytest.mark.parametrize("code", ["~skip", "~ready", "~why", "yes", "+no", ""])
@pytest.mark.parametrize("state", [DONE, "mood", "note"])
def test_when_all_is_done_no_button_opens_anything(code: str, state: str) -> None:
    done = at(DONE, heaviness=4, sleep=("no",), note="loud")

    assert turn_of(done, Tap(done.id, done.seq, state, code)).conversation == done


def test_what_is_typed_when_all_is_done_is_for_somebody_else() -> None:
    done = at(DONE, heaviness=4, sleep=("no",), note="loud")

    assert turn_of(done, said("7")) == Turn(done)
