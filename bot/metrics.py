"""What is measured: counts and durations. Every label comes from a closed list, so nothing says who it was.

Each process counts for itself and begins at nothing; whoever collects them adds them up.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0

from bot.batch import Taken
from bot.channels.channel import Channel
from bot.channels.telegram_events import Batch
from bot.parcels import Delivered, Failed, Halted, Kind, Outcome, Parcel, Refused, Unreachable, Unsure

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0

SORTS = ("event", "group", "unreadable")
FATES: Mapping[type[Outcome], str] = {
    Delivered: "delivered",
    Unsure: "unsure",
    Failed: "failed",
    Halted: "halted",
    Unreachable: "unreachable",
    Refused: "refused",
}
SETTLED = ("sent", "dropped")
REASONS = (
    *("late", "done", "open", "talking", "silenced", "paused", "new", "declined", "leaving", "unplanned"),
    *("unknown", "resting", "moved", "broken", "unreachable", "other", ""),
)
"""Why a nudge was dropped; what is not in this list counts as "other", and one that was sent has none."""

STATUSES = ("200", "400", "403", "408", "413", "415", "500", "503")

BATCHES = (1, 2, 5, 10, 20, 50, 100)
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

MOST_OWED = 10_000


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._updates = self._counter("updates", "Updates taken in, repeated ones too.", sort=SORTS)
        self._turns = self._counter("turns", "Events that the coach has answered.")
        self._batch_size = self._histogram("batch_size", "Updates in one commit.", BATCHES)
        self._batch_seconds = self._histogram("batch_seconds", "From a batch to its commit.", SECONDS)
        self._first_call = self._histogram(
            "first_call_seconds", "From an update to the first call of its answer.", SECONDS
        )
        self._parcels = self._counter(
            "parcels",
            "Messages and changes, by what became of them.",
            kind=[kind.value for kind in Kind],
            outcome=FATES.values(),
        )
        self._carry_seconds = self._histogram(
            "carry_seconds", "To carry a parcel, drawing included.", SECONDS
        )
        self._nudges = self._counter("nudges", "First messages, settled.", outcome=SETTLED, why=REASONS)
        self._requests = self._counter("webhook_requests", "Answers to what was pushed.", status=STATUSES)
        self._pending = self._gauge("telegram_pending", "Updates that wait at Telegram, when last asked.")
        self._outbox = self._gauge("outbox_parcels", "Parcels in the outbox of all processes.")
        self._owed: OrderedDict[int, float] = OrderedDict()

    def took(self, batch: Batch, taken: Taken, since: float) -> None:
        """Count a batch that is committed. `since`: when its first update came, as `now` tells it."""
        sizes = (len(batch.events), len(batch.groups), len(batch.unparsed))
        for sort, size in zip(SORTS, sizes, strict=True):
            self._updates.labels(sort).inc(size)
        self._batch_size.observe(sum(sizes))
        self._batch_seconds.observe(now() - since)
        self._turns.inc(taken.turns)
        for row in taken.parcels:
            self._owe(row.body.get("chat"), since)

    def nudged(self, taken: Taken) -> None:
        """Count nudges whose fate is committed."""
        for (outcome, why), count in taken.settled.items():
            reason = why if why in REASONS else "other"
            if outcome in SETTLED:
                self._nudges.labels(outcome, reason if outcome == "dropped" else "").inc(count)

    def calls(self, chat: int) -> None:
        """A call into this chat begins."""
        since = self._owed.pop(chat, None)
        if since is not None:
            self._first_call.observe(now() - since)

    def carried(self, kind: Kind, outcome: Outcome, seconds: float) -> None:
        """Count what became of a parcel at one attempt."""
        self._parcels.labels(kind.value, FATES[type(outcome)]).inc()
        self._carry_seconds.observe(seconds)

    def answered(self, status: int) -> None:
        """Count an answer to whoever pushed something."""
        self._requests.labels(str(status)).inc()

    def told_pending(self, updates: int) -> None:
        """Telegram said how many updates wait for us there."""
        self._pending.set(updates)

    def written(self, outbox_depth: float) -> bytes:
        """Return everything as Prometheus reads it. A depth that is not known is NaN."""
        self._outbox.set(outbox_depth)
        return generate_latest(self.registry)

    def _owe(self, chat: object, since: float) -> None:
        """Somebody waits for an answer. Kept in memory until the first call, and never in a label."""
        if isinstance(chat, int):
            self._owed.setdefault(chat, since)
        while len(self._owed) > MOST_OWED:
            self._owed.popitem(last=False)

    def _counter(self, name: str, tells: str, **labels: Iterable[str]) -> Counter:
        """Every combination is there from the start, so that a first one is seen as a change from nothing."""
        counter = Counter(f"tare_{name}", tells, list(labels), registry=self.registry)
        for values in product(*labels.values()) if labels else ():
            counter.labels(*values)
        return counter

    def _histogram(self, name: str, tells: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"tare_{name}", tells, buckets=buckets, registry=self.registry)

    def _gauge(self, name: str, tells: str) -> Gauge:
        return Gauge(f"tare_{name}", tells, registry=self.registry)


@dataclass(frozen=True)
class Measured:
    """A channel that counts what it carries."""

    channel: Channel
    metrics: Metrics

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Carry one parcel. Raises what the channel raises, which counts as a failure."""
        self.metrics.calls(parcel.chat)
        begun = now()
        outcome: Outcome = Failed("unknown")
        try:
            outcome = await self.channel.deliver(parcel)
            return outcome
        finally:
            self.metrics.carried(parcel.kind, outcome, now() - begun)

    async def acknowledge(self, tap: str, words: str) -> None:
        """Stop the waiting sign on a button; not counted."""
        await self.channel.acknowledge(tap, words)


def now() -> float:
    """Return seconds on a clock that nobody sets."""
    return time.monotonic()
