"""Carries single messages to Telegram, and takes them back.

Messages in words, their changes and the answers to taps are most of what goes out. They go as plain values
and come back as such: building the library's objects for them takes as long as the call itself.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram_events import NOT_AS_DESCRIBED
from bot.channels.telegram_outcomes import NOT_HTML, outcome_of
from bot.channels.telegram_text import LONGEST_CAPTION, LONGEST_NOTICE, cut, fits, pieces, plain, units
from bot.packets import Enclosed, made_or_none
from bot.parcels import Delivered, Kind, Outcome, Parcel, Unsure
from bot.pictures import Drawable, drawn

log = logging.getLogger(__name__)

MOST_DELETED = 100
"""Messages that one call takes out of a chat."""

NO_PREVIEW = {"is_disabled": True}

PLAINLY = {
    "sendMessage": "send_Message",
    "editMessageText": "edit_MessageText",
    "editMessageReplyMarkup": "edit_MessageReplyMarkup",
    "answerCallbackQuery": "answer_CallbackQuery",
}
"""How a method is spelt so that the library returns plain values of it; spelt right it asks for objects."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The words of a message in one of the two forms in which they can go out."""

    parts: tuple[str, ...]
    parse_mode: str | None


class Carrier:
    """Carries parcels through one bot of the library."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Carry one parcel. Never raises for what the network or a person does."""
        outcome = await self._tried(parcel, _as_html(parcel))
        if outcome is NOT_HTML:
            log.error("a %s is no proper HTML and goes out plain", parcel.kind)
            outcome = await self._tried(parcel, _as_plain(parcel))
        return outcome

    async def acknowledge(self, tap: str, words: str) -> None:
        """Answer a tap, with words that are cut where they are too long."""
        try:
            text = cut(words, LONGEST_NOTICE) or None
            await self._call("answerCallbackQuery", {"callback_query_id": tap, "text": text})
        except (TelegramError, *NOT_AS_DESCRIBED) as error:
            log.debug("a tap could not be acknowledged: %s", error)

    async def _call(self, method: str, values: Mapping[str, Any]) -> Any:
        """Call a method of the Bot API with everything that is not None. Raises `TelegramError`."""
        return await self._bot.do_api_request(PLAINLY[method], dict(values))

    async def _tried(self, parcel: Parcel, form: _Form) -> Outcome:
        try:
            return Delivered(await self._carried(parcel, form))
        except TelegramError as error:
            return outcome_of(error, edits=parcel.kind.edits)
        except NOT_AS_DESCRIBED:
            return Unsure()  # an answer came and was no answer: the message may be there

    async def _carried(self, parcel: Parcel, form: _Form) -> int | None:
        """Return the number of a new message, None after a change."""
        if not parcel.kind.edits:
            return await self._sent(parcel, form)
        if parcel.message is None:
            return None
        this = {"chat_id": parcel.chat, "message_id": parcel.message}
        if parcel.kind is Kind.CHOSEN and len(form.parts) == 1:
            text = {"text": form.parts[0], "parse_mode": form.parse_mode, "link_preview_options": NO_PREVIEW}
            await self._call("editMessageText", {**this, **text})
        else:
            await self._call("editMessageReplyMarkup", {**this, "reply_markup": _keyboard(parcel)})
        return None

    async def _sent(self, parcel: Parcel, form: _Form) -> int:
        if parcel.kind is Kind.HIDE:
            await self._hide(parcel)
        if parcel.file:
            return await self._enclosed(parcel, parcel.file, form)
        picture = await _picture(parcel.card) if parcel.card else None
        if picture is not None and len(form.parts[0]) <= LONGEST_CAPTION:
            shown = await self._bot.send_photo(
                parcel.chat,
                picture,
                caption=form.parts[0],
                parse_mode=form.parse_mode,
                protect_content=True,
                disable_notification=parcel.quiet or None,
                reply_markup=_markup(parcel),
            )
            return shown.message_id
        for left, part in zip(range(len(form.parts) - 1, -1, -1), form.parts, strict=True):
            message = await self._call(
                "sendMessage",
                {
                    "chat_id": parcel.chat,
                    "text": part,
                    "parse_mode": form.parse_mode,
                    "link_preview_options": NO_PREVIEW,
                    "disable_notification": parcel.quiet or None,
                    "reply_markup": None if left else _keyboard(parcel),
                },
            )
        return int(message["message_id"])

    async def _hide(self, parcel: Parcel) -> None:
        """Take messages out of a chat. Where one is too old Telegram refuses them all: then one by one.

        The question in sight may be older than the others, so it never stands in their way.
        """
        alone = [parcel.message] if parcel.message and parcel.message not in parcel.gone else []
        for at in range(0, len(parcel.gone), MOST_DELETED):
            together = parcel.gone[at : at + MOST_DELETED]
            try:
                await self._bot.delete_messages(parcel.chat, together)
            except BadRequest:
                alone.extend(together)
        for message in alone:
            with suppress(BadRequest):
                await self._bot.delete_message(parcel.chat, message)

    async def _enclosed(self, parcel: Parcel, file: Enclosed, form: _Form) -> int:
        """Send a file with its words under it; when it cannot be made, what it says is told in words.

        It is theirs to hand on, so it is not protected as a picture is.
        """
        there, words = await made_or_none(file), replace(parcel, file=None)
        if there is None:
            told = tuple(pieces(plain(parcel.html))) + tuple(pieces(file.in_words()))
            return await self._sent(words, _Form(tuple(filter(None, told)), None))
        under = units(plain(parcel.html)) <= LONGEST_CAPTION
        if not under:
            await self._sent(replace(words, rows=()), form)
        message = await self._bot.send_document(
            parcel.chat,
            there.content,
            filename=there.name,
            caption=form.parts[0] if under else None,
            parse_mode=form.parse_mode if under else None,
            disable_content_type_detection=True,
            disable_notification=parcel.quiet or None,
            reply_markup=_markup(parcel),
        )
        return message.message_id


async def _picture(card: Drawable) -> bytes | None:
    """Draw a card; one that cannot be drawn is told in the words under it."""
    try:
        return await drawn(card)
    except Exception as error:
        log.error("a picture cannot be drawn: %s", type(error).__name__)
        return None


def _as_html(parcel: Parcel) -> _Form:
    """Return the words with their tags; without them, in several parts, when they are too long for one."""
    return _Form((parcel.html,), ParseMode.HTML) if fits(parcel.html) else _as_plain(parcel)


def _as_plain(parcel: Parcel) -> _Form:
    return _Form(tuple(pieces(plain(parcel.html))), None)


def _keyboard(parcel: Parcel) -> dict[str, Any] | None:
    if not parcel.rows:
        return None
    rows = [[{"text": key.words, "callback_data": key.token} for key in row] for row in parcel.rows]
    return {"inline_keyboard": rows}


def _markup(parcel: Parcel) -> InlineKeyboardMarkup | None:
    """Return the same as an object, for what goes out with a file."""
    return InlineKeyboardMarkup.de_json(keyboard, None) if (keyboard := _keyboard(parcel)) else None
