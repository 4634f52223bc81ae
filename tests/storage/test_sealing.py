"""Nothing a person told can be read past the store, and nothing sealed can be moved to another place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage import DeadLetter, Keyring, Store
from bot.storage.bodies import (
    as_json,
    conversation_place,
    letter_place,
    opened,
    parcel_place,
    person_place,
    record_place,
    sealed,
)
from bot.storage.keys import Key
from bot.storage.tables import metadata
from tests.servers.postgres import PostgresServer
from tests.storage.given import (
    ADA,
    AT,
    BEN,
    admitted,
    claimed,
    conversation,
    loaded,
    parcel,
    past_the_store,
    put,
    record,
    saved,
    tamper,
)

CANARY = "Wellensittich im Förderkorb"
TRACES = tuple(
    text.encode(encoding)
    for text in (CANARY, CANARY.encode().hex(), as_json({"": CANARY}).decode()[5:-2], ADA, ADA.split(":")[1])
    for encoding in ("utf-8", "utf-16-le")
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


async def with_words_everywhere(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    ada.sequence = 1
    words = {"text": CANARY}
    async with store.transaction() as transaction:
        await saved(transaction, ada, body=words, conversations={"checkin": conversation(body=words)})
        await transaction.append([record(ada, body=words)])
        outgoing = parcel(ada, 1)
        outgoing.body = {"chat": int(ADA.split(":")[1]), **words}
        await transaction.put([outgoing])
        letter = CANARY.encode()
        await transaction.bury([DeadLetter(at=AT, reason="x", body=letter, person_id=ada.id)])
        await transaction.bury([DeadLetter(at=AT, reason="x", body=letter)])


def traces_in(files: list[Path]) -> list[tuple[Path, bytes]]:
    assert files
    return [(file, trace) for file in files for trace in TRACES if trace in file.read_bytes()]


async def test_no_column_of_any_table_shows_what_a_person_told(store: Store, database_url: str) -> None:
    await with_words_everywhere(store)

    with past_the_store(database_url) as connection:
        stored = [
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for table in metadata.sorted_tables
            for row in connection.execute(table.select()).all()
            for value in row
        ]

    assert len(stored) > 40
    assert [value for value in stored for trace in TRACES if trace in value] == []


async def test_no_file_of_sqlite_shows_what_a_person_told(sqlite_url: str, keyring: Keyring) -> None:
    store = await Store.open(sqlite_url, keyring)
    await with_words_everywhere(store)
    file = Path(sqlite_url.removeprefix("sqlite:///"))

    beside = list(file.parent.glob("tare.db*"))
    assert {each.name for each in beside} == {"tare.db", "tare.db-wal", "tare.db-shm"}
    assert traces_in(beside) == []

    await store.close()
    assert traces_in([file]) == []


async def test_no_file_of_postgres_shows_what_a_person_told(
    postgres_server: PostgresServer, postgres_url: str, keyring: Keyring
) -> None:
    store = await Store.open(postgres_url, keyring)
    await with_words_everywhere(store)
    await store.close()
    postgres_server.run("CHECKPOINT")

    assert (
        traces_in([each for each in postgres_server.home.joinpath("tables").rglob("*") if each.is_file()])
        == []
    )
    assert traces_in([postgres_server.home / "log"]) == []


async def test_no_repr_shows_what_a_person_told(store: Store) -> None:
    await with_words_everywhere(store)
    ada = await loaded(store, ADA)
    async with store.transaction() as transaction:
        seen = [ada, ada.key, await transaction.records(ada), await transaction.letters(ada)]
    seen += await claimed(store)

    assert CANARY not in repr(seen)
    assert "7312345678" not in repr(seen)
    assert ada.wrapped_key.hex() not in repr(seen)
    assert repr(ada.key) == "Key(...)"


async def test_words_moved_to_another_person_do_not_open(store: Store, database_url: str) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        ada.body = ben.body = {"text": CANARY}
        await transaction.save([ada, ben], AT)

    tamper(
        database_url,
        "UPDATE person SET body = (SELECT body FROM person WHERE id = :ada) WHERE id = :ben",
        {"ada": ada.id, "ben": ben.id},
    )

    assert (await loaded(store, ADA)).body == {"text": CANARY}
    assert (await loaded(store, BEN)).unreadable


async def test_a_key_moved_to_another_person_does_not_open(store: Store, database_url: str) -> None:
    """With the key moved as well, Ben would read what Ada told: the wrapping knows whose key it is."""
    ada, ben = await admitted(store, ADA, BEN)
    tamper(
        database_url,
        "UPDATE person SET wrapped_key = (SELECT wrapped_key FROM person WHERE id = :ada) WHERE id = :ben",
        {"ada": ada.id, "ben": ben.id},
    )

    assert (await loaded(store, BEN)).lost_key == ada.wrapped_key


async def test_a_row_given_to_another_address_does_not_open(store: Store, database_url: str) -> None:
    """Whoever writes to the database cannot make Ada's row answer to Ben's chat."""
    ada, ben = await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        await saved(transaction, ada, body={"text": CANARY})
        await transaction.forget(ben)
    tamper(database_url, "UPDATE person SET lookup = :lookup", {"lookup": ben.lookup})

    found = await loaded(store, BEN)

    assert found.id == ada.id
    assert found.unreadable
    assert found.body == {}


async def test_words_moved_to_another_column_or_row_do_not_open(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        flows = {name: conversation(name, {"text": CANARY}) for name in ("checkin", "weekly")}
        await saved(transaction, ada, body={"text": CANARY}, conversations=flows)

    tamper(
        database_url,
        "UPDATE person SET body = (SELECT body FROM conversation WHERE flow = 'checkin')",
    )
    tamper(
        database_url,
        "UPDATE conversation SET body = (SELECT body FROM conversation WHERE flow = 'weekly')",
    )

    found = await loaded(store, ADA)
    assert found.unreadable
    assert found.conversations["checkin"].unreadable
    assert not found.conversations["weekly"].unreadable


async def test_a_parcel_or_record_moved_in_time_or_order_does_not_open(
    store: Store, database_url: str
) -> None:
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1))
    async with store.transaction() as transaction:
        await transaction.append([record(ada, "answer")])
    tamper(database_url, "UPDATE outbox SET seq = 2")
    tamper(database_url, "UPDATE record SET kind = 'decision'")

    async with store.transaction() as transaction:
        assert [each.unreadable for each in await transaction.records(ada)] == [True]
    assert [each.unreadable for each in await claimed(store)] == [True]


@pytest.mark.parametrize(
    "elsewhere",
    [
        person_place(2),
        conversation_place(1, ""),
        conversation_place(1, "body"),
        record_place(1, "body", AT),
        parcel_place(1, 1),
        letter_place(1, AT),
        letter_place(None, AT),
    ],
)
def test_even_with_the_right_key_a_seal_fits_one_place_only(elsewhere: bytes) -> None:
    key = Key(b"k" * 32)
    stored = sealed(key, {"text": CANARY}, person_place(1))

    assert opened(key, stored, person_place(1)) == ({"text": CANARY}, None)
    assert opened(key, stored, elsewhere) == ({}, stored)


@given(body=st.dictionaries(st.text(st.characters()), json_values))
@settings(deadline=None, max_examples=100)
def test_every_body_survives_sealing(body: dict[str, object]) -> None:
    key = Key(b"k" * 32)

    assert opened(key, sealed(key, body, person_place(1)), person_place(1)) == (body, None)


@given(flipped=st.integers(0, 100), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed(flipped: int, bit: int) -> None:
    key = Key(b"k" * 32)
    stored = bytearray(sealed(key, {"text": CANARY * 3}, person_place(1)))
    stored[flipped] ^= 1 << bit

    assert opened(key, bytes(stored), person_place(1)) == ({}, bytes(stored))


@given(stored=st.binary(max_size=60))
def test_arbitrary_bytes_never_raise(stored: bytes) -> None:
    assert opened(Key(b"k" * 32), stored, person_place(1)) == ({}, stored)


def test_the_same_words_are_never_sealed_the_same_way() -> None:
    key = Key(b"k" * 32)

    assert len({sealed(key, {"text": CANARY}, parcel_place(1, 1)) for _ in range(100)}) == 100


def test_another_master_key_finds_nobody_and_opens_nothing() -> None:
    one, other = Keyring.generate(), Keyring.generate()

    assert one.lookup(ADA) != other.lookup(ADA)
    assert one.lookup(ADA) == one.lookup(ADA)
    assert one.lookup(ADA) != one.lookup(BEN)
    assert ADA.encode() not in one.lookup(ADA)
