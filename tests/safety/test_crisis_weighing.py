"""Answers that weigh together lead to the direct question: once, by themselves, and without a word list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.house import furnish
from flows.safety.crisis import A_DAY, THREE_DAYS
from tests.coach.given import Chat, at_question, prompts, somebody

QUESTION = ("crisis.weighed",)


def heavy_everywhere() -> Chat:
    """Somebody who is about to say that it has followed them into everything."""
    return at_question("O6", O2=9)


@pytest.mark.parametrize("listens", [True, False])
def test_the_question_needs_no_list(listens: bool) -> None:
    chat = heavy_everywhere()
    chat.coach = furnish(listens=listens).coach

    assert prompts(chat.gives(4)) == QUESTION


def test_a_no_is_believed_and_the_sitting_goes_on_where_it_was() -> None:
    chat = heavy_everywhere()
    chat.gives(4)

    assert prompts(chat.says("No, it is about work")) == ("crisis.believe", "crisis.way_back")
    assert prompts(chat.says("go on")) == ("sketch.O7",)


@pytest.mark.parametrize("code", ["yes", "sometimes"])
def test_a_yes_leads_to_the_first_answer(code: str) -> None:
    chat = heavy_everywhere()
    chat.gives(4)
    chat.taps(code)

    assert chat.person.crisis.on


def test_what_leaves_it_open_is_asked_once_more_and_then_let_be() -> None:
    chat = heavy_everywhere()
    chat.gives(4)

    assert prompts(chat.says("hm")) == ("crisis.unclear",)
    assert "crisis.unclear" not in prompts(chat.says("hm"))


def test_a_monday_that_nothing_makes_lighter_is_asked_about_only_after_the_last_scenario() -> None:
    chat = at_question("CF0")
    asked = [prompts(chat.gives(8)) == QUESTION for _ in range(5)]

    assert asked == [False, False, False, False, True]


def test_with_one_scenario_that_lifts_nothing_is_asked() -> None:
    chat = at_question("CF0")
    chat.gives(8)
    replies = [chat.gives(2 if chat.foreground.state == "CF2" else 8) for _ in range(4)]

    assert QUESTION not in [prompts(reply) for reply in replies]


def test_the_same_answers_given_again_are_not_asked_about_again() -> None:
    chat = heavy_everywhere()
    chat.gives(4)
    chat.taps("no")
    chat.waits(days=8)

    for value in (3, 4):
        chat.commands("change", "O6")
        reply = chat.gives(value)

    assert prompts(reply) != QUESTION


def test_new_answers_that_weigh_are_asked_about_after_three_days() -> None:
    for days, expected in ((2, False), (4, True)):
        chat = heavy_everywhere()
        chat.gives(4)
        chat.taps("no")
        chat.waits(days=days)
        chat.commands("change", "O2")

        assert (prompts(chat.gives(10)) == QUESTION) is expected


def test_of_the_event_only_its_kind_is_remembered() -> None:
    chat = heavy_everywhere()

    reply = chat.gives(4)

    assert [each.body for each in reply.remember if each.kind == "crisis"] == [
        {"type": "structural", "language": "", "option": ""}
    ]


STEPS = st.one_of(
    st.tuples(st.sampled_from(["O2", "O6"]), st.sampled_from([3, 4, 8, 9, 10])),
    st.tuples(st.just("wait"), st.sampled_from([1, 23, 25, 71, 73, 24 * 31])),
    st.tuples(st.sampled_from(["no", "rather_not"]), st.just(0)),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(STEPS, max_size=25))
@example([("O2", 9), ("O6", 4), ("no", 0), ("wait", 73), ("O2", 10)])
@example([("O2", 9), ("O6", 4), ("no", 0), ("wait", 744), ("O6", 3), ("O6", 4)])
def test_it_is_asked_only_of_what_has_just_come_to_weigh_and_never_twice_of_the_same(
    steps: list[tuple[str, int]],
) -> None:
    """The rule of safety.md C2.4 and C4, written a second time."""
    chat, values = somebody(), dict[str, int]()
    chat.answers(O2=5, O6=1, CF0=0)
    last, about = chat.now - timedelta(days=365), set[tuple[int, int]]()
    for what, which in steps:
        before = (values.get("O2", 5), values.get("O6", 1))
        done = acts(chat, what, which, values)
        now = (values.get("O2", 5), values.get("O6", 1))
        is_asked = "crisis.weighed" in done
        weighs = now[0] >= 9 and now[1] == 4
        if is_asked:
            assert weighs
            assert now not in (*about, before)
            assert chat.now - last >= THREE_DAYS > A_DAY
            about, last = {now}, chat.now
        elif weighs and now != before and now not in about:
            assert chat.now - last < THREE_DAYS


def acts(chat: Chat, what: str, which: int, values: dict[str, int]) -> tuple[str, ...]:
    if what == "wait":
        chat.waits(hours=which)
        return ()
    if what in ("no", "rather_not"):
        said = chat.replies[-1]
        return prompts(chat.taps(what)) if prompts(said) == QUESTION else ()
    value = min(which, 4) if what == "O6" else which
    chat.commands("change", what)
    reply = chat.gives(value)
    values[what] = value
    return prompts(reply)


def test_nothing_is_asked_of_somebody_who_erased_everything() -> None:
    chat = heavy_everywhere()
    chat.gives(4)
    gone = replace(chat.person, conversations={}, open_flows=())

    assert chat.coach.weighs(gone) == frozenset()
