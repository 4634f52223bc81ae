"""What every error of the Bot API means for a message, over real HTTP where that can be."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram.error import ChatMigrated, Conflict, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.telegram import Telegram
from bot.channels.telegram_outcomes import outcome_of
from bot.parcels import Delivered, Failed, Halted, Outcome, Parcel, Refused, Unreachable, Unsure
from tests.servers.botapi import BotApi, Phone
from tests.telegram.given import chosen, keyboard, line, question

METHODS = {"line": "sendMessage", "chosen": "editMessageText", "keyboard": "editMessageReplyMarkup"}


def refuse(code: int, description: str) -> dict[str, Any]:
    return {"kind": "refuse", "code": code, "description": description}


BLOCKED = "Forbidden: bot was blocked by the user"
DEACTIVATED = "Forbidden: user is deactivated"
NEVER = "Forbidden: bot can't initiate conversation with a user"

ANY_KIND = [
    ({"kind": "flood", "retry_after": 7}, Halted(timedelta(seconds=7))),
    (refuse(403, BLOCKED), Unreachable("blocked")),
    (refuse(403, DEACTIVATED), Unreachable("deactivated")),
    (refuse(403, NEVER), Unreachable("never started")),
    (refuse(403, "Forbidden: something new"), Unreachable("forbidden")),
    (refuse(400, "Bad Request: chat not found"), Unreachable("chat not found")),
    (refuse(400, "Bad Request: PEER_ID_INVALID"), Unreachable("chat not found")),
    (refuse(400, "Bad Request: message is not modified: ..."), Delivered()),
    (refuse(401, "Unauthorized"), Failed("token refused")),
    (refuse(500, "Internal Server Error"), Failed("server error")),
    ({"kind": "http", "code": 502}, Failed("server error")),
    ({"kind": "http", "code": 504}, Failed("server error")),
    ({"kind": "http", "code": 403}, Failed("server error")),
    ({"kind": "http", "code": 400}, Failed("server error")),
    ({"kind": "http", "code": 404}, Failed("server error")),
    ({"kind": "drop_after"}, Unsure()),
    ({"kind": "drop_before"}, Unsure()),
    ({"kind": "stall", "seconds": 3.0}, Unsure()),
    ({"kind": "garbage"}, Unsure()),
]

ONLY_NEW = [
    (refuse(400, "Bad Request: message is too long"), Refused("too long")),
    (refuse(400, "Bad Request: BUTTON_DATA_INVALID"), Refused("bad request")),
]

ONLY_EDITS = [
    (refuse(400, "Bad Request: message to edit not found"), Delivered()),
    (refuse(400, "Bad Request: message can't be edited"), Delivered()),
    (refuse(400, "Bad Request: MESSAGE_ID_INVALID"), Delivered()),
]

ROWS = [
    *((kind, *row) for kind in METHODS for row in ANY_KIND),
    *(("line", *row) for row in ONLY_NEW),
    *((kind, *row) for kind in ("chosen", "keyboard") for row in ONLY_EDITS),
]


def parcel_of(kind: str, chat: int, message: int) -> Parcel:
    parcels = {"line": line(chat), "chosen": chosen(chat, message), "keyboard": keyboard(chat, message)}
    return parcels[kind]


@pytest.mark.parametrize(("kind", "fault", "outcome"), ROWS)
async def test_each_error_has_its_one_meaning(
    api: BotApi, telegram: Telegram, ada: Phone, kind: str, fault: dict[str, Any], outcome: Outcome
) -> None:
    sent = await telegram.deliver(question(ada.id))
    assert isinstance(sent, Delivered)
    how = dict(fault)
    await api.fail(how.pop("kind"), METHODS[kind], **how)

    assert await telegram.deliver(parcel_of(kind, ada.id, sent.message or 0)) == outcome


async def test_a_server_out_of_reach_has_received_nothing(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    await api.vanish()
    await asyncio.sleep(0.01)  # that the open connection was closed is noticed

    assert await telegram.deliver(line(ada.id)) == Failed("no connection")

    await api.reappear()
    assert isinstance(await telegram.deliver(line(ada.id)), Delivered)


@pytest.mark.parametrize("cause", [aiohttp.ConnectionTimeoutError(), aiohttp.InvalidURL("here")])
def test_a_request_that_found_no_connection_was_not_sent(cause: Exception) -> None:
    error = TimedOut()
    error.__cause__ = cause

    assert outcome_of(error, edits=False) == Failed("no connection")


@pytest.mark.parametrize(
    "cause", [aiohttp.SocketTimeoutError(), aiohttp.ServerDisconnectedError(), ConnectionResetError()]
)
def test_a_request_that_was_on_its_way_may_have_arrived(cause: Exception) -> None:
    error = NetworkError("aiohttp")
    error.__cause__ = cause

    assert outcome_of(error, edits=False) == Unsure()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (InvalidToken(), Failed("token refused")),
        (Conflict("another"), Failed("another poller")),
        (ChatMigrated(-100), Refused("chat migrated")),
        (TelegramError("Invalid server response"), Unsure()),
    ],
)
def test_errors_that_no_private_chat_should_see_have_a_meaning_too(
    error: TelegramError, outcome: Outcome
) -> None:
    assert outcome_of(error, edits=False) == outcome


async def test_a_person_who_blocked_the_bot_or_never_started_it_is_unreachable(
    api: BotApi, telegram: Telegram, ada: Phone
) -> None:
    stranger = await api.phone("Ben")
    await ada.block()

    assert await telegram.deliver(question(ada.id)) == Unreachable("blocked")
    assert isinstance(await telegram.deliver(question(stranger.id)), Unreachable)
    assert await telegram.deliver(question(4_711)) == Unreachable("chat not found")


async def test_a_halt_lasts_as_long_as_telegram_says(api: BotApi, telegram: Telegram, ada: Phone) -> None:
    await api.limit(chat_per_second=1.0, chat_burst=1.0, retry_after=3)
    await telegram.deliver(line(ada.id))

    assert await telegram.deliver(line(ada.id)) == Halted(timedelta(seconds=3))
