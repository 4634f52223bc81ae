"""What follows from what became of a parcel, and how that is written down."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.asked import question_on
from bot.parcels import Delivered, Failed, Halted, Kind, Outcome, Refused, Unreachable, Unsure, from_body
from bot.storage.rows import DeadLetter, ParcelRow
from bot.storage.store import Transaction

log = logging.getLogger(__name__)

PATIENCE = 14
"""Attempts before a parcel is given up as a dead letter: about half a day of growing pauses."""

EDITS_TRIED = 3
"""Attempts to change a message that is there before the next one goes: an old button too many does less harm
than a question that does not come.
"""

LONGEST_PAUSE = timedelta(hours=1)

NUDGES_AT_ONCE = 8
"""Nudges on their way at the same time: enough for 30 a second over a network with 250 ms, and the most that
can come twice after a crash, each to another person."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One parcel and its fate: tried again at `due_at`, or gone from the outbox.

    `shown` is the message in which the person now sees a question, `arrived` any that is new in the chat;
    `unreachable` and `refused` say why nothing arrived.
    """

    row: ParcelRow
    due_at: datetime | None = None
    attempts: int = 0
    shown: int | None = None
    arrived: int | None = None
    unreachable: str = ""
    refused: str = ""


def settled(row: ParcelRow, outcome: Outcome, now: datetime) -> Settled:
    """Return what follows. In doubt a question is sent again: its buttons are the same. Nothing else is,
    and no nudge: two of it are worse than none.
    """
    match outcome:
        case Delivered(message):
            return Settled(row, shown=message if _asks(row) else None, arrived=message)
        case Unsure():
            again = Kind(row.kind).repeats and not row.urgency
            return _again(row, now, "unsure") if again else Settled(row)
        case Failed(reason):
            return _again(row, now, reason)
        case Halted(pause):
            return Settled(row, due_at=now + pause, attempts=row.attempts)
        case Unreachable(reason):
            return Settled(row, unreachable=reason)
        case Refused(reason):
            return Settled(row, refused=reason)


def _asks(row: ParcelRow) -> bool:
    """Whether it is a question of a conversation, and not an offer on the way."""
    return row.kind == Kind.QUESTION and question_on(from_body(row.kind, row.body).rows) != ""


def _again(row: ParcelRow, now: datetime, reason: str) -> Settled:
    tried = row.attempts + 1
    if Kind(row.kind).edits and tried >= EDITS_TRIED:
        return Settled(row)
    if tried >= PATIENCE:
        return Settled(row, refused=f"given up after {tried} attempts: {reason}")
    pause = min(timedelta(seconds=2**row.attempts), LONGEST_PAUSE)
    return Settled(row, due_at=now + pause, attempts=tried)


async def write_down(transaction: Transaction, batch: Sequence[Settled], now: datetime) -> None:
    """Write the fates of several parcels. Until this is committed a crash sends them once more."""
    postponed = [each for each in batch if each.due_at is not None]
    for each in postponed:
        each.row.due_at, each.row.attempts = each.due_at or now, max(each.attempts, each.row.attempts)
    await transaction.postpone([each.row for each in postponed])
    over = [each for each in batch if each.due_at is None]
    for each in over:
        if each.unreachable:
            await transaction.unreachable(each.row.person_id, each.unreachable, now)
        elif each.refused:
            log.error("a %s was refused and set aside: %s", each.row.kind, each.refused)
            await transaction.bury([_letter(each, now)])
    arrived = [(each.row.person_id, each.arrived) for each in over if each.arrived is not None]
    await transaction.note_delivered(arrived, now)
    shown = {(each.row.person_id, each.row.seq): each.shown for each in over if each.shown is not None}
    await transaction.delivered([(each.row.person_id, each.row.seq) for each in over], shown)


def _letter(each: Settled, now: datetime) -> DeadLetter:
    words = str(each.row.body.get("html", "")).encode()
    return DeadLetter(
        at=now, reason=f"parcel refused: {each.refused}", body=words, person_id=each.row.person_id
    )


def tell_taken_over(rows: Sequence[ParcelRow]) -> None:
    """Say what may come twice: of a person the first message, and of nudges those that were on their way."""
    if rows:
        replies = {row.person_id for row in rows if not row.urgency}
        nudges = min(NUDGES_AT_ONCE, len({row.person_id for row in rows if row.urgency}))
        log.warning(
            "messages taken over that were in other hands: %d; replies that may come twice: %d, nudges: %d",
            len(rows),
            len(replies),
            nudges,
        )
