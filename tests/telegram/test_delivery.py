"""Parcels on a phone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import Telegram
from bot.channels.telegram_text import LONGEST, pieces, plain, units
from bot.parcels import Delivered
from bot.rendering import Key
from tests.servers.botapi import BotApi, Phone
from tests.telegram.given import chosen, keyboard, line, question


async def test_a_line_arrives_with_its_tags_and_without_preview_of_links(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    outcome = await telegram.deliver(line(ada.id, "<b>One</b> &amp; two, see https://example.org"))

    seen = await ada.hears("One & two")
    assert outcome == Delivered(seen.message_id)
    assert [entity["type"] for entity in seen.entities] == ["bold"]
    (call,) = await api.calls("sendMessage")
    assert call["values"]["link_preview_options"] == {"is_disabled": True}


async def test_a_question_has_its_buttons_in_rows_and_asides_in_a_row_of_their_own(
    telegram: Telegram, ada: Phone
) -> None:
    await telegram.deliver(question(ada.id))

    seen = await ada.hears("Shall we?")
    assert [[button.text for button in row] for row in seen.rows] == [["Yes", "No"], ["Skip"]]
    assert seen.button("Yes").data == "q:1:1:a:yes"


async def test_an_answered_question_shows_what_was_chosen_and_has_no_buttons_any_more(
    telegram: Telegram, ada: Phone
) -> None:
    sent = await telegram.deliver(question(ada.id))
    assert isinstance(sent, Delivered)

    assert await telegram.deliver(chosen(ada.id, sent.message)) == Delivered()

    (seen,) = await ada.chat()
    assert seen.text == "Shall we?\n\nYes"
    assert seen.buttons == []


async def test_buttons_change_and_go_without_the_words(telegram: Telegram, ada: Phone) -> None:
    sent = await telegram.deliver(question(ada.id))
    assert isinstance(sent, Delivered)
    ticked = ((Key("\u2713 Yes", "q:1:2:a:-yes"),),)

    await telegram.deliver(keyboard(ada.id, sent.message, ticked))
    (changed,) = await ada.chat()
    await telegram.deliver(keyboard(ada.id, sent.message))
    (bare,) = await ada.chat()

    assert changed.labels == ["\u2713 Yes"]
    assert (bare.labels, bare.text) == ([], "Shall we?")


async def test_a_change_twice_or_of_a_message_that_is_gone_is_no_failure(
    telegram: Telegram, ada: Phone
) -> None:
    sent = await telegram.deliver(question(ada.id))
    assert isinstance(sent, Delivered)
    assert sent.message is not None
    again = [await telegram.deliver(keyboard(ada.id, sent.message)) for _ in range(2)]
    await ada.forget(sent.message)

    gone = await telegram.deliver(chosen(ada.id, sent.message))
    nowhere = await telegram.deliver(chosen(ada.id, None))

    assert [*again, gone, nowhere] == [Delivered()] * 4


async def test_a_quiet_message_makes_no_sound(telegram: Telegram, ada: Phone) -> None:
    parcel = line(ada.id)
    await telegram.deliver(type(parcel)(parcel.kind, parcel.chat, parcel.html, quiet=True))

    assert (await ada.hears("Good evening")).silent


async def test_words_that_are_no_proper_html_go_out_plain_once_with_their_buttons(
    api: BotApi, telegram: Telegram, ada: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    await telegram.deliver(question(ada.id, "<b>Heavy &lt; light"))

    seen = await ada.hears("Heavy < light")
    assert seen.labels == ["Yes", "No", "Skip"]
    assert len(await api.calls("sendMessage")) == 2
    assert "a question is no proper HTML" in caplog.text
    assert "Heavy" not in caplog.text
    api.violations.clear()  # the first try was one, on purpose


async def test_a_text_longer_than_one_message_is_parted_between_paragraphs_and_buttons_stand_last(
    telegram: Telegram, ada: Phone
) -> None:
    paragraphs = [f"<b>{number}</b> " + "heavy " * 300 for number in range(4)]

    await telegram.deliver(question(ada.id, "\n\n".join(paragraphs)))

    first, second = await ada.chat()
    assert first.text[:8] == "0 heavy "
    assert second.text[:8] == "2 heavy "
    assert (first.labels, second.labels) == ([], ["Yes", "No", "Skip"])


async def test_a_question_that_grows_too_long_with_its_answer_only_loses_its_buttons(
    telegram: Telegram, ada: Phone
) -> None:
    sent = await telegram.deliver(question(ada.id, "x" * LONGEST))
    assert isinstance(sent, Delivered)

    await telegram.deliver(chosen(ada.id, sent.message, "x" * LONGEST + "\n\nYes"))

    (seen,) = await ada.chat()
    assert seen.buttons == []
    assert units(seen.text) == LONGEST


async def test_a_tap_is_acknowledged_with_as_many_words_as_telegram_takes(
    telegram: Telegram, ada: Phone
) -> None:
    await telegram.deliver(question(ada.id))
    (tap,) = await ada.tap("Yes")

    await telegram.acknowledge(tap, "\U0001f600" * 150)

    notice = await ada.hears(lambda seen: seen.kind == "notice")
    assert notice.text == "\U0001f600" * 100


async def test_a_tap_that_is_too_old_or_cannot_be_acknowledged_is_left_alone(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    await telegram.deliver(question(ada.id))
    (tap,) = await ada.tap("Yes")
    await api.advance(60)

    await telegram.acknowledge(tap, "")
    await telegram.acknowledge("no such tap", "")
    await api.fail("garbage", "answerCallbackQuery")
    await telegram.acknowledge(tap, "")

    assert len(await api.calls("answerCallbackQuery")) == 3


@given(st.text(alphabet=st.sampled_from("ab \n\U0001f600"), max_size=400), st.integers(2, 50))
def test_parting_a_text_keeps_every_letter_in_order_and_every_part_fits(text: str, most: int) -> None:
    parts = pieces(text, most)

    assert [part for part in "".join(parts) if not part.isspace()] == [
        letter for letter in text if not letter.isspace()
    ]
    assert all(units(part) <= most for part in parts)


def test_parts_end_where_it_hurts_least() -> None:
    text = "one two\nthree\n\nfour five"

    assert pieces(text, 16) == ["one two\nthree", "four five"]
    assert pieces(text, 10) == ["one two", "three", "four five"]
    assert all(a for a, _ in pairwise(pieces(text, 5)))


def test_plain_words_are_what_people_see() -> None:
    assert plain("<b>a</b> &lt;b&gt; <blockquote expandable>3 &lt; 4</blockquote>") == "a <b> 3 < 4"
