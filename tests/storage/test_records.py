"""Records are kept in order and never mixed up; dead letters are kept until they are thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.storage import DeadLetter, Store
from tests.storage.given import ADA, AT, BEN, LATER, admitted, loaded, number_of, record, tamper


async def test_records_come_back_by_time_and_then_in_the_order_kept(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    kept = [record(ada, body={"n": n}, at=at) for n, at in enumerate((LATER, AT, AT))]
    async with store.transaction() as transaction:
        await transaction.append(kept)

        oldest_first = await transaction.records(ada)
        newest_first = await transaction.records(ada, newest_first=True, limit=2)

    assert [each.body["n"] for each in oldest_first] == [1, 2, 0]
    assert [each.body["n"] for each in newest_first] == [0, 2]


async def test_a_record_comes_back_whole(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    kept = replace(record(ada, "map", {"lead": ["CAP"]}), rule_version="2026.1")
    async with store.transaction() as transaction:
        await transaction.append([kept])

        [found] = await transaction.records(ada)

    assert replace(found, id=None) == kept


async def test_records_are_asked_for_by_kind_and_person(store: Store) -> None:
    ada, ben = await admitted(store, ADA, BEN)
    async with store.transaction() as transaction:
        await transaction.append([record(ada, kind) for kind in ("weekly", "energy", "map")])
        await transaction.append([record(ben, "energy")])

        found = await transaction.records(ada, ["energy", "map", "never"])
        assert await transaction.records(ada, []) == []

    assert [each.kind for each in found] == ["energy", "map"]


async def test_a_record_that_cannot_be_read_is_marked(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await transaction.append([record(ada, body={"n": 1})])
    tamper(database_url, "UPDATE record SET body = :junk", {"junk": b"junk"})

    async with store.transaction() as transaction:
        [found] = await transaction.records(ada)

    assert (found.unreadable, found.body, found.raw) == (True, {}, b"junk")


async def test_a_record_can_be_kept_for_somebody_not_read_in_this_transaction(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await transaction.append([record(ada, body={"n": 1})])

    async with store.transaction() as transaction:
        found = await transaction.records((await transaction.people([ADA]))[ADA])
    assert [each.body for each in found] == [{"n": 1}]


async def test_letters_belong_to_a_person_or_to_nobody(store: Store) -> None:
    [ada] = await admitted(store, ADA)
    hers = DeadLetter(at=AT, reason="KeyError at turn:12", body=b"\0anything", person_id=ada.id)
    nobodys = DeadLetter(at=AT, reason="ValueError at heard:3", body=b"who was that?")

    async with store.transaction() as transaction:
        await transaction.bury([hers, nobodys])

    ada = await loaded(store, ADA)
    async with store.transaction() as transaction:
        assert await transaction.letters(ada) == [hers]
        assert await transaction.letters(None) == [nobodys]


async def test_letters_of_somebody_erased_are_not_kept(store: Store, database_url: str) -> None:
    [ada] = await admitted(store, ADA)
    async with store.transaction() as transaction:
        await transaction.forget(ada)
        await transaction.bury([DeadLetter(at=AT, reason="late", body=b"x", person_id=ada.id)])

    assert number_of(database_url, "dead_letter") == 0


async def test_a_letter_that_cannot_be_opened_is_left_out(store: Store, database_url: str) -> None:
    async with store.transaction() as transaction:
        await transaction.bury([DeadLetter(at=AT + timedelta(n), reason=f"{n}", body=b"x") for n in range(2)])
    tamper(database_url, "UPDATE dead_letter SET body = :junk WHERE reason = '0'", {"junk": b"junk"})

    async with store.transaction() as transaction:
        assert [each.reason for each in await transaction.letters(None)] == ["1"]
