"""What people do becomes the update that Telegram would send, and they see what the bot does."""

import asyncio

import pytest
from telegram import Bot, Message, Update

from .botapi import BotApi, ImpossibleError, NotHeardError, Phone, Settings
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]


async def only_message(ptb: Bot) -> Message:
    (update,) = await ptb.get_updates()
    assert update.message is not None
    return update.message


async def test_a_typed_text_brings_name_and_language(botapi: BotApi, ptb: Bot) -> None:
    ada = await botapi.phone("Ada", language_code="de", username="ada")

    message_id = await ada.write("Grüß dich 😀")

    message = await only_message(ptb)
    assert (message.message_id, message.text) == (message_id, "Grüß dich 😀")
    assert message.from_user is not None
    assert (message.from_user.first_name, message.from_user.language_code) == ("Ada", "de")
    assert (message.chat.id, message.chat.type) == (ada.id, "private")


async def test_ids_of_people_need_more_than_32_bits(ada: Phone) -> None:
    assert ada.id > 2**32


async def test_a_command_is_marked_as_one(ptb: Bot, ada: Phone) -> None:
    await ada.command("start", "from_a_link")

    message = await only_message(ptb)
    assert message.text == "/start from_a_link"
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [
        ("bot_command", 0, 6)
    ]


async def test_writing_opens_the_chat_for_the_bot(botapi: BotApi, ptb: Bot) -> None:
    ada = await botapi.phone("Ada")
    await ada.write("hello")

    await ptb.send_message(ada.id, "hello, Ada")

    assert [seen.text for seen in await ada.chat()] == ["hello", "hello, Ada"]


async def test_an_edit_brings_the_new_text(ptb: Bot, ada: Phone) -> None:
    message_id = await ada.write("nine")

    await ada.edit(message_id, "eight")

    edited = (await ptb.get_updates())[1].edited_message
    assert edited is not None
    assert (edited.message_id, edited.text, edited.edit_date is not None) == (message_id, "eight", True)
    assert [seen.text for seen in await ada.chat()] == ["eight"]


async def test_nobody_edits_what_others_wrote(ptb: Bot, ada: Phone) -> None:
    message = await ptb.send_message(ada.id, "mine")

    with pytest.raises(ImpossibleError):
        await ada.edit(message.message_id, "yours")


@pytest.mark.parametrize(
    "kind",
    ["voice", "photo", "sticker", "location", "document", "contact", "video", "audio", "dice"],
)
async def test_people_send_all_sorts_of_things(kind: str, ptb: Bot, ada: Phone) -> None:
    await ada.send(kind)

    message = await only_message(ptb)
    assert message.effective_attachment
    assert message.text is None
    assert getattr(message, kind)


async def test_a_photo_can_have_words(ptb: Bot, ada: Phone) -> None:
    await ada.send_photo("my desk")

    assert (await only_message(ptb)).caption == "my desk"


async def test_a_reply_carries_the_message_it_answers(ptb: Bot, ada: Phone) -> None:
    asked = await ptb.send_message(ada.id, "Well?")

    await ada.write("Yes", reply_to=asked.message_id)

    answered = (await only_message(ptb)).reply_to_message
    assert answered is not None
    assert answered.text == "Well?"


async def statuses(ptb: Bot) -> list[tuple[str, str]]:
    changes = [update.my_chat_member for update in await ptb.get_updates()]
    return [(change.old_chat_member.status, change.new_chat_member.status) for change in changes if change]


async def test_blocking_and_coming_back_are_told(ptb: Bot, ada: Phone) -> None:
    await ada.block()
    await ada.unblock()

    assert await statuses(ptb) == [("member", "kicked"), ("kicked", "member")]
    assert texts_of(await ptb.get_updates()) == ["/start"]
    await ptb.send_message(ada.id, "Welcome back.")


async def test_whoever_blocked_the_bot_cannot_write(ada: Phone) -> None:
    await ada.block()

    with pytest.raises(ImpossibleError, match="Ada has blocked the bot"):
        await ada.write("hello")


async def test_no_client_sends_more_than_4096_units(ada: Phone) -> None:
    await ada.write("x" * 4096)

    with pytest.raises(ImpossibleError):
        await ada.write("x" * 4097)


async def test_a_group_tells_the_bot_that_it_was_added(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    team = await botapi.group("Team", [ada])

    added, welcome = await ptb.get_updates()
    assert added.my_chat_member is not None
    assert (added.my_chat_member.chat.id, added.my_chat_member.chat.type) == (team.id, "supergroup")
    assert added.my_chat_member.new_chat_member.status == "member"
    assert welcome.message is not None
    assert welcome.message.new_chat_members[0].is_bot


def texts_of(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message and update.message.text]


async def test_in_a_group_the_bot_hears_only_what_concerns_it(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    team = await botapi.group("Team", [ada])
    said = await ptb.send_message(team.id, "Write to me in private.")

    await ada.write("lunch?", to=team)
    await ada.command("help", to=team)
    await ada.write("@tare_test_bot hello", to=team)
    await ada.write("why?", to=team, reply_to=said.message_id)

    assert texts_of(await ptb.get_updates()) == ["/help", "@tare_test_bot hello", "why?"]


async def test_without_privacy_the_bot_hears_everything_in_a_group() -> None:
    async with BotApi(Settings(privacy=False)) as api:
        ada = await api.phone("Ada")
        team = await api.group("Team", [ada])

        await ada.write("lunch?", to=team)

        assert list(api.cloud.updates.waiting())[-1].body["message"]["text"] == "lunch?"


async def test_strangers_do_not_write_in_a_group(botapi: BotApi, ada: Phone) -> None:
    bea = await botapi.phone("Bea")
    team = await botapi.group("Team", [ada])

    with pytest.raises(ImpossibleError):
        await bea.write("hello", to=team)


async def test_a_person_hears_what_comes_later(ptb: Bot, ada: Phone) -> None:
    hearing = asyncio.create_task(ada.hears("Sunday"))
    await ptb.send_message(ada.id, "It is Saturday.")

    await ptb.send_message(ada.id, "It is Sunday.")

    assert (await hearing).text == "It is Sunday."


async def test_hearing_goes_on_after_what_was_heard(ptb: Bot, ada: Phone) -> None:
    await ptb.send_message(ada.id, "Hello.")
    await ada.hears("Hello")

    with pytest.raises(NotHeardError, match="nothing like 'Hello' within"):
        await ada.hears("Hello", within=0.05)


async def test_silence_can_be_expected(ptb: Bot, ada: Phone) -> None:
    await ada.hears_nothing(within=0.05)
    await ptb.send_message(ada.id, "Hello.")

    with pytest.raises(NotHeardError, match="silence was expected"):
        await ada.hears_nothing()

    await ada.catch_up()
    await ada.hears_nothing(within=0.05)


async def test_doubles_can_be_counted(ptb: Bot, ada: Phone) -> None:
    for _ in range(2):
        await ptb.send_message(ada.id, "Twice.")

    received = await ada.received()
    assert [seen.text for seen in received] == ["Twice.", "Twice."]
    assert received[0].message_id != received[1].message_id
    assert received[0].at <= received[1].at


async def test_a_typing_bot_is_not_heard_as_words(ptb: Bot, ada: Phone) -> None:
    await ptb.send_chat_action(ada.id, "typing")
    await ptb.send_message(ada.id, "typing is over")

    assert (await ada.hears("typing")).kind == "text"


async def test_time_is_the_servers(botapi: BotApi, ptb: Bot, raw: RawBot, ada: Phone) -> None:
    now = await ptb.send_message(ada.id, "now")

    await botapi.advance(7 * 24 * 3600)

    later = await ptb.send_message(ada.id, "later")
    assert 0 <= (later.date - now.date).total_seconds() - 7 * 24 * 3600 <= 2
