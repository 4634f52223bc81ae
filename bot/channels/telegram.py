"""Telegram, over python-telegram-bot's `Bot` alone: what polls, sends and edits here can be killed any time.

The library's own `Updater` confirms updates before anybody has worked on them, so updates are asked for
plainly, and confirmed only by the look that follows the commit.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TypeVar

import httpx
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MenuButtonCommands,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.channels.hook import MOST_AT_ONCE, Hook
from bot.channels.telegram_events import ALLOWED, NOT_AS_DESCRIBED, Batch, batch_of
from bot.channels.telegram_menu import Menu
from bot.channels.telegram_outcomes import NOT_HTML, outcome_of, trouble_of, webhook_trouble_of
from bot.channels.telegram_text import LONGEST_CAPTION, LONGEST_NOTICE, cut, fits, pieces, plain, units
from bot.channels.telegram_trouble import NoAnswer
from bot.packets import Enclosed, made_or_none
from bot.parcels import Delivered, Kind, Outcome, Parcel, Unsure
from bot.pictures import Drawable, drawn
from bot.rendering import Key

log = logging.getLogger(__name__)

LONG_POLL = 30
"""Seconds that Telegram keeps a look for updates open when there are none (at most 50)."""

AT_ONCE = 256
"""Connections: more than are ever used at once, so that no message waits for another one's answer."""

NOTICES_AT_ONCE = 32

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Form:
    """The words of a message in one of the two forms in which they can go out."""

    parts: tuple[str, ...]
    parse_mode: str | None


@dataclass(frozen=True, slots=True)
class About:
    """What the Bot API says of our bot, and what time it is there (None: it did not say).

    `pushed_to` is the address of its webhook, "" when it has none, and `waiting` how many updates wait.
    """

    name: str
    date: datetime | None
    pushed_to: str = ""
    waiting: int = 0

    @property
    def webhook(self) -> bool:
        """Whether updates are pushed, so that nobody can poll."""
        return self.pushed_to != ""


class Telegram:
    """One bot. `api` is the address of the Bot API server; it has so many seconds to answer."""

    def __init__(
        self, token: str, api: str = "https://api.telegram.org", answers_within: float = 15.0
    ) -> None:
        self.api = api
        self.bot_id = int(token.partition(":")[0])
        hooks = {"response": [self._look_at_the_clock]}
        self._bot = Bot(
            token,
            base_url=f"{api}/bot",
            request=HTTPXRequest(
                AT_ONCE,
                connect_timeout=5,
                write_timeout=10,
                read_timeout=answers_within,
                pool_timeout=5,
                httpx_kwargs={"event_hooks": hooks, "verify": _trusted()},
            ),
            get_updates_request=HTTPXRequest(
                1,
                connect_timeout=5,
                write_timeout=5,
                read_timeout=LONG_POLL + 10,
                pool_timeout=5,
                httpx_kwargs={"verify": _trusted()},
            ),
        )
        self._offset: int | None = None
        self._date: datetime | None = None
        self._notices = asyncio.Semaphore(NOTICES_AT_ONCE)

    async def ask_about(self) -> About:
        """Ask who we are; nothing is changed. Raises `TelegramTrouble`."""
        await self._asked(self._bot.initialize)
        webhook = await self._asked(self._bot.get_webhook_info)
        return About(self._bot.username, self._date, webhook.url, webhook.pending_update_count)

    async def open(self) -> str:
        """Make polling possible and return the bot's name. Raises `TelegramTrouble`.

        A webhook is taken away, or nothing could be polled; what waits at Telegram stays there.
        """
        about = await self.ask_about()
        if about.webhook:
            log.warning("a webhook was set for this bot; it is taken away, because this program polls")
            await self._asked(self._bot.delete_webhook)
        return about.name

    async def register(self, hook: Hook) -> str:
        """Have updates pushed to us, from now on, and return the bot's name. Raises `TelegramTrouble`.

        What waits at Telegram stays there. Several processes of one bot may do this, one after the other.
        """
        name = await self.named()
        try:
            await self._bot.set_webhook(
                hook.url,
                max_connections=MOST_AT_ONCE,
                allowed_updates=ALLOWED,
                drop_pending_updates=False,
                secret_token=hook.secret,
            )
        except TelegramError as error:
            raise webhook_trouble_of(error, self.api, hook.url) from error
        return name

    async def named(self) -> str:
        """Return the bot's name and change nothing: for who never polls. Raises `TelegramTrouble`."""
        return (await self.ask_about()).name

    async def close(self) -> None:
        """Close all connections. What waits for an answer is cut off."""
        await self._bot.shutdown()

    async def fetch(self, long_poll: float = LONG_POLL) -> Batch:
        """Wait for updates. They come again until `confirm`. Raises `TelegramTrouble`."""
        wanted = {"timeout": int(long_poll), "limit": 100, "allowed_updates": ALLOWED}
        if self._offset is not None:
            wanted["offset"] = self._offset
        # Spelt like this the library asks for getUpdates on its own connection and returns plain JSON;
        # spelt right it would build objects, and one update it does not understand would hide them all.
        updates = await self._asked(lambda: self._bot.do_api_request("get_Updates", wanted))
        if not isinstance(updates, list):
            raise NoAnswer.of(self.api, "no list of updates")
        return batch_of(updates, self.bot_id)

    def confirm(self, batch: Batch) -> None:
        """The batch is committed: the next look tells Telegram so.

        A number is never compared with an earlier one: after a quiet week they begin anywhere.
        """
        self._offset = batch.next if batch.next is not None else self._offset

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Carry one parcel. Never raises for what the network or a person does."""
        outcome = await self._tried(parcel, _as_html(parcel))
        if outcome is NOT_HTML:
            log.error("a %s is no proper HTML and goes out plain", parcel.kind)
            outcome = await self._tried(parcel, _as_plain(parcel))
        return outcome

    async def acknowledge(self, tap: str, words: str) -> None:
        """Stop the waiting sign on the button. Once, and if it fails nothing is lost."""
        async with self._notices:
            try:
                await self._bot.answer_callback_query(tap, cut(words, LONGEST_NOTICE) or None)
            except (TelegramError, *NOT_AS_DESCRIBED) as error:
                log.debug("a tap could not be acknowledged: %s", error)

    async def show_menu(self, menu: Menu) -> None:
        """Set what people see before they write. Raises `TelegramTrouble`."""
        language = menu.language or None
        commands = [BotCommand(name, words) for name, words in menu.commands]
        await self._asked(lambda: self._bot.set_my_commands(commands, language_code=language))
        await self._asked(lambda: self._bot.set_my_description(menu.description, language))
        await self._asked(lambda: self._bot.set_my_short_description(menu.short_description, language))
        if language is None:
            await self._asked(lambda: self._bot.set_chat_menu_button(menu_button=MenuButtonCommands()))

    async def _look_at_the_clock(self, answer: httpx.Response) -> None:
        with suppress(KeyError, ValueError):
            self._date = parsedate_to_datetime(answer.headers["date"])

    async def _asked(self, call: Callable[[], Awaitable[Result]]) -> Result:
        try:
            return await call()
        except TelegramError as error:
            raise trouble_of(error, self.api) from error
        except NOT_AS_DESCRIBED as error:
            raise NoAnswer.of(self.api, "no usable answer") from error

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
        if parcel.kind is Kind.CHOSEN and len(form.parts) == 1:
            await self._bot.edit_message_text(
                form.parts[0],
                parcel.chat,
                parcel.message,
                parse_mode=form.parse_mode,
                link_preview_options=NO_PREVIEW,
            )
        else:
            await self._bot.edit_message_reply_markup(
                parcel.chat, parcel.message, reply_markup=_keyboard(parcel)
            )
        return None

    async def _sent(self, parcel: Parcel, form: _Form) -> int:
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
                reply_markup=_keyboard(parcel),
            )
            return shown.message_id
        for left, part in zip(range(len(form.parts) - 1, -1, -1), form.parts, strict=True):
            message = await self._bot.send_message(
                parcel.chat,
                part,
                parse_mode=form.parse_mode,
                link_preview_options=NO_PREVIEW,
                disable_notification=parcel.quiet or None,
                reply_markup=None if left else _keyboard(parcel),
            )
        return message.message_id

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
            reply_markup=_keyboard(parcel),
        )
        return message.message_id


async def _picture(card: Drawable) -> bytes | None:
    """Draw a card; one that cannot be drawn is told in the words under it."""
    try:
        return await drawn(card)
    except Exception as error:
        log.error("a picture cannot be drawn: %s", type(error).__name__)
        return None


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates of this machine, read once: reading them takes longer than a message."""
    return httpx.create_ssl_context()


def _as_html(parcel: Parcel) -> _Form:
    """Return the words with their tags; without them, in several parts, when they are too long for one."""
    return _Form((parcel.html,), ParseMode.HTML) if fits(parcel.html) else _as_plain(parcel)


def _as_plain(parcel: Parcel) -> _Form:
    return _Form(tuple(pieces(plain(parcel.html))), None)


def _keyboard(parcel: Parcel) -> InlineKeyboardMarkup | None:
    if not parcel.rows:
        return None
    return InlineKeyboardMarkup([[_button(key) for key in row] for row in parcel.rows])


def _button(key: Key) -> InlineKeyboardButton:
    return InlineKeyboardButton(key.words, callback_data=key.token)
