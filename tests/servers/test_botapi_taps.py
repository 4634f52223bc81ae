"""Taps: each is an update of its own, answered once and soon, on messages that may be gone."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from .botapi import BotApi, ImpossibleError, Phone

pytest_plugins = ["tests.servers.botapi.fixtures"]

YES_OR_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]]
)
TOO_OLD = r"^Query is too old and response timeout expired or query id is invalid$"


async def asked(ptb: Bot, ada: Phone, text: str = "Well?") -> Message:
    return await ptb.send_message(ada.id, text, reply_markup=YES_OR_NO)


async def test_a_tap_brings_data_person_and_message(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    (query_id,) = await ada.tap("Yes")

    (update,) = await ptb.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (query_id, "y", ada.id)
    assert query.message is not None
    assert (query.message.message_id, query.message.is_accessible) == (message.message_id, True)


async def test_a_double_tap_is_two_updates(ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada)

    first, second = await ada.tap("Yes", times=2)

    updates = await ptb.get_updates()
    assert [update.callback_query and update.callback_query.id for update in updates] == [first, second]
    assert updates[0].update_id < updates[1].update_id


async def test_a_tap_finds_the_newest_message_with_buttons(ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada, "Earlier?")
    newest = await asked(ptb, ada, "Now?")
    await ptb.send_message(ada.id, "No buttons here.")

    await ada.tap("y")

    (update,) = await ptb.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == newest.message_id


async def test_a_button_that_is_not_there_cannot_be_tapped(ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada)

    with pytest.raises(ImpossibleError, match=r"0 buttons 'Maybe' to tap; the message has \['Yes', 'No'\]"):
        await ada.tap("Maybe")


async def test_a_screen_that_has_not_caught_up_taps_a_button_that_is_gone(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)
    seen = await ada.hears("Well?")
    await ptb.edit_message_reply_markup(ada.id, message.message_id)

    await ada.tap("No", seen)

    (update,) = await ptb.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "n"


async def test_forged_data_arrives_as_it_is(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    await ada.forge("no button had this", message.message_id)

    (update,) = await ptb.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "no button had this"


async def tapped_message_is_accessible(ptb: Bot) -> bool:
    (update,) = await ptb.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    return update.callback_query.message.is_accessible


async def test_the_message_of_a_tap_can_be_inaccessible(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    await ada.forge("y", message.message_id, inaccessible=True)

    assert not await tapped_message_is_accessible(ptb)


async def test_a_message_that_was_deleted_is_inaccessible(ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada)
    seen = await ada.hears("Well?")
    await ada.forget(seen.message_id or 0)

    await ada.tap("Yes", seen)

    assert not await tapped_message_is_accessible(ptb)


@pytest.mark.parametrize(("alert", "kind"), [(False, "notice"), (True, "alert")])
async def test_an_answer_is_seen_where_the_tap_was(
    alert: bool, kind: str, botapi: BotApi, ptb: Bot, ada: Phone
) -> None:
    await asked(ptb, ada)
    (query_id,) = await ada.tap("Yes")

    await ptb.answer_callback_query(query_id, "Noted.", show_alert=alert)

    assert [(seen.kind, seen.text) for seen in await ada.log()][1:] == [(kind, "Noted.")]
    assert botapi.violations == []


async def test_a_query_is_answered_only_once(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada)
    (query_id,) = await ada.tap("Yes")
    await ptb.answer_callback_query(query_id)

    with pytest.raises(BadRequest, match=TOO_OLD):
        await ptb.answer_callback_query(query_id)

    assert botapi.violations == []


async def test_a_query_cannot_be_answered_after_15_seconds(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada)
    first, second = await ada.tap("Yes", times=2)

    await botapi.advance(14)
    await ptb.answer_callback_query(first)
    await botapi.advance(2)

    with pytest.raises(BadRequest, match=TOO_OLD):
        await ptb.answer_callback_query(second)


@pytest.mark.parametrize("query_id", ["4711", "nonsense"])
async def test_an_invented_query_is_refused(query_id: str, ptb: Bot) -> None:
    with pytest.raises(BadRequest, match=TOO_OLD):
        await ptb.answer_callback_query(query_id)


async def test_an_answer_may_have_200_units(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await asked(ptb, ada)
    first, second = await ada.tap("Yes", times=2)

    await ptb.answer_callback_query(first, "x" * 200)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await ptb.answer_callback_query(second, "x" * 201)

    assert botapi.violations == ["answerCallbackQuery: Bad Request: MESSAGE_TOO_LONG"]
