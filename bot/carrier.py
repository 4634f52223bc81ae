"""One parcel on its way: read, at its turn, within its lease."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
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

    async def carry(
        self, row: ParcelRow, until: float, leaves: Callable[[], None] = lambda: None
    ) -> Outcome | None:
        """Carry a parcel that is ours until then, a time of the event loop.

        Halted when its turn does not come in time: a delivery that begins ends before the lease does, so
        that nobody else sends the same message meanwhile. None when it is a nudge that is not to come any
        more. `leaves` is called when its turn has come: up to then the carrying may be cancelled.
        """
        begins_by = until - self._lease.needed
        try:
            parcel = from_body(row.kind, row.body)
        except (KeyError, TypeError, ValueError):
            return Refused("unreadable parcel")
        try:
            parcel = await self._looked_up(row, parcel)
            if wait := await self._slots.turn(parcel, row.urgency, begins_by):
                return Halted(timedelta(seconds=wait))
            async with self._room:
                leaves()
                if row.urgency and not await self._is_still_to_come(row):
                    return None
                return Halted(timedelta(0)) if _now() > begins_by else await self._delivered(parcel)
        except (StoreUnavailable, Overtaken) as error:
            log.error("a message cannot be looked up: %s", type(error).__name__)
            return Failed("database")

    async def _is_still_to_come(self, row: ParcelRow) -> bool:
        """Look whether a nudge is in the store and still ours, as late as can be: whoever said meanwhile that
        they are in danger, or want no more, has none there. Nobody waits for a nudge, so this costs nobody
        anything; when it cannot be told, it does not go.
        """
        async with self._looking, self._store.transaction() as transaction:
            return await transaction.still_ours(row)

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
