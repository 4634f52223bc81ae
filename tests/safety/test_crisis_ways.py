"""Every path of the protocol can be walked by tapping alone and by typing alone, and needs nobody else."""

from __future__ import annotations

import ast
from collections import deque
from copy import copy
from dataclasses import replace
from importlib.resources import files

import pytest

from flows.engine.heard import Commanded, Heard, Tapped, Wrote
from flows.engine.say import Button, Label
from tests.coach.given import HOUSE, Chat, at_question, buttons_of, order, prompts
from tests.safety.crisis_given import at_work, in_crisis

PATHS = {
    *("crisis.safe_yes", "crisis.unsure", "crisis.now", "crisis.distance"),
    *("crisis.now_again", "crisis.with_somebody", "crisis.cannot", "crisis.draft", "crisis.plan_shown"),
    *("crisis.ground_3", "crisis.ground_done", "crisis.look_in", "crisis.look_in_yes", "crisis.look_in_no"),
    *("sos.lines", "sos.emergency", "sos.with_you", "crisis.ways"),
}
"""What can be reached on the first day of a crisis by its answers."""

BEFORE = {"crisis.told", "crisis.believe", "crisis.rather_not"}
"""What the answers to the question lead to."""

STEPS_OF_LAST_MONTH = {
    *("ask.yes", "ask.no", "ask.rather_not", "safe.yes", "safe.no", "safe.unsure", "safe_now.no"),
    *(
        "safe_now.called",
        "safe_now.cannot",
        "ways.plan",
        "ways.draft",
        "ways.lines",
        "ways.ground",
        "ground.2",
    ),
    *("plan_hour.walk", "plan_line.1", "look_in.yes", "look_in.no", "day_after.go_on", "harm_kept.keep"),
    *("harm_kept.drop", "nonsense"),
}
STILL_COUNT = {"ask.yes", "safe.no", "safe.unsure", "safe_now.no"}
"""Not to be safe is not over because the button is old."""

NETWORK = {"socket", "http", "urllib", "asyncio", "aiohttp", "httpx", "telegram", "requests"}


def tapping(chat: Chat, button: Button) -> Heard:
    del chat
    return Tapped(button.token)


def typing(chat: Chat, button: Button) -> Heard:
    label = button.label
    text = HOUSE.voices[chat.person.locale].plain(label) if isinstance(label, Label) else str(label)
    return Wrote(text)


def walked(chat: Chat, how: object, *, only_the_last: bool) -> set[str]:
    """All that is said on the ways from here; the same message at the same stage is gone on from once."""
    found, waiting, known = set[str](), deque([chat]), set[object]()
    while waiting:
        there = waiting.popleft()
        says = there.replies[-1].says
        if not says:
            continue
        shown = says[-1:] if only_the_last else says
        for button in buttons_of(replace(there.replies[-1], says=shown, redraw=None)):
            further = copy(there)
            further.replies = []
            reply = further.hears(how(there, button))  # type: ignore[operator]
            found |= {*prompts(reply)}
            mark = (prompts(reply), further.person.crisis.seen, len(further.person.crisis.plan))
            if mark not in known and further.person.crisis.on and len(known) < 600:
                known.add(mark)
                waiting.append(further)
    return found


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize(("how", "only_the_last"), [(tapping, False), (typing, True)])
def test_every_path_can_be_walked(how: object, only_the_last: bool, locale: str) -> None:
    chat = in_crisis(locale=locale)

    assert walked(chat, how, only_the_last=only_the_last) >= PATHS


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("how", [tapping, typing])
def test_the_question_can_be_answered(how: object, locale: str) -> None:
    chat = at_work(locale=locale)
    chat.says("I can't go on", ref=900)

    assert walked(chat, how, only_the_last=True) >= BEFORE


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("how", [tapping, typing])
def test_the_question_that_answers_lead_to_can_be_answered(how: object, locale: str) -> None:
    chat = at_question("O6", O2=9)
    chat.person = replace(chat.person, locale=locale)
    chat.gives(4)

    assert walked(chat, how, only_the_last=True) >= BEFORE


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("how", [tapping, typing])
def test_whether_words_about_harm_are_kept_can_be_answered(how: object, locale: str) -> None:
    chat = at_work(locale=locale)
    chat.says("He hits me", ref=900)

    assert "crisis.harm_gone" in walked(chat, how, only_the_last=True)
    assert "sketch.O2" in walked(chat, how, only_the_last=True)


@pytest.mark.parametrize("step", sorted(STEPS_OF_LAST_MONTH))
def test_a_button_of_last_month_does_what_it_says_or_says_that_it_is_over(step: str) -> None:
    chat = in_crisis()
    chat.waits(hours=25).says("I'm OK to go on")
    chat.waits(days=30)

    for _ in range(2):
        reply = chat.hears(order("crisis", step))

        assert reply.says or reply.toast
    assert chat.person.crisis.on is (step in STILL_COUNT)


def test_a_day_later_the_way_out_can_be_tapped_and_typed() -> None:
    for how in (tapping, typing):
        chat = in_crisis().waits(hours=25)
        chat.says("hello")

        assert "crisis.went_on" in walked(chat, how, only_the_last=True)


def test_help_is_a_command_in_every_state() -> None:
    for chat in (at_work(), in_crisis(), in_crisis().waits(hours=30)):
        assert {"sos.lines", "sos.emergency"} <= {*prompts(chat.hears(Commanded("sos")))}


def test_the_protocol_and_its_numbers_need_no_network() -> None:
    folder = files("flows.safety")
    imported = {
        name.partition(".")[0]
        for place in folder.iterdir()
        if place.name.endswith(".py")
        for node in ast.walk(ast.parse(place.read_text("utf-8")))
        for name in _names(node)
    }

    assert "flows" in imported
    assert imported & NETWORK == set()


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_the_first_words_in_other_languages_are_the_same_in_every_locale() -> None:
    name = "crisis_in_other_languages.toml"
    texts = {(files("prompts") / locale / name).read_text("utf-8") for locale in HOUSE.voices}

    assert len(texts) == 1
