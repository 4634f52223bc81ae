"""Months and years that pass: what comes due comes in its time, and everybody is looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.retention import Retention
from tests.delivery.given import Office


async def looked_at(office: Office, **later: int) -> None:
    office.clock.set(office.clock() + timedelta(**later))
    await Retention(office.store, office.clock).everybody()


async def lived(office: Office, days: int) -> None:
    """Let days pass: what comes due comes in its time, and everybody is looked at now and then."""
    end = office.clock() + timedelta(days=days)
    while office.clock() < end:
        await _until(office, min(end, office.clock() + timedelta(days=5)))
        await looked_at(office)


async def _until(office: Office, moment: datetime) -> None:
    """As in the terminal: from one due nudge to the next."""
    while (due := await _next_due(office, moment)) is not None:
        office.clock.set(max(due, office.clock()))
        if not await office.nudge():
            office.clock.set(office.clock() + timedelta(minutes=1))
    office.clock.set(moment)


async def _next_due(office: Office, moment: datetime) -> datetime | None:
    async with office.store.transaction() as transaction:
        return await transaction.next_due(moment)
