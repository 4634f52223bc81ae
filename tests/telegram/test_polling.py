"""Looking for updates: what is asked for, when it is confirmed, and what happens when nothing comes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.arrivals import Arrival
from bot.channels.telegram import Telegram
from bot.channels.telegram_events import ALLOWED, Batch
from bot.channels.telegram_trouble import AnotherPoller, NoAnswer, TelegramTrouble, TokenRefused
from bot.channels.telegram_wire import Wire
from flows.engine.heard import Wrote
from tests.servers.botapi import TOKEN, BotApi, Phone
from tests.telegram.given import private


def texts(batch: Batch) -> list[str]:
    said = [event.heard for event in batch.events if isinstance(event, Arrival)]
    return [each.text for each in said if isinstance(each, Wrote)]


async def heard(telegram: Telegram) -> list[str]:
    return texts(await telegram.fetch(long_poll=0))


async def test_the_same_four_kinds_of_updates_are_asked_for_every_time(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    for _ in range(2):
        await ada.write("x")
        telegram.confirm(await telegram.fetch())

    calls = [call["values"] for call in await api.calls("getUpdates")]
    assert [call["allowed_updates"] for call in calls] == [list(ALLOWED)] * 2
    assert ALLOWED == ("message", "edited_message", "callback_query", "my_chat_member")
    assert [call["limit"] for call in calls] == [100, 100]


async def test_what_was_not_confirmed_comes_again_and_what_was_does_not(
    telegram: Telegram, ada: Phone
) -> None:
    await ada.write("first")
    assert await heard(telegram) == ["first"]
    assert await heard(telegram) == ["first"]

    telegram.confirm(await telegram.fetch())
    await ada.write("second")

    assert await heard(telegram) == ["second"]


async def test_numbers_that_begin_anew_after_a_quiet_week_are_followed(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    await ada.write("before")
    telegram.confirm(await telegram.fetch())
    assert await heard(telegram) == []
    await api.ask("renumber", next_id=5_000)

    await ada.write("after")
    telegram.confirm(await telegram.fetch())
    await ada.write("and on")

    assert await heard(telegram) == ["and on"]


async def test_an_update_that_cannot_be_read_does_not_hide_the_one_behind_it(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    await api.inject({"message": private(text=5)})
    await ada.write("I am still here")

    batch = await telegram.fetch()
    telegram.confirm(batch)

    assert len(batch.unparsed) == 1
    assert texts(batch) == ["I am still here"]
    assert await heard(telegram) == []


async def test_a_second_poller_is_another_programs_fault_and_said_so(api: BotApi, telegram: Telegram) -> None:
    other = Telegram(api.token, api.url)
    await other.open()
    first, second = asyncio.create_task(telegram.fetch()), asyncio.create_task(other.fetch())

    done, waiting = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)

    with pytest.raises(AnotherPoller, match="stop the other one"):
        done.pop().result()
    waiting.pop().cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    await other.close()


async def test_a_webhook_is_taken_away_and_nothing_that_waits_is_thrown_away(api: BotApi) -> None:
    telegram = Telegram(api.token, api.url)
    await api.hold()
    ada = await api.phone()
    await ada.write("kept")
    await api.release()
    await telegram._bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(AnotherPoller, match="webhook"):
        await telegram.fetch(long_poll=0)

    await telegram.open()

    assert await heard(telegram) == ["kept"]
    (call,) = await api.calls("deleteWebhook")
    assert not call["values"].get("drop_pending_updates")
    await telegram.close()


def test_the_time_at_the_server_is_read_from_its_answers() -> None:
    wire = Wire(1, 1.0)
    wire._date = "Mon, 02 Mar 2026 19:30:00 GMT"

    assert wire.date == datetime(2026, 3, 2, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize("header", ["", "yesterday"])
def test_a_server_that_does_not_tell_the_time_is_no_trouble(header: str) -> None:
    wire = Wire(1, 1.0)
    wire._date = header

    assert wire.date is None


async def test_a_wrong_token_is_told_from_a_server_that_is_down(api: BotApi) -> None:
    wrong = Telegram(f"{TOKEN}x", api.url)
    with pytest.raises(TokenRefused, match="TARE_TELEGRAM_TOKEN"):
        await wrong.open()
    await wrong.close()
    await api.vanish()

    away = Telegram(TOKEN, api.url)
    with pytest.raises(NoAnswer, match="does not answer"):
        await away.open()

    await away.close()
    await api.reappear()


async def test_a_page_of_some_other_server_is_no_word_about_the_token(api: BotApi) -> None:
    await api.fail("http", "getMe", code=404)
    telegram = Telegram(TOKEN, api.url)

    with pytest.raises(NoAnswer, match="TARE_TELEGRAM_API"):
        await telegram.open()

    await telegram.close()


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        ("garbage", {}),
        ("http", {"code": 502}),
        ("drop_before", {}),
        ("refuse", {"code": 403, "description": "Forbidden"}),
    ],
)
async def test_whatever_else_comes_instead_of_updates_is_no_answer_and_passes(
    api: BotApi, telegram: Telegram, ada: Phone, fault: str, how: dict[str, Any]
) -> None:
    await ada.write("hello")
    await api.fail(fault, "getUpdates", **how)

    with pytest.raises(NoAnswer):
        await telegram.fetch()

    assert await heard(telegram) == ["hello"]


async def test_a_flood_says_how_long_to_wait_before_the_next_look(api: BotApi, telegram: Telegram) -> None:
    await api.fail("flood", "getUpdates", retry_after=5)

    with pytest.raises(NoAnswer) as caught:
        await telegram.fetch()

    assert caught.value.pause is not None
    assert caught.value.pause.total_seconds() == 5


async def test_no_trouble_names_the_token(api: BotApi, telegram: Telegram) -> None:
    wrong = Telegram("7000000002:AAWrongWrongWrongWrongWrong", api.url)
    with pytest.raises(TelegramTrouble) as refused:
        await wrong.open()
    await api.vanish()
    with pytest.raises(TelegramTrouble) as unreachable:
        await telegram.fetch()

    assert "AAWrong" not in str(refused.value)
    assert TOKEN.partition(":")[2] not in str(unreachable.value)
    await wrong.close()
    await api.reappear()
