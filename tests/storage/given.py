"""Rows for tests, with everything that does not matter filled in, and a look past the store at the tables."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy import Connection, event, text

from bot.storage import Body, ConversationRow, ParcelRow, PersonRow, RecordRow, Store, Transaction
from bot.storage.database import is_sqlite, normalised, sqlite_file, synchronous_engine

AT = datetime(2026, 1, 4, 18, 0, 0, 123456, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
LEASE = timedelta(seconds=60)
PATIENCE = 5.0  # seconds until a test gives up
ADA, BEN, CLEO = "telegram:7312345678", "telegram:7312345679", "telegram:7312345680"


async def admitted(store: Store, *addresses: str) -> list[PersonRow]:
    async with store.transaction() as transaction:
        people = await transaction.admit(addresses, AT)
    return [people[address] for address in addresses]


async def loaded(store: Store, address: str) -> PersonRow:
    async with store.transaction() as transaction:
        return (await transaction.people([address]))[address]


def conversation(flow: str = "checkin", body: Body | None = None, flow_version: int = 1) -> ConversationRow:
    return ConversationRow(flow=flow, status="open", flow_version=flow_version, body=body or {})


def parcel(
    owner: PersonRow,
    seq: int,
    *,
    urgency: int = 0,
    due_at: datetime = AT,
    lease_until: datetime | None = None,
) -> ParcelRow:
    return ParcelRow(
        person_id=owner.id,
        seq=seq,
        urgency=urgency,
        kind="question",
        due_at=due_at,
        created_at=AT,
        lease_until=lease_until,
        body={"text": f"number {seq}"},
    )


def record(owner: PersonRow, kind: str = "answer", body: Body | None = None, at: datetime = AT) -> RecordRow:
    return RecordRow(person_id=owner.id, kind=kind, at=at, body=body or {})


async def put(store: Store, *parcels: ParcelRow) -> None:
    async with store.transaction() as transaction:
        await transaction.put(parcels)


async def claimed(store: Store, now: datetime = AT, limit: int = 100) -> list[ParcelRow]:
    async with store.transaction() as transaction:
        return await transaction.claim(now, LEASE, limit)


async def saved(transaction: Transaction, row: PersonRow, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    await transaction.save([row], AT)


@contextmanager
def past_the_store(url: str) -> Iterator[Connection]:
    """A connection of somebody who can reach the database but has no key."""
    engine = synchronous_engine(normalised(url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tamper(url: str, statement: str, values: Mapping[str, Any] | None = None) -> None:
    with past_the_store(url) as connection:
        assert connection.execute(text(statement), values or {}).rowcount


def number_of(url: str, table: str) -> int:
    """Count rows. On SQLite without the write lock: in an event loop nobody could give it back meanwhile."""
    count, address = f"SELECT count(*) FROM {table}", normalised(url)
    if is_sqlite(address):
        with closing(sqlite3.connect(sqlite_file(address))) as reading:
            return int(reading.execute(count).fetchone()[0])
    with past_the_store(url) as connection:
        return int(connection.execute(text(count)).scalar_one())


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    seen: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(store._engine.sync_engine, "before_cursor_execute", see)
    yield seen
    event.remove(store._engine.sync_engine, "before_cursor_execute", see)


async def somebody_waits_for_a_lock(url: str) -> bool:
    """True as soon as PostgreSQL says that a connection of this database waits for another one."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    give_up = time.monotonic() + PATIENCE
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while time.monotonic() < give_up:
            found = await (await connection.execute(waiting)).fetchone()
            if found and found[0]:
                return True
            await asyncio.sleep(0.01)
    return False
