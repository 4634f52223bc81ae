"""The HTML that Telegram understands, and what it says of HTML that it does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, MessageEntity
from telegram.error import BadRequest

from .botapi import BotApi, Phone
from .botapi.entities import Formatted, commands_in, formatted
from .botapi.html_parser import HtmlError, parse_html
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_a_tag_becomes_an_entity(tag: str, kind: str) -> None:
    assert parse_html(f"a <{tag}>bc</{tag}>") == ("a bc", [entity(kind, 2, 2)])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<span class="tg-spoiler">x</span>', entity("spoiler", 0, 1)),
        ("<span class=tg-spoiler>x</span>", entity("spoiler", 0, 1)),
        ("<blockquote expandable>x</blockquote>", entity("expandable_blockquote", 0, 1)),
        (
            '<a href="https://x.org/?a=1&amp;b=2">x</a>',
            entity("text_link", 0, 1, url="https://x.org/?a=1&b=2"),
        ),
        ("<a href='https://x.org'>x</a>", entity("text_link", 0, 1, url="https://x.org")),
        ('<pre><code class="language-py">x</code></pre>', entity("pre", 0, 1, language="py")),
        ('<code class="language-py">x</code>', entity("code", 0, 1)),
    ],
)
def test_an_attribute_gives_a_tag_its_meaning(source: str, expected: dict[str, object]) -> None:
    assert parse_html(source) == ("x", [expected])


def test_offsets_count_utf_16_units() -> None:
    text, entities = parse_html("😀 <b>é😀</b>")

    assert (text, entities) == ("😀 é😀", [entity("bold", 3, 3)])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#39;&#x1F600;&#34;", "'😀\""),
        ("&lt", "<"),
        ("&nbsp; & &", "&nbsp; & &"),
        ("&#0; &#x110000;", "&#0; &#x110000;"),
        ("1 > 0", "1 > 0"),
        ("<b></b>x", "x"),
        ("<b>x</>", "x"),
    ],
)
def test_references_are_decoded_and_strange_ones_kept(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("3 < 4 > 2", 'Unsupported start tag "" at byte offset 2'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("x<", "Unclosed start tag at byte offset 1"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<a href>y</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_broken_html_is_refused_with_the_real_words(source: str, error: str) -> None:
    with pytest.raises(HtmlError) as refused:
        parse_html(source)

    assert str(refused.value) == error


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(HtmlError, match="unmatched surrogate code units"):
        parse_html("&#xD800;")


def test_white_space_at_the_ends_goes_and_entities_move_along() -> None:
    whole = formatted("\n <b>x </b>\n", "HTML", None)

    assert whole == Formatted("x", [entity("bold", 0, 1)])


def test_outer_entities_come_before_inner_ones() -> None:
    whole = formatted("<b>a<i>b</i></b>", "HTML", None)

    assert [found["type"] for found in whole.entities] == ["bold", "italic"]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_words_of_a_stranger_come_out_as_typed(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert parse_html(f"<b>{escaped}</b>")[0] == words


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<", "&", "x", "<a href=", '"', ">", " ", "é"]))
)
def test_any_tag_soup_is_parsed_or_refused(soup: list[str]) -> None:
    try:
        text, entities = parse_html("".join(soup))
    except HtmlError:
        return

    assert all(found["offset"] + found["length"] <= len(text) for found in entities)


def test_commands_are_marked_in_what_people_type() -> None:
    assert commands_in("😀 /start@tare_test_bot x/y") == [entity("bot_command", 3, 20)]


async def test_a_message_has_plain_text_and_entities(ptb: Bot, ada: Phone) -> None:
    message = await ptb.send_message(ada.id, "<b>Hé</b> &amp; you", parse_mode="HTML")

    assert message.text == "Hé & you"
    assert message.entities == (MessageEntity("bold", 0, 2),)


async def test_unparsable_html_reaches_nobody(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    with pytest.raises(BadRequest, match=r"^Can't parse entities: unsupported start tag \"h1\""):
        await ptb.send_message(ada.id, "<h1>x</h1>", parse_mode="HTML")

    assert await ada.received() == []
    assert botapi.violations[0].startswith("sendMessage: Bad Request: can't parse entities")


async def test_markdown_is_more_than_the_fake_knows(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    answer = await raw("sendMessage", chat_id=ada.id, text="*x*", parse_mode="MarkdownV2")

    assert answer["error_code"] == 501
    assert len(botapi.violations) == 1


async def test_an_unknown_parse_mode_is_refused(raw: RawBot, ada: Phone) -> None:
    answer = await raw("sendMessage", chat_id=ada.id, text="x", parse_mode="LaTeX")

    assert answer["description"] == "Bad Request: unsupported parse_mode"


async def test_an_explicit_entity_has_to_lie_inside_the_text(raw: RawBot, ada: Phone) -> None:
    inside = await raw("sendMessage", chat_id=ada.id, text="abc", entities=[entity("bold", 0, 3)])
    outside = await raw("sendMessage", chat_id=ada.id, text="abc", entities=[entity("bold", 1, 3)])

    assert inside["result"]["entities"] == [entity("bold", 0, 3)]
    assert outside["description"] == (
        "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3"
    )
