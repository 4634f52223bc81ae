"""Nudges wait by person, kind and slot; each is claimed, settled and never there again, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.storage import Keyring, NudgeRow, PersonRow, SettledNudge, Store
from bot.storage.nudges import Due
from tests.storage.given import (
    ADA,
    AT,
    BEN,
    CLEO,
    LATER,
    admitted,
    loaded,
    number_of,
    past_the_store,
    saved,
    statements,
)

HOUR = timedelta(hours=1)


def nudge(owner: PersonRow, slot: str = "2026-W01", due_at: datetime = AT, kind: str = "weekly") -> NudgeRow:
    return NudgeRow(person_id=owner.id, kind=kind, slot=slot, due_at=due_at, until=due_at + HOUR)


async def plan(store: Store, *people: PersonRow, of: Sequence[NudgeRow] = ()) -> None:
    """Make these all the nudges of these people."""
    async with store.transaction() as transaction:
        held = {each.id: [row for row in of if row.person_id == each.id] for each in people}
        await transaction.plan(held, AT)


async def claim(store: Store, now: datetime = AT, limit: int = 100, after: datetime = AT - HOUR) -> list[Due]:
    async with store.transaction() as transaction:
        return await transaction.claim_due(now, limit, after)


async def settle(store: Store, *settled: SettledNudge) -> None:
    async with store.transaction() as transaction:
        await transaction.settle(settled)


def slots(due: Sequence[Due]) -> list[str]:
    return [each.slot for one in due for each in one.nudges]


def stored(url: str) -> list[tuple[str, str, bool]]:
    """Slot, status and whether it has a due time, of all nudges."""
    with past_the_store(url) as connection:
        rows = connection.execute(text("SELECT slot, status, due_at IS NOT NULL FROM nudge ORDER BY slot"))
        return [(slot, status, bool(due)) for slot, status, due in rows]


async def test_what_is_due_comes_with_its_person_as_they_are(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        await saved(transaction, ada, body={"chat": 7})
    await plan(store, ada, ben, of=[nudge(ada), nudge(ben, due_at=LATER)])

    [due] = await claim(store)

    assert due.nudges == (nudge(ada),)
    assert due.person.body == {"chat": 7}
    assert await claim(store, AT - timedelta(seconds=1)) == []


async def test_a_plan_brings_moves_and_takes_away(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada, "stays"), nudge(ada, "moves"), nudge(ada, "goes")])
    await plan(store, ada, of=[nudge(ada, "stays"), nudge(ada, "moves", LATER), nudge(ada, "comes")])

    assert sorted(slots(await claim(store))) == ["comes", "stays"]
    assert sorted(slots(await claim(store, LATER))) == ["comes", "moves", "stays"]


async def test_an_empty_plan_leaves_nothing_that_waits(store: Store, database_url: str) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await plan(store, ada, ben, of=[nudge(ada), nudge(ben)])
    await plan(store, ada)

    [due] = await claim(store)
    assert due.person.id == ben.id
    assert number_of(database_url, "nudge") == 1


async def test_the_same_slot_of_another_kind_or_person_is_another_nudge(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await plan(store, ada, ben, of=[nudge(ada), nudge(ada, kind="energy"), nudge(ben)])

    assert len(slots(await claim(store))) == 3


@pytest.mark.parametrize("status", ["sent", "dropped"])
async def test_what_was_sent_or_dropped_never_comes_again_whatever_is_planned(
    store: Store, database_url: str, status: str
) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada)])
    await settle(store, SettledNudge(nudge(ada), "sent" if status == "sent" else "dropped", "late"))
    await plan(store, ada, of=[nudge(ada, due_at=LATER)])
    await plan(store, ada)

    assert await claim(store, LATER) == []
    assert stored(database_url) == [("2026-W01", status, False)]


async def test_what_is_settled_twice_stays_as_it_was_first(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada)])
    await settle(store, SettledNudge(nudge(ada), "sent"))
    await settle(store, SettledNudge(nudge(ada), "dropped", "late"))

    assert stored(database_url) == [("2026-W01", "sent", False)]


async def test_the_longest_overdue_come_first_and_no_more_than_asked_for(store: Store) -> None:
    people = await admitted(store, ADA, BEN, CLEO)
    minutes = timedelta(minutes=1)
    await plan(
        store, *people, of=[nudge(each, due_at=AT - place * minutes) for place, each in enumerate(people)]
    )

    assert {due.person.id for due in await claim(store, limit=2)} == {people[1].id, people[2].id}


async def test_of_one_person_everything_that_is_due_comes_at_once_the_earliest_first(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await plan(
        store, ada, of=[nudge(ada, "second"), nudge(ada, "first", AT - HOUR), nudge(ada, "third", LATER)]
    )

    assert slots(await claim(store, limit=1)) == ["first", "second"]


async def test_a_claim_does_not_look_at_what_was_due_before_its_horizon(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    await plan(store, ada, ben, of=[nudge(ada, due_at=AT - HOUR), nudge(ben)])

    [due] = await claim(store, after=AT)
    assert due.person.id == ben.id


async def test_two_processes_never_have_the_same_person(postgres_url: str, keyring: Keyring) -> None:
    one, other = await Store.open(postgres_url, keyring), await Store.open(postgres_url, keyring)
    people = await admitted(one, ADA, BEN, CLEO)
    await plan(one, *people, of=[nudge(each) for each in people])

    async with one.transaction() as holding:
        ours = await holding.claim_due(AT, 2)
        theirs = await asyncio.wait_for(claim(other, limit=2), 5)

    assert len(ours) == 2
    assert {each.person.id for each in ours + theirs} == {each.id for each in people}
    await one.close()
    await other.close()


async def test_who_is_writing_just_now_is_left_out_and_holds_nobody_up(
    postgres_url: str, keyring: Keyring
) -> None:
    one, other = await Store.open(postgres_url, keyring), await Store.open(postgres_url, keyring)
    ada, ben = await admitted(one, ADA, BEN)
    await plan(one, ada, ben, of=[nudge(ada), nudge(ben)])

    async with one.transaction() as writing:
        await writing.people([ADA])
        [due] = await asyncio.wait_for(claim(other), 5)

    assert due.person.id == ben.id
    assert len(await claim(other)) == 2
    await one.close()
    await other.close()


async def test_many_claims_at_once_settle_each_nudge_once(store: Store, other_store: Store) -> None:
    people = await admitted(store, *(f"telegram:{number}" for number in range(60)))
    await plan(store, *people, of=[nudge(each) for each in people])
    had: list[int] = []

    async def work(mine: Store) -> None:
        for _ in range(20):
            async with mine.transaction() as transaction:
                claimed = await transaction.claim_due(AT, 7)
                await transaction.settle(
                    [SettledNudge(each, "sent") for due in claimed for each in due.nudges]
                )
            had.extend(due.person.id for due in claimed)

    await asyncio.gather(*(work(each) for each in (store, other_store) * 2))

    assert sorted(had) == sorted(each.id for each in people)


async def test_a_claim_that_is_rolled_back_leaves_everything_due(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada)])

    async def fails() -> None:
        async with store.transaction() as transaction:
            [due] = await transaction.claim_due(AT, 1)
            await transaction.settle([SettledNudge(each, "sent") for each in due.nudges])
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await fails()

    assert slots(await claim(store)) == ["2026-W01"]


async def test_who_cannot_be_reached_is_not_nudged_and_has_no_backlog_afterwards(
    store: Store, database_url: str
) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada, "sent"), nudge(ada, "waits")])
    await settle(store, SettledNudge(nudge(ada, "sent"), "sent"))
    async with store.transaction() as transaction:
        await transaction.unreachable(ada.id, "blocked", AT)
        await transaction.reachable(ada.id)

    assert await claim(store) == []
    assert stored(database_url) == [("sent", "sent", False)]


@pytest.mark.parametrize("how", ["wipe", "forget"])
async def test_who_is_erased_has_no_nudges(store: Store, database_url: str, how: str) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada, "waits"), nudge(ada, "sent")])
    await settle(store, SettledNudge(nudge(ada, "sent"), "sent"))
    ada = await loaded(store, ADA)
    async with store.transaction() as transaction:
        await (transaction.wipe(ada) if how == "wipe" else transaction.forget(ada))

    assert number_of(database_url, "nudge") == 0


async def test_settled_nudges_of_long_ago_are_thrown_away_and_waiting_ones_stay(
    store: Store, database_url: str
) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada, slot) for slot in ("waits", "old", "older")])
    await settle(store, *(SettledNudge(nudge(ada, slot), "sent") for slot in ("old", "older")))
    gone = []
    for before in (AT + HOUR, AT + 2 * HOUR, AT + 2 * HOUR, AT + 2 * HOUR):
        async with store.transaction() as transaction:
            gone.append(await transaction.purge(AT, nudges_before=before, limit=1))

    assert gone == [0, 1, 1, 0]
    assert stored(database_url) == [("waits", "waiting", True)]


async def test_the_next_due_time_up_to_a_moment(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    await plan(store, ada, of=[nudge(ada, "first", LATER), nudge(ada, "second", LATER + HOUR)])

    async with store.transaction() as transaction:
        assert await transaction.next_due(AT) is None
        assert await transaction.next_due(LATER + HOUR) == LATER


@pytest.mark.parametrize("size", [1, 100])
async def test_a_plan_takes_two_statements_and_what_is_due_three(store: Store, size: int) -> None:
    people = await admitted(store, *(f"telegram:{number}" for number in range(size)))
    rows = {each.id: [nudge(each), nudge(each, "next", LATER)] for each in people}

    async with store.transaction() as transaction:
        with statements(store) as planning:
            await transaction.plan(rows, AT)
        with statements(store) as claiming:
            claimed = await transaction.claim_due(AT, 100)
        with statements(store) as settling:
            await transaction.settle([SettledNudge(each, "sent") for due in claimed for each in due.nudges])

    assert len(claimed) == size
    assert (len(planning), len(claiming), len(settling)) == (2, 3, 1)


async def test_a_claim_goes_along_the_index_of_due_times(store: Store, database_url: str) -> None:
    people = await admitted(store, *(f"telegram:{number}" for number in range(300)))
    await plan(
        store, *people, of=[nudge(each, due_at=AT + place * HOUR) for place, each in enumerate(people)]
    )
    explain = "EXPLAIN QUERY PLAN" if database_url.startswith("sqlite") else "EXPLAIN"
    looked = (
        "SELECT person.id FROM person JOIN nudge ON nudge.person_id = person.id WHERE nudge.due_at >= 0 "
        f"AND nudge.due_at <= {2**62} ORDER BY nudge.due_at, person.id LIMIT 10"
    )
    with past_the_store(database_url) as connection:
        if not database_url.startswith("sqlite"):
            connection.execute(text("ANALYZE nudge"))
            connection.execute(text("ANALYZE person"))
        way = "\n".join(str(row) for row in connection.execute(text(f"{explain} {looked}")))

    assert "nudge_due_at" in way
