"""What is planned for people, and what the store has to be told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2s

from bot.storage.rows import NudgeRow
from bot.storage.store import Transaction
from bot.storage.tables import EPOCH
from flows.nudging import Nudge
from flows.person import Person

Planning = Callable[[Person, datetime], Sequence[Nudge]]
"""Returns the nudges that wait for a person, from now on."""

A_WHILE = timedelta(minutes=5)
"""A nudge that was put off comes not sooner than this, so that nobody looks at it again and again."""

SWEEP = timedelta(seconds=10)
"""How often a claim begins with what is longest overdue."""


def mark_of(plan: Sequence[Nudge]) -> str:
    """Return what tells one plan from another in a few bytes; "" for an empty one."""
    if not plan:
        return ""
    lines = sorted(f"{each.kind}\t{each.slot}\t{each.due}\t{each.until}" for each in plan)
    whole = "\n".join(lines)
    return blake2s(whole.encode(), digest_size=8).hexdigest()


def rows_of(
    person_id: int, plan: Sequence[Nudge], put_off: Sequence[NudgeRow], now: datetime
) -> list[NudgeRow]:
    """Return what the store keeps of a plan. What was put off just now is not due at once again."""
    soonest = {(each.kind, each.slot): now + A_WHILE for each in put_off}
    return [
        NudgeRow(
            person_id=person_id,
            kind=each.kind,
            slot=each.slot,
            due_at=each.due if each.due > now else soonest.get((each.kind, each.slot), each.due),
            until=each.until,
        )
        for each in plan
    ]


def without_a_time(plan: Sequence[Nudge], put_off: Sequence[NudgeRow]) -> list[NudgeRow]:
    """Return those of the nudges that were put off for which the plan has no time any more."""
    slots = {(each.kind, each.slot) for each in plan}
    return [each for each in put_off if (each.kind, each.slot) not in slots]


@dataclass
class Changes:
    """The plans of one batch that differ from what the store has, by person."""

    rows: dict[int, list[NudgeRow]] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)
    """People of whom nothing was planned before."""

    async def write(self, transaction: Transaction, now: datetime) -> None:
        """Write them all with one statement for what goes and one for what is there from now on."""
        await transaction.plan(self.rows, now, self.fresh)


@dataclass
class Horizon:
    """The due time up to which everything was claimed, so that no claim looks at it again.

    Of what is settled the index keeps dead entries until they are cleaned up, and while an old snapshot is
    open (a backup, say) that is long: a claim from the beginning would crawl over all of them. Now and then
    one begins there all the same, because of what was left out while another process worked on it.
    """

    reached: datetime = EPOCH
    swept: datetime | None = None

    def begin(self, now: datetime) -> datetime:
        """Return the due time from which on a claim looks now."""
        if self.swept is None or not timedelta(0) <= now - self.swept < SWEEP:
            self.swept, self.reached = now, EPOCH
        return self.reached

    def claimed(self, firsts: Sequence[datetime]) -> None:
        """Go on from here: `firsts` are the first due times of the people who were claimed."""
        self.reached = max([self.reached, *firsts])
