"""Flood limits: what is too much is refused with 429, and so is everything until the time is over."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from .botapi import BotApi, Phone
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]


async def test_too_many_messages_to_one_chat_are_refused(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.limit(chat_per_second=1, chat_burst=2)
    await ptb.send_message(ada.id, "one")
    await ptb.send_message(ada.id, "two")

    with pytest.raises(RetryAfter) as refused:
        await ptb.send_message(ada.id, "three")

    assert refused.value.retry_after == timedelta(seconds=1)
    assert [seen.text for seen in await ada.received()] == ["one", "two"]
    assert botapi.violations == []


async def test_the_refusal_has_the_real_form(botapi: BotApi, raw: RawBot, ada: Phone) -> None:
    await botapi.limit(per_second=0.1, burst=1)
    await raw("sendMessage", chat_id=ada.id, text="one")

    answer = await raw.client.post(f"{raw.base}/sendMessage", json={"chat_id": ada.id, "text": "two"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "10"
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 10",
        "parameters": {"retry_after": 10},
    }


async def test_a_halt_refuses_all_sending_until_it_is_over(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    bea = await botapi.phone("Bea", started=True)
    await botapi.limit(chat_per_second=1, chat_burst=1, retry_after=7)
    await ptb.send_message(ada.id, "one")
    with pytest.raises(RetryAfter):
        await ptb.send_message(ada.id, "two")

    with pytest.raises(RetryAfter):
        await ptb.send_message(bea.id, "hello")
    await botapi.advance(7)
    await ptb.send_message(bea.id, "hello again")

    assert [seen.text for seen in await bea.received()] == ["hello again"]
    assert (await botapi.totals())["refused_for_limits"] == 2


async def test_a_halt_does_not_stop_reading(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.fail("flood", "sendMessage", retry_after=5)
    with pytest.raises(RetryAfter):
        await ptb.send_message(ada.id, "one")

    await ada.write("still there?")

    assert len(await ptb.get_updates()) == 1


async def test_all_chats_together_have_a_limit_too(botapi: BotApi, ptb: Bot) -> None:
    await botapi.limit(per_second=30, burst=3)
    people = await botapi.crowd(4)
    for person in people[:3]:
        await ptb.send_message(person, "hello")

    with pytest.raises(RetryAfter):
        await ptb.send_message(people[3], "hello")


async def test_room_comes_back_with_time(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    await botapi.limit(chat_per_second=1, chat_burst=3)
    for _ in range(3):
        await ptb.send_message(ada.id, "now")

    await botapi.advance(2)
    for _ in range(2):
        await ptb.send_message(ada.id, "later")

    with pytest.raises(RetryAfter):
        await ptb.send_message(ada.id, "too soon")


async def test_what_is_refused_for_other_reasons_costs_no_room(
    botapi: BotApi, raw: RawBot, ada: Phone
) -> None:
    await botapi.limit(per_second=1, burst=1)
    for _ in range(3):
        await raw("sendMessage", chat_id=42, text="nobody")

    assert (await raw("sendMessage", chat_id=ada.id, text="hello"))["ok"]


async def test_the_busiest_second_is_counted(botapi: BotApi, ptb: Bot, ada: Phone) -> None:
    for _ in range(3):
        await ptb.send_message(ada.id, "now")
    await botapi.advance(2)
    await ptb.send_message(ada.id, "later")

    totals = await botapi.totals()
    assert (totals["sent"], totals["peak_per_second"]) == (4, 3)
