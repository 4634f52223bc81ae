"""A new master key takes over while people talk; a crash anywhere leaves everything readable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import rotation
from bot.rotation import rotate
from bot.storage import KeyFileError, KeyMissing, Keyring, Store, StoreError, WrongKey
from bot.storage.keyfile import read
from bot.storage.rows import DeadLetter
from bot.storage.store import Transaction
from flows.engine.heard import Commanded
from tests.delivery.given import NOW, arrival, onboarded, wrote
from tests.rights.given import SECRET, an_office, row_of, somebody
from tests.storage.given import past_the_store, tamper

PEOPLE = range(1, 9)


def hush(words: str) -> None:
    del words


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "tare.key"


@pytest.fixture
async def store(database_url: str, key_file: Path) -> AsyncIterator[Store]:
    """The bot that serves: opened before, with the old key alone in memory."""
    store = await Store.open(database_url, Keyring.open(key_file))
    yield store
    await store.close()


def wrapped_by(url: str) -> set[int]:
    """The numbers of the master keys under which data keys lie."""
    with past_the_store(url) as connection:
        return {bytes(key)[0] for (key,) in connection.execute(text("SELECT wrapped_key FROM person"))}


async def test_everybody_is_readable_afterwards_with_the_new_key_alone(
    store: Store, database_url: str, key_file: Path
) -> None:
    await somebody(an_office(store))
    before = await row_of(store)
    assert before

    await rotate(key_file, [database_url], hush)

    found = read(key_file)
    assert (found.newest.number, found.older) == (2, None)
    assert wrapped_by(database_url) == {2}
    fresh = await Store.open(database_url, Keyring.open(key_file))
    after = await row_of(fresh)
    await fresh.close()
    assert after
    assert (after.id, after.lookup, after.unreadable) == (before.id, before.lookup, False)
    assert after.conversations["sketch"].body["answers"]["O1"][0] == SECRET


async def test_people_talk_and_come_while_it_goes_on(
    store: Store, database_url: str, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Portions of one, so that much happens in between; nobody is parked, lost, or left under the old key."""
    monkeypatch.setattr(rotation, "AT_ONCE", 1)
    office = an_office(store)
    for chat in PEOPLE:
        await somebody(office, chat)
    rotating = asyncio.create_task(rotate(key_file, [database_url], hush))

    chat = max(PEOPLE)
    while not rotating.done() or chat < 2 * max(PEOPLE):
        chat += 1
        await onboarded(office, chat)
        await office.take(wrote(SECRET, chat), wrote("1 to 6 months", 1 + chat % len(PEOPLE)))
        await asyncio.sleep(0)
    await rotating
    await onboarded(office, chat + 1)

    assert wrapped_by(database_url) == {2}
    fresh = await Store.open(database_url, Keyring.open(key_file))
    for each in range(1, chat + 2):
        row = await row_of(fresh, each)
        assert row
        assert not row.unreadable
        assert row.conversations["sketch"].body
    async with fresh.transaction() as transaction:
        assert await transaction.letters(None) == []
    await fresh.close()
    assert not any(
        "Something went wrong" in words for chat in PEOPLE for words in office.postman.said_to(chat)
    )


CRASHES = ("rewrite", "wrap_with", "rewrap", "reseal_letters", "the last rewrite")


@pytest.mark.parametrize("where", CRASHES)
async def test_a_crash_is_harmless_and_the_next_run_goes_on(
    store: Store, database_url: str, key_file: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chat in (1, 2, 3):
        await somebody(an_office(store), chat)
    monkeypatch.setattr(rotation, "AT_ONCE", 1)
    with monkeypatch.context() as patched:
        break_at(patched, where)
        with pytest.raises(Crash):
            await rotate(key_file, [database_url], hush)

    halfway = await Store.open(database_url, Keyring.open(key_file))
    assert [each for chat in (1, 2, 3) if (each := await row_of(halfway, chat)) and each.unreadable] == []
    await halfway.close()
    await onboarded(an_office(store), 4)

    await rotate(key_file, [database_url], hush)

    assert wrapped_by(database_url) == {2}
    assert read(key_file).older is None


class Crash(Exception):
    """The process ends here."""


def break_at(patched: pytest.MonkeyPatch, where: str) -> None:
    calls = iter(range(10))
    at = 1 if where in ("rewrap", "the last rewrite") else 0
    owner, name = (rotation, "rewrite") if "rewrite" in where else (Transaction, where)
    original = getattr(owner, name)

    def sync(*arguments: object) -> object:
        if next(calls) == at:
            raise Crash
        return original(*arguments)

    patched.setattr(owner, name, sync)


async def test_a_backup_from_before_does_not_open_with_the_new_key(
    store: Store, database_url: str, key_file: Path
) -> None:
    old = key_file.with_name("old.key")
    copy(key_file, old)

    await rotate(key_file, [database_url], hush)

    with pytest.raises(WrongKey):
        await Store.open(database_url, Keyring.open(old))


async def test_a_process_whose_key_file_lacks_the_new_key_waits_and_loses_nobody(
    store: Store, database_url: str, key_file: Path
) -> None:
    """As on another machine, to which the file was not copied yet."""
    office = an_office(store)
    await somebody(office)
    elsewhere = key_file.with_name("elsewhere.key")
    copy(key_file, elsewhere)
    there = await Store.open(database_url, lonely(elsewhere))
    await rotate(key_file, [database_url], hush)

    with pytest.raises(KeyMissing, match="rotate-key"):
        await row_of(there)
    with pytest.raises(KeyMissing):
        await an_office(there).take(wrote("7"))

    copy(key_file, elsewhere)
    assert (found := await row_of(there))
    assert not found.unreadable
    await there.close()


def copy(file: Path, there: Path) -> None:
    there.write_bytes(file.read_bytes())


def lonely(file: Path) -> Keyring:
    """A keyring whose list of erasures is the first one's: both machines have that from the database."""
    copy(file.with_name("tare.key.erased"), file.with_name(f"{file.name}.erased"))
    return Keyring.open(file)


async def test_the_lookups_stay_through_several_rotations(
    store: Store, database_url: str, key_file: Path
) -> None:
    await somebody(an_office(store))

    for _ in range(3):
        await rotate(key_file, [database_url], hush)

    assert read(key_file).newest.number == 4
    fresh = await Store.open(database_url, Keyring.open(key_file))
    assert await row_of(fresh) is not None
    await fresh.close()


async def test_letters_of_nobody_can_still_be_read(store: Store, database_url: str, key_file: Path) -> None:
    async with store.transaction() as transaction:
        await transaction.bury([DeadLetter(at=NOW, reason="a shape", body=b"{'int'}")])

    await rotate(key_file, [database_url], hush)

    fresh = await Store.open(database_url, Keyring.open(key_file))
    async with fresh.transaction() as transaction:
        assert [letter.body for letter in await transaction.letters(None)] == [b"{'int'}"]
    await fresh.close()


async def test_a_data_key_that_was_lost_before_stays_as_it_is_and_is_told(
    store: Store, database_url: str, key_file: Path
) -> None:
    await somebody(an_office(store))
    tamper(database_url, "UPDATE person SET wrapped_key = :junk", {"junk": b"\x01lost"})
    told: list[str] = []

    await rotate(key_file, [database_url], told.append)

    assert any("lost before" in words for words in told)
    found = await row_of(store)
    assert found
    assert found.lost_key == b"\x01lost"


async def test_whoever_left_while_it_went_on_is_gone(store: Store, database_url: str, key_file: Path) -> None:
    office = an_office(store)
    await somebody(office)
    await rotate(key_file, [database_url], hush)

    await office.take(arrival(Commanded("erase")))
    await office.take(wrote("yes"))

    assert await row_of(store) is None


async def test_a_missing_key_file_is_not_made(tmp_path: Path, database_url: str) -> None:
    with pytest.raises(KeyFileError):
        await rotate(tmp_path / "none.key", [database_url], hush)

    assert not (tmp_path / "none.key").exists()


async def test_a_foreign_database_keeps_the_old_key_in_the_file(
    store: Store, database_url: str, key_file: Path, tmp_path: Path
) -> None:
    """Nothing is thrown away before everything has been taken over."""
    with pytest.raises(StoreError):
        await rotate(key_file, [database_url, f"sqlite:///{tmp_path}/not there.db"], hush)

    assert read(key_file).older is not None
