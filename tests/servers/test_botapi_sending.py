"""Sending: what arrives, whom the bot may write to, how long a text, how large a keyboard, which files."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden

from .botapi import BotApi, Button, Phone
from .botapi.raw import RawBot
from .botapi.sample_pictures import jpeg, png

pytest_plugins = ["tests.servers.botapi.fixtures"]


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


async def test_a_message_arrives_as_it_was_sent(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    sent = await ptb.send_message(
        ada.id,
        "Well?",
        reply_markup=keyboard([("Yes", "y"), ("No", "n")], [("Skip", "s")]),
        disable_notification=True,
        protect_content=True,
    )

    (seen,) = await ada.received()
    assert (seen.message_id, seen.text, seen.kind) == (sent.message_id, "Well?", "text")
    assert seen.rows == ((Button("Yes", "y"), Button("No", "n")), (Button("Skip", "s"),))
    assert (seen.silent, seen.protected, seen.mine) == (True, True, False)
    assert botapi.violations == []


async def test_message_ids_of_private_chats_are_one_sequence(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    bea = await botapi.phone("Bea", started=True)

    first = await ptb.send_message(ada.id, "one")
    second = await ptb.send_message(bea.id, "two")

    assert second.message_id == first.message_id + 1


async def test_a_stranger_is_not_written_to(botapi: BotApi, ptb: Bot) -> None:
    ada = await botapi.phone("Ada")

    with pytest.raises(Forbidden, match=r"^Forbidden: bot can't initiate conversation with a user$"):
        await ptb.send_message(ada.id, "hello")

    assert botapi.violations == []


async def test_whoever_blocked_the_bot_is_not_written_to(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ada.block()

    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await ptb.send_message(ada.id, "hello")

    assert await ada.received() == []
    assert botapi.violations == []


async def test_a_deleted_account_is_not_written_to(ptb: Bot, ada: Phone) -> None:
    await ada.deactivate()

    with pytest.raises(Forbidden, match=r"^Forbidden: user is deactivated$"):
        await ptb.send_message(ada.id, "hello")


@pytest.mark.parametrize("chat", [42, "@nobody"])
async def test_an_unknown_chat_is_not_found(chat: int | str, ptb: Bot) -> None:
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await ptb.send_message(chat, "hello")


async def test_an_empty_text_is_refused(botapi: BotApi, ptb: Bot, raw: RawBot, ada: Phone) -> None:
    with pytest.raises(BadRequest, match=r"^Message text is empty$"):
        await ptb.send_message(ada.id, "")

    blank = await raw("sendMessage", chat_id=ada.id, text=" \n ")
    assert blank["description"] == "Bad Request: text must be non-empty"
    assert len(botapi.violations) == 2


async def test_a_text_may_have_4096_utf_16_units_after_parsing(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.send_message(ada.id, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    assert botapi.violations == []

    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await ptb.send_message(ada.id, "😀" * 2048 + "x")

    assert botapi.violations == ["sendMessage: Bad Request: message is too long"]
    assert len(await ada.received()) == 1


@pytest.mark.parametrize("data", ["é" * 33, "x" * 65])
async def test_callback_data_over_64_bytes_is_refused(
    data: str, botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": data}]]}

    answer = await raw("sendMessage", chat_id=ada.id, text="Well?", reply_markup=markup)

    assert answer["description"] == "Bad Request: BUTTON_DATA_INVALID"
    assert botapi.violations == ["sendMessage: Bad Request: BUTTON_DATA_INVALID"]
    assert await ada.received() == []


async def test_callback_data_of_64_bytes_is_fine(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.send_message(ada.id, "Well?", reply_markup=keyboard([("Yes", "é" * 32)]))

    assert botapi.violations == []


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": " ", "callback_data": "y"}, "button text must be non-empty"),
        ({"text": "Yes"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "Yes", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "Yes", "callback_data": "y", "url": "https://x.org"}, "exactly one action"),
        ({"text": "Yes", "callback_data": "y", "style": "pink"}, "unknown style 'pink'"),
    ],
)
async def test_a_button_that_makes_no_sense_is_refused(
    button: dict[str, str], description: str, botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    markup = {"inline_keyboard": [[button]]}

    answer = await raw("sendMessage", chat_id=ada.id, text="Well?", reply_markup=markup)

    assert answer["description"].startswith("Bad Request: can't parse inline keyboard button:")
    assert description in answer["description"]
    assert len(botapi.violations) == 1


@pytest.mark.parametrize("style", ["danger", "success", "primary"])
async def test_a_button_may_have_a_style(style: str, ptb: Bot, botapi: BotApi, ada: Phone) -> None:
    button = InlineKeyboardButton("Erase", callback_data="e", style=style)

    await ptb.send_message(ada.id, "Sure?", reply_markup=InlineKeyboardMarkup([[button]]))

    assert (await ada.received())[0].buttons == [Button("Erase", "e", style)]
    assert botapi.violations == []


@pytest.mark.parametrize("rows", [[8] * 13, [9]], ids=["104 buttons", "9 in a row"])
async def test_a_keyboard_can_be_too_large(rows: list[int], ptb: Bot, botapi: BotApi, ada: Phone) -> None:
    markup = keyboard(*[[("x", "y")] * count for count in rows])

    with pytest.raises(BadRequest):
        await ptb.send_message(ada.id, "Well?", reply_markup=markup)

    assert len(botapi.violations) == 1


async def test_a_keyboard_of_100_buttons_is_fine(ptb: Bot, botapi: BotApi, ada: Phone) -> None:
    await ptb.send_message(ada.id, "Well?", reply_markup=keyboard(*[[("x", "y")] * 5] * 20))

    assert len((await ada.received())[0].buttons) == 100
    assert botapi.violations == []


async def test_a_reply_names_what_it_answers(ptb: Bot, ada: Phone) -> None:
    asked = await ada.write("What?")

    await ptb.send_message(ada.id, "That.", reply_parameters=ReplyParameters(asked))

    assert (await ada.received())[0].reply_to == asked


async def test_a_reply_to_nothing_is_refused_unless_that_is_allowed(ptb: Bot, ada: Phone) -> None:
    with pytest.raises(BadRequest, match=r"^Message to be replied not found$"):
        await ptb.send_message(ada.id, "That.", reply_parameters=ReplyParameters(999))

    await ptb.send_message(
        ada.id, "This.", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert [seen.text for seen in await ada.received()] == ["This."]


async def test_a_photo_arrives_with_its_bytes_and_caption(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    picture = png()

    message = await ptb.send_photo(ada.id, picture, caption="Your <b>map</b>", parse_mode="HTML")

    assert (message.photo[-1].width, message.photo[-1].height) == (640, 480)
    (seen,) = await ada.received()
    assert (seen.kind, seen.text) == ("photo", "Your map")
    assert await ada.download(seen) == picture
    assert botapi.violations == []


async def test_the_size_of_a_jpeg_is_read_too(ptb: Bot, ada: Phone) -> None:
    message = await ptb.send_photo(ada.id, jpeg(1200, 800))

    assert (message.photo[-1].width, message.photo[-1].height) == (1200, 800)


async def test_a_photo_can_be_sent_again_by_its_file_id(ptb: Bot, ada: Phone) -> None:
    first = await ptb.send_photo(ada.id, png())

    second = await ptb.send_photo(ada.id, first.photo[-1].file_id)

    assert second.photo[-1].file_unique_id == first.photo[-1].file_unique_id


@pytest.mark.parametrize(
    ("picture", "description"),
    [
        (b"not a picture", "Image_process_failed"),
        (b"\xff\xd8\xff\xe0\x00\x02", "Image_process_failed"),
        (b"", "File must be non-empty"),
        (png(9_000, 2_000), "Photo_invalid_dimensions"),
        (png(2_100, 100), "Photo_invalid_dimensions"),
    ],
)
async def test_a_photo_that_telegram_would_not_take_is_refused(
    picture: bytes, description: str, botapi: BotApi, ptb: Bot, ada: Phone
) -> None:
    with pytest.raises(BadRequest, match=description):
        await ptb.send_photo(ada.id, picture)

    assert len(botapi.violations) == 1


async def test_a_caption_may_have_1024_units(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.send_photo(ada.id, png(), caption="x" * 1024)

    with pytest.raises(BadRequest, match=r"^Message caption is too long$"):
        await ptb.send_photo(ada.id, png(), caption="x" * 1025)

    assert len(await ada.received()) == len(botapi.violations) == 1


async def test_a_document_arrives_with_its_name(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.send_document(ada.id, b"everything", filename="export.json", caption="Yours")

    (seen,) = await ada.received()
    assert (seen.kind, seen.text) == ("document", "Yours")
    assert (seen.document or {})["file_name"] == "export.json"
    assert await ada.download(seen) == b"everything"
    assert botapi.violations == []


async def test_a_photo_that_is_not_there_is_refused(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    missing = await raw("sendPhoto", chat_id=ada.id)
    unknown = await raw("sendPhoto", chat_id=ada.id, photo="FILE-never-seen")

    assert missing["description"] == "Bad Request: there is no photo in the request"
    assert unknown["description"].startswith("Bad Request: wrong remote file identifier specified")
    assert len(botapi.violations) == 2


async def test_a_file_that_belongs_to_nothing_is_a_violation(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await raw.client.post(
        f"{raw.base}/sendMessage",
        data={"chat_id": str(ada.id), "text": "hello"},
        files={"map": ("map.png", png())},
    )

    assert botapi.violations == ["sendMessage: file 'map' belongs to no parameter"]


async def test_a_picture_from_the_web_is_more_than_the_fake_knows(raw: RawBot, ada: Phone) -> None:
    answer = await raw("sendPhoto", chat_id=ada.id, photo="https://x.org/a.png")

    assert answer["error_code"] == 501


async def test_other_keyboards_are_accepted_but_hang_under_no_message(
    botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    answer = await raw("sendMessage", chat_id=ada.id, text="Bye", reply_markup={"remove_keyboard": True})

    assert "reply_markup" not in answer["result"]
    assert botapi.violations == []


async def test_typing_is_seen_and_only_known_actions_are(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.send_chat_action(ada.id, "upload_photo")

    with pytest.raises(BadRequest, match=r"^Wrong parameter action in request$"):
        await ptb.send_chat_action(ada.id, "pondering")

    assert [(seen.kind, seen.text) for seen in await ada.log()] == [("action", "upload_photo")]
    assert len(botapi.violations) == 1
