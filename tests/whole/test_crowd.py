"""Many people at once, and what Telegram takes of their answers: rates, halts, bad moments."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from tests.servers.botapi import BotApi, Phone
from tests.serving.given import World
from tests.whole.given import person_at, until_empty

CROWD = 100


async def crowd(api: BotApi, size: int) -> list[Phone]:
    return [await api.phone(f"P{number}") for number in range(size)]


def slower(world: World, **rates: float) -> World:
    """The same world with limits of its own."""
    return World(world.api, world.settings.model_copy(update=rates))


def times(calls: Sequence[Mapping[str, Any]]) -> list[float]:
    return [float(call["at"]) for call in calls]


async def test_a_hundred_people_at_once_are_all_answered(world: World) -> None:
    phones = await crowd(world.api, CROWD)

    async with world.bot():
        await asyncio.gather(*(phone.command("start") for phone in phones))
        await asyncio.gather(*(phone.hears("I'm Tare") for phone in phones))
        await asyncio.gather(*(phone.tap("English", times=2) for phone in phones))
        await asyncio.gather(*(phone.hears("18 or older") for phone in phones))
        await world.api.until_taken()

    assert (await world.api.totals())["sent"] == 2 * CROWD
    assert len(await world.api.calls("answerCallbackQuery")) == 2 * CROWD


async def test_the_rate_of_the_bot_is_kept_whoever_writes(world: World) -> None:
    await world.api.limit(per_second=50, burst=15)  # a little more than ours: requests can bunch on the way
    phones = await crowd(world.api, CROWD)

    async with slower(world, rate_bot=50).bot():
        await asyncio.gather(*(phone.command("start") for phone in phones))
        await world.api.until_sent(CROWD)

    totals = await world.api.totals()
    assert totals["refused_for_limits"] == 0
    assert totals["peak_per_second"] <= 65


async def test_the_messages_to_one_chat_keep_their_distance(world: World) -> None:
    await world.api.limit(chat_per_second=5, chat_burst=1.5)  # half a message for the time under way
    ada, ben = await crowd(world.api, 2)

    async with slower(world, rate_chat=5, rate_chat_burst=1).bot():
        await ada.command("start")
        await ada.command("privacy")
        await ben.command("start")
        await ada.hears(lambda seen: "/erase" in seen.text)
        await ben.hears("I'm Tare")

    at = [seen.at for seen in await ada.received()]
    assert len(at) >= 3
    assert min(later - earlier for earlier, later in pairwise(at)) >= 0.1
    assert (await ben.received())[0].at < at[-1]  # nobody waits for another chat
    assert (await world.api.totals())["refused_for_limits"] == 0


async def test_a_halt_is_a_halt_of_everything_until_it_is_over_and_nothing_is_lost(world: World) -> None:
    async with world.bot():
        ada, question = await person_at(world, "O3")
        phones = await crowd(world.api, 10)
        await asyncio.gather(*(phone.command("start") for phone in phones[:5]))
        await asyncio.gather(*(phone.hears("I'm Tare") for phone in phones[:5]))

        await world.api.fail("flood", "sendMessage", retry_after=1)
        await phones[5].command("start")
        await world.api.until_taken()
        [halted] = times(await world.api.calls("sendMessage"))[-1:]
        await ada.answers(question)
        await asyncio.gather(*(phone.tap("English") for phone in phones[:5]))
        await asyncio.gather(*(phone.command("start") for phone in phones[6:]))
        await world.api.until_taken()
        await asyncio.gather(*(phone.hears("18 or older") for phone in phones[:5]))
        await asyncio.gather(*(phone.hears("I'm Tare") for phone in phones[5:]))
        assert await ada.next_question()
        await until_empty(world)

    sending = [call for name in ("sendMessage", "editMessageText") for call in await world.api.calls(name)]
    assert [at for at in times(sending) if halted < at < halted + 1] == []
    assert [len(await phone.received()) for phone in phones] == 5 * [2] + 5 * [1]


async def test_a_server_that_fails_for_one_chat_holds_nobody_else_up(world: World) -> None:
    ada, ben = await crowd(world.api, 2)
    await world.api.fail("http", "sendMessage", chat=ada)

    async with world.bot():
        await ada.command("start")
        await ada.write("english")
        await ben.command("start")
        await ben.hears("I'm Tare")
        await ada.hears("18 or older")

    assert (await ben.received())[0].at < (await ada.received())[0].at
    assert [seen.text[:8] for seen in await ada.received()] == ["I'm Tare", "Are you "]
