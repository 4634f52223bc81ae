"""The people that one transaction is about, and everything it is going to write for them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.arrivals import Departure
from bot.asked import NOTHING, WHOSE, Asked, asked_last, question_on
from bot.authors import Passage
from bot.desk import Desk, desk_of, put_back
from bot.parcels import Parcel, as_body
from bot.plans import Changes, Planning, mark_of, rows_of, without_a_time
from bot.reception import Gate
from bot.rendering import Bubble
from bot.storage.rows import DeadLetter, NudgeRow, ParcelRow, PersonRow, RecordRow, SettledNudge
from bot.storage.store import Transaction
from flows.nudging import Nudge
from flows.person import Person, Standing
from flows.reply import Remembered

log = logging.getLogger(__name__)

WANT_SILENCE = (Standing.PAUSED, Standing.DECLINED, Standing.LEAVING)
"""Standings of people to whom nothing comes that they did not ask for."""


@dataclass
class Taken:
    """What a committed batch leaves to do: parcels to send at once, taps to acknowledge with these words."""

    parcels: list[ParcelRow] = field(default_factory=list)
    taps: dict[str, str] = field(default_factory=dict)
    left_over: bool = False
    """Something waits in the outbox behind what another process holds: look there soon."""
    due: int = 0
    """How many people had nudges that were due; 0 when nothing is."""
    turns: int = 0
    """How many events the coach has answered; those that came before are not among them."""
    settled: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What became of nudges, and why."""
    outside: list[list[Parcel]] = field(default_factory=list)
    """Answers to people of whom nothing is stored: sent once, by the way, and forgotten."""
    dropped: set[str] = field(default_factory=set)
    """Taps that nobody answers: they were too many."""
    passages: list[Passage] = field(default_factory=list)
    """What became of questions, for whoever words them."""
    hushed: set[int] = field(default_factory=set)
    """People whose nudges are gone from the outbox: whoever has one in hand does not send it."""

    def joined(self, other: Taken) -> Taken:
        """Return both together."""
        return Taken(
            self.parcels + other.parcels,
            self.taps | other.taps,
            self.left_over or other.left_over,
            self.due + other.due,
            self.turns + other.turns,
            self.settled + other.settled,
            self.outside + other.outside,
            self.dropped | other.dropped,
            self.passages + other.passages,
            self.hushed | other.hushed,
        )


@dataclass(frozen=True, slots=True)
class Want:
    """What the coach wants of the house for a person, by the name of their desk.

    `parcel` holds the words that go with it.
    """

    what: str
    name: str
    parcel: ParcelRow


@dataclass(frozen=True)
class Hands:
    """What this process has in hand: the last parcel of a person, and how long it may keep one."""

    lease: timedelta
    held: Callable[[int], int | None]


@dataclass
class Batch:
    """`desks` and `asked` are by name: the address of a person, or "#" and their number."""

    now: datetime
    hands: Hands
    planning: Planning
    desks: dict[str, Desk] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    departures: dict[int, list[Departure]] = field(default_factory=dict)
    records: list[RecordRow] = field(default_factory=list)
    parcels: list[ParcelRow] = field(default_factory=list)
    letters: list[DeadLetter] = field(default_factory=list)
    settled: list[SettledNudge] = field(default_factory=list)
    put_off: dict[int, list[NudgeRow]] = field(default_factory=dict)
    """Nudges that were due and come later, by person."""
    wants: list[Want] = field(default_factory=list)
    gate: Gate = field(default_factory=Gate)
    taken: Taken = field(default_factory=Taken)

    def seat(self, name: str, row: PersonRow, locale: str = "en") -> Desk:
        """Bring in somebody who is locked; whoever was out of reach has nothing planned in the store."""
        away = row.unreachable_since is not None
        self.asked[name] = asked_last(row)
        desk = self.desks[name] = desk_of(row, self.now, locale)
        desk.planned = "" if away and desk.planned else desk.planned
        return desk

    def remember(self, desk: Desk, remembered: Sequence[Remembered]) -> None:
        """Keep what happened, and what could not be read of this person."""
        self.letters += desk.set_aside
        desk.set_aside = []
        self.records += [_record(desk.row, each, self.now) for each in remembered]

    def hush(self, name: str, before: Person, after: Person) -> None:
        """Let no nudge come any more that is still in the outbox, when somebody is in no state for one.

        Who is in a crisis reads its first answer first; a look in to somebody who writes is late anyway.
        What such a nudge asked nobody has seen, so nothing is shown as an answer to it.
        """
        done = after.standing is Standing.RESTING and before.standing is not Standing.RESTING
        if after.crisis.on or after.standing in WANT_SILENCE or done:
            self.silence(name)

    def silence(self, name: str) -> None:
        """Drop the undelivered nudges of somebody; it costs a statement only when anything waits for them."""
        row = self.desks[name].row
        if row.waiting:
            self.taken.hushed.add(row.id)
            self.asked[name] = NOTHING

    def sees_off(self, desk: Desk, departure: Departure) -> None:
        """Take in that somebody blocked the coach, or let it in again."""
        desk.touched = desk.touched or desk.row.status != Standing.LEAVING
        self.departures.setdefault(desk.row.id, []).append(departure)
        self.silence(departure.address)
        self.asked[departure.address] = NOTHING
        desk.planned = desk.planned if departure.reachable else ""  # it is dropped before the new plan

    def put(self, name: str, parcels: Sequence[Parcel], bubbles: Sequence[Bubble], urgency: int = 0) -> None:
        """Put words into the outbox; the question on the last bubble is then the one that was asked last."""
        for bubble in bubbles:
            if question := question_on(bubble.rows):
                self.asked[name] = Asked(question, bubble.html)
        row = self.desks[name].row
        self.parcels += [self._numbered(row, parcel, name, urgency) for parcel in parcels]

    def _numbered(self, row: PersonRow, parcel: Parcel, name: str, urgency: int) -> ParcelRow:
        """Number a parcel; it is ours to send unless something of this person waits elsewhere."""
        body = as_body(parcel)
        if parcel.kind.edits and parcel.message is None:
            body[WHOSE] = name
        mine = not row.waiting or self.hands.held(row.id) == row.sequence or self._is_ours(row)
        row.sequence += 1
        numbered = ParcelRow(
            person_id=row.id,
            seq=row.sequence,
            urgency=urgency,
            kind=parcel.kind.value,
            due_at=self.now,
            created_at=self.now,
            lease_until=self.now + self.hands.lease if mine else None,
            body=body,
        )
        if mine:
            self.taken.parcels.append(numbered)
        else:
            self.taken.left_over = True
        return numbered

    def _is_ours(self, row: PersonRow) -> bool:
        last = self.taken.parcels[-1] if self.taken.parcels else None
        return last is not None and (last.person_id, last.seq) == (row.id, row.sequence)

    async def save(self, transaction: Transaction) -> None:
        """Write everything; nudges that were settled before the plan that follows from them."""
        touched = {name: desk for name, desk in self.desks.items() if desk.touched}
        gone = [desk for desk in touched.values() if _is_to_be_wiped(desk)]
        changes = self._planned([desk for desk in touched.values() if desk not in gone])
        for name, desk in touched.items():
            put_back(desk)
            self.asked[name].kept_in(desk.row.body)
        await transaction.hush(self.taken.hushed)
        for desk in gone:
            await _wipe(transaction, desk)
        await transaction.save([desk.row for desk in touched.values() if desk not in gone], self.now)
        for desk in self.desks.values():
            await _see_off(transaction, desk.row, self.departures.get(desk.row.id, ()), self.now)
        await transaction.settle(self.settled)
        await changes.write(transaction, self.now)
        erased = {desk.row.id for desk in gone}
        await transaction.append([record for record in self.records if record.person_id not in erased])
        await transaction.put(self.parcels)
        await transaction.bury([letter for letter in self.letters if letter.person_id not in erased])

    def _planned(self, desks: Sequence[Desk]) -> Changes:
        """Plan anew for everybody; most of the time the plan is the one that the store has."""
        changes = Changes()
        for desk in desks:
            plan, put_off = self._plan_of(desk), self.put_off.get(desk.row.id, [])
            if plan is None or (mark_of(plan) == desk.planned and not put_off):
                continue
            self.settled += [SettledNudge(each, "dropped", "moved") for each in without_a_time(plan, put_off)]
            changes.rows[desk.row.id] = rows_of(desk.row.id, plan, put_off, self.now)
            changes.fresh += [desk.row.id] if desk.planned == "" else []
            desk.planned = mark_of(plan)
        return changes

    def _plan_of(self, desk: Desk) -> Sequence[Nudge] | None:
        """Return what waits for somebody; None, and the plan stays, when it cannot be made."""
        if desk.row.unreachable_since is not None:
            return ()
        try:
            return self.planning(desk.person, self.now)
        except Exception as error:
            log.error("a plan could not be made: %s", place_in_our_code(error))
            return None


def place_in_our_code(error: BaseException) -> str:
    """Return the kind of an error and where in our code it rose, never what somebody said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "nowhere"
    return f"{type(error).__name__} at {where}"


def _is_to_be_wiped(desk: Desk) -> bool:
    return desk.person.standing in (Standing.LEAVING, Standing.DECLINED)


async def _wipe(transaction: Transaction, desk: Desk) -> None:
    """A refusal keeps nothing but itself; who leaves is erased with the last words delivered."""
    declined = desk.person.standing is Standing.DECLINED
    keep = {"locale": desk.person.locale} if declined else {}
    await transaction.wipe(desk.row, keep=keep, parcels=False)


async def _see_off(
    transaction: Transaction, row: PersonRow, departures: Sequence[Departure], now: datetime
) -> None:
    """Drop what was on its way to somebody who blocked the coach: it is not to come after their return.

    What is said to them in this very batch is put into the outbox after that. Who was leaving is erased.
    """
    for departure in departures:
        if not departure.reachable:
            await transaction.unreachable(row.id, departure.reason, now)
    if departures and row.unreachable_since is None:
        await transaction.reachable(row.id)


def _record(row: PersonRow, each: Remembered, now: datetime) -> RecordRow:
    return RecordRow(
        person_id=row.id, kind=each.kind, at=now, rule_version=each.rule_version, body=dict(each.body)
    )
