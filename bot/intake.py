"""From an event to an answer in the outbox: one transaction for everything that is waiting.

Nothing is confirmed to the messenger before it is committed here, and nothing is sent before. A crash at
any instant leaves an event either not taken (it comes again) or taken with its answer in the outbox.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.arrivals import Arrival, Departure
from bot.asked import NOTHING, WHOSE, Asked, asked_last, open_question, question_on
from bot.desk import Desk, desk_of, put_back
from bot.parcels import Kind, Parcel, as_body, of_bubble
from bot.rendering import Voice
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.rows import DeadLetter, ParcelRow, PersonRow, RecordRow
from bot.storage.store import Store, Transaction
from flows.coach import Coach
from flows.engine.say import Say
from flows.person import Person, Standing
from flows.reply import Remembered, Reply

log = logging.getLogger(__name__)

Event = Arrival | Departure

TRIES = 5
"""How often a batch is begun again because another process was faster with one of its people."""


@dataclass
class Taken:
    """What a committed batch leaves to do: parcels to send at once, taps to acknowledge with these words."""

    parcels: list[ParcelRow] = field(default_factory=list)
    taps: dict[str, str] = field(default_factory=dict)
    left_over: bool = False
    """Something waits in the outbox behind what another process holds: look there soon."""


@dataclass
class _Batch:
    """`asked` is by address, `departures` by person."""

    now: datetime
    desks: dict[str, Desk] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    departures: dict[int, list[Departure]] = field(default_factory=dict)
    records: list[RecordRow] = field(default_factory=list)
    parcels: list[ParcelRow] = field(default_factory=list)
    letters: list[DeadLetter] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)


class Intake:
    """Takes events in. `held` tells the last parcel of a person that this process has in its own hands."""

    def __init__(
        self,
        store: Store,
        coach: Coach,
        voices: Mapping[str, Voice],
        clock: Callable[[], datetime],
        lease: timedelta,
        held: Callable[[int], int | None] = lambda person_id: None,
    ) -> None:
        self._store = store
        self._coach = coach
        self._voices = voices
        self._clock = clock
        self._lease = lease
        self._held = held

    async def take(self, events: Sequence[Event]) -> Taken:
        """Take events in, oldest first, each at most once ever.

        Raises StoreUnavailable, or Overtaken again and again: then nothing was taken.

        An event that breaks the whole batch is parked alone, so that it stands in nobody's way.
        """
        try:
            return await self._persistently(events)
        except (StoreUnavailable, Overtaken):
            raise
        except Exception as error:
            if len(events) > 1:
                return _merged([await self.take([event]) for event in events])
            log.error("event parked: %s", _place(error))
            return await self._park(events[0], error)

    async def _persistently(self, events: Sequence[Event]) -> Taken:
        for _ in range(TRIES - 1):
            try:
                return await self._once(events)
            except Overtaken:
                continue
        return await self._once(events)

    async def _once(self, events: Sequence[Event]) -> Taken:
        now = self._clock()
        async with self._store.transaction() as transaction:
            fresh = await transaction.unseen([event.key for event in events], now)
            batch = _Batch(now)
            await self._load(transaction, batch, [event for event in events if event.key in fresh])
            for event in events:
                if event.key in fresh:
                    fresh.discard(event.key)
                    self._apply(batch, event)
            await self._save(transaction, batch)
        return batch.taken

    async def _load(self, transaction: Transaction, batch: _Batch, events: Sequence[Event]) -> None:
        arrivals = {event.address: event for event in events if isinstance(event, Arrival)}
        addresses = list(dict.fromkeys(event.address for event in events))
        rows = await transaction.people(addresses)
        strangers = [address for address in arrivals if address not in rows]
        if strangers:
            rows |= await transaction.admit(strangers, batch.now)
        for address, row in rows.items():
            arrival = arrivals.get(address)
            batch.asked[address] = asked_last(row)
            batch.desks[address] = desk_of(row, batch.now, self._locale(arrival.locale if arrival else ""))

    def _locale(self, hint: str) -> str:
        """The language the messenger says a person uses, or English."""
        language = hint.split("-", 1)[0].lower()
        return language if language in self._voices else "en"

    def _apply(self, batch: _Batch, event: Event) -> None:
        desk = batch.desks.get(event.address)
        if desk is None:
            return
        _moved(desk.row, event, batch.now)
        if isinstance(event, Departure):
            desk.touched = desk.touched or desk.row.status != Standing.LEAVING
            batch.departures.setdefault(desk.row.id, []).append(event)
            batch.asked[event.address] = NOTHING
            return
        desk.touched = True
        try:
            self._answer(batch, desk, event)
        except Exception as error:
            log.error("event parked: %s", _place(error))
            batch.letters.append(_letter(event, batch.now, error, desk.row.id))
            self._put(batch, desk, event, Reply(desk.person, (Say("coach.trouble"),)))

    def _answer(self, batch: _Batch, desk: Desk, arrival: Arrival) -> None:
        """Ask the coach and keep its answer; when this raises, nothing of the event has been counted."""
        reply = self._coach.turn(desk.person, arrival.heard, batch.now)
        if desk.lost:
            reply = replace(reply, says=(Say("coach.lost_place"), *reply.says))
        self._put(batch, desk, arrival, reply)
        batch.letters += desk.set_aside
        desk.set_aside = []
        batch.records += [_record(desk.row, each, batch.now) for each in reply.remember]
        desk.person = reply.person

    def _put(self, batch: _Batch, desk: Desk, arrival: Arrival, reply: Reply) -> None:
        """Put the words into the outbox; they are rendered first, because that may raise."""
        voice = self._voices[reply.person.locale]
        toast = voice.plain(reply.toast) if reply.toast else ""
        bubbles = voice.bubbles(reply.says)
        parcels = [
            *_edits(voice, desk.person, batch.asked[arrival.address], arrival, reply),
            *(of_bubble(arrival.chat, bubble) for bubble in bubbles),
        ]
        desk.chat = arrival.chat
        for bubble in bubbles:
            if question := question_on(bubble.rows):
                batch.asked[arrival.address] = Asked(question, bubble.html)
        if arrival.tap is not None:
            batch.taken.taps[arrival.tap] = toast
        batch.parcels += [self._numbered(batch, desk.row, parcel, arrival.address) for parcel in parcels]

    def _numbered(self, batch: _Batch, row: PersonRow, parcel: Parcel, address: str) -> ParcelRow:
        """Number a parcel; it is ours to send unless something of this person waits elsewhere."""
        body = as_body(parcel)
        if parcel.kind.edits and parcel.message is None:
            body[WHOSE] = address
        mine = not row.waiting or self._held(row.id) == row.sequence or self._is_ours(batch, row)
        row.sequence += 1
        numbered = ParcelRow(
            person_id=row.id,
            seq=row.sequence,
            urgency=0,
            kind=parcel.kind.value,
            due_at=batch.now,
            created_at=batch.now,
            lease_until=batch.now + self._lease if mine else None,
            body=body,
        )
        if mine:
            batch.taken.parcels.append(numbered)
        else:
            batch.taken.left_over = True
        return numbered

    @staticmethod
    def _is_ours(batch: _Batch, row: PersonRow) -> bool:
        last = batch.taken.parcels[-1] if batch.taken.parcels else None
        return last is not None and (last.person_id, last.seq) == (row.id, row.sequence)

    async def _save(self, transaction: Transaction, batch: _Batch) -> None:
        touched = [desk for desk in batch.desks.values() if desk.touched]
        gone = [desk for desk in touched if desk.person.standing in (Standing.LEAVING, Standing.DECLINED)]
        for address, desk in batch.desks.items():
            if desk.touched:
                put_back(desk)
                batch.asked[address].kept_in(desk.row.body)
        for desk in gone:
            await _wipe(transaction, desk)
        await transaction.save([desk.row for desk in touched if desk not in gone], batch.now)
        for person_id, departures in batch.departures.items():
            await _see_off(transaction, person_id, departures, batch.now)
        erased = {desk.row.id for desk in gone}
        await transaction.append([record for record in batch.records if record.person_id not in erased])
        await transaction.put(batch.parcels)
        await transaction.bury([letter for letter in batch.letters if letter.person_id not in erased])

    async def _park(self, event: Event, error: Exception) -> Taken:
        """Keep a poisonous event for repair and count it as taken, so that it never comes again."""
        now = self._clock()
        async with self._store.transaction() as transaction:
            if event.key in await transaction.unseen([event.key], now):
                await transaction.bury([_letter(event, now, error, None)])
        return Taken(taps={event.tap: ""} if isinstance(event, Arrival) and event.tap else {})


async def _wipe(transaction: Transaction, desk: Desk) -> None:
    """A refusal keeps nothing but itself; who leaves is erased with the last words delivered."""
    declined = desk.person.standing is Standing.DECLINED
    keep = {"locale": desk.person.locale} if declined else {}
    await transaction.wipe(desk.row, keep=keep, parcels=False)


async def _see_off(
    transaction: Transaction, person_id: int, departures: Sequence[Departure], now: datetime
) -> None:
    """Drop what was on its way to somebody who blocked the coach: it is not to come after their return.

    What is said to them in this very batch is put into the outbox after that. Who was leaving is erased.
    """
    for departure in departures:
        if not departure.reachable:
            await transaction.unreachable(person_id, departure.reason, now)
    if departures[-1].reachable:
        await transaction.reachable(person_id)


def _edits(voice: Voice, person: Person, asked: Asked, arrival: Arrival, reply: Reply) -> list[Parcel]:
    """What happens to the message that was answered: its buttons go, and it shows what was chosen."""
    seen = arrival.seen
    if reply.redraw is not None and seen:
        return [Parcel(Kind.KEYBOARD, arrival.chat, "", voice.rows(reply.redraw.buttons), seen.message)]
    if reply.chosen is None:
        return []
    if seen and not seen.html:
        return [Parcel(Kind.KEYBOARD, arrival.chat, "", (), seen.message)]
    if not seen and asked.question != open_question(person.foreground):
        return []
    html, message = (seen.html, seen.message) if seen else (asked.html, asked.message)
    chosen = voice.text(Say("engine.chosen", {"answer": reply.chosen}))
    return [Parcel(Kind.CHOSEN, arrival.chat, f"{html}\n\n{chosen}", (), message)]


def _moved(row: PersonRow, event: Event, now: datetime) -> None:
    """Any sign of life makes a person reachable; a block makes them unreachable until the next one."""
    reachable = not isinstance(event, Departure) or event.reachable
    row.unreachable_since = None if reachable else now
    row.unreachable_reason = None if reachable or isinstance(event, Arrival) else event.reason


def _record(row: PersonRow, each: Remembered, now: datetime) -> RecordRow:
    return RecordRow(
        person_id=row.id, kind=each.kind, at=now, rule_version=each.rule_version, body=dict(each.body)
    )


def _letter(event: Event, now: datetime, error: Exception, person_id: int | None) -> DeadLetter:
    words = repr(event.heard) if isinstance(event, Arrival) else ""
    return DeadLetter(at=now, reason=_place(error), body=words.encode(), person_id=person_id)


def _place(error: BaseException) -> str:
    """Return the kind of an error and where in our code it rose, never what somebody said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "nowhere"
    return f"{type(error).__name__} at {where}"


def _merged(several: Sequence[Taken]) -> Taken:
    whole = Taken()
    for each in several:
        whole.parcels += each.parcels
        whole.taps |= each.taps
        whole.left_over = whole.left_over or each.left_over
    return whole
