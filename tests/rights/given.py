"""Somebody with something of every kind, and what tests of their rights look at."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.batch import Batch, Hands
from bot.clock import MovableClock
from bot.exporting import Export
from bot.packets import Finished
from bot.packets.enclosed import make
from bot.parcels import Kind, Parcel
from bot.storage import PersonRow, Store
from bot.wants import read_export
from flows.nudging import planned
from flows.person import Person
from tests.delivery.given import NOW, Office, onboarded, wrote

SECRET = "that none of the meetings are mine \u2014 <script>alert(1)</script>"
"""What only this person said."""


async def somebody(office: Office, chat: int = 1) -> None:
    """Answers in words and numbers, a note that was kept, and a question left open."""
    await onboarded(office, chat)
    await office.take(wrote(SECRET, chat))
    await office.take(wrote("7", chat))


def an_office(store: Store, at: datetime = NOW) -> Office:
    return Office(store, MovableClock(fixed=at))


async def row_of(store: Store, chat: int = 1) -> PersonRow | None:
    async with store.transaction() as transaction:
        return (await transaction.people([f"test:{chat}"])).get(f"test:{chat}")


async def export_from(store: Store, now: datetime, address: str = "test:1") -> Export:
    """What /export gives, without any event."""
    async with store.transaction() as transaction:
        batch = Batch(now, Hands(timedelta(0), lambda person_id: None), planned)
        row = (await transaction.people([address]))[address]
        return await read_export(transaction, batch, batch.seat(address, row))


async def person_of(store: Store, chat: int = 1) -> Person:
    async with store.transaction() as transaction:
        batch = Batch(NOW, Hands(timedelta(0), lambda person_id: None), planned)
        return batch.seat("them", (await transaction.people([f"test:{chat}"]))[f"test:{chat}"]).person


async def changed(store: Store, change: Callable[[Person], Person], now: datetime, chat: int = 1) -> None:
    """Make somebody another person, as only weeks of talking could."""
    async with store.transaction() as transaction:
        batch = Batch(now, Hands(timedelta(0), lambda person_id: None), planned)
        desk = batch.seat("them", (await transaction.people([f"test:{chat}"]))[f"test:{chat}"])
        desk.person, desk.touched = change(desk.person), True
        await batch.save(transaction)


def sent_file(office: Office, chat: int = 1) -> bytes:
    """The document that was delivered last."""
    found = [each for each in office.postman.parcels if each.chat == chat and each.kind is Kind.DOCUMENT]
    return content_of(found[-1])


def content_of(parcel: Parcel) -> bytes:
    assert isinstance(parcel.file, Finished)
    return make(parcel.file).content


def parts_of(content: bytes) -> tuple[dict[str, Any], str]:
    """The JSON and the page of an export."""
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        assert sorted(bundle.namelist()) == ["tare.html", "tare.json"]
        return json.loads(bundle.read("tare.json")), bundle.read("tare.html").decode()


def zipped(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(f"tare.{name}", content)
    return whole.getvalue()


def bytes_of_database(url: str) -> bytes:
    """Everything that SQLite has on the disk, its journals too."""
    file = Path(url.removeprefix("sqlite:///"))
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
