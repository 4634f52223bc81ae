"""From a plan to a first message that nobody asked for, exactly once, on both databases."""

from __future__ import annotations

import ast
import asyncio
import inspect
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot import logs
from bot.arrivals import Departure
from bot.clock import MovableClock
from bot.parcels import Unreachable, Unsure
from bot.plans import A_WHILE, SWEEP, Horizon, mark_of
from bot.storage import Keyring, Store, Transaction
from flows.coach import Coach
from flows.engine.heard import Commanded, Returned
from flows.engine.say import Say
from flows.longitudinal import falling_due
from flows.longitudinal.chapter import Wanted
from flows.nudging import Nudge, Nudging
from flows.person import Person, Standing
from flows.reply import Reply, Visit
from tests.delivery.given import (
    LEASE,
    NOW,
    SUNDAY_EVENING,
    Office,
    arrival,
    onboarded,
    started,
    sundays,
    wrote,
)
from tests.storage.given import number_of, past_the_store, statements

A_WEEK = timedelta(weeks=1)
MINE = "/continue whenever you like"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(fixed=NOW)


@pytest.fixture
def office(store: Store, clock: MovableClock) -> Office:
    return Office(store, clock, kinds=(sundays(),))


@pytest.fixture
async def other_office(
    store: Store, database_url: str, keyring: Keyring, clock: MovableClock
) -> AsyncIterator[Office]:
    """Another process on the same database."""
    other = await Store.open(database_url, keyring)
    yield Office(other, clock, kinds=(sundays(),))
    await other.close()


def nudges(url: str) -> list[tuple[str, str | None]]:
    """Status, and why, of all nudges; those that wait last."""
    query = "SELECT status, why FROM nudge ORDER BY due_at IS NOT NULL, slot"
    with past_the_store(url) as connection:
        return [(status, why) for status, why in connection.execute(sql(query))]


def waiting(url: str) -> int:
    return [status for status, _ in nudges(url)].count("waiting")


async def on_sunday(office: Office) -> int:
    office.clock.set(SUNDAY_EVENING)
    return await office.nudge()


async def test_a_nudge_comes_at_its_time_once_and_the_next_one_is_planned(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    assert await office.nudge() == 0
    assert waiting(database_url) == 3

    assert await on_sunday(office) == 1
    assert MINE in office.postman.said_to(1)[-1]
    said = len(office.postman.said_to(1))

    assert await office.nudge() == 0
    assert len(office.postman.said_to(1)) == said
    assert nudges(database_url)[0] == ("sent", None)

    office.clock.set(SUNDAY_EVENING + A_WEEK)
    assert await office.nudge() == 1
    assert len(office.postman.said_to(1)) == said + 1


async def test_weeks_go_on_by_themselves_while_somebody_is_silent(office: Office, database_url: str) -> None:
    await onboarded(office)
    for _ in range(8):
        async with office.store.transaction() as transaction:
            due = await transaction.next_due(NOW + 52 * A_WEEK)
        assert due is not None
        office.clock.set(due)
        assert await office.nudge() == 1

    assert nudges(database_url)[:8] == [("sent", None)] * 8


async def test_a_nudge_past_its_time_is_dropped_with_a_row_that_says_so(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    office.clock.set(SUNDAY_EVENING + timedelta(hours=1))
    said = office.postman.said_to(1)

    assert await office.nudge() == 1
    assert office.postman.said_to(1) == said
    assert nudges(database_url)[0] == ("dropped", "late")
    assert waiting(database_url) >= 2


async def test_most_events_change_no_plan_and_cost_no_statement_more(office: Office) -> None:
    for chat in range(1, 6):
        await onboarded(office, chat)
    with statements(office.store) as seen:
        await office.intake.take([wrote("skip", chat) for chat in range(1, 6)])

    assert len(seen) == 7


async def test_new_plans_of_a_whole_batch_cost_two_statements(office: Office) -> None:
    for chat in range(1, 6):
        await onboarded(office, chat)
    office.clock.offset += A_WEEK
    with statements(office.store) as seen:
        await office.intake.take([wrote("skip", chat) for chat in range(1, 6)])

    assert len(seen) == 9
    assert sum("nudge" in each.split("WHERE")[0] for each in seen) == 2


async def test_one_person_whose_nudge_cannot_be_worded_is_parked_alone(
    store: Store, clock: MovableClock, database_url: str
) -> None:
    def stumble(visit: Visit, wanted: Wanted) -> Say | None:
        del wanted
        if visit.person.country == "AT":
            raise ZeroDivisionError("poison")
        return Say("coach.later")

    office = Office(store, clock, kinds=(sundays(stumble),))
    await onboarded(office, 1)
    await onboarded(office, 2)
    await office.take(arrival(Commanded("country"), 2), wrote("Austria", 2))
    assert await on_sunday(office) == 2

    assert MINE in office.postman.said_to(1)[-1]
    assert MINE not in office.postman.said_to(2)[-1]
    assert nudges(database_url)[:2] == [("dropped", "broken"), ("sent", None)] or nudges(database_url)[
        :2
    ] == [
        ("sent", None),
        ("dropped", "broken"),
    ]
    assert number_of(database_url, "dead_letter") == 1


async def test_a_nudge_that_breaks_the_whole_batch_is_dropped_and_the_others_come(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chat in (1, 2, 3):
        await onboarded(office, chat)
    put = Transaction.put

    async def refuse(self: Transaction, parcels: Any) -> None:
        if any(parcel.body["chat"] == 2 for parcel in parcels):
            raise ValueError("a value that no table takes")
        await put(self, parcels)

    monkeypatch.setattr(Transaction, "put", refuse)
    office.clock.set(SUNDAY_EVENING)
    while await office.nudge():
        pass

    assert [MINE in office.postman.said_to(chat)[-1] for chat in (1, 2, 3)] == [True, False, True]
    assert sorted(status for status, _ in nudges(database_url)[:3]) == ["dropped", "sent", "sent"]
    assert number_of(database_url, "dead_letter") == 1


@pytest.mark.parametrize("words", ["/pause", "/erase"])
async def test_who_wants_no_more_has_nothing_planned(office: Office, database_url: str, words: str) -> None:
    await onboarded(office)
    await office.take(arrival(Commanded(words.removeprefix("/"))))
    if words == "/erase":
        await office.take(wrote("delete everything"))

    assert nudges(database_url) == []
    assert await on_sunday(office) == 0


async def test_who_blocked_the_coach_is_not_nudged_and_comes_back_without_a_backlog(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    await office.intake.take([Departure("test:block", "test:1", reachable=False, reason="blocked")])
    assert nudges(database_url) == []
    assert await on_sunday(office) == 0

    office.clock.offset += timedelta(days=1)
    said = len(office.postman.said_to(1))
    await office.take(arrival(Returned()))
    await office.nudge()
    assert len(office.postman.said_to(1)) == said
    assert waiting(database_url) >= 2

    office.clock.set(SUNDAY_EVENING + A_WEEK)
    assert await office.nudge() == 1


async def test_who_turns_out_to_be_unreachable_is_planned_for_again_when_they_write(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    office.postman.fates.append(Unreachable("blocked"))
    await office.take(wrote("skip"))
    assert nudges(database_url) == []

    await office.take(wrote("7"))
    assert waiting(database_url) == 3


async def test_somebody_who_writes_in_the_same_moment_as_they_return_can_be_reached(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    await office.intake.take(
        [Departure("test:block", "test:1", reachable=False, reason="blocked"), wrote("skip")]
    )

    assert waiting(database_url) == 3
    async with office.store.transaction() as transaction:
        assert (await transaction.people(["test:1"]))["test:1"].unreachable_since is None


async def test_a_nudge_waits_behind_what_another_process_has_in_hand(
    office: Office, other_office: Office, clock: MovableClock
) -> None:
    await onboarded(office)
    clock.set(SUNDAY_EVENING - timedelta(hours=2))
    answer = await other_office.intake.take([wrote("skip")])
    clock.set(SUNDAY_EVENING)
    taken = await office.intake.nudge()
    office.sender.hand(taken.parcels)
    assert (taken.parcels, taken.left_over) == ([], True)

    clock.offset -= timedelta(hours=2)
    other_office.sender.hand(answer.parcels)
    await other_office.sender.once()
    clock.offset += timedelta(hours=2)
    await office.sender.once()
    assert "How heavy" in other_office.postman.said_to(1)[-1]
    assert MINE in office.postman.said_to(1)[-1]


async def test_in_doubt_a_nudge_is_not_sent_again(office: Office, database_url: str) -> None:
    await onboarded(office)
    office.postman.fates.append(Unsure())
    await on_sunday(office)
    office.clock.offset += LEASE
    await office.sender.once()

    assert MINE not in office.postman.said_to(1)[-1]
    assert number_of(database_url, "outbox") == 0


async def test_what_was_committed_before_a_crash_comes_after_it(
    office: Office, other_office: Office, clock: MovableClock
) -> None:
    await onboarded(office)
    clock.set(SUNDAY_EVENING)
    await office.intake.nudge()  # and then it dies
    assert await other_office.nudge() == 0
    assert other_office.postman.parcels == []

    clock.offset += LEASE
    await other_office.sender.once()
    assert len(other_office.postman.parcels) == 1


async def test_several_processes_nudge_everybody_once(
    office: Office, other_office: Office, clock: MovableClock
) -> None:
    await office.take(*(started(chat) for chat in range(1, 31)))
    for text in ("english", "yes", "yes", "germany", "I'm employed"):
        await office.take(*(wrote(text, chat) for chat in range(1, 31)))
    office.postman.parcels.clear()
    clock.set(SUNDAY_EVENING)

    async def work(each: Office) -> None:
        for _ in range(10):
            each.sender.hand((await each.intake.nudge(5)).parcels)
        await each.sender.once()

    await asyncio.gather(work(office), work(other_office))

    chats = [parcel.chat for each in (office, other_office) for parcel in each.postman.parcels]
    assert sorted(chats) == list(range(1, 31))


@dataclass(frozen=True)
class Hesitant(Coach):
    """Never finds that it is the moment."""

    def nudge(self, person: Person, nudge: Nudge, now: datetime) -> Nudging:
        del nudge, now
        return Nudging(Reply(person), "later")


async def test_a_nudge_that_is_put_off_again_and_again_is_looked_at_now_and_then(
    office: Office, database_url: str
) -> None:
    await onboarded(office)
    coach = office.house.coach
    office.intake._coach = Hesitant(coach.words, coach.places, coach.rule, coach.helplines, kinds=coach.kinds)
    office.clock.set(SUNDAY_EVENING - timedelta(minutes=1))

    assert await office.nudge() == 1
    assert await office.nudge() == 0
    office.clock.offset += A_WHILE
    assert await office.nudge() == 1
    assert waiting(database_url) == 2
    assert ("dropped", "moved") in nudges(database_url)


async def test_a_person_of_an_earlier_release_is_planned_for_at_their_next_word(
    store: Store, clock: MovableClock, database_url: str
) -> None:
    await onboarded(Office(store, clock, kinds=()))
    assert nudges(database_url) == []

    await Office(store, clock, kinds=(sundays(),)).take(wrote("skip"))
    assert waiting(database_url) == 3


async def test_a_plan_that_cannot_be_made_costs_no_event(
    store: Store, clock: MovableClock, database_url: str
) -> None:
    def poison(person: Person, now: datetime) -> list[Wanted]:
        raise ZeroDivisionError("poison")

    office = Office(store, clock, kinds=(replace(sundays(), wanted=poison),))
    await onboarded(office)

    assert "what about work wears you down" in office.postman.said_to(1)[-1]
    assert number_of(database_url, "dead_letter") == 0


def a_nudge(slot: str = "w1", due: datetime = NOW) -> Nudge:
    return Nudge("sunday", slot, due, due + timedelta(hours=1))


def test_a_mark_tells_plans_apart_whatever_their_order() -> None:
    assert mark_of([]) == ""
    assert mark_of([a_nudge("a"), a_nudge("b")]) == mark_of([a_nudge("b"), a_nudge("a")])
    assert mark_of([a_nudge("a")]) != mark_of([a_nudge("b")])
    assert mark_of([a_nudge()]) != mark_of([a_nudge(due=NOW + timedelta(seconds=1))])


def test_a_claim_begins_where_the_last_one_ended_and_now_and_then_at_the_beginning() -> None:
    horizon = Horizon()
    beginning = horizon.begin(NOW)
    horizon.claimed([NOW - timedelta(hours=1), NOW - timedelta(minutes=1)])

    assert horizon.begin(NOW + timedelta(seconds=1)) == NOW - timedelta(minutes=1)
    horizon.claimed([])
    assert horizon.begin(NOW + timedelta(seconds=2)) == NOW - timedelta(minutes=1)
    assert horizon.begin(NOW + SWEEP) == beginning


def test_a_clock_that_goes_back_makes_a_claim_begin_at_the_beginning() -> None:
    horizon = Horizon()
    beginning = horizon.begin(NOW)
    horizon.claimed([NOW])

    assert horizon.begin(NOW - timedelta(seconds=1)) == beginning


def reasons() -> set[str]:
    """Every word that the coach gives for why a nudge was dropped, and ours."""
    tree = ast.parse(inspect.getsource(falling_due))
    told = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    words = {
        each.value
        for function in told
        if function.name in ("fall_due", "_in_the_way")
        for node in ast.walk(function)
        if isinstance(node, ast.Return | ast.Call)
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
    }
    return (words - {"sent", "dropped", "later"}) | {*Standing} | {"moved", "broken", "unreachable"}


@pytest.mark.parametrize("reason", sorted(reasons() - {Standing.ACTIVE}))
def test_every_reason_for_a_drop_can_be_read_in_the_log(reason: str) -> None:
    assert logs.shown(str(reason)) == reason
