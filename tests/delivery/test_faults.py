"""The world fails in the ways it does, for real, and everything goes on by itself and says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest

from bot.clock import MovableClock
from bot.storage import Keyring, Store, StoreUnavailable
from tests.delivery.given import NOW, Office, onboarded, started, wrote
from tests.servers.postgres import PostgresServer, away
from tests.storage.given import number_of, past_the_store, somebody_waits_for_a_lock


@asynccontextmanager
async def an_office(url: str, keyring: Keyring) -> AsyncIterator[Office]:
    store = await Store.open(url, keyring)
    yield Office(store, MovableClock(fixed=NOW))
    await store.close()


@asynccontextmanager
async def working(office: Office) -> AsyncIterator[None]:
    running = asyncio.create_task(office.sender.run())
    await asyncio.sleep(0.05)
    yield
    await office.sender.stop(timedelta(seconds=1))
    await running


async def taken_in_the_end(office: Office, text: str, chat: int = 1) -> None:
    """Take an event in as the service does: again, until the database has it."""
    while True:
        try:
            office.sender.hand((await office.intake.take([wrote(text, chat, key=f"{chat}:{text}")])).parcels)
        except StoreUnavailable:
            await asyncio.sleep(0.1)
        else:
            return


def said(caplog: pytest.LogCaptureFixture, words: str) -> int:
    return [words in record.getMessage() for record in caplog.records].count(True)


async def until_delivered(office: Office, url: str) -> None:
    async with asyncio.timeout(8):
        await office.sender.drained()
        for _ in range(400):
            if number_of(url, "outbox") == 0:
                return
            await asyncio.sleep(0.02)


async def test_a_database_that_is_gone_for_a_while_costs_no_event_and_doubles_no_message(
    postgres_server: PostgresServer, postgres_url: str, keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    async with an_office(postgres_url, keyring) as office, working(office):
        office.postman.busy_until = asyncio.Event()
        office.sender.hand((await office.intake.take([started()])).parcels)
        await asyncio.sleep(0.05)
        with away(postgres_server):
            office.postman.busy_until.set()  # it arrives, and that cannot be written down
            meanwhile = asyncio.create_task(taken_in_the_end(office, "english"))
            await asyncio.sleep(1.2)
            assert not meanwhile.done()
        await meanwhile
        await until_delivered(office, postgres_url)

    assert [words[:9] for words in office.postman.said_to(1)] == ["I'm Tare,", "Are you 1"]
    assert (number_of(postgres_url, "outbox"), number_of(postgres_url, "seen_update")) == (0, 2)
    assert said(caplog, "nothing can be read or written") == said(caplog, "the database is back") == 1


async def test_a_full_disk_stops_everything_and_nothing_is_lost_when_there_is_room_again(
    sqlite_url: str, keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    async with an_office(sqlite_url, keyring) as office, working(office):
        for chat in range(1, 40):
            office.sender.hand((await office.intake.take([started(chat)])).parcels)
        await until_delivered(office, sqlite_url)
        await limited(office.store, await pages(office.store))
        with pytest.raises(StoreUnavailable, match="disk is full"):
            await filled(office)
        letters, before = number_of(sqlite_url, "dead_letter"), number_of(sqlite_url, "seen_update")
        await limited(office.store, 1_000_000)
        await taken_in_the_end(office, "english", chat=39)
        after = number_of(sqlite_url, "seen_update")

    assert (letters, after) == (0, before + 1)
    assert "Are you 18" in office.postman.said_to(39)[-1]
    assert said(caplog, "nothing can be read or written") == said(caplog, "the database is back") == 1


async def filled(office: Office) -> None:
    for number in range(200):
        await office.intake.take([wrote(f"hello {number}", number % 39 + 1)])


async def pages(store: Store) -> int:
    async with store.transaction() as transaction:
        return int((await transaction._connection.exec_driver_sql("PRAGMA page_count")).scalar_one())


async def limited(store: Store, most: int) -> None:
    """Let the file have so many pages; at the next one SQLite says what it says of a full disk."""
    async with store.transaction() as transaction:
        await transaction._connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")


@pytest.mark.parametrize("code", ["53100", "53200", "57P01", "58030"])
async def test_what_ails_the_server_is_no_mistake_of_ours(
    postgres_url: str, keyring: Keyring, code: str
) -> None:
    """No room on its disk or in its memory, a shutdown, a failing disk."""
    fails = f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$"
    async with an_office(postgres_url, keyring) as office:
        with pytest.raises(StoreUnavailable):
            async with office.store.transaction() as transaction:
                await transaction._connection.exec_driver_sql(fails)


async def test_a_deadlock_with_somebody_else_ends_with_the_batch_begun_again(
    postgres_url: str, keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with an_office(postgres_url, keyring) as office:
        await onboarded(office, 1)
        await onboarded(office, 2)
        first, last = people(postgres_url)
        async with await psycopg.AsyncConnection.connect(postgres_url) as rival:
            await rival.execute("SET deadlock_timeout = '1min'")  # it is not the one that is chosen
            await lock(rival, last)
            taking = asyncio.create_task(office.intake.take([wrote("skip", 1), wrote("skip", 2)]))
            assert await somebody_waits_for_a_lock(postgres_url)
            await lock(rival, first)
        taken = await taking

    assert taken.turns == 2
    assert said(caplog, "a transaction is begun again") == 1


async def test_a_serialization_failure_ends_with_the_batch_begun_again(
    postgres_url: str, keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with an_office(postgres_url, keyring) as office:
        await onboarded(office)
        strict = office.store._engine.execution_options(isolation_level="REPEATABLE READ")
        office.store._engine = strict
        async with await psycopg.AsyncConnection.connect(postgres_url) as rival:
            await rival.execute("UPDATE person SET heard_at = heard_at + 1, version = version + 1")
            taking = asyncio.create_task(office.intake.take([wrote("skip")]))
            assert await somebody_waits_for_a_lock(postgres_url)
        taken = await taking

    assert taken.turns == 1
    assert said(caplog, "a transaction is begun again") == 1


def people(url: str) -> list[int]:
    with past_the_store(url) as connection:
        found = connection.exec_driver_sql("SELECT id FROM person ORDER BY id")
        return [row[0] for row in found]


async def lock(connection: psycopg.AsyncConnection[tuple[object, ...]], person_id: int) -> None:
    await connection.execute("SELECT 1 FROM person WHERE id = %s FOR UPDATE", [person_id])
