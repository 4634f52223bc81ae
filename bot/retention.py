"""What is not kept for ever: own words for three months, everything of somebody who is silent for a year.

Once a day everybody is looked at, a portion of people in each transaction, so that nobody waits for long. A
crash leaves the rest for the next day; looking at somebody twice does nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.batch import Batch, Hands
from bot.desk import Desk
from bot.storage.errors import Overtaken
from bot.storage.rows import PersonRow, RecordRow
from bot.storage.store import Store, Transaction
from flows import own_words
from flows.diary import Keeping
from flows.notices import WORDS_STAY, is_over, waits_for_a_notice, words_are_due
from flows.nudging import planned
from flows.person import Person, Standing
from flows.safety.crisis import still_known

log = logging.getLogger(__name__)

DONE_ON = "retention_done_on"
"""The note of the bot with the day on which everybody was looked at last."""

AT_ONCE = 50
BREATHER = 0.05
"""Seconds between two portions: whoever talks comes first."""


@dataclass(frozen=True)
class Retention:
    """Looks at everybody."""

    store: Store
    clock: Callable[[], datetime]

    async def once_a_day(self) -> None:
        """Do it unless somebody has begun with it today."""
        today = self.clock().date().isoformat()
        async with self.store.transaction() as transaction:
            if await transaction.get_state(DONE_ON) == today:
                return
            await transaction.set_state(DONE_ON, today)
        await self.everybody()

    async def everybody(self) -> None:
        """Look at everybody once."""
        after: int | None = 0
        while after is not None:
            with suppress(Overtaken):  # then the same portion is begun again
                async with self.store.transaction(patient=True) as transaction:
                    after = await self._portion(transaction, after)
            await asyncio.sleep(BREATHER)

    async def _portion(self, transaction: Transaction, after: int) -> int | None:
        rows = await transaction.next_people(after, AT_ONCE)
        batch = Batch(self.clock(), Hands(timedelta(0), lambda person_id: None), planned)
        for row in rows:
            await self._look_at(transaction, batch, row)
        await batch.save(transaction)
        return rows[-1].id if rows else None

    async def _look_at(self, transaction: Transaction, batch: Batch, row: PersonRow) -> None:
        if row.unreadable or row.status == Standing.LEAVING:
            return
        name, reachable = f"#{row.id}", row.unreachable_since is None
        desk = batch.seat(name, row)
        if is_over(desk.person, row.heard_at, batch.now, reachable=reachable):
            del batch.desks[name]
            await transaction.forget(row)
            log.info("somebody was silent for a year and is deleted")
        elif desk.lost:
            return
        elif words_are_due(desk.person, batch.now, reachable=reachable):
            desk.person = await _without_words(transaction, desk, batch.now - WORDS_STAY)
            desk.touched = True
        else:
            crisis = still_known(desk.person.crisis, batch.now)
            desk.touched = waits_for_a_notice(desk.person, batch.now) or crisis != desk.person.crisis
            desk.person = replace(desk.person, crisis=crisis)


async def _without_words(transaction: Transaction, desk: Desk, before: datetime) -> Person:
    left = await let_go(transaction, desk.row, before)
    person = own_words.without(desk.person, before)
    days = [day for day in (left, own_words.oldest(person)) if day is not None]
    keeping = Keeping(min(days, default=None), told=False)
    return replace(person, diary=replace(person.diary, keeping=keeping))


async def let_go(transaction: Transaction, row: PersonRow, before: datetime) -> date | None:
    """Take words from before a moment out of somebody's records; the day of the oldest that stay."""
    left: date | None = None
    emptied: list[RecordRow] = []
    for record in await transaction.records(row, ["answer", *own_words.RECORDS]):
        body = None if record.unreadable else own_words.emptied_record(record.kind, record.body)
        if body is not None and record.at < before:
            emptied.append(replace(record, body=body))
        elif body is not None:
            left = left or record.at.date()
    await transaction.rewrite(emptied)
    return left
