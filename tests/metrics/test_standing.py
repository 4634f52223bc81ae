"""How things stand in the database: what the one query finds, and that it goes along indexes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.letters import letter_of
from bot.metrics.standing import standing_of
from bot.outcomes import Settled, write_down
from bot.storage import DeadLetter, Keyring, PersonRow, Store, StoreUnavailable
from bot.storage.looking import LATE, STANDING
from bot.storage.rows import NudgeRow
from tests.conftest import Figures
from tests.delivery.given import wrote
from tests.storage.given import AT, admitted, parcel, past_the_store, put, statements

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def found(store: Store, now: datetime = AT) -> dict[str, int | None]:
    async with store.transaction() as transaction:
        return dict(await transaction.standing(now))


async def people(store: Store, number: int) -> list[PersonRow]:
    return await admitted(store, *(f"telegram:{each}" for each in range(number)))


async def planned(store: Store, owners: Iterable[PersonRow], due_at: datetime) -> None:
    async with store.transaction() as transaction:
        rows = [
            NudgeRow(person_id=each.id, kind="weekly", slot="w", due_at=due_at, until=due_at + DAY)
            for each in owners
        ]
        await transaction.plan({row.person_id: [row] for row in rows}, AT)


async def test_where_nothing_waits_nothing_is_overdue(store: Store) -> None:
    standing = standing_of(await found(store), AT)

    assert (standing.parcels, standing.put_off, standing.nudges_due, standing.nudges_late) == (0, 0, 0, 0)
    assert standing.overdue == {"reply": 0.0, "nudge": 0.0}
    assert standing.nudges_overdue == 0.0
    assert {*standing.letters.values()} == {0}


async def test_the_outbox_is_told_by_depth_by_what_is_put_off_and_by_the_first_of_each_urgency(
    store: Store,
) -> None:
    ada, ben, cleo = await people(store, 3)
    await put(
        store,
        parcel(ada, 1, due_at=AT - 5 * MINUTE),
        parcel(ada, 2, due_at=AT - MINUTE),
        parcel(ben, 1, urgency=1, due_at=AT - 2 * MINUTE),
        parcel(cleo, 1, due_at=AT + HOUR),
    )
    standing = standing_of(await found(store), AT)

    assert (standing.parcels, standing.put_off) == (4, 1)
    assert standing.overdue == {"reply": 300.0, "nudge": 120.0}


async def test_a_nudge_is_due_at_its_time_and_late_after_five_minutes(store: Store) -> None:
    owners = await people(store, 4)
    for owner, due in zip(owners, (AT + MINUTE, AT, AT - LATE, AT - LATE - MINUTE), strict=True):
        await planned(store, [owner], due)
    standing = standing_of(await found(store), AT)

    assert (standing.nudges_due, standing.nudges_late) == (3, 2)
    assert standing.nudges_overdue == 360.0


async def test_letters_of_the_last_day_are_told_by_the_sort_that_our_code_gives_them(store: Store) -> None:
    (ada,) = await people(store, 1)
    words = parcel(ada, 1)
    reasons = ["unreadable person", "unusable conversation", "an update that cannot be read"]
    async with store.transaction() as transaction:
        await write_down(transaction, [Settled(words, refused="too long")], AT)
        await write_down(transaction, [Settled(words, refused="given up after 14 attempts: unsure")], AT)
        await transaction.bury([letter_of(wrote("hello"), AT, KeyError("hello"), ada.id)])
        await transaction.bury([DeadLetter(at=AT, reason=reason, body=b"") for reason in reasons])
        await transaction.bury([DeadLetter(at=AT - DAY, reason=reason, body=b"") for reason in reasons])
    standing = standing_of(await found(store), AT)

    assert standing.letters == {"broken": 1, "unreadable": 2, "update": 1, "refused": 1, "given up": 1}


async def test_it_is_one_statement(store: Store) -> None:
    with statements(store) as seen:
        await found(store)

    assert len(seen) == 1


async def test_a_transaction_that_is_not_committed_is_counted_by_its_trouble(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            async with store.transaction():
                raise StoreUnavailable("the disk is full")
    with pytest.raises(ZeroDivisionError):
        async with store.transaction():
            raise ZeroDivisionError

    assert store.troubles == {"unavailable": 2, "overtaken": 0}


MANY = 3000


async def crowded(store: Store) -> None:
    owners = await people(store, MANY)
    await put(
        store, *(parcel(each, 1, due_at=AT - (place % 60) * MINUTE) for place, each in enumerate(owners))
    )
    await planned(store, owners, AT + HOUR)


async def test_in_a_crowd_postgres_reads_only_the_outbox_as_a_whole_and_counts_it_once(
    postgres_url: str, keyring: Keyring, figures: Figures
) -> None:
    """It is the count that goes over all of it, and it ends at `COUNTED_UP_TO`."""
    store = await Store.open(postgres_url, keyring)
    await crowded(store)
    await store.close()
    plan = explained(postgres_url, "EXPLAIN (ANALYZE)")

    figures.append(f"how things stand, {MANY} parcels and nudges: {plan[-1].strip()}")
    whole = [
        name for line in plan for name in re.findall(r"Seq Scan on (\w+)", line) if name != "dead_letter"
    ]
    assert whole in ([], ["outbox"]), "\n".join(plan)
    assert len([line for line in plan if "outbox_urgency_due_at" in line]) >= 3, "\n".join(plan)
    assert any("nudge_due_at" in line for line in plan), "\n".join(plan)


async def test_in_a_crowd_sqlite_searches_indexes(sqlite_url: str, keyring: Keyring) -> None:
    store = await Store.open(sqlite_url, keyring)
    await crowded(store)
    await store.close()
    plan = explained(sqlite_url, "EXPLAIN QUERY PLAN")
    whole = [line for line in plan if re.search(r"SCAN (outbox|nudge|dead_letter)\b(?!.*USING)", line)]

    assert whole == [], "\n".join(plan)
    for index in ("outbox_urgency_due_at", "nudge_due_at", "dead_letter_at"):
        assert any(index in line for line in plan), index


def explained(url: str, how: str) -> list[str]:
    """How the database goes about it, knowing what its tables hold."""
    moments = STANDING.params(now=AT, late=AT - LATE, lately=AT - DAY)
    with past_the_store(url) as connection:
        plain = moments.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.execute(text("ANALYZE"))
        return [str(row[-1]) for row in connection.exec_driver_sql(f"{how} {plain}")]
