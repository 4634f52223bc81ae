"""Pushing: in order within a kind and chat, side by side between them, again until it is taken."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from telegram import Bot

from .botapi import BotApi, Phone
from .botapi.listening import Listener
from .botapi.raw import RawBot
from .botapi.shapes import JsonObject

pytest_plugins = ["tests.servers.botapi.fixtures"]

Reaction = Callable[[JsonObject], Awaitable[Response]]


async def take(update: JsonObject) -> Response:
    return Response(status_code=200)


@dataclass
class Hook:
    """Somebody's webhook: what was pushed to it, and how it answers."""

    url: str = ""
    pushed: list[JsonObject] = field(default_factory=list)
    headers: list[str | None] = field(default_factory=list)
    reaction: Reaction = take
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        update = await request.json()
        self.pushed.append(update)
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bell.set()
        await (await self.reaction(update))(scope, receive, send)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.pushed if "message" in update]

    async def pushes(self, count: int) -> None:
        """Until so many have arrived."""
        async with asyncio.timeout(3):
            while len(self.pushed) < count:
                self.bell.clear()
                await self.bell.wait()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    listener = Listener(hook.app, 0)
    await listener.open()
    hook.url = f"http://127.0.0.1:{listener.port}/hook"
    yield hook
    await listener.shut()


async def failures(botapi: BotApi, count: int) -> None:
    """Until so many pushes have failed and the server waits for the next try."""
    webhook = botapi.cloud.webhook
    assert await webhook.failed.until(lambda: webhook.failures >= count, within=3)


async def test_updates_are_pushed_and_confirmed_by_a_2xx(botapi: BotApi, ptb: Bot, hook: Hook) -> None:
    ada = await botapi.phone("Ada")
    await ptb.set_webhook(hook.url)

    await ada.write("hello")
    await botapi.until_taken()

    assert hook.texts == ["hello"]
    info = await ptb.get_webhook_info()
    assert (info.url, info.pending_update_count) == (hook.url, 0)


async def test_what_waited_before_the_webhook_is_pushed_too(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    await ada.write("earlier")

    await ptb.set_webhook(hook.url)
    await botapi.until_taken()

    assert hook.texts == ["earlier"]


async def test_the_secret_travels_in_its_header(botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone) -> None:
    await ptb.set_webhook(hook.url, secret_token="Only-you_know")

    await ada.write("hello")
    await botapi.until_taken()

    assert hook.headers == ["Only-you_know"]


async def test_the_next_of_a_chat_waits_for_the_first(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    released = asyncio.Event()

    async def wait(update: JsonObject) -> Response:
        await released.wait()
        return Response(status_code=200)

    hook.reaction = wait
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await ada.write("two")
    await hook.pushes(1)
    await asyncio.sleep(0.05)

    assert hook.texts == ["one"]
    released.set()
    await botapi.until_taken()
    assert hook.texts == ["one", "two"]


async def test_taps_and_other_chats_do_not_wait(botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone) -> None:
    released = asyncio.Event()

    async def wait_for_ada(update: JsonObject) -> Response:
        if update.get("message", {}).get("from", {}).get("id") == ada.id:
            await released.wait()
        return Response(status_code=200)

    hook.reaction = wait_for_ada
    message = await ptb.send_message(ada.id, "Well?")
    await ptb.set_webhook(hook.url)
    bea = await botapi.phone("Bea")

    await ada.write("slow")
    await ada.forge("y", message.message_id)
    await bea.write("quick")

    await hook.pushes(3)
    released.set()
    await botapi.until_taken()


async def test_a_refused_update_comes_again_and_blocks_its_chat(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    async def refuse_twice(update: JsonObject) -> Response:
        return Response(status_code=503 if len(hook.pushed) < 3 else 200)

    hook.reaction = refuse_twice
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await ada.write("two")
    await failures(botapi, 2)
    assert hook.texts == ["one", "one"]

    await botapi.advance(2)
    await botapi.until_taken()

    assert hook.texts == ["one", "one", "one", "two"]
    info = await ptb.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_the_delay_between_tries_grows(botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone) -> None:
    async def refuse(update: JsonObject) -> Response:
        return Response(status_code=500)

    hook.reaction = refuse
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await failures(botapi, 2)

    for tries, delay in ((3, 2), (4, 4), (5, 8)):
        await botapi.advance(delay - 1)
        await asyncio.sleep(0.03)
        assert len(hook.pushed) == tries - 1
        await botapi.advance(1)
        await failures(botapi, tries)


async def test_retry_after_is_honoured(botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone) -> None:
    async def ask_for_a_minute(update: JsonObject) -> Response:
        return Response(status_code=503, headers={"Retry-After": "60"})

    hook.reaction = ask_for_a_minute
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await failures(botapi, 1)
    await botapi.advance(58)
    await asyncio.sleep(0.05)
    assert len(hook.pushed) == 1

    await botapi.advance(2)

    await hook.pushes(2)


async def test_an_update_that_is_too_old_is_given_up(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    async def refuse(update: JsonObject) -> Response:
        return Response(status_code=500)

    hook.reaction = refuse
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await failures(botapi, 2)

    await botapi.advance(24 * 3600 + 1)
    await botapi.until_taken()

    assert hook.texts.count("one") <= 3


async def test_a_webhook_that_cannot_be_reached_is_tried_again(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    await ptb.set_webhook("http://127.0.0.1:9/nobody")
    await ada.write("one")
    await failures(botapi, 2)

    assert "Connection failed" in ((await ptb.get_webhook_info()).last_error_message or "")
    await ptb.set_webhook(hook.url)
    await botapi.until_taken()
    assert hook.texts == ["one"]


async def test_a_connection_that_the_webhook_closes_is_opened_again(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    async def close(update: JsonObject) -> Response:
        return Response(status_code=200, headers={"Connection": "close"})

    hook.reaction = close
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await ada.write("two")
    await botapi.until_taken()

    assert hook.texts == ["one", "two"]
    assert (await botapi.totals())["webhook_failures"] == 0


async def test_no_more_connections_than_asked_for(botapi: BotApi, ptb: Bot, hook: Hook) -> None:
    released, people = asyncio.Event(), await botapi.crowd(3)

    async def wait(update: JsonObject) -> Response:
        await released.wait()
        return Response(status_code=200)

    hook.reaction = wait
    await ptb.set_webhook(hook.url, max_connections=2)
    await botapi.ask("write_many", lines=[(person, "hello") for person in people])
    await hook.pushes(2)
    await asyncio.sleep(0.05)

    assert len(hook.pushed) == 2
    released.set()
    await botapi.until_taken()
    assert len(hook.pushed) == 3


async def test_a_deleted_webhook_keeps_what_was_not_taken(
    botapi: BotApi, ptb: Bot, raw: RawBot, ada: Phone
) -> None:
    await ptb.set_webhook("http://127.0.0.1:9/nobody")
    await ada.write("one")

    await ptb.delete_webhook()

    assert len((await raw("getUpdates"))["result"]) == 1


async def test_pending_updates_can_be_dropped(ptb: Bot, raw: RawBot, ada: Phone) -> None:
    await ada.write("one")

    await ptb.delete_webhook(drop_pending_updates=True)

    assert (await raw("getUpdates"))["result"] == []


async def test_a_method_in_the_answer_of_a_webhook_is_a_violation(
    botapi: BotApi, ptb: Bot, hook: Hook, ada: Phone
) -> None:
    async def reply_in_body(update: JsonObject) -> Response:
        return Response('{"method": "sendMessage"}', media_type="application/json")

    hook.reaction = reply_in_body
    await ptb.set_webhook(hook.url)
    await ada.write("one")
    await botapi.until_taken()

    assert botapi.violations == ["webhook: the answer holds a method, which the fake does not carry out"]


@pytest.mark.parametrize(
    ("values", "description"),
    [
        ({"url": "ftp://x.org"}, "Bad Request: bad webhook: invalid webhook URL specified"),
        ({"url": "https://x.org", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
        (
            {"url": "https://x.org", "secret_token": "ä"},
            "Bad Request: secret token contains unallowed characters",
        ),
    ],
)
async def test_a_webhook_that_makes_no_sense_is_refused(
    values: dict[str, str], description: str, raw: RawBot
) -> None:
    assert (await raw("setWebhook", **values))["description"] == description
