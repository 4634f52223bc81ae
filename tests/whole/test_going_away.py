"""People who block the bot and come back, groups, and everything that is not text."""

from __future__ import annotations

import pytest

from tests.serving.given import World
from tests.storage.given import number_of
from tests.whole.given import kept, person_at, until_empty, waiting
from tests.whole.person import name_of

A_MOMENT = 0.3


async def test_what_was_waiting_for_somebody_who_blocked_the_bot_never_comes(world: World) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O2")
        await world.api.fail("http", "sendMessage", chat=ada.phone, times=None)
        await ada.answers(question)
        await ada.types("1 to 6 months")
        await world.api.until_taken()
        assert await waiting(world) > 0

        await ada.phone.block()
        await world.api.until_taken()
        assert await waiting(world) == 0
        await world.api.heal()
        await ada.phone.unblock(start=False)
        await ada.phone.catch_up()
        await ada.phone.hears_nothing(within=1.5)  # longer than the pause before another try

        await ada.phone.command("continue")
        await ada.hears(lambda seen: name_of(seen) == "O4")

    assert (await kept(world, ada.phone)).answers["O3"] == "1-6"


async def test_who_comes_back_goes_on_with_the_open_question(world: World) -> None:
    async with world.bot():
        ada, _ = await person_at(world, "O2")
        await ada.phone.block()
        await world.api.until_taken()
        await ada.phone.unblock()
        again = await ada.hears(lambda seen: name_of(seen) == "O2")
        await ada.taps(again, "7")
        await ada.hears(lambda seen: name_of(seen) == "O3")

    assert (await kept(world, ada.phone)).answers["O2"] == 7


async def test_somebody_who_blocks_the_bot_right_after_an_answer_is_left_alone(world: World) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O2")
        await world.api.hold()
        await ada.answers(question)
        await ada.phone.block()
        sent = len(await world.api.calls("sendMessage"))
        await world.api.release()
        await world.api.until_taken()
        await until_empty(world)
        await ada.phone.catch_up()

        await ada.phone.unblock(start=False)
        await world.api.until_taken()
        await ada.phone.hears_nothing(within=A_MOMENT)

    assert len(await world.api.calls("sendMessage")) == sent
    assert (await kept(world, ada.phone)).answers["O2"] == dict(ada.given)["O2"]


async def test_who_deletes_everything_and_blocks_the_bot_is_gone_although_the_last_words_never_arrive(
    world: World,
) -> None:
    async with world.bot():
        ada, _ = await person_at(world, "O2")
        await ada.phone.command("erase")
        await ada.hears(lambda seen: seen.kind == "text" and bool(seen.buttons))
        await world.api.fail("http", "sendMessage", chat=ada.phone, times=None)
        await ada.types("delete everything")
        await world.api.until_taken()
        await ada.phone.block()
        await world.api.until_taken()

    assert number_of(world.settings.database_url, "person") == 0


async def test_nobody_waits_for_a_deleted_account(world: World) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O2")
        await world.api.hold()
        await ada.answers(question)
        await ada.phone.deactivate()
        await world.api.release()
        await world.api.until_taken()
        await until_empty(world)
        ben = await world.api.phone("Ben")
        await ben.command("start")
        await ben.hears("I'm Tare")


async def test_a_group_is_told_once_and_left_alone(world: World) -> None:
    async with world.bot():
        ada, _ = await person_at(world, "O2")
        group = await world.api.group("Work", [ada.phone])
        await group.hears("I only talk one to one")
        await ada.phone.command("start", to=group)
        await ada.phone.command("map", to=group)
        await ada.phone.write("@tare_test_bot are you there?", to=group)
        await ada.phone.send("sticker", to=group)
        await world.api.until_taken()
        await group.hears_nothing(within=A_MOMENT)

        await ada.phone.expel_bot(group)
        await world.api.until_taken()
        await group.hears_nothing(within=0)


SENT = {
    "voice": "voice messages",
    "sticker": "stickers",
    "location": "where you are",
    "photo": "only read text",
    "document": "only read text",
    "dice": "only read text",
}


@pytest.mark.parametrize("kind", SENT)
async def test_what_is_not_text_gets_a_friendly_word_and_leaves_the_question_open(
    world: World, kind: str
) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O2")
        await ada.phone.send(kind)
        await ada.hears(lambda seen: SENT[kind] in seen.text)
        await ada.taps(question, "7")
        await ada.hears(lambda seen: name_of(seen) == "O3")

    assert (await kept(world, ada.phone)).answers["O2"] == 7
