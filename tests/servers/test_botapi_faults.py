"""Misfortunes on demand: each strikes when it should, and the message is there or not as it should be."""

import asyncio
import time
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from .botapi import BotApi, ImpossibleError, Phone, Settings
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]


async def texts(phone: Phone) -> list[str]:
    return [seen.text for seen in await phone.received()]


async def test_a_connection_dropped_before_acceptance_delivers_nothing(
    botapi: BotApi, ptb: Bot, ada: Phone
) -> None:
    await botapi.fail("drop_before", "sendMessage")

    with pytest.raises(NetworkError, match=r"RemoteProtocolError|ReadError"):
        await ptb.send_message(ada.id, "hello")

    assert await texts(ada) == []


async def test_a_connection_dropped_after_acceptance_delivers(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("drop_after", "sendMessage")

    with pytest.raises(NetworkError, match=r"RemoteProtocolError|ReadError"):
        await ptb.send_message(ada.id, "hello")

    assert await texts(ada) == ["hello"]


async def test_a_stalled_answer_outlasts_the_client_but_the_message_is_there(
    botapi: BotApi, ptb: Bot, ada: Phone
) -> None:
    await botapi.fail("stall", "sendMessage", seconds=5)

    with pytest.raises(TimedOut):
        await ptb.send_message(ada.id, "hello", read_timeout=0.1)

    assert await texts(ada) == ["hello"]


async def test_a_stall_can_come_before_acceptance(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("stall", "sendMessage", seconds=5, accepted=False)

    with pytest.raises(TimedOut):
        await ptb.send_message(ada.id, "hello", read_timeout=0.1)

    assert await texts(ada) == []


@pytest.mark.parametrize(("accepted", "expected"), [(False, []), (True, ["hello"])])
async def test_a_bad_gateway_is_a_page_and_tells_nothing_about_delivery(
    accepted: bool, expected: list[str], botapi: BotApi, ptb: Bot, ada: Phone
) -> None:
    await botapi.fail("http", "sendMessage", code=502, accepted=accepted)

    with pytest.raises(NetworkError, match=r"Bad Gateway \(502\)"):
        await ptb.send_message(ada.id, "hello")

    assert await texts(ada) == expected


async def test_an_answer_can_be_cut_json(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("garbage", "sendMessage")

    with pytest.raises(TelegramError, match="Invalid server response"):
        await ptb.send_message(ada.id, "hello")

    assert await texts(ada) == ["hello"]


async def test_a_flood_answer_halts_the_bot(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("flood", "sendMessage", retry_after=3)

    with pytest.raises(RetryAfter) as refused:
        await ptb.send_message(ada.id, "hello")
    with pytest.raises(RetryAfter):
        await ptb.send_message(ada.id, "hello")
    await botapi.heal()
    await ptb.send_message(ada.id, "hello")

    assert refused.value.retry_after == timedelta(seconds=3)
    assert await texts(ada) == ["hello"]


async def test_any_refusal_can_be_ordered(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await botapi.fail("refuse", "sendMessage", code=400, description="Bad Request: message can't be edited")

    answer = await raw("sendMessage", chat_id=ada.id, text="hello")

    assert answer == {"ok": False, "error_code": 400, "description": "Bad Request: message can't be edited"}
    assert botapi.violations == []


async def test_latency_delays_and_lets_through(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("latency", seconds=0.1, times=None)
    began = time.monotonic()

    await ptb.send_message(ada.id, "hello")
    await ptb.send_message(ada.id, "hello")

    assert time.monotonic() - began >= 0.2


async def test_a_fault_strikes_as_often_as_it_was_set(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("http", "sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await ptb.send_message(ada.id, "hello")

    await ptb.send_message(ada.id, "hello")

    assert (await botapi.totals())["faults_struck"] == 2


async def test_a_fault_meets_only_its_method_and_chat(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    bea = await botapi.phone("Bea", started=True)
    await botapi.fail("http", "send*", chat=bea)

    await ptb.get_me()
    await ptb.send_message(ada.id, "hello")

    with pytest.raises(NetworkError):
        await ptb.send_message(bea.id, "hello")


async def test_a_lost_answer_to_get_updates_loses_no_update(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await ada.write("hello")
    await botapi.fail("drop_after", "getUpdates")
    with pytest.raises(NetworkError):
        await ptb.get_updates()

    assert len(await ptb.get_updates()) == 1


async def struck(seed: int) -> list[bool]:
    async with BotApi(Settings(seed=seed)) as api, httpx.AsyncClient(verify=False) as client:
        await api.fail("http", "getMe", times=None, probability=0.5)
        raw = f"{api.base_url}{api.token}/getMe"
        return [(await client.get(raw)).status_code == 502 for _ in range(20)]


async def test_chance_is_repeatable_by_its_seed() -> None:
    first = await struck(7)

    assert first == await struck(7)
    assert first != await struck(8)
    assert 0 < sum(first) < 20


async def test_a_misfortune_that_does_not_exist_cannot_be_ordered(botapi: BotApi) -> None:
    with pytest.raises(ImpossibleError, match="no fault 'earthquake'"):
        await botapi.fail("earthquake")


async def test_a_server_that_vanished_comes_back_with_its_memory(
    botapi: BotApi, ptb: Bot, ada: Phone
) -> None:
    await ptb.send_message(ada.id, "before")
    await botapi.vanish()
    with pytest.raises(NetworkError, match=r"ConnectError|ReadError|RemoteProtocolError"):
        await ptb.send_message(ada.id, "meanwhile")

    await botapi.reappear()
    await ptb.send_message(ada.id, "after")

    assert await texts(ada) == ["before", "after"]


async def test_a_call_that_was_cut_off_while_sent_is_no_call(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    host, port = botapi.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /bot{botapi.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n"
    writer.write(f"{head}chat_id={ada.id}&text=hal".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert (await raw("getMe"))["ok"]
    assert await texts(ada) == []
    assert botapi.violations == []
