"""getUpdates: one queue in id order, kept until confirmed, one poller at a time."""

import asyncio
import time

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict

from .botapi import BotApi, ImpossibleError, Phone, Settings
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]


async def heard(raw: RawBot, **how: object) -> list[str]:
    """The texts of the messages that one getUpdates brings."""
    return [update["message"]["text"] for update in (await raw("getUpdates", **how))["result"]]


async def ids(raw: RawBot, **how: object) -> list[int]:
    return [update["update_id"] for update in (await raw("getUpdates", **how))["result"]]


async def test_updates_come_in_the_order_of_their_ids(raw: RawBot, ada: Phone) -> None:
    for text in ("one", "two", "three"):
        await ada.write(text)

    first = (await raw("getUpdates"))["result"][0]["update_id"]
    assert await heard(raw) == ["one", "two", "three"]
    assert await ids(raw) == [first, first + 1, first + 2]


async def test_what_is_not_confirmed_comes_again(raw: RawBot, ada: Phone) -> None:
    await ada.write("one")

    assert await heard(raw) == await heard(raw) == ["one"]


async def test_an_offset_confirms_everything_below_it(raw: RawBot, ada: Phone) -> None:
    await ada.write("one")
    await ada.write("two")
    first, second = await ids(raw)

    assert await heard(raw, offset=first + 1) == ["two"]
    assert await heard(raw) == ["two"]
    assert await heard(raw, offset=second + 1) == []


async def test_an_offset_from_the_far_future_confirms_nothing(raw: RawBot, ada: Phone) -> None:
    await ada.write("one")

    assert await heard(raw, offset=999_999_999) == ["one"]


async def test_a_negative_offset_forgets_all_but_the_last(raw: RawBot, ada: Phone) -> None:
    for text in ("one", "two", "three"):
        await ada.write(text)

    assert await heard(raw, offset=-2) == ["two", "three"]
    assert await heard(raw) == ["two", "three"]


async def test_a_limit_takes_the_oldest(raw: RawBot, ada: Phone) -> None:
    for text in ("one", "two", "three"):
        await ada.write(text)

    assert await heard(raw, limit=2) == ["one", "two"]


async def test_a_long_poll_wakes_when_somebody_writes(raw: RawBot, ada: Phone) -> None:
    poll = asyncio.create_task(heard(raw, timeout=10))
    await asyncio.sleep(0.05)

    await ada.write("hello")

    assert await asyncio.wait_for(poll, 1.0) == ["hello"]


async def test_a_long_poll_ends_empty_when_its_time_is_over(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    poll = asyncio.create_task(heard(raw, timeout=30))
    await asyncio.sleep(0.05)

    await botapi.advance(30)

    assert await asyncio.wait_for(poll, 1.0) == []


async def test_a_second_poller_ends_the_first_with_409(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    first = asyncio.create_task(raw("getUpdates", timeout=10))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(raw("getUpdates", timeout=10))

    ended = await asyncio.wait_for(first, 1.0)
    await ada.write("hello")

    assert ended["error_code"] == 409
    assert ended["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert (await second)["result"][0]["message"]["text"] == "hello"


async def test_the_library_names_the_conflict(botapi: BotApi, ptb: Bot, raw: RawBot) -> None:
    poll = asyncio.create_task(ptb.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    rival = asyncio.create_task(raw("getUpdates", timeout=10))

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await poll

    rival.cancel()


async def test_a_webhook_that_is_set_ends_the_poll(raw: RawBot) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=10))
    await asyncio.sleep(0.05)

    await raw("setWebhook", url="http://127.0.0.1:9/hook")

    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_nobody_polls_while_a_webhook_is_set(raw: RawBot) -> None:
    await raw("setWebhook", url="http://127.0.0.1:9/hook")

    refused = await raw("getUpdates")

    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await raw("deleteWebhook"))["ok"]
    assert (await raw("getUpdates"))["ok"]


async def test_only_the_kinds_asked_for_are_queued(raw: RawBot, ada: Phone) -> None:
    await raw("getUpdates", allowed_updates=["my_chat_member"])
    await ada.write("unheard")
    await ada.block()

    (update,) = (await raw("getUpdates"))["result"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_the_kinds_asked_for_are_remembered(raw: RawBot, ada: Phone) -> None:
    await raw("getUpdates", allowed_updates=["message"])
    await raw("getUpdates")
    await ada.block()

    assert await ids(raw) == []
    assert (await raw("getWebhookInfo"))["result"]["allowed_updates"] == ["message"]


async def test_an_empty_list_asks_for_everything_again(raw: RawBot, ada: Phone) -> None:
    await raw("getUpdates", allowed_updates=["message"])
    await raw("getUpdates", allowed_updates=[])
    await ada.block()

    assert len(await ids(raw)) == 1


async def test_an_unknown_kind_of_update_is_a_violation(botapi: BotApi, raw: RawBot) -> None:
    await raw("getUpdates", allowed_updates=["holograms"])

    assert botapi.violations == ["getUpdates: allowed_updates names an unknown kind 'holograms'"]


async def test_messages_wait_for_a_day_and_taps_for_150_seconds(
    botapi: BotApi, ptb: Bot, raw: RawBot, ada: Phone
) -> None:
    message = await ptb.send_message(ada.id, "Well?")
    await ada.write("hello")
    await ada.forge("y", message.message_id)

    await botapi.advance(149)
    assert len(await ids(raw)) == 2
    await botapi.advance(2)
    assert await heard(raw) == ["hello"]
    await botapi.advance(24 * 3600)
    assert await ids(raw) == []
    assert (await botapi.totals())["expired_updates"] == 2


async def test_an_update_can_come_twice_under_one_id(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await ada.write("one")
    (first,) = await ids(raw)
    await raw("getUpdates", offset=first + 1)

    await botapi.repeat(first)

    assert await ids(raw, offset=first + 1) == [first]
    assert await ids(raw, offset=first + 1) == []


async def test_held_updates_can_come_in_the_wrong_order(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await botapi.hold()
    await ada.write("one")
    await ada.write("two")
    assert await heard(raw) == []

    await botapi.release(backwards=True)

    assert await heard(raw) == ["two", "one"]


async def test_held_updates_can_come_late(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await botapi.hold()
    await ada.write("one")

    await botapi.release()

    assert await heard(raw) == ["one"]


async def test_an_update_of_the_future_is_delivered_as_it_is(botapi: BotApi, raw: RawBot) -> None:
    update_id = await botapi.inject({"hologram": {"brightness": 7}})

    (update,) = (await raw("getUpdates"))["result"]
    assert update == {"update_id": update_id, "hologram": {"brightness": 7}}


async def test_ids_can_jump_back_only_while_nothing_waits(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await ada.write("one")
    (first,) = await ids(raw)

    with pytest.raises(ImpossibleError):
        await botapi.ask("renumber", next_id=5)
    await raw("getUpdates", offset=first + 1)
    await botapi.ask("renumber", next_id=5)
    await ada.write("two")

    assert await ids(raw) == [5]


async def test_a_test_can_wait_until_everything_is_confirmed(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await ada.write("one")
    with pytest.raises(AssertionError, match="1 updates still wait"):
        await botapi.until_taken(within=0.05)

    (first,) = await ids(raw)
    waiting = asyncio.create_task(botapi.until_taken(within=2.0))
    await raw("getUpdates", offset=first + 1)

    await waiting


async def test_a_server_that_stops_ends_a_poll_at_once(botapi: BotApi, raw: RawBot) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    began = time.monotonic()

    await botapi.stop()

    with pytest.raises(httpx.TransportError):
        await poll
    assert time.monotonic() - began < 0.2


async def test_a_poller_that_died_takes_nothing_with_it(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    poll.cancel()
    await asyncio.sleep(0.05)

    update_id = await botapi.inject({"hologram": {}})

    assert await ids(raw) == [update_id]


async def test_hurried_polls_are_braked_when_that_is_asked_for() -> None:
    async with BotApi(Settings(hurried_polls=True)) as api:
        ada = await api.phone("Ada")
        for text in ("one", "two", "three"):
            await ada.write(text)
        async with httpx.AsyncClient() as client:
            raw = RawBot(client, f"{api.base_url}{api.token}")
            first, _, third = await ids(raw, offset=0)
            assert await ids(raw, offset=0) == [first]

            await ids(raw, offset=third + 1)
            began = time.monotonic()
            empty = asyncio.create_task(ids(raw, offset=third + 1))
            await asyncio.sleep(0.1)
            assert not empty.done()
            await api.advance(3)
            assert await empty == []
            assert time.monotonic() - began < 2
