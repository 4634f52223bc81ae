"""What has to be done now and then, and may wait: the menu on Telegram, throwing away, letting go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.telegram import Telegram
from bot.channels.telegram_menu import fingerprint, menus_of
from bot.rendering import Voice
from bot.retention import Retention
from bot.storage import Store

log = logging.getLogger(__name__)

MENU = "telegram_menu"
"""The note of the bot with the fingerprint of the menu that Telegram shows."""

SEEN_FOR = timedelta(hours=72)
"""Telegram repeats an update for at most 24 hours; twice that is the least, this leaves room for clocks."""

LETTERS_FOR = timedelta(days=30)

CRISIS_FOR = timedelta(days=30)
"""That somebody was in danger: of that the kind, language and time, never a word (safety.md C9)."""

NUDGES_FOR = CRISIS_FOR
"""That a nudge was sent or dropped is kept for so long after its time, and its slot never comes twice. Not
longer than what is known of a crisis: a look in tells of one."""

TAKEN_BACK_FOR = timedelta(hours=48)
"""So long a bot may take a message out of a chat (deleteMessage); then its number is of no use."""

AN_HOUR = 3600.0


@dataclass(frozen=True)
class Housekeeping:
    """Runs beside the bot. Whatever fails waits for the next hour and stops nothing."""

    store: Store
    telegram: Telegram
    voices: Mapping[str, Voice]
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Do everything now and every hour, until cancelled."""
        while True:
            for chore in (self.show_menu, self.throw_away, Retention(self.store, self.clock).once_a_day):
                try:
                    await chore()
                except Exception as error:
                    log.warning("housekeeping failed, the next try is in an hour: %s", error)
            await asyncio.sleep(AN_HOUR)

    async def show_menu(self) -> None:
        """Tell Telegram the menu of commands and who we are, when a word of it has changed."""
        menus = menus_of(self.voices)
        fresh = fingerprint(menus, self.telegram.bot_id)
        async with self.store.transaction() as transaction:
            if await transaction.get_state(MENU) == fresh:
                return
        for menu in menus:
            await self.telegram.show_menu(menu)
        async with self.store.transaction() as transaction:
            await transaction.set_state(MENU, fresh)

    async def throw_away(self) -> None:
        """Forget which updates were seen, what nobody has mended, and nudges of long ago."""
        gone = 1
        while gone:
            now = self.clock()
            async with self.store.transaction(patient=True) as transaction:
                gone = await transaction.purge(
                    now - SEEN_FOR,
                    now - LETTERS_FOR,
                    records_before={"crisis": now - CRISIS_FOR},
                    nudges_before=now - NUDGES_FOR,
                )
                gone += await transaction.purge_delivered(now - TAKEN_BACK_FOR)
                await transaction.drop_invites(now - LETTERS_FOR)
