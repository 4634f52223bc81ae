"""The fake holds itself to the table it holds the bot to: every answer and every update fits its type."""

import json
from pathlib import Path

import pytest

from .botapi import BotApi, Phone
from .botapi.raw import RawBot
from .botapi.schema import Problem, schema
from .botapi.shapes import Json, JsonObject

pytest_plugins = ["tests.servers.botapi.fixtures"]

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y", "style": "success"}]]}

# method -> its arguments; "ada" stands for the id of the person, "message" for that of a message to her
ANSWERED: dict[str, JsonObject] = {
    "getMe": {},
    "sendMessage": {
        "chat_id": "ada",
        "text": "<b>Well?</b>",
        "parse_mode": "HTML",
        "reply_markup": KEYBOARD,
        "reply_parameters": {"message_id": "message"},
        "link_preview_options": {"is_disabled": True},
    },
    "editMessageText": {"chat_id": "ada", "message_id": "message", "text": "Changed"},
    "editMessageReplyMarkup": {"chat_id": "ada", "message_id": "message"},
    "deleteMessage": {"chat_id": "ada", "message_id": "message"},
    "sendChatAction": {"chat_id": "ada", "action": "typing"},
    "getChat": {"chat_id": "ada"},
    "getMyCommands": {},
    "getMyName": {},
    "getMyDescription": {},
    "getMyShortDescription": {},
    "getChatMenuButton": {"chat_id": "ada"},
    "getWebhookInfo": {},
}


def misfits(value: Json, *types: str) -> list[str]:
    return [problem.text for problem in schema().problems(value, types, "answer")]


async def filled_in(ada: Phone, arguments: JsonObject, message_id: int) -> JsonObject:
    names = {"ada": ada.id, "message": message_id}

    def fill(value: Json) -> Json:
        if isinstance(value, dict):
            return {key: fill(item) for key, item in value.items()}
        return names.get(value, value) if isinstance(value, str) else value

    return {name: fill(value) for name, value in arguments.items()}


@pytest.mark.parametrize("method", ANSWERED)
async def test_an_answer_fits_what_the_method_returns(
    method: str, botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    sent = await raw("sendMessage", chat_id=ada.id, text="first", reply_markup=KEYBOARD)

    answer = await raw(method, **await filled_in(ada, ANSWERED[method], sent["result"]["message_id"]))

    assert answer["ok"], answer
    assert misfits(answer["result"], *returned(method)) == []
    assert botapi.violations == []


def returned(method: str) -> list[str]:
    tables = json.loads((Path(__file__).parent / "botapi" / "botapi.json").read_text(encoding="utf-8"))
    return list(tables["methods"][method]["returns"])


@pytest.fixture
async def everything_that_happens(botapi: BotApi, raw: RawBot, ada: Phone) -> list[JsonObject]:
    """One update of every kind that people can cause."""
    sent = await raw("sendMessage", chat_id=ada.id, text="Well?", reply_markup=KEYBOARD)
    message_id = await ada.command("start")
    await ada.edit(message_id, "/stop")
    for kind in ("voice", "photo", "sticker", "location", "document", "contact", "video", "audio", "dice"):
        await ada.send(kind)
    await ada.tap("Yes")
    await ada.forge("y", sent["result"]["message_id"], inaccessible=True)
    await ada.block()
    await ada.unblock()
    team = await botapi.group("Team", [ada])
    await ada.command("help", to=team)
    await ada.expel_bot(team)
    updates: list[JsonObject] = (await raw("getUpdates"))["result"]
    return updates


async def test_every_update_fits_the_table(everything_that_happens: list[JsonObject]) -> None:
    assert len(everything_that_happens) > 15
    assert [
        misfits(update, "Update") for update in everything_that_happens if misfits(update, "Update")
    ] == []


def test_a_misfit_is_found() -> None:
    update = {"update_id": 1, "message": {"message_id": "1", "chat": {"id": 1, "type": "private"}}}

    found = schema().problems(update, ("Update",), "update")

    assert Problem("update.message.message_id must be of type Integer") in found
    assert Problem("update.message lacks the field 'date' of Message") in found


def test_the_copied_table_is_the_one_the_notice_speaks_of() -> None:
    assert schema().version == "Bot API 10.1"
    assert len(schema().methods) == 180
    assert len(schema().types) == 359
