"""An office with doors: the real intake with whatever keeps people out."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.doors import Doors
from bot.intake import Intake
from bot.outside import Outside
from bot.parcels import Parcel
from bot.reception import Reception, floods_with
from bot.storage import Keyring, Store
from flows.engine.heard import Heard
from flows.longitudinal.chapter import NudgeKind
from tests.delivery.given import LEASE, NOW, Office, arrival


class GuardedOffice(Office):
    """`outside` collects what those hear who are not let in: a list of messages for each answer."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        *,
        invite_only: bool = False,
        allowed: tuple[int, ...] = (),
        floods: bool = False,
        kinds: tuple[NudgeKind, ...] | None = None,
    ) -> None:
        super().__init__(store, MovableClock(fixed=NOW), kinds=kinds)
        house, addresses = self.house, frozenset(f"test:{each}" for each in allowed)
        doors = Doors(keyring.lookup, invite_only, addresses, watched=True, fresh_for=0)
        reception = Reception(
            doors,
            floods_with(house.coach.listener) if floods else None,
            Outside(house.coach, house.voices),
        )
        self.keyring = keyring
        self.outside: list[list[Parcel]] = []
        self.dropped = 0
        self.intake = Intake(store, house.coach, house.voices, self.clock, LEASE, self.sender.held, reception)

    async def hears(self, *heards: Heard, chat: int = 1, locale: str = "en") -> list[str]:
        """Take events of one person in, deliver what follows, and return what they see of it."""
        before = len(self.postman.said_to(chat))
        events = [arrival(heard, chat) for heard in heards]
        taken = await self.intake.take(events)
        self.sender.hand(taken.parcels)
        await self.sender.once()
        self.outside += taken.outside
        self.dropped += len(taken.dropped)
        said = self.postman.said_to(chat)[before:]
        return [*said, *(parcel.html for answer in taken.outside for parcel in answer)]

    def waits(self, **time: float) -> None:
        self.clock.set(self.clock() + timedelta(**time))

    async def blocks(self, chat: int = 1) -> None:
        """What an operator does."""
        async with self.store.transaction() as transaction:
            await transaction.block(self.keyring.lookup(f"test:{chat}"), self.clock())

    async def invites(self, code: str, uses: int = 1, days: int = 1) -> None:
        """What an operator does."""
        async with self.store.transaction() as transaction:
            await transaction.invite([code], uses, self.clock() + timedelta(days=days))
