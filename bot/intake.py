"""From an event, or a nudge whose time has come, to words in the outbox: one transaction for all that waits.

Nothing is confirmed to the messenger before it is committed here, and nothing is sent before. A crash at
any instant leaves an event either not taken (it comes again) or taken with its answer in the outbox; and a
nudge either waiting or settled with its words in the outbox.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.arrivals import Arrival, Departure
from bot.asked import Asked, open_question
from bot.authors import passages
from bot.batch import Batch, Hands, Taken, Want, place_in_our_code
from bot.desk import Desk
from bot.letters import letter_of, letter_of_nudge
from bot.parcels import Kind, Parcel, of_bubble
from bot.plans import Horizon
from bot.reception import Gate, Reception
from bot.rendering import Voice
from bot.storage.errors import Overtaken, StoreUnavailable
from bot.storage.nudges import Due
from bot.storage.rows import NudgeRow, PersonRow, SettledNudge
from bot.storage.store import Store, Transaction
from bot.wants import fulfil
from flows.coach import Coach
from flows.engine.say import Say
from flows.nudging import Nudge, Nudging, planned
from flows.person import Person
from flows.reply import Reply

log = logging.getLogger(__name__)

Event = Arrival | Departure

TRIES = 5
"""How often a batch is begun again because another process was faster with one of its people."""

DUE_AT_ONCE = 100
"""People whose nudges are decided in one transaction."""


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
        reception: Reception | None = None,
    ) -> None:
        self._store = store
        self._coach = coach
        self._voices = voices
        self._clock = clock
        self._hands = Hands(lease, held)
        self._horizon = Horizon()
        self._reception = reception or Reception()

    async def take(self, events: Sequence[Event]) -> Taken:
        """Take events in, oldest first, each at most once ever; what is too much of one person is dropped.

        Raises StoreUnavailable, or Overtaken again and again: then nothing was taken.

        An event that breaks the whole batch is parked alone, so that it stands in nobody's way.
        """
        kept, too_fast = self._reception.sift(events, self._clock())
        taken = await self._taken(kept, too_fast) if kept else Taken()
        arrivals = (event for event in events if isinstance(event, Arrival))
        heard = {event.key for event in kept}
        taken.dropped = {event.tap for event in arrivals if event.tap and event.key not in heard}
        return taken

    async def _taken(self, events: Sequence[Event], too_fast: frozenset[str]) -> Taken:
        try:
            return await _persistently(lambda: self._once(events, too_fast))
        except (StoreUnavailable, Overtaken):
            raise
        except Exception as error:
            if len(events) > 1:
                whole = Taken()
                for event in events:
                    whole = whole.joined(await self._taken([event], too_fast))
                return whole
            log.error("event parked: %s", place_in_our_code(error))
            return await self._park(events[0], error)

    async def nudge(self, limit: int = DUE_AT_ONCE) -> Taken:
        """Decide about the nudges of at most `limit` people whose time has come, the longest overdue first.

        Raises like `take`: then nothing was decided. A nudge that breaks the whole batch is dropped alone,
        with a dead letter.
        """
        claimed: list[Due] = []
        try:
            return await _persistently(lambda: self._nudge_once(limit, claimed))
        except (StoreUnavailable, Overtaken):
            raise
        except Exception as error:
            if len(claimed) > 1:
                return await self.nudge(1)
            log.error("nudge parked: %s", place_in_our_code(error))
            return await self._park_nudges(claimed, error)

    async def _once(self, events: Sequence[Event], too_fast: frozenset[str]) -> Taken:
        batch = self._batch()
        batch.gate = Gate(too_fast)
        async with self._store.transaction() as transaction:
            fresh = await transaction.unseen([event.key for event in events], batch.now)
            await self._load(transaction, batch, [event for event in events if event.key in fresh])
            for event in events:
                if event.key in fresh:
                    fresh.discard(event.key)
                    self._apply(batch, event)
            await fulfil(transaction, batch, self._coach, self._voices)
            await batch.save(transaction)
        batch.taken.outside = self._reception.answered_outside(batch.gate, batch.now)
        return batch.taken

    def _batch(self) -> Batch:
        kinds = self._coach.kinds
        return Batch(self._clock(), self._hands, lambda person, now: planned(person, now, kinds))

    async def _load(self, transaction: Transaction, batch: Batch, events: Sequence[Event]) -> None:
        arrivals = {event.address: event for event in events if isinstance(event, Arrival)}
        addresses = list(dict.fromkeys(event.address for event in events))
        await self._reception.doors.look(transaction)
        rows = await transaction.people(addresses)
        rows |= await self._reception.receive(transaction, batch.gate, events, rows, batch.now)
        for address, row in rows.items():
            arrival = arrivals.get(address)
            batch.seat(address, row, self._locale(arrival.locale if arrival else ""))

    def _locale(self, hint: str) -> str:
        """The language the messenger says a person uses, or English."""
        language = hint.split("-", 1)[0].lower()
        return language if language in self._voices else "en"

    def _apply(self, batch: Batch, event: Event) -> None:
        desk = batch.desks.get(event.address)
        if desk is None:
            return
        _moved(desk.row, event, batch.now)
        if isinstance(event, Departure):
            batch.sees_off(desk, event)
            return
        desk.touched = True
        try:
            self._answer(batch, desk, event)
        except Exception as error:
            log.error("event parked: %s", place_in_our_code(error))
            batch.letters.append(letter_of(event, batch.now, error, desk.row.id))
            self._put(batch, desk, event, Reply(desk.person, (Say("coach.trouble"),)))

    def _answer(self, batch: Batch, desk: Desk, arrival: Arrival) -> None:
        """Ask the coach and keep its answer; when this raises, nothing of the event has been counted."""
        reply = self._reception.answered(
            batch.gate,
            desk.row,
            desk.person,
            arrival,
            self._coach.listener,
            lambda heard: self._coach.turn(desk.person, heard, batch.now),
        )
        batch.hush(arrival.address, desk.person, reply.person)
        if self._reception.doors.turns_away(desk.row.lookup):
            batch.silence(arrival.address)
        if desk.lost:
            reply = replace(reply, says=(Say("coach.lost_place"), *reply.says))
        self._put(batch, desk, arrival, reply)
        batch.remember(desk, reply.remember)
        batch.taken.passages += passages(desk.row.id, desk.person, reply)
        desk.person = reply.person
        batch.taken.turns += 1

    def _put(self, batch: Batch, desk: Desk, arrival: Arrival, reply: Reply) -> None:
        """Put the words into the outbox; they are rendered first, because that may raise."""
        voice = self._voice_of(reply)
        toast = voice.plain(reply.toast) if reply.toast else ""
        bubbles = voice.bubbles(reply.says)
        edits = _edits(voice, desk.person, batch.asked[arrival.address], arrival, reply)
        desk.chat = arrival.chat
        if arrival.tap is not None:
            batch.taken.taps[arrival.tap] = toast
        words = (of_bubble(arrival.chat, bubble) for bubble in bubbles)
        batch.put(arrival.address, [*edits, *words], bubbles)
        if bubbles:
            batch.wants += [Want(what, arrival.address, batch.parcels[-1]) for what in reply.wants]

    def _voice_of(self, reply: Reply) -> Voice:
        return self._voices[reply.person.locale].to(reply.person.situation)

    async def _park(self, event: Event, error: Exception) -> Taken:
        """Keep a poisonous event for repair and count it as taken, so that it never comes again."""
        now = self._clock()
        async with self._store.transaction() as transaction:
            if event.key in await transaction.unseen([event.key], now):
                await transaction.bury([letter_of(event, now, error, None)])
        return Taken(taps={event.tap: ""} if isinstance(event, Arrival) and event.tap else {})

    async def _nudge_once(self, limit: int, claimed: list[Due]) -> Taken:
        """`claimed` tells the caller who it was, should it fail."""
        batch = self._batch()
        begin = self._horizon.begin(batch.now)
        async with self._store.transaction() as transaction:
            await self._reception.doors.look(transaction)
            claimed[:] = await transaction.claim_due(batch.now, limit, begin)
            for due in claimed:
                self._come_due(batch, due)
            await batch.save(transaction)
        self._horizon.claimed([due.nudges[0].due_at for due in claimed])
        batch.taken.due = len(claimed)
        batch.taken.settled = Counter((each.status, each.why or "") for each in batch.settled)
        for (status, reason), count in batch.taken.settled.items():
            if status == "dropped":
                log.info("nudges dropped, %s: %d", reason or "no reason", count)
        return batch.taken

    def _come_due(self, batch: Batch, due: Due) -> None:
        name = f"#{due.person.id}"
        desk = batch.seat(name, due.person)
        desk.touched = True
        for nudge in due.nudges:
            try:
                self._decide(batch, desk, name, nudge)
            except Exception as error:
                log.error("nudge parked: %s", place_in_our_code(error))
                batch.letters.append(letter_of_nudge(nudge, batch.now, error))
                batch.settled.append(SettledNudge(nudge, "dropped", "broken"))

    def _decide(self, batch: Batch, desk: Desk, name: str, nudge: NudgeRow) -> None:
        """Ask the coach what becomes of a nudge; when this raises, nothing of it has been counted."""
        if desk.row.unreachable_since is not None or not desk.chat:
            batch.settled.append(SettledNudge(nudge, "dropped", "unreachable"))
            return
        if self._reception.doors.turns_away(desk.row.lookup):
            batch.settled.append(SettledNudge(nudge, "dropped", "blocked"))
            return
        nudging: Nudging = self._coach.nudge(
            desk.person, Nudge(nudge.kind, nudge.slot, nudge.due_at, nudge.until), batch.now
        )
        bubbles = self._voice_of(nudging.reply).bubbles(nudging.reply.says)
        batch.put(name, [of_bubble(desk.chat, bubble) for bubble in bubbles], bubbles, urgency=1)
        batch.remember(desk, nudging.reply.remember)
        desk.person = nudging.reply.person
        if nudging.outcome == "later":
            batch.put_off.setdefault(desk.row.id, []).append(nudge)
        else:
            batch.settled.append(SettledNudge(nudge, nudging.outcome, nudging.why))

    async def _park_nudges(self, claimed: Sequence[Due], error: Exception) -> Taken:
        """Drop what is due of somebody with whom nothing can be committed; their plan stays as it is."""
        now = self._clock()
        async with self._store.transaction() as transaction:
            for due in claimed:
                nudges = await transaction.due_of(due.person.id, now)
                await transaction.settle([SettledNudge(nudge, "dropped", "broken") for nudge in nudges])
                await transaction.bury([letter_of_nudge(nudge, now, error) for nudge in nudges])
        return Taken(due=len(claimed))


async def _persistently(attempt: Callable[[], Awaitable[Taken]]) -> Taken:
    for _ in range(TRIES - 1):
        try:
            return await attempt()
        except Overtaken:
            continue
    return await attempt()


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
