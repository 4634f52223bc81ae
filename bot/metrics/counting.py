"""The numbers of one process, and where each of them is counted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0

from bot.batch import Taken
from bot.channels.telegram_events import Batch
from bot.metrics.making import BATCHES, SECONDS, Totals, counter, gauge, histogram
from bot.metrics.measured import now
from bot.metrics.names import (
    FATES,
    LETTERS,
    OTHER,
    REASONS,
    SETTLED,
    SORTS,
    STATUSES,
    TROUBLES,
    URGENCIES,
    WHY_NOT,
)
from bot.metrics.questions import Questions
from bot.metrics.standing import Standing
from bot.parcels import Failed, Kind, Outcome, Refused, Unreachable

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0

MOST_OWED = 10_000


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._count_what_comes_in()
        self._count_what_goes_out()
        self._show_what_waits()
        self.questions = Questions()
        self.registry.register(self.questions)
        self._owed: OrderedDict[int, float] = OrderedDict()

    def _count_what_comes_in(self) -> None:
        own = self.registry
        self._updates = counter(own, "updates", "Updates taken in, repeated ones too.", sort=SORTS)
        self._turns = counter(own, "turns", "Events that the coach has answered.")
        self._batch_size = histogram(own, "batch_size", "Updates in one commit.", BATCHES)
        self._batch_seconds = histogram(own, "batch_seconds", "From a batch to its commit.", SECONDS)
        self._requests = counter(own, "webhook_requests", "Answers to what was pushed.", status=STATUSES)
        pending = "Updates that wait at Telegram, when last asked."
        self._pending = gauge(own, "telegram_pending", pending)
        self._troubles = Totals("store_troubles", "Transactions that were not committed.", "kind", TROUBLES)
        own.register(self._troubles)

    def _count_what_goes_out(self) -> None:
        own, kinds = self.registry, [kind.value for kind in Kind]
        first_call = "From an update to the first call of its answer."
        self._first_call = histogram(own, "first_call_seconds", first_call, SECONDS)
        fates = "Messages and changes, by what became of them at one attempt."
        self._parcels = counter(own, "parcels", fates, kind=kinds, outcome=FATES.values())
        self._not_delivered = _reasons(own)
        self._carry_seconds = histogram(own, "carry_seconds", "To carry a parcel, drawing included.", SECONDS)
        self._nudges = counter(own, "nudges", "First messages, settled.", outcome=SETTLED, why=REASONS)

    def _show_what_waits(self) -> None:
        own = self.registry
        self._outbox = gauge(own, "outbox_parcels", "Parcels in the outbox of all processes.")
        put_off = "Parcels in it that failed and wait until they are tried again."
        self._put_off = gauge(own, "outbox_put_off", put_off)
        overdue = "For how long the first parcel of an urgency could have gone."
        self._overdue = gauge(own, "outbox_overdue_seconds", overdue, urgency=URGENCIES)
        self._due = gauge(own, "nudges_due", "First messages whose time has come.")
        late = "First messages whose time came more than five minutes ago."
        self._late = gauge(own, "nudges_late", late)
        longest = "For how long the first of them could have gone."
        self._nudge_overdue = gauge(own, "nudges_overdue_seconds", longest)
        letters = "What was set aside in the last 24 hours, by all processes."
        self._letters = gauge(own, "dead_letters", letters, kind=LETTERS)

    def took(self, batch: Batch, taken: Taken, since: float) -> None:
        """Count a batch that is committed. `since`: when its first update came, as `now` tells it."""
        sizes = (len(batch.events), len(batch.groups), len(batch.unparsed))
        for sort, size in zip(SORTS, sizes, strict=True):
            self._updates.labels(sort).inc(size)
        self._batch_size.observe(sum(sizes))
        self._batch_seconds.observe(now() - since)
        self._turns.inc(taken.turns)
        self.questions.count(taken.passages)
        for row in taken.parcels:
            self._owe(row.body.get("chat"), since)

    def nudged(self, taken: Taken) -> None:
        """Count nudges whose fate is committed."""
        for (outcome, why), count in taken.settled.items():
            reason = why if why in REASONS else OTHER
            if outcome in SETTLED:
                self._nudges.labels(outcome, reason if outcome == "dropped" else "").inc(count)

    def calls(self, chat: int) -> None:
        """A call into this chat begins."""
        since = self._owed.pop(chat, None)
        if since is not None:
            self._first_call.observe(now() - since)

    def carried(self, kind: Kind, outcome: Outcome, seconds: float) -> None:
        """Count what became of a parcel at one attempt, and why it did not arrive."""
        fate = FATES[type(outcome)]
        self._parcels.labels(kind.value, fate).inc()
        self._carry_seconds.observe(seconds)
        if isinstance(outcome, Failed | Refused | Unreachable):
            why = outcome.reason if outcome.reason in WHY_NOT[fate] else OTHER
            self._not_delivered.labels(fate, why).inc()

    def answered(self, status: int) -> None:
        """Count an answer to whoever pushed something."""
        self._requests.labels(str(status)).inc()

    def told_pending(self, updates: int) -> None:
        """Telegram said how many updates wait for us there."""
        self._pending.set(updates)

    def troubled(self, totals: Mapping[str, int]) -> None:
        """Take over how often this process's transactions ended without a commit, by `TROUBLES`."""
        for kind, total in totals.items():
            self._troubles.told(kind, total)

    def saw(self, standing: Standing) -> None:
        """Show how things stand in the database."""
        self._put_off.set(standing.put_off)
        for urgency, seconds in standing.overdue.items():
            self._overdue.labels(urgency).set(seconds)
        self._due.set(standing.nudges_due)
        self._late.set(standing.nudges_late)
        self._nudge_overdue.set(standing.nudges_overdue)
        for kind, number in standing.letters.items():
            self._letters.labels(kind).set(number)

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


def _reasons(registry: CollectorRegistry) -> Counter:
    """Only reasons that an outcome can have."""
    tells = "Messages and changes that did not arrive at one attempt, and why."
    made = Counter("tare_not_delivered", tells, ["outcome", "why"], registry=registry)
    for outcome, reasons in WHY_NOT.items():
        for why in reasons:
            made.labels(outcome, why)
    return made
