"""Telegram, over python-telegram-bot's `Bot` alone: what polls, sends and edits here can be killed any time.

The library's own `Updater` confirms updates before anybody has worked on them, so updates are asked for
plainly, and confirmed only by the look that follows the commit.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from telegram import (
    Bot,
    BotCommand,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.channels.hook import MOST_AT_ONCE, Hook
from bot.channels.telegram_carrier import Carrier
from bot.channels.telegram_events import ALLOWED, NOT_AS_DESCRIBED, Batch, batch_of
from bot.channels.telegram_menu import Menu
from bot.channels.telegram_outcomes import trouble_of, webhook_trouble_of
from bot.channels.telegram_trouble import NoAnswer
from bot.channels.telegram_wire import Wire
from bot.parcels import Outcome, Parcel

log = logging.getLogger(__name__)

LONG_POLL = 30
"""Seconds that Telegram keeps a look for updates open when there are none (at most 50)."""

AT_ONCE = 256
"""Connections: more than are ever used at once, so that no message waits for another one's answer."""

NOTICES_AT_ONCE = 32

Result = TypeVar("Result")


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
        self._wire, self._updates = Wire(AT_ONCE, answers_within), Wire(1, LONG_POLL + 10)
        self._bot = Bot(
            token,
            base_url=f"{api}/bot",
            request=self._wire,
            get_updates_request=self._updates,
        )
        self._carrier = Carrier(self._bot)
        self._offset: int | None = None
        self._notices = asyncio.Semaphore(NOTICES_AT_ONCE)

    async def ask_about(self) -> About:
        """Ask who we are; nothing is changed. Raises `TelegramTrouble`."""
        await self._asked(self._bot.initialize)
        webhook = await self._asked(self._bot.get_webhook_info)
        return About(self._bot.username, self._wire.date, webhook.url, webhook.pending_update_count)

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
        await self._wire.shutdown()  # the library closes nothing before it has reached its server once
        await self._updates.shutdown()

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
        return await self._carrier.deliver(parcel)

    async def acknowledge(self, tap: str, words: str) -> None:
        """Stop the waiting sign on the button. Once, and if it fails nothing is lost."""
        async with self._notices:
            await self._carrier.acknowledge(tap, words)

    async def show_menu(self, menu: Menu) -> None:
        """Set what people see before they write. Raises `TelegramTrouble`."""
        language = menu.language or None
        commands = [BotCommand(name, words) for name, words in menu.commands]
        await self._asked(lambda: self._bot.set_my_commands(commands, language_code=language))
        await self._asked(lambda: self._bot.set_my_description(menu.description, language))
        await self._asked(lambda: self._bot.set_my_short_description(menu.short_description, language))
        if language is None:
            await self._asked(lambda: self._bot.set_chat_menu_button(menu_button=MenuButtonCommands()))

    async def _asked(self, call: Callable[[], Awaitable[Result]]) -> Result:
        try:
            return await call()
        except TelegramError as error:
            raise trouble_of(error, self.api) from error
        except NOT_AS_DESCRIBED as error:
            raise NoAnswer.of(self.api, "no usable answer") from error
