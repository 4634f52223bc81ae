"""What buttons carry, and what a client may send instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.asking import ask
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.tokens import LONGEST, READY, Choice, Order, choice_token, order_token, read_token
from flows.shelf import FLOWS
from tests.engine.given import an_ear

CODES = st.from_regex(r"[A-Za-z0-9_+/-]{1,20}", fullmatch=True)


@given(CODES, st.integers(0, 99_999), st.from_regex(r"[A-Za-z]\w{0,9}", fullmatch=True).filter(str.isascii))
def test_a_token_says_what_its_button_stood_for(code: str, seq: int, question: str) -> None:
    token = choice_token("c0ffee42", seq, question, code)

    assert read_token(token) == Choice("c0ffee42", seq, question, code)


@pytest.mark.parametrize("argument", ["", "3", "sketch.O2"])
def test_a_command_on_a_button_keeps_its_argument(argument: str) -> None:
    assert read_token(order_token("change", argument)) == Order("change", argument)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":",
        "q",
        "q:c0ffee:1:heaviness",
        "q:c0ffee:1:heaviness:4:5",
        "q:c0ffee:-1:heaviness:4",
        "q:c0ffee:1.5:heaviness:4",
        "q:c0ffee::heaviness:4",
        "q:c0ffee:\u0661:heaviness:4",
        "q:c0ffee:1:heaviness:\u00e9",
        "x:c0ffee:1:heaviness:4",
        "c:go on:",
        "c::",
        "c:erase",
        "q:c0ffee:1:heaviness:" + "x" * 44,
        "\x00",
    ],
)
def test_a_forged_token_is_none(token: str) -> None:
    assert read_token(token) is None


@given(st.text() | st.from_regex(r"[qc](:[ -~]{0,20}){0,5}", fullmatch=True))
def test_any_other_token_is_none_or_reads_the_same_again(token: str) -> None:
    match read_token(token):
        case Choice(conversation, seq, question, code):
            assert read_token(choice_token(conversation, seq, question, code)) is not None
        case Order(name, argument):
            assert order_token(name, argument) == token


@pytest.mark.parametrize("flow", FLOWS.values(), ids=list(FLOWS))
def test_every_button_of_every_flow_fits_into_64_bytes_of_ascii(flow: Flow) -> None:
    for state, question in flow.questions.items():
        here = Conversation(flow.name, flow.version, "c0ffee42", state, seq=99_999, trail=("x",))
        tokens = [button.token for button in ask(flow, here, an_ear()).buttons]
        tokens += [
            choice_token(here.id, here.seq, state, code)
            for code in (READY, *(f"+{code}" for code in question.labelled))
        ]
        assert max(map(len, tokens)) <= LONGEST
        assert all(token.isascii() and read_token(token) for token in tokens)


def test_the_longest_zone_fits_on_a_button_too() -> None:
    token = choice_token("c0ffee42", 99_999, "zone", "America/Argentina/ComodRivadavia")

    assert len(token) <= LONGEST
    assert read_token(token) is not None
