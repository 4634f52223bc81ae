"""What tests of the numbers start from: a bot without Telegram that counts, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from prometheus_client.parser import text_string_to_metric_families

from bot.arrivals import Arrival
from bot.channels.telegram_events import Batch
from bot.clock import MovableClock
from bot.intake import Intake
from bot.metrics import Measured, Metrics, Standing, now
from bot.pacing import Pace, Rate
from bot.sender import Sender
from bot.storage import Store
from flows.coach import Coach
from tests.delivery.given import LEASE, NOW, Postman, the_house, wrote
from tests.delivery.given import started as starts

CROWD = range(1, 6)
"""Chats of enough people that what becomes of a question may be told."""


@dataclass
class Counted:
    """One process that counts what it takes in and what it carries."""

    store: Store
    coach: Coach = field(default_factory=lambda: the_house().coach)
    postman: Postman = field(default_factory=Postman)
    metrics: Metrics = field(default_factory=Metrics)
    clock: MovableClock = field(default_factory=lambda: MovableClock(fixed=NOW))

    def __post_init__(self) -> None:
        channel = Measured(self.postman, self.metrics)
        self.sender = Sender(self.store, channel, self.clock, Pace(Rate(0), 0, 1), LEASE)
        voices = the_house().voices
        self.intake = Intake(self.store, self.coach, voices, self.clock, LEASE, self.sender.held)

    async def take(self, *events: Arrival) -> None:
        """Take events in, count them as the service does, and deliver what follows."""
        taken = await self.intake.take(list(events))
        self.metrics.took(Batch([*events]), taken, now())
        self.sender.hand(taken.parcels)
        await self.sender.once()

    async def begin(self, *chats: int) -> None:
        """Bring people to the first question of the sketch."""
        await self.take(*(starts(chat) for chat in chats))
        for text in ("english", "yes", "yes", "germany", "I'm employed"):
            await self.take(*(wrote(text, chat) for chat in chats))

    def told(self) -> str:
        """What Prometheus would get."""
        return told_by(self.metrics)

    def number(self, name: str, **labels: str) -> float:
        return number_in(self.told(), name, **labels)


def told_by(metrics: Metrics, standing: Standing | None = None) -> str:
    standing = standing or Standing()
    metrics.saw(standing)
    return metrics.written(standing.parcels).decode()


def number_in(told: str, name: str, **labels: str) -> float:
    """One number, by the name and all the labels of its series. Raises KeyError."""
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            if (sample.name, sample.labels) == (name, labels):
                return sample.value
    raise KeyError(name, labels)


def labels_in(told: str) -> Iterator[tuple[str, str]]:
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            yield from sample.labels.items()
