"""What an error of the Bot API means for a message, and for us (the table in telegram.md).

Order matters: in the library `BadRequest` and `TimedOut` are kinds of `NetworkError`, and taking one for the
other would send what is refused for ever, or send twice what has arrived.
"""

from __future__ import annotations

import os
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram_trouble import (
    AnotherPoller,
    NoAnswer,
    TelegramTrouble,
    TokenRefused,
    WebhookRefused,
)
from bot.channels.telegram_wire import NEVER_LEFT
from bot.parcels import Delivered, Failed, Halted, Outcome, Refused, Unreachable, Unsure

os.environ.setdefault("PTB_TIMEDELTA", "true")  # or the library warns with every RetryAfter

NOT_HTML = Refused("not html")

FORBIDDEN = {
    "blocked": "blocked",
    "deactivated": "deactivated",
    "initiate": "never started",
    "": "forbidden",
}
"""A part of what a 403 says, and the word that is kept of it."""

NOT_THERE = ("chat not found", "peer_id_invalid")


def outcome_of(error: TelegramError, *, edits: bool) -> Outcome:
    """Return what became of a message. `edits`: it was a change of one that is there, never fatal."""
    if _not_from_telegram(error):
        return Failed("server error")
    match error:
        case RetryAfter():
            return Halted(_pause(error))
        case Forbidden():
            said = error.message.lower()
            return Unreachable(next(word for part, word in FORBIDDEN.items() if part in said))
        case BadRequest():
            return _of_bad_request(error.message.lower(), edits=edits)
        case NetworkError():
            return _of_network(error)
        case InvalidToken() | EndPointNotFound():
            return Failed("token refused")
        case Conflict():
            return Failed("another poller")
        case ChatMigrated():
            return Refused("chat migrated")
    return Unsure()  # the answer was no JSON: the message may be there


def _of_bad_request(said: str, *, edits: bool) -> Outcome:
    if "message is not modified" in said:
        return Delivered()
    if "can't parse entities" in said:
        return NOT_HTML
    if any(words in said for words in NOT_THERE):
        return Unreachable("chat not found")
    if edits:
        return Delivered()
    return Refused("too long" if "too long" in said else "bad request")


def _of_network(error: NetworkError) -> Outcome:
    """Without an error of the connection behind it, it is a 5xx that the server answered with."""
    cause = error.__cause__
    if isinstance(cause, NEVER_LEFT):
        return Failed("no connection")
    return Failed("server error") if cause is None else Unsure()


def trouble_of(error: TelegramError, api: str) -> TelegramTrouble:
    """Return what an error means that is about us and not about a person. `api` is the server's address."""
    if _not_from_telegram(error):
        return NoAnswer.of(api, "no usable answer")
    match error:
        case RetryAfter():
            return NoAnswer(f"The Bot API at {api} asks us to wait.", _pause(error))
        case InvalidToken() | EndPointNotFound():
            return TokenRefused(
                f"The Bot API at {api} does not know this token. Compare TARE_TELEGRAM_TOKEN with the one "
                "that @BotFather shows under /mybots, and check TARE_TELEGRAM_API if it is set."
            )
        case Conflict() if "webhook" in error.message.lower():
            return AnotherPoller(
                "Somebody has set a webhook for this bot, so nothing can be polled. Stop the program that "
                "set it, or give this one a bot of its own; then start again."
            )
        case Conflict():
            return AnotherPoller(
                "Another program receives the messages of this bot. Only one may: stop the other one, or "
                "give this one a bot of its own; then start again."
            )
        case _:
            return NoAnswer.of(api, _kind(error))


def webhook_trouble_of(error: TelegramError, api: str, url: str) -> TelegramTrouble:
    """Return what it means that a webhook could not be set to an address."""
    if type(error) is BadRequest and not _not_from_telegram(error):
        return WebhookRefused(
            f"The Bot API at {api} does not push to {url}: {error.message}. It wants https with a valid "
            "certificate on port 443, 80, 88 or 8443, and a name that the whole world can look up. Check "
            "TARE_WEBHOOK_URL."
        )
    return trouble_of(error, api)


def _not_from_telegram(error: TelegramError) -> bool:
    """A status with a page instead of JSON comes from something in between, and says nothing of a person."""
    cause = error.__cause__
    return type(cause) is TelegramError or (isinstance(cause, TelegramError) and _not_from_telegram(cause))


def _pause(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _kind(error: TelegramError) -> str:
    cause = error.__cause__
    return "no usable answer" if cause is None else type(cause).__name__
