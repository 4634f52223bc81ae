"""Who was erased stays erased: in the database, and when a backup from before is put back."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.rotation import rotate
from bot.storage import ErasuresMissing, Key, KeyFileError, Keyring, Store, StoreError, migrate
from bot.storage.bodies import conversation_place, opened, person_place
from bot.storage.errors import Unreadable
from bot.storage.keys import FIRST_FORMAT
from flows.engine.heard import Commanded
from tests.delivery.given import Office, arrival, onboarded, wrote
from tests.rights.given import SECRET, an_office, bytes_of_database, row_of, somebody
from tests.storage.given import number_of, past_the_store


class Place:
    """A bot in a directory of its own: database, key file, and the list of erasures beside it."""

    def __init__(self, folder: Path) -> None:
        self.file, self.key_file = folder / "tare.db", folder / "tare.key"
        self.url, self.listed = f"sqlite:///{self.file}", folder / "tare.key.erased"
        self.backup = folder / "backup.db"

    async def open(self, *, no_backup: bool = False) -> Store:
        return await Store.open(self.url, Keyring.open(self.key_file), no_backup=no_backup)

    def back_up(self) -> None:
        with past_the_store(self.url) as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"VACUUM INTO '{self.backup}'")
            connection.exec_driver_sql("BEGIN")

    def restore(self) -> None:
        for journal in self.file.parent.glob("tare.db-*"):
            journal.unlink()
        shutil.copy(self.backup, self.file)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    there = Place(tmp_path)
    migrate(there.url)
    return there


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    store = await place.open()
    yield store
    await store.close()


async def erase(office: Office, chat: int = 1) -> list[str]:
    """Erase somebody with the two taps, in words, and return what they were told."""
    before = len(office.postman.said_to(chat))
    await office.take(arrival(Commanded("erase"), chat))
    await office.take(wrote("yes", chat))
    return office.postman.said_to(chat)[before:]


async def test_the_receipt_counts_what_is_gone_and_says_what_is_left_to_do(store: Store) -> None:
    office = an_office(store)
    await somebody(office)

    told = "\n".join(await erase(office))

    assert "2 answers" in told
    assert "Delete chat" in told


async def test_after_the_last_words_no_row_of_them_is_left(place: Place, store: Store) -> None:
    office = an_office(store)
    await somebody(office)

    await erase(office)

    tables = ("person", "conversation", "record", "outbox", "nudge", "dead_letter")
    assert {table: number_of(place.url, table) for table in tables} == dict.fromkeys(tables, 0)


async def test_the_list_says_nothing_of_the_person(place: Place, store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    row = await row_of(store)
    assert row

    await erase(office)

    written = place.listed.read_text()
    hidden = (row.lookup.hex()[:16], row.wrapped_key.hex()[:16], row.key.mark.hex(), "test:1")
    assert [each for each in hidden if each in written] == []
    assert f"{row.id:016x}" in written


async def test_a_backup_from_before_loses_them_before_anything_is_served(place: Place, store: Store) -> None:
    """And it loses nobody else."""
    office = an_office(store)
    await somebody(office, 1)
    await somebody(office, 2)
    place.back_up()
    await erase(office, 1)
    await store.close()
    place.restore()

    again = await place.open()

    assert await row_of(again, 1) is None
    assert (kept := await row_of(again, 2))
    assert kept.conversations["sketch"].body["answers"]["O1"][0] == SECRET
    tables = ("person", "conversation", "record", "outbox", "nudge", "dead_letter")
    with past_the_store(place.url) as connection:
        owners = {
            owner
            for table in tables
            for (owner,) in connection.execute(
                text(f"SELECT {'id' if table == 'person' else 'person_id'} FROM {table}")
            )
        }
    assert owners == {kept.id}
    await again.close()


async def test_a_backup_from_before_a_rotation_opens_with_the_key_of_then_and_the_newest_list(
    place: Place, store: Store
) -> None:
    """And it takes part in the next rotation, so that the old key can go again."""
    office = an_office(store)
    await somebody(office, 1)
    await somebody(office, 2)
    place.back_up()
    old_key = place.key_file.read_bytes()
    await rotate(place.key_file, [place.url], lambda words: None)
    await erase(office, 1)
    await store.close()

    place.restore()
    with pytest.raises(StoreError):
        await place.open()
    place.key_file.write_bytes(old_key)
    again = await place.open()

    assert await row_of(again, 1) is None
    assert (kept := await row_of(again, 2))
    assert kept.conversations["sketch"].body["answers"]["O1"][0] == SECRET
    await again.close()
    await rotate(place.key_file, [place.url], lambda words: None)
    await (await place.open()).close()


async def test_no_sealed_byte_of_them_is_left_in_the_restored_file(place: Place, store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    row = await row_of(store)
    assert row
    place.back_up()
    with past_the_store(f"sqlite:///{place.backup}") as connection:
        sealed = [bytes(body) for (body,) in connection.execute(text("SELECT body FROM record"))]
    await erase(office)
    await store.close()
    place.restore()

    await (await place.open()).close()

    left = bytes_of_database(place.url)
    assert [body for body in (*sealed, row.wrapped_key) if body in left] == []


async def test_whoever_came_back_after_an_erasure_stays(place: Place, store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    await erase(office)
    await onboarded(office)
    await store.close()

    again = await place.open()

    assert (await row_of(again)) is not None
    await again.close()


async def test_a_refusal_that_is_thought_over_is_no_erasure(place: Place, store: Store) -> None:
    """The row of who declines stays, emptied and with a new key; what they tell later is theirs."""
    office = an_office(store)
    await office.take(arrival(Commanded("start")))
    for words in ("english", "yes", "no"):
        await office.take(wrote(words))
    for words in ("/start", "start", "english", "yes", "yes", "germany", "I'm employed"):
        await office.take(arrival(Commanded("start")) if words == "/start" else wrote(words))
    await store.close()

    again = await place.open()

    found = await row_of(again)
    assert found
    assert (found.status, found.unreadable) == ("active", False)
    await again.close()


async def test_what_a_crash_kept_from_the_list_is_added_at_the_next_start(place: Place, store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    before = place.listed.read_text()
    place.back_up()
    await erase(office)
    written = place.listed.read_text()
    for cut in (before, written[: len(before) + 20]):
        place.listed.write_text(cut)

        await (await place.open()).close()

        assert place.listed.read_text() == written
    await store.close()
    place.restore()
    again = await place.open()
    assert await row_of(again) is None
    await again.close()


async def test_without_the_list_nothing_is_served(place: Place, store: Store) -> None:
    await store.close()
    place.listed.unlink()

    with pytest.raises(ErasuresMissing, match="--no-backup"):
        await place.open()


async def test_another_list_is_not_taken_for_it(place: Place, store: Store) -> None:
    await store.close()
    place.listed.write_text("tare-erased 0123456789abcdef\n")

    with pytest.raises(ErasuresMissing, match="another one"):
        await place.open()


async def test_somebody_may_vouch_that_it_is_no_backup(place: Place, store: Store) -> None:
    office = an_office(store)
    await somebody(office)
    place.back_up()
    await erase(office)
    await store.close()
    place.listed.unlink()

    await (await place.open(no_backup=True)).close()

    place.restore()
    with pytest.raises(ErasuresMissing):  # the backup knows the list that is lost
        await place.open()


async def test_a_damaged_list_is_refused(place: Place, store: Store) -> None:
    await store.close()
    place.listed.write_text(place.listed.read_text() + "something else\n")

    with pytest.raises(KeyFileError, match="damaged"):
        await place.open()


async def test_the_old_data_key_opens_nothing_that_is_left(store: Store) -> None:
    """What was there before has another key than the goodbye that waits."""
    office = an_office(store)
    await somebody(office)
    row = await row_of(store)
    assert row
    old = row.key

    async with store.transaction() as transaction:
        there = (await transaction.people(["test:1"]))["test:1"]
        await transaction.wipe(there)

    after = await row_of(store)
    assert after
    with pytest.raises(Unreadable):
        old.unseal(after.key.seal(b"goodbye", person_place(row.id)), person_place(row.id))


async def test_by_hand_a_backup_opens_with_the_key_that_was_not_rotated_and_never_with_the_next(
    place: Place, store: Store
) -> None:
    """The limit, as a test: until the key is rotated, somebody who goes past Tare can read a backup."""
    office = an_office(store)
    await somebody(office)
    row = await row_of(store)
    assert row
    place.back_up()
    await erase(office)
    await store.close()

    assert SECRET in str(by_hand(place, row.id, row.lookup))
    await rotate(place.key_file, [place.url], lambda words: None)

    with pytest.raises(Unreadable):
        by_hand(place, row.id, row.lookup)


def by_hand(place: Place, person_id: int, lookup: bytes) -> object:
    """What somebody reads out of the backup with the key file as it is."""
    with past_the_store(f"sqlite:///{place.backup}") as connection:
        (wrapped,) = connection.execute(text("SELECT wrapped_key FROM person")).one()
        (body,) = connection.execute(text("SELECT body FROM conversation WHERE flow = 'sketch'")).one()
    key: Key = Keyring.open(place.key_file).unwrapped(bytes(wrapped), person_id, lookup)
    assert body[0] == FIRST_FORMAT
    return opened(key, bytes(body), conversation_place(person_id, "sketch"))[0]
