"""People and conversations: what is saved comes back, and nobody overwrites what they have not seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import NEW, DeadLetter, Overtaken, Store
from bot.storage.bodies import person_place
from tests.storage.given import (
    ADA,
    AT,
    BEN,
    CLEO,
    LATER,
    admitted,
    conversation,
    loaded,
    parcel,
    put,
    saved,
    tamper,
)


async def test_a_stranger_is_nobody_until_admitted(store: Store) -> None:
    async with store.transaction() as transaction:
        assert await transaction.people([ADA]) == {}

        people = await transaction.admit([ADA], AT)

    assert people[ADA].status == NEW
    assert (await loaded(store, ADA)).id == people[ADA].id


async def test_nobody_is_asked_for_and_nothing_is_read_or_written(store: Store) -> None:
    async with store.transaction() as transaction:
        assert await transaction.people([]) == {}
        assert await transaction.admit([], AT) == {}
        assert await transaction.unseen([], AT) == set()
        await transaction.save([], AT)
        await transaction.append([])
        await transaction.put([])
        await transaction.bury([])
        await transaction.delivered([])
        await transaction.postpone([])


async def test_admitting_someone_again_finds_the_same_person(store: Store) -> None:
    [ada] = await admitted(store, ADA)

    again, ben = await admitted(store, ADA, BEN)

    assert again.id == ada.id
    assert ben.id != ada.id


async def test_a_persons_id_tells_nothing_about_the_address(store: Store) -> None:
    people = await admitted(store, ADA, BEN)

    assert all(0 < person.id < 2**63 for person in people)
    assert len({person.id for person in people} & {7312345678, 7312345679}) == 0


async def test_what_was_saved_comes_back(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    body = {"name": "Åda \ud800 \0 🫥", "list": [1, 2.5, None, True], "nested": {"": {}}}
    async with store.transaction() as transaction:
        await saved(
            transaction,
            ada,
            status="active",
            sequence=7,
            body=body,
            heard_at=LATER,
            conversations={"checkin": conversation(body={"state": "note"}, flow_version=3)},
        )

    found = await loaded(store, ADA)

    assert (found.status, found.sequence, found.body, found.heard_at) == ("active", 7, body, LATER)
    assert (found.created_at, found.version) == (AT, 2)
    assert found.conversations == ada.conversations
    assert found.conversations["checkin"].body == {"state": "note"}
    assert found.conversations["checkin"].flow_version == 3
    assert not found.unreadable


async def test_people_come_with_their_own_conversations_only(store: Store) -> None:
    ada, ben, _ = await admitted(store, ADA, BEN, CLEO)
    async with store.transaction() as transaction:
        ada.conversations = {name: conversation(name, {"of": "ada"}) for name in ("checkin", "weekly")}
        ben.conversations = {"checkin": conversation("checkin", {"of": "ben"})}
        await transaction.save([ada, ben], AT)

    async with store.transaction() as transaction:
        people = await transaction.people([CLEO, BEN, ADA, "telegram:unknown"])

    assert set(people) == {ADA, BEN, CLEO}
    assert set(people[ADA].conversations) == {"checkin", "weekly"}
    assert people[BEN].conversations["checkin"].body == {"of": "ben"}
    assert people[CLEO].conversations == {}


async def test_a_conversation_that_did_not_change_is_not_written(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        ada.conversations = {name: conversation(name) for name in ("checkin", "weekly")}
        await transaction.save([ada], AT)

    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        ada.conversations["weekly"].body["state"] = "done"
        await transaction.save([ada], LATER)

    found = (await loaded(store, ADA)).conversations
    assert (found["checkin"].version, found["checkin"].updated_at) == (1, AT)
    assert (found["weekly"].version, found["weekly"].updated_at) == (2, LATER)


async def test_a_person_can_be_saved_twice_in_one_transaction(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, body={"step": 1}, conversations={"checkin": conversation()})
        ada.conversations["checkin"].status = "done"
        await saved(transaction, ada, body={"step": 2})

    found = await loaded(store, ADA)
    assert found.body == {"step": 2}
    assert found.conversations["checkin"].status == "done"


async def test_a_block_that_raises_leaves_no_trace(store: Store) -> None:
    [ada] = await admitted(store, ADA)

    async def fails_half_way() -> None:
        async with store.transaction() as transaction:
            await saved(transaction, ada, body={"half": "done"})
            await transaction.admit([BEN], AT)
            await transaction.put([parcel(ada, 1)])
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await fails_half_way()

    async with store.transaction() as transaction:
        people = await transaction.people([ADA, BEN])
    assert set(people) == {ADA}
    assert people[ADA].body == {}
    assert not people[ADA].waiting


async def test_who_comes_with_an_older_row_is_overtaken(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    stale = await loaded(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, body={"first": True})

    with pytest.raises(Overtaken):
        async with store.transaction() as transaction:
            await saved(transaction, stale, body={"second": True})

    assert (await loaded(store, ADA)).body == {"first": True}


async def test_a_conversation_that_somebody_else_started_is_not_overwritten(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, conversations={"checkin": conversation(body={"mine": 1})})
    ada.conversations["checkin"] = conversation(body={"mine": 2})

    with pytest.raises(Overtaken):
        async with store.transaction() as transaction:
            await transaction.save([ada], AT)

    assert (await loaded(store, ADA)).conversations["checkin"].body == {"mine": 1}


async def test_an_erased_person_is_not_brought_back_by_an_old_row(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await transaction.forget(ada)

    with pytest.raises(Overtaken):
        async with store.transaction() as transaction:
            await saved(transaction, ada, body={"ghost": True})
    with pytest.raises(Overtaken):
        async with store.transaction() as transaction:
            await transaction.put([parcel(ada, 1)])

    async with store.transaction() as transaction:
        assert await transaction.people([ADA]) == {}


async def test_waiting_tells_that_the_outbox_has_something_for_them(store: Store) -> None:
    ada, _ = await admitted(store, ADA, BEN)
    assert not ada.waiting

    await put(store, parcel(ada, 1, due_at=AT + timedelta(days=1)))

    async with store.transaction() as transaction:
        people = await transaction.people([ADA, BEN])
    assert people[ADA].waiting
    assert not people[BEN].waiting


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    [ada] = await admitted(store, ADA)

    with pytest.raises(Exception, match="a stored time needs a zone"):
        async with store.transaction() as transaction:
            await saved(transaction, ada, heard_at=AT.replace(tzinfo=None))


async def test_what_cannot_be_read_is_marked_and_never_raises(store: Store, database_url: str) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        await saved(transaction, ada, conversations={"checkin": conversation(body={"state": "note"})})
    tamper(database_url, "UPDATE person SET body = :junk WHERE id = :id", {"junk": b"junk", "id": ben.id})
    tamper(database_url, "UPDATE conversation SET body = :junk", {"junk": b"\1junk"})

    async with store.transaction() as transaction:
        people = await transaction.people([ADA, BEN])

    assert not people[ADA].unreadable
    assert people[ADA].conversations["checkin"].unreadable
    assert people[ADA].conversations["checkin"].body == {}
    assert people[ADA].conversations["checkin"].raw == b"\1junk"
    assert people[BEN].unreadable
    assert people[BEN].raw == b"junk"


@pytest.mark.parametrize("plain", [b"[1, 2]", b"{", b"", b"\xff", b"[" * 100_000])
async def test_what_is_no_json_object_is_unreadable_too(
    store: Store, database_url: str, plain: bytes
) -> None:
    [ada] = await admitted(store, ADA)
    sealed = ada.key.seal(plain, person_place(ada.id))
    tamper(database_url, "UPDATE person SET body = :sealed", {"sealed": sealed})

    found = await loaded(store, ADA)

    assert found.unreadable
    assert found.raw == sealed


async def test_what_cannot_be_read_stays_as_it_is_until_set_aside(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, conversations={"checkin": conversation(body={"state": "note"})})
    tamper(database_url, "UPDATE person SET body = :junk", {"junk": b"junk"})
    tamper(database_url, "UPDATE conversation SET body = :junk", {"junk": b"more junk"})

    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        await saved(transaction, ada, status="active")

    found = await loaded(store, ADA)
    assert (found.status, found.raw) == ("active", b"junk")
    assert found.conversations["checkin"].raw == b"more junk"


async def test_what_was_set_aside_can_begin_again(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, conversations={"checkin": conversation(body={"state": "note"})})
    tamper(database_url, "UPDATE conversation SET body = :junk", {"junk": b"junk"})

    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        broken = ada.conversations["checkin"]
        letter = DeadLetter(at=AT, reason="unreadable", body=broken.set_aside(), person_id=ada.id)
        broken.body = {"state": "start"}
        await transaction.bury([letter])
        await transaction.save([ada], AT)

    async with store.transaction() as transaction:
        found = (await transaction.people([ADA]))[ADA]
        letters = await transaction.letters(found)
    assert found.conversations["checkin"].body == {"state": "start"}
    assert not found.conversations["checkin"].unreadable
    assert letters == [letter]
    assert letters[0].body == b"junk"


async def test_a_lost_key_stays_stored_until_it_is_set_aside(store: Store, database_url: str) -> None:
    await admitted(store, ADA)
    tamper(database_url, "UPDATE person SET wrapped_key = :junk", {"junk": b"lost"})

    async with store.transaction() as transaction:
        await saved(transaction, (await transaction.people([ADA]))[ADA], status="active")

    found = await loaded(store, ADA)
    assert (found.status, found.lost_key, found.unreadable) == ("active", b"lost", True)


async def test_who_lost_the_key_gets_a_new_one_and_can_go_on(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await saved(transaction, ada, body={"told": 1}, conversations={"checkin": conversation()})
    tamper(database_url, "UPDATE person SET wrapped_key = :junk", {"junk": b"lost"})

    async with store.transaction() as transaction:
        ada = (await transaction.people([ADA]))[ADA]
        assert ada.unreadable
        assert ada.conversations["checkin"].unreadable
        aside = ada.set_aside()
        await saved(transaction, ada, body={"anew": 1})
        await transaction.put([parcel(ada, 1)])

    found = await loaded(store, ADA)
    assert aside.startswith(b"lost")
    assert found.body == {"anew": 1}
    assert found.conversations["checkin"].unreadable
