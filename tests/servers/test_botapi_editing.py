"""Changing and removing what was sent."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from .botapi import BotApi, Phone
from .botapi.raw import RawBot
from .botapi.sample_pictures import jpeg

pytest_plugins = ["tests.servers.botapi.fixtures"]

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def asked(ptb: Bot, ada: Phone) -> Message:
    return await ptb.send_message(ada.id, "Well?", reply_markup=YES)


async def test_an_edited_text_is_what_the_person_sees_now(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    edited = await ptb.edit_message_text("<b>Yes</b>, then.", ada.id, message.message_id, parse_mode="HTML")

    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    (now,) = await ada.chat()
    assert (now.text, now.labels, now.edited) == ("Yes, then.", [], True)
    assert [seen.text for seen in await ada.received()] == ["Well?"]
    assert [seen.kind for seen in await ada.log()] == ["text", "edit"]
    assert botapi.violations == []


async def test_a_keyboard_can_be_taken_away_alone(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    await ptb.edit_message_reply_markup(ada.id, message.message_id)

    (now,) = await ada.chat()
    assert (now.text, now.labels) == ("Well?", [])


async def test_the_same_again_is_not_modified(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)
    not_modified = (
        "^Message is not modified: specified new message content and reply markup are exactly the same as a "
        "current content and reply markup of the message$"
    )

    with pytest.raises(BadRequest, match=not_modified):
        await ptb.edit_message_text("Well?", ada.id, message.message_id, reply_markup=YES)
    with pytest.raises(BadRequest, match=not_modified):
        await ptb.edit_message_reply_markup(ada.id, message.message_id, reply_markup=YES)

    assert botapi.violations == []


async def test_link_previews_do_not_count_as_content(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    with pytest.raises(BadRequest, match=r"not modified"):
        await ptb.edit_message_text(
            "Well?", ada.id, message.message_id, reply_markup=YES, disable_web_page_preview=True
        )


async def test_an_edit_is_compared_with_the_last_edit(ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)
    await ptb.edit_message_text("Yes.", ada.id, message.message_id)

    with pytest.raises(BadRequest, match="not modified"):
        await ptb.edit_message_text("Yes.", ada.id, message.message_id)


async def test_a_message_that_is_gone_is_not_found(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)
    await ada.forget(message.message_id)

    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await ptb.edit_message_text("Yes.", ada.id, message.message_id)

    assert botapi.violations == []


async def test_the_message_of_a_person_cannot_be_edited(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message_id = await ada.write("mine")

    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await ptb.edit_message_text("yours", ada.id, message_id)

    assert botapi.violations == ["editMessageText: Bad Request: message can't be edited"]


async def test_a_photo_has_no_text_to_edit(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message = await ptb.send_photo(ada.id, jpeg(64, 64))

    with pytest.raises(BadRequest, match=r"^There is no text in the message to edit$"):
        await ptb.edit_message_text("x", ada.id, message.message_id)


async def test_an_edit_that_is_too_long_is_refused_in_other_words(raw: RawBot, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    answer = await raw("editMessageText", chat_id=ada.id, message_id=message.message_id, text="x" * 4097)

    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_an_edit_needs_to_say_which_message(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    answer = await raw("editMessageText", chat_id=ada.id, text="x")

    assert answer["description"] == "Bad Request: message identifier is not specified"
    assert len(botapi.violations) == 1


async def test_only_an_inline_keyboard_fits_under_an_edit(raw: RawBot, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    answer = await raw(
        "editMessageReplyMarkup",
        chat_id=ada.id,
        message_id=message.message_id,
        reply_markup={"keyboard": [[{"text": "Yes"}]]},
    )

    assert answer["error_code"] == 400


async def test_a_deleted_message_is_gone(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)

    assert await ptb.delete_message(ada.id, message.message_id)

    assert await ada.chat() == []
    assert [seen.kind for seen in await ada.log()] == ["text", "delete"]
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await ptb.delete_message(ada.id, message.message_id)
    assert botapi.violations == []


async def test_a_message_of_more_than_48_hours_stays(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    message = await asked(ptb, ada)
    await botapi.advance(48 * 3600 + 1)

    with pytest.raises(BadRequest, match=r"^Message can't be deleted for everyone$"):
        await ptb.delete_message(ada.id, message.message_id)


async def test_several_messages_are_deleted_and_missing_ones_skipped(ptb: Bot, ada: Phone) -> None:
    first, second = await asked(ptb, ada), await ada.write("mine")

    assert await ptb.delete_messages(ada.id, [first.message_id, second, 999])

    assert await ada.chat() == []


async def test_at_most_100_messages_are_deleted_at_once(raw: RawBot, ada: Phone) -> None:
    answer = await raw("deleteMessages", chat_id=ada.id, message_ids=list(range(101)))

    assert answer["error_code"] == 400
