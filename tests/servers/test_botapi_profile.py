"""What the bot says of itself, per language and scope; and what it learns of chats."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)
from telegram.error import BadRequest, Forbidden

from .botapi import BotApi, Phone
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]

HELP = BotCommand("help", "What I can do")
HILFE = BotCommand("help", "Was ich kann")


async def test_commands_are_kept_by_language(botapi: BotApi, ptb: Bot) -> None:
    await ptb.set_my_commands([HELP])
    await ptb.set_my_commands([HILFE], language_code="de")

    assert await ptb.get_my_commands() == (HELP,)
    assert await ptb.get_my_commands(language_code="de") == (HILFE,)
    assert await ptb.get_my_commands(language_code="fr") == ()
    assert botapi.violations == []


async def test_commands_are_kept_by_scope(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ptb.set_my_commands([HELP], scope=BotCommandScopeAllPrivateChats())
    await ptb.set_my_commands([HILFE], scope=BotCommandScopeChat(ada.id))

    assert await ptb.get_my_commands() == ()
    assert await ptb.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == (HELP,)
    assert await ptb.get_my_commands(scope=BotCommandScopeChat(ada.id)) == (HILFE,)
    assert botapi.violations == []


async def test_deleted_commands_are_gone(ptb: Bot) -> None:
    await ptb.set_my_commands([HELP])
    await ptb.set_my_commands([HILFE], language_code="de")

    await ptb.delete_my_commands(language_code="de")

    assert await ptb.get_my_commands(language_code="de") == ()
    assert await ptb.get_my_commands() == (HELP,)


@pytest.mark.parametrize(
    ("command", "description"),
    [
        ({"command": "Help", "description": "x"}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "x"}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "Bad Request: command description must be non-empty"),
        ({"command": "help", "description": "x" * 257}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_that_telegram_would_not_take_is_refused(
    command: dict[str, str], description: str, botapi: BotApi, raw: RawBot
) -> None:
    answer = await raw("setMyCommands", commands=[command])

    assert answer["description"] == description
    assert len(botapi.violations) == 1


async def test_a_language_is_two_letters(botapi: BotApi, raw: RawBot) -> None:
    answer = await raw("setMyCommands", commands=[], language_code="de-AT")

    assert answer["description"] == "Bad Request: invalid language code specified"
    assert len(botapi.violations) == 1


async def test_a_scope_for_a_chat_names_the_chat(botapi: BotApi, raw: RawBot) -> None:
    answer = await raw("getMyCommands", scope={"type": "chat"})

    assert answer["description"] == "Bad Request: can't parse BotCommandScope: Can't find field \"chat_id\""


async def test_descriptions_fall_back_to_the_one_for_everybody(botapi: BotApi, ptb: Bot) -> None:
    await ptb.set_my_description("A coach")
    await ptb.set_my_description("Ein Coach", language_code="de")
    await ptb.set_my_short_description("Coach")

    assert (await ptb.get_my_description("de")).description == "Ein Coach"
    assert (await ptb.get_my_description("fr")).description == "A coach"
    assert (await ptb.get_my_short_description("fr")).short_description == "Coach"
    assert botapi.violations == []


async def test_an_empty_description_removes_the_one_of_a_language(ptb: Bot) -> None:
    await ptb.set_my_description("A coach")
    await ptb.set_my_description("Ein Coach", language_code="de")

    await ptb.set_my_description("", language_code="de")

    assert (await ptb.get_my_description("de")).description == "A coach"


async def test_the_name_of_the_bot_can_be_changed(ptb: Bot) -> None:
    assert (await ptb.get_my_name()).name == "Tare"

    await ptb.set_my_name("Tara", language_code="de")

    assert (await ptb.get_my_name("de")).name == "Tara"


@pytest.mark.parametrize(
    ("method", "what", "length"),
    [
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
        ("setMyName", "name", 64),
    ],
)
async def test_what_a_bot_says_of_itself_has_a_longest_length(
    method: str, what: str, length: int, botapi: BotApi, raw: RawBot
) -> None:
    fits = await raw(method, **{what: "x" * length})
    too_long = await raw(method, **{what: "x" * (length + 1)})

    assert fits["ok"]
    assert too_long["error_code"] == 400
    assert len(botapi.violations) == 1


async def test_the_menu_button_of_a_chat_comes_before_the_common_one(ptb: Bot, ada: Phone) -> None:
    assert await ptb.get_chat_menu_button() == MenuButtonCommands()

    await ptb.set_chat_menu_button(ada.id, MenuButtonDefault())

    assert await ptb.get_chat_menu_button(ada.id) == MenuButtonDefault()
    assert await ptb.get_chat_menu_button() == MenuButtonCommands()


async def test_a_chat_is_described(botapi: BotApi, ptb: Bot) -> None:
    ada = await botapi.phone("Ada", last_name="King", username="ada", started=True)

    chat = await ptb.get_chat(ada.id)

    assert (chat.type, chat.first_name, chat.last_name, chat.username) == ("private", "Ada", "King", "ada")


async def test_a_bot_that_left_a_group_is_not_a_member(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    team = await botapi.group("Team", [ada])
    await ptb.send_message(team.id, "I am for private chats.")

    await ptb.leave_chat(team.id)

    with pytest.raises(Forbidden, match=r"^Forbidden: bot is not a member of the supergroup chat$"):
        await ptb.send_message(team.id, "hello")
    assert (await team.hears()).text == "I am for private chats."
    assert botapi.violations == []


async def test_a_bot_that_was_expelled_from_a_group_is_told_so(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    team = await botapi.group("Team", [ada], kind="group")

    await ada.expel_bot(team)

    with pytest.raises(Forbidden, match=r"^Forbidden: bot was kicked from the group chat$"):
        await ptb.send_message(team.id, "hello")
    last = (await ptb.get_updates())[-1].my_chat_member
    assert last is not None
    assert (last.old_chat_member.status, last.new_chat_member.status) == ("member", "kicked")


async def test_a_private_chat_cannot_be_left(ptb: Bot, ada: Phone) -> None:
    with pytest.raises(BadRequest):
        await ptb.leave_chat(ada.id)
