"""One parcel on its way: read, at its turn, within its lease."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

from bot.asked import WHOSE
from bot.channels.channel import Channel
from bot.lease import Lease
from bot.parcels import Failed, Halted, Outcome, Parcel, Refused, Unsure, from_body
from bot.slots import Slots
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.rows import ParcelRow
from bot.storage.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Deliveries at the same time: enough to hide a slow network, few enough for one connection pool."""

LOOK_UPS = 2
"""Looks into the store at the same time: the database serves more than the way out."""


class Carrier:
    """Carries parcels over one channel."""

    def __init__(self, store: Store, channel: Channel, slots: Slots, lease: Lease) -> None:
        self._store = store
        self._channel = channel
        self._slots = slots
        self._lease = lease
        self._room = asyncio.Semaphore(AT_ONCE)
        self._looking = asyncio.Semaphore(LOOK_UPS)

    async def carry(self, row: ParcelRow, until: float) -> Outcome:
        """Carry a parcel that is ours until then, a time of the event loop.

        Halted when its turn does not come in time: a delivery that begins ends before the lease does, so
        that nobody else sends the same message meanwhile.
        """
        begins_by = until - self._lease.needed
        try:
            parcel = await self._looked_up(row, from_body(row.kind, row.body))
        except (KeyError, TypeError, ValueError):
            return Refused("unreadable parcel")
        except (StoreUnavailable, Overtaken) as error:
            log.error("a message to change cannot be looked up: %s", type(error).__name__)
            return Failed("database")
        if wait := await self._slots.turn(parcel, row.urgency, begins_by):
            return Halted(timedelta(seconds=wait))
        async with self._room:
            if _now() > begins_by:
                return Halted(timedelta(0))
            return await self._delivered(parcel)

    async def _delivered(self, parcel: Parcel) -> Outcome:
        try:
            async with asyncio.timeout(self._lease.delivery):
                outcome = await self._channel.deliver(parcel)
        except TimeoutError:
            log.warning("a delivery was cut off after %d s", round(self._lease.delivery))
            return Unsure()
        except Exception as error:
            log.exception("a channel raised: %s", type(error).__name__)
            return Failed(type(error).__name__)
        if isinstance(outcome, Halted):
            await self._slots.halted(outcome.pause.total_seconds())
        return outcome

    async def _looked_up(self, row: ParcelRow, parcel: Parcel) -> Parcel:
        """Return a change of the last question with the number of its message.

        Everything before it is delivered and written down by now, so the number stands in the store.
        """
        address = row.body.get(WHOSE)
        if address is None:
            return parcel
        async with self._looking, self._store.transaction() as transaction:
            return replace(parcel, message=await transaction.shown_message(address))


def _now() -> float:
    return asyncio.get_running_loop().time()
