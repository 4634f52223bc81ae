"""What is stored of a conversation, and reading it again."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine.answers import Answer
from flows.engine.conversation import Conversation, Pending, as_plain, from_plain
from tests.engine.given import at

VALUES = st.none() | st.text() | st.integers() | st.lists(st.text(), max_size=3).map(tuple)
ANSWERS = st.builds(Answer, VALUES, st.integers(0, 2**40), st.none() | st.integers(0, 2**53))
CODES = st.lists(st.text(), max_size=3).map(tuple)


@given(
    st.builds(
        Conversation,
        flow=st.just("checkin"),
        version=st.integers(1, 9),
        id=st.text(),
        state=st.text(),
        seq=st.integers(1, 99_999),
        answers=st.dictionaries(st.text(), ANSWERS, max_size=3),
        trail=CODES,
        about=st.dictionaries(st.text(), st.text(), max_size=3),
        seed=st.integers(),
        draft=CODES,
        offered=CODES,
        pending=st.none() | st.builds(Pending, ANSWERS, st.sampled_from(["reopens", "late"]), CODES),
        changing=st.booleans(),
        ahead=st.booleans(),
        missed=st.integers(0, 9),
        at=st.integers(0, 2**40),
    )
)
def test_a_conversation_comes_back_from_json_as_it_was(conversation: Conversation) -> None:
    assert from_plain("checkin", json.loads(json.dumps(as_plain(conversation)))) == conversation


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(list(as_plain(at("sleep", heaviness=4)))), JSON)
def test_what_cannot_be_read_is_refused_with_an_error_that_loading_expects(
    name: str, rubbish: object
) -> None:
    stored = {**as_plain(at("sleep", heaviness=4)), name: rubbish}

    with suppress(KeyError, TypeError, ValueError):
        assert isinstance(from_plain("checkin", stored), Conversation)


def test_what_is_missing_is_refused() -> None:
    for name in ("state", "answers", "pending", "at"):
        stored = {key: value for key, value in as_plain(at("sleep")).items() if key != name}
        with pytest.raises(KeyError):
            from_plain("checkin", stored)
