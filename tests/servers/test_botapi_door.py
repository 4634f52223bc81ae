"""What the bot may say at all: token, method, parameters, in every form a body can have."""

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from .botapi import BotApi, Phone
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]

FORMS = ["GET", "json", "urlencoded", "multipart"]


async def send_as(form: str, raw: RawBot, values: dict[str, str]) -> httpx.Response:
    url = f"{raw.base}/sendMessage"
    if form == "GET":
        return await raw.client.get(url, params=values)
    if form == "json":
        return await raw.client.post(url, json=values)
    if form == "urlencoded":
        return await raw.client.post(url, data=values)
    return await raw.client.post(url, files={name: (None, value) for name, value in values.items()})


@pytest.mark.parametrize("form", FORMS)
async def test_a_call_is_read_in_every_form(form: str, botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    answer = await send_as(form, raw, {"chat_id": str(ada.id), "text": "Grüß dich"})

    assert answer.json()["result"]["text"] == "Grüß dich"
    assert (await ada.received())[0].text == "Grüß dich"
    assert botapi.violations == []


async def test_method_names_are_read_in_any_case(raw: RawBot) -> None:
    assert (await raw("GETME"))["ok"] is True


async def test_the_bot_learns_its_own_name(ptb: Bot) -> None:
    me = await ptb.get_me()

    assert (me.is_bot, me.username, me.can_join_groups) == (True, "tare_test_bot", True)


async def test_a_wrong_token_is_unauthorized(botapi: BotApi, raw: RawBot) -> None:
    answer = await raw.client.post(f"{botapi.base_url}7000000001:AnotherOne/getMe")

    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_malformed_token_is_not_found(botapi: BotApi, raw: RawBot) -> None:
    answer = await raw.client.post(f"{botapi.base_url}nonsense/getMe")

    assert answer.status_code == 404
    assert answer.json()["description"] == "Not Found"


async def test_the_library_calls_a_wrong_token_invalid(botapi: BotApi) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("7000000001:AnotherOne", base_url=botapi.base_url):
            pass


async def test_an_unknown_method_is_a_violation(botapi: BotApi, raw: RawBot) -> None:
    answer = await raw("sendHologram")

    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")
    assert botapi.violations == ["sendHologram: unknown method"]


async def test_a_method_the_fake_does_not_know_says_so_loudly(botapi: BotApi, raw: RawBot) -> None:
    answer = await raw("getFile", file_id="x")

    assert answer["error_code"] == 501
    assert "does not know how to answer getFile" in answer["description"]
    assert "getFile" in botapi.violations[0]


async def test_an_unknown_parameter_is_ignored_but_noted(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    answer = await raw("sendMessage", chat_id=ada.id, text="hello", colour="red")

    assert answer["ok"] is True
    assert botapi.violations == ["sendMessage: unknown parameter 'colour'"]


@pytest.mark.parametrize(
    ("values", "description"),
    [
        ({"text": "hello"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 5_000_000_001}, "Bad Request: message text is empty"),
    ],
)
async def test_a_missing_parameter_is_refused(
    values: dict[str, object], description: str, botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    answer = await raw("sendMessage", **values)

    assert (answer["error_code"], answer["description"]) == (400, description)
    assert botapi.violations[0].startswith("sendMessage: missing required parameter")


@pytest.mark.parametrize(
    ("name", "value"),
    [("disable_notification", "perhaps"), ("message_thread_id", "first"), ("text", 5), ("entities", "{")],
)
async def test_a_value_of_the_wrong_type_is_refused(
    name: str, value: object, botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    answer = await raw("sendMessage", **{"chat_id": ada.id, "text": "hello", name: value})

    assert answer["error_code"] == 400
    assert f"parameter {name!r} must be" in botapi.violations[0]
    assert await ada.received() == []


async def test_an_unknown_field_of_a_button_is_noted(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y", "colour": "red"}]]}

    answer = await raw("sendMessage", chat_id=ada.id, text="Well?", reply_markup=keyboard)

    assert answer["ok"] is True
    assert "unknown field 'colour' for InlineKeyboardButton" in botapi.violations[0]


async def test_a_button_without_text_cannot_be_parsed(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"callback_data": "y"}]]}

    answer = await raw("sendMessage", chat_id=ada.id, text="Well?", reply_markup=keyboard)

    assert answer["error_code"] == 400
    assert "lacks the field 'text'" in answer["description"]
    assert len(botapi.violations) == 1


async def test_a_body_that_is_not_json_is_refused(botapi: BotApi, raw: RawBot) -> None:
    headers = {"content-type": "application/json"}

    answer = await raw.client.post(f"{raw.base}/getMe", content=b"{", headers=headers)

    assert answer.json()["description"] == "Bad Request: can't parse JSON object"
    assert len(botapi.violations) == 1


async def test_every_call_is_kept_with_its_values(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.send_message(ada.id, "hello", disable_notification=True)

    (call,) = await botapi.calls("sendMessage")
    assert call["values"] == {"chat_id": ada.id, "text": "hello", "disable_notification": True}
    assert (await botapi.totals())["calls"] == {"getMe": 1, "sendMessage": 1}


async def test_after_logging_out_nothing_is_answered(ptb: Bot) -> None:
    assert await ptb.log_out()

    with pytest.raises(BadRequest, match="Logged out"):
        await ptb.get_me()


async def test_closing_is_answered(ptb: Bot) -> None:
    assert await ptb.close()
