"""An export is gone on from, whole or not at all; and what is no export is refused in a sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.exporting import as_json, export_of
from bot.importing import LARGEST_FILE, LARGEST_JSON, ImportRefused, person_in, put_in, read_file, understood
from bot.storage import Keyring, Store, migrate
from flows.person import Crisis, Person, Standing
from tests.delivery.given import NOW, Office, wrote
from tests.rights.given import (
    an_office,
    export_from,
    parts_of,
    person_of,
    row_of,
    somebody,
    zipped,
)
from tests.rights.test_export import exported
from tests.storage.given import number_of

HERE = "test:1"


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[Store]:
    """Another instance: a database and a key of its own."""
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    migrate(url)
    store = await Store.open(url, Keyring.generate())
    yield store
    await store.close()


async def an_export(store: Store) -> dict[str, Any]:
    await somebody(an_office(store))
    found: dict[str, Any] = json.loads(as_json(await export_from(store, NOW)))
    return found


def as_bytes(plain: object) -> bytes:
    return json.dumps(plain).encode()


async def test_what_comes_in_goes_out_again_the_same(store: Store, elsewhere: Store) -> None:
    """Over the file itself: /export here, import there, and what there is there."""
    office = an_office(store)
    await somebody(office)
    await office.take(wrote("half a pair: \ud83d and a whole one: \U0001f600"))
    content = await exported(office)

    await put_in(elsewhere, HERE, 5, understood(content), NOW + timedelta(days=3))

    there = await export_from(elsewhere, office.clock())
    assert json.loads(as_json(there)) == parts_of(content)[0]


async def test_no_part_of_a_person_is_left_behind(store: Store) -> None:
    """Also what an ordinary chat does not fill: every field of a person is another than in a new one."""
    await somebody(an_office(store))
    row = await row_of(store)
    assert row
    there = await person_of(store)
    full = replace(
        there,
        locale="de",
        standing=Standing.RESTING,
        offered=(("coach.resume", "go_on", "c:continue:now"),),
        crisis=Crisis(since=NOW, explicit_at=NOW, seen=("ask",), plan=("a walk",)),
    )
    assert [
        each.name for each in fields(full) if getattr(full, each.name) == getattr(Person(0), each.name)
    ] == []

    assert person_in(understood(as_json(export_of(row, full, [], [], NOW)))) == full


async def test_they_go_on_where_they_were(store: Store, elsewhere: Store) -> None:
    await put_in(elsewhere, HERE, 1, understood(as_bytes(await an_export(store))), NOW)
    office = Office(elsewhere, an_office(elsewhere).clock)

    await office.take(wrote("1 to 6 months"))

    assert "O3" in (await person_of(elsewhere)).conversations["sketch"].answers


async def test_what_was_planned_for_them_is_planned_there(store: Store, elsewhere: Store) -> None:
    await put_in(elsewhere, HERE, 1, understood(as_bytes(await an_export(store))), NOW)

    async with elsewhere.transaction() as transaction:
        assert await transaction.next_due(NOW + timedelta(days=7)) is not None


async def test_nobody_is_overwritten(store: Store) -> None:
    plain = await an_export(store)
    before = as_json(await export_from(store, NOW))

    with pytest.raises(ImportRefused, match="already"):
        await put_in(store, HERE, 1, understood(as_bytes(plain)), NOW)

    assert as_json(await export_from(store, NOW)) == before


async def test_what_fails_in_the_middle_leaves_nothing(
    store: Store, elsewhere: Store, tmp_path: Path
) -> None:
    plain = await an_export(store)
    plain["records"][-1]["body"] = {"half": "\ud800", "bad": {}}
    export = understood(as_bytes(plain))
    export.records[-1].body["bad"] = object()  # no JSON: it cannot be sealed

    with pytest.raises(TypeError):
        await put_in(elsewhere, HERE, 1, export, NOW)

    url = f"sqlite:///{tmp_path}/elsewhere.db"
    assert [number_of(url, table) for table in ("person", "conversation", "record")] == [0, 0, 0]


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        person_in(understood(content))
    return str(refused.value)


async def test_what_is_no_export_is_refused_in_a_sentence(store: Store) -> None:
    plain = await an_export(store)
    whole = as_bytes(plain)
    person = plain["person"]
    sketch = plain["conversations"]["sketch"]
    refused = {
        "nothing": b"",
        "noise": b"\x00\xff\x13",
        "a list": b"[]",
        "deep": b"[" * 100_000,
        "deep objects": as_bytes({**plain, "diary": nested(80)}),
        "not a number": whole.replace(b'"seed": ', b'"seed": NaN, "s": '),
        "another format": as_bytes({**plain, "format": "other"}),
        "no format": as_bytes({}),
        "a newer version": as_bytes({**plain, "version": 2}),
        "a wrong version": as_bytes({**plain, "version": "one"}),
        "more fields": as_bytes({**plain, "more": 1}),
        "a field missing": as_bytes({name: value for name, value in plain.items() if name != "records"}),
        "a number for a name": as_bytes({**plain, "person": {**person, "locale": 5}}),
        "no zone": as_bytes({**plain, "made_at": "2026-03-02T19:30:00"}),
        "somebody leaving": as_bytes({**plain, "person": {**person, "standing": "leaving"}}),
        "odd offers": as_bytes({**plain, "person": {**person, "offered": [["a"]]}}),
        "an odd conversation": as_bytes({**plain, "conversations": {"sketch": {**sketch, "answers": 3}}}),
        "an odd diary": as_bytes({**plain, "diary": {"maps": "none"}}),
        "another zip": zipped(json=whole, exe=b"MZ"),
        "an empty zip": zipped(),
        "a torn zip": zipped(json=whole)[:200],
    }

    told = {name: refusal(content) for name, content in refused.items()}

    assert [name for name, words in told.items() if not words.endswith(".") or len(words) > 200] == []
    assert "newer" in told["a newer version"]
    assert "person.locale" in told["a number for a name"]


def nested(depth: int) -> object:
    return {"a": nested(depth - 1)} if depth else 1


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zipped(json=b" " * (LARGEST_JSON + 1024))

    assert len(bomb) < LARGEST_FILE
    assert "larger" in refusal(bomb)


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    honest = zipped(json=b"{}" + b" " * 5000)
    size = (5002).to_bytes(4, "little")
    assert honest.count(size) >= 2

    assert refusal(honest.replace(size, (3).to_bytes(4, "little")))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "tare.zip"
    with file.open("wb") as whole:
        whole.truncate(LARGEST_FILE + 1)

    with pytest.raises(ImportRefused, match="larger than 20 MB"):
        read_file(file)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(json=b"{}"))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1

    assert "locked" in refusal(bytes(content))


def test_the_number_of_digits_is_limited() -> None:
    digits = sys.get_int_max_str_digits()

    assert refusal(b'{"format": "tare-export", "version": ' + b"1" * (digits + 1) + b"}")


async def test_a_refusal_repeats_nothing_of_the_file(store: Store) -> None:
    plain = await an_export(store)
    plain["person"]["country"] = {"canary": "heron"}
    plain["records"][0]["heron"] = "heron"

    assert "heron" not in refusal(as_bytes(plain))


async def test_a_zip_with_the_json_alone_will_do(store: Store) -> None:
    plain = await an_export(store)

    assert understood(zipped(json=as_bytes(plain))).person.country == "DE"
