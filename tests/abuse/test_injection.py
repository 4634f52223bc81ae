"""Whatever somebody writes into any question goes out as the words that it is: no tag, no template."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.engine.heard import Wrote
from flows.moves.share_flow import SHARE
from flows.person import Person, begun
from flows.reply import Reply
from flows.shelf import FLOWS
from tests.coach.given import HOUSE, NOW, Chat, sketched
from tests.coach.telegram_rules import breaks

OURS = ("b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler")
"""Tags that prompts may use; a person's never become one."""

TYPED = sorted(
    (name, state)
    for name, flow in FLOWS.items()
    for state, question in flow.questions.items()
    if not question.codes or question.kind == "place"
)
"""Every question that somebody can answer in words of their own."""

MARK = "zzy"
"""Stands inside every tag and template of the attacks, so that one that went through is recognised."""

SMALL_MOVE, MENTOR = "val_sentence", "mentor"

ATTACKS = (
    f"<b>{MARK}</b>",
    f"<a href='https://example.org/{MARK}'>here</a>",
    f"</b></i></blockquote><{MARK}>",
    f"<tg-spoiler>{MARK}",
    f"{{{{ 7191 * 7 }}}} {MARK}",
    f"{{% for x in range(9**9) %}}{MARK}{{% endfor %}}",
    f"{{{{ question.__class__.__mro__ }}}}{MARK}",
    f"{{# {MARK} #}}",
    f"&lt;b&gt;{MARK}&amp;&#60;b&#62;",
    f"%s %(x)s {{0}} {{{{}}}} ${{x}} {MARK}",
    f"<!-- {MARK} --><script>alert(1)</script>",
    f"\u202e{MARK}\u202c \x00\x07 {MARK}",
    "<" * 500,
    "&" * 2000,
)

PIECES = st.one_of(
    st.sampled_from(
        ["<", ">", "&", '"', "'", "{{", "}}", "{%", "%}", "{#", "</b>", "<b>", "&lt;", MARK, " ", "\n"]
    ),
    st.text(max_size=6),
)
AFTERWARDS = ("answers", "map", "why", "history", "week", "trial", "settings", "continue", "privacy")
"""Commands that show what was said before."""


@cache
def somebody_mapped() -> Person:
    return sketched().person


def asked(name: str, state: str) -> Chat:
    """Somebody with a map who is asked just this."""
    if name == SHARE.name:
        chat = Chat(somebody_mapped(), now=NOW)
        chat.commands(name)
        chat.gives(MENTOR)
        return chat
    person, conversation = begun(somebody_mapped(), FLOWS[name], NOW, {"move": SMALL_MOVE})
    return Chat(person.having(replace(conversation, state=state)).brought_forward(name), now=NOW)


def spoken(reply: Reply) -> list[str]:
    """Everything that goes out, checked as Telegram does."""
    voice = HOUSE.voices[reply.person.locale].to(reply.person.situation)
    bubbles = voice.bubbles(reply.says)
    assert [breaks(bubble) for bubble in bubbles if breaks(bubble)] == []
    return [bubble.html for bubble in bubbles]


def is_only_words(html: str) -> None:
    """The tags are ours, and nothing was worked out."""
    tags = re.findall(r"</?([a-z-]+)[^<>]*>", html)
    assert set(tags) <= set(OURS), html
    assert "50337" not in unescape(html)
    for tag in re.findall(r"<[^<>]*>", html):
        assert MARK not in tag
    assert "<b>zzy" not in html
    assert not re.search(r"&(?!(?:lt|gt|amp|quot|#34|#39|#x27);)", html), html


@pytest.mark.parametrize(("name", "state"), TYPED)
def test_an_attack_on_any_question_goes_out_as_words(name: str, state: str) -> None:
    for attack in ATTACKS:
        chat = asked(name, state)
        for html in spoken(chat.hears(Wrote(attack, 5))):
            is_only_words(html)
        for command in AFTERWARDS:
            for html in spoken(chat.commands(command)):
                is_only_words(html)


@pytest.mark.parametrize("attack", ATTACKS[:11])
def test_what_is_quoted_reads_as_it_was_written(attack: str) -> None:
    chat = asked("sketch", "O1")
    chat.says(attack, ref=5)
    quoted = " ".join(spoken(chat.commands("answers")))

    assert attack in unescape(quoted)
    assert attack not in quoted or "<" not in attack


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join), st.sampled_from(TYPED))
def test_so_does_anything_else(written: str, where: tuple[str, str]) -> None:
    chat = asked(*where)
    for html in spoken(chat.hears(Wrote(written, 5))):
        is_only_words(html)
    for command in AFTERWARDS:
        for html in spoken(chat.commands(command)):
            is_only_words(html)
