"""In a crisis: what each answer leads to, what waits, and the one way out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.commands import COMMANDS
from flows.engine.say import Say
from flows.engine.tokens import order_token
from flows.person import Standing
from flows.reply import Reply
from flows.safety.crisis_steps import STEPS
from tests.coach.given import Chat, bubbles, facts, order, prompts, sketched, words
from tests.coach.telegram_rules import breaks
from tests.safety.crisis_given import at_work, in_crisis, last, listening

EXPLICIT = "I want to die"
FIRST = ("crisis.glad", "sos.program", "sos.lines", "sos.with_you", "crisis.safe")


def test_not_safe_is_answered_with_the_emergency_number_and_the_chat_goes_on() -> None:
    chat = in_crisis()

    first, second, third = chat.taps("no"), chat.says("no"), chat.says("not safe")

    assert prompts(first) == ("crisis.now", "crisis.distance", "crisis.safe_now")
    assert prompts(second) == ("crisis.now_again", "crisis.safe_now")
    assert prompts(third) == ("crisis.now", "crisis.safe_now")


@pytest.mark.parametrize("how", ["yes but not for long", "yes and no", "I think so", "no idea"])
def test_to_be_safe_is_believed_only_when_nothing_else_is_said(how: str) -> None:
    assert "crisis.safe_yes" not in prompts(in_crisis().says(how))


def test_not_being_sure_is_not_left_alone() -> None:
    chat = in_crisis()

    assert prompts(chat.says("not sure")) == ("crisis.unsure", "sos.lines", "crisis.safe_now")
    assert prompts(chat.says("I can't call")) == ("crisis.cannot", "sos.with_you")


def test_still_not_sure_brings_people_near_first() -> None:
    chat = in_crisis()
    chat.taps("unsure")

    assert prompts(chat.says("not sure")) == ("crisis.unsure_again", "sos.emergency", "crisis.safe_now")


def test_safe_offers_something_for_the_next_hour() -> None:
    assert prompts(in_crisis().says("yes")) == ("crisis.safe_yes", "crisis.ways")


def test_the_draft_is_one_piece_to_copy() -> None:
    reply = in_crisis().taps("draft")

    assert prompts(reply)[:2] == ("crisis.draft_how", "crisis.draft")
    assert bubbles(reply)[1].html.startswith("<code>")


@pytest.mark.parametrize("how", ["taps", "typed"])
def test_a_plan_of_three_lines_is_shown_and_not_kept(how: str) -> None:
    chat = in_crisis()
    chat.says("a small plan")
    if how == "taps":
        chat.taps("walk"), chat.taps("open")
        reply = chat.hears(order("crisis", "plan_line.1"))
    else:
        chat.says("the sofa"), chat.says("my brother")
        reply = chat.says("0800 111 0 111")

    assert prompts(reply)[:2] == ("crisis.plan_shown", "crisis.plan_shown.how")
    assert "0800 111 0 111" in words(reply)
    assert ("A walk outside" if how == "taps" else "my brother") in words(reply)
    assert chat.person.crisis.plan == ()


def test_the_exercise_has_three_steps_and_a_way_out_of_each() -> None:
    chat = in_crisis()

    steps = [last(chat.says("exercise")), last(chat.says("ok")), last(chat.taps("on"))]

    assert steps == ["crisis.ground_1", "crisis.ground_2", "crisis.ground_3"]
    assert last(chat.taps("stop")) == "crisis.look_in"


@pytest.mark.parametrize("command", sorted({*COMMANDS, "nonsense"} - {"sos", "help", "privacy", "export"}))
def test_work_waits_for_every_command(command: str) -> None:
    chat = in_crisis()
    before = chat.person.conversations

    reply = chat.commands(command)

    if command in ("erase", "hide", "pause", "withdraw", "keep_words", "let_go"):
        return
    assert prompts(reply)[0] == "crisis.waits"
    assert chat.person.conversations == before


def test_old_buttons_wait_too() -> None:
    chat = at_work()
    old = chat.token("~skip")
    chat.says(EXPLICIT)
    before = chat.sketch

    reply = chat.hears(type(order("x"))(old))

    assert prompts(reply)[0] == "crisis.waits"
    assert chat.sketch == before


@pytest.mark.parametrize("command", ["sos", "privacy", "export", "erase", "pause", "help"])
def test_help_and_what_is_ones_own_work_in_a_crisis(command: str) -> None:
    typed, ordered = in_crisis(), in_crisis()

    assert prompts(typed.says(command)) == prompts(ordered.commands(command))
    assert "crisis.waits" not in prompts(ordered.replies[-1])
    assert not [each for each in offered(ordered) if each.startswith(("c:continue", "c:map", "c:later"))]


def offered(chat: Chat) -> list[str]:
    return [button.token for say in chat.replies[-1].says for button in say.buttons]


def test_everything_can_be_erased_in_a_crisis() -> None:
    chat = in_crisis()
    chat.commands("erase")

    chat.says("Delete everything")

    assert chat.person.standing is Standing.LEAVING


def test_not_erasing_leads_back_to_help_and_not_to_work() -> None:
    chat = in_crisis()
    chat.commands("erase")

    assert prompts(chat.taps("no")) == ("coach.not_erased",)
    assert chat.person.crisis.on


def test_a_single_no_does_not_end_it() -> None:
    chat = in_crisis()
    for text in ("no", "no I'm not", "I'm fine now", "I'm not suicidal", "stop"):
        chat.says(text)
    chat.hears(order("crisis", "ask.no"))

    assert chat.person.crisis.on


def test_work_goes_on_on_the_persons_own_tap_and_not_before_a_full_day() -> None:
    chat = in_crisis()

    assert prompts(chat.says("I'm OK to go on"))[0] == "crisis.too_soon"
    assert chat.person.crisis.on
    assert prompts(chat.waits(hours=23, minutes=58).hears(order("crisis", "day_after.go_on")))[0] == (
        "crisis.too_soon"
    )
    assert prompts(chat.waits(minutes=2).says("I'm OK to go on")) == ("crisis.went_on",)
    assert last(chat.taps("go_on")) == "sketch.O1"


def test_explicit_words_again_begin_the_day_anew_and_are_answered_shorter() -> None:
    chat = in_crisis()
    chat.waits(hours=20)

    reply = chat.says(EXPLICIT)

    assert prompts(reply) == ("crisis.again", "sos.lines", "crisis.safe")
    assert len(facts(reply, "sos.lines")["lines"]) == 1
    assert prompts(chat.says(EXPLICIT))[0] == "crisis.again_too"
    assert prompts(chat.waits(hours=5).says("I'm OK to go on"))[0] == "crisis.too_soon"


def test_in_another_language_the_first_words_are_said_once_in_it_also_later() -> None:
    chat = in_crisis()

    assert prompts(chat.says("Quiero morir"))[0] == "crisis.elsewhere.es"
    assert "crisis.elsewhere.es" not in prompts(chat.says("Quiero morir"))


def test_a_yes_to_an_old_question_and_not_safe_of_long_ago_count_whenever_they_come() -> None:
    for step in ("ask.yes", "safe.no"):
        chat = sketched()
        chat.coach = listening()
        chat.hears(order("crisis", step))

        assert chat.person.crisis.on, step


@pytest.mark.parametrize("step", ["safe.yes", "safe_now.called", "look_in.yes"])
def test_buttons_of_a_crisis_that_is_over_have_been_moved_on_from(step: str) -> None:
    chat = at_work()

    reply = chat.hears(order("crisis", step))

    assert (prompts(reply), reply.toast) == ((), Say("engine.moved_on"))


STEP_NAMES = [
    *("safe.yes", "safe.no", "safe.unsure", "safe_now.called", "safe_now.cannot", "ways.plan", "ways.ground"),
    *("ways.draft", "ways.lines", "ground.2", "ground.4", "ground.stop", "look_in.yes", "look_in.no"),
    *("plan_hour.walk", "plan_who.open", "plan_line.1", "day_after.waiting", "ask.no", "ask.rather_not"),
    *("harm_kept.keep", "nonsense", "plan_line.99"),
]
THINGS = st.one_of(
    st.sampled_from(STEP_NAMES).map(lambda step: ("tap", step)),
    st.sampled_from(["no", "yes", "hm", "I don't know", EXPLICIT, "I can't go on", "7", "<b>"]).map(
        lambda text: ("say", text)
    ),
    st.sampled_from(["sos", "privacy", "map", "continue", "pause"]).map(lambda name: ("order", name)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(THINGS, max_size=25))
def test_whatever_is_done_it_stays_responsive_and_repeats_no_wall_and_shows_no_work(
    things: list[tuple[str, str]],
) -> None:
    chat = in_crisis()
    for what, which in things:
        reply = done(chat, what, which)
        assert reply.says or reply.toast
        assert all(not breaks(bubble) for bubble in bubbles(reply))
        assert {name.partition(".")[0] for name in prompts(reply)} <= {"crisis", "sos", "privacy"}
        assert chat.person.crisis.on
        if what == "say" and len(chat.replies) > 1:
            assert prompts(reply) != prompts(chat.replies[-2])
    walls = [reply for reply in chat.replies if len(reply.says) >= len(FIRST)]
    assert len(walls) <= 1 + sum(what == "order" for what, _ in things)


def done(chat: Chat, what: str, which: str) -> Reply:
    match what:
        case "tap":
            return chat.hears(order("crisis", which))
        case "say":
            return chat.says(which)
    return chat.commands(which)


def test_every_button_of_the_protocol_leads_to_a_step_that_exists() -> None:
    chat = in_crisis()
    for step in STEP_NAMES[:-2]:
        chat.hears(order("crisis", step))
    first = order_token("crisis", "")
    tokens = {button.token for reply in chat.replies for say in reply.says for button in say.buttons}
    steps = {token.removeprefix(first).partition(".")[0] for token in tokens if token.startswith(first)}

    assert steps <= set(STEPS)
    assert len(steps) > 7
