"""Canaries: words that go in everywhere and must not be found in clear in any place that outlives them."""

from __future__ import annotations

import io
import logging
import struct
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import logs
from bot.channels.telegram import Telegram
from bot.intake import Intake
from bot.parcels import Kind, Parcel
from bot.pictures import drawn
from bot.storage import DeadLetter, Keyring, Store
from flows.coach import Coach
from flows.diary import Nudged
from flows.engine.heard import Commanded, Corrected, Tapped
from flows.person import Person
from tests.delivery.given import NOW, Office, arrival, onboarded, sundays, wrote
from tests.pictures.cards import EXAMPLE
from tests.rights.given import an_office, bytes_of_database, changed, sent_file, somebody
from tests.rights.test_export import exported

CANARIES = {
    "free text": "bittern-in-the-reeds",
    "a name in it": "Ottoline Kanarienvogel",
    "an edit": "godwit-over-the-flats",
    "a note": "dunlin-at-the-door",
    "typed for a choice": "whimbrel-and-more",
    "a tap nobody made": "c:heron",
    "behind a command": "sanderling-run",
    "another person": "spoonbill-at-noon",
    "what broke": "avocet-in-pieces",
}
ADDRESS = "telegram:7312345678"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that this process puts anywhere goes here."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """The log as it is written in production, but with everything: debug level, libraries too."""
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    level, written = root.level, io.StringIO()
    logs.set_up("DEBUG", written)
    for library in (*logs.LIBRARIES, "httpx", "httpcore", "aiosqlite"):
        logging.getLogger(library).setLevel(logging.DEBUG)
    yield written
    root.handlers[:] = kept
    root.setLevel(level)
    logging.captureWarnings(False)
    for library in logs.LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)


@pytest.fixture
async def store(sqlite_url: str, folder: Path) -> AsyncIterator[Store]:
    store = await Store.open(sqlite_url, Keyring.open(folder / "tare.key"))
    yield store
    await store.close()


async def everything_said(office: Office) -> None:
    await onboarded(office)
    await office.take(wrote(f"{CANARIES['free text']} says {CANARIES['a name in it']}"))
    await office.take(arrival(Corrected(CANARIES["an edit"], 1)))
    await office.take(wrote(CANARIES["typed for a choice"]))
    await office.take(arrival(Tapped(CANARIES["a tap nobody made"])))
    await office.take(arrival(Commanded("change", CANARIES["behind a command"])))
    await office.take(arrival(Commanded(CANARIES["behind a command"])))
    await somebody(office, 2)
    await office.take(wrote(CANARIES["another person"], 2))
    await changed(office.store, lambda person: replace(person, open_flows=()), NOW)
    await office.take(wrote(CANARIES["a note"]), wrote("yes"))


async def everything_broken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coach that raises with words in its mouth, for events and for nudges, and a channel that does."""

    def broken(self: Coach, person: Person, *_: object) -> None:
        local = CANARIES["what broke"]
        raise ValueError(f"{local} {person}")

    with monkeypatch.context() as patched:
        patched.setattr(Coach, "turn", broken)
        await office.take(wrote(CANARIES["what broke"]))
        patched.setattr(Intake, "_once", broken)
        await office.take(wrote(CANARIES["what broke"]))
        patched.setattr(Coach, "nudge", broken)
        office.clock.move("+7d")
        await office.nudge()
    office.postman.fates.append(ValueError(CANARIES["what broke"]))
    await office.take(wrote(CANARIES["free text"]))
    office.clock.move("+5m")


def files_in(folder: Path) -> list[tuple[str, bytes]]:
    return [(str(file), file.read_bytes()) for file in folder.rglob("*") if file.is_file()]


def found_in(*places: bytes | str) -> list[str]:
    whole = b"\n".join(place if isinstance(place, bytes) else place.encode() for place in places)
    return [name for name, words in CANARIES.items() if words.encode() in whole]


async def test_nothing_is_found_in_database_journals_logs_and_temporary_files(
    store: Store, sqlite_url: str, folder: Path, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(store, an_office(store).clock, kinds=(sundays(),))

    await everything_said(office)
    await everything_broken(office, monkeypatch)
    await exported(office)

    assert any(name.endswith("tare.db-wal") and content for name, content in files_in(folder))
    assert found_in(bytes_of_database(sqlite_url)) == []
    assert found_in(*(content for _, content in files_in(folder))) == []
    assert "parked" in logged.getvalue()
    assert found_in(logged.getvalue()) == []
    assert "test:1" not in logged.getvalue()


async def test_the_canaries_were_there_to_be_found(store: Store) -> None:
    """Otherwise the test above would prove nothing."""
    office = an_office(store)

    await everything_said(office)

    said = "\n".join(office.postman.said_to(1))
    async with store.transaction() as transaction:
        people = await transaction.people(["test:1"])
        records = await transaction.records(people["test:1"])
    whole = said + str([each.body for each in records])
    assert CANARIES["free text"] in whole
    assert CANARIES["a note"] in whole


async def test_an_export_of_somebody_else_has_none_of_it(store: Store) -> None:
    office = an_office(store)
    await everything_said(office)
    await somebody(office, 3)

    await exported(office, 3)

    assert found_in(sent_file(office, 3)) == []


async def test_letters_are_sealed_too(store: Store, sqlite_url: str) -> None:
    await somebody(an_office(store))
    async with store.transaction() as transaction:
        row = (await transaction.people(["test:1"]))["test:1"]
        words = CANARIES["what broke"].encode()
        await transaction.bury([DeadLetter(at=NOW, reason="ValueError", body=words, person_id=row.id)])
        await transaction.bury([DeadLetter(at=NOW, reason="ValueError", body=words)])

    assert found_in(bytes_of_database(sqlite_url)) == []


async def test_nudges_say_nothing_in_clear(store: Store, sqlite_url: str) -> None:
    """Not even where the plan of one comes from a word of theirs."""
    office = an_office(store)
    await everything_said(office)

    def was_nudged(person: Person) -> Person:
        sent = Nudged(CANARIES["a note"], CANARIES["free text"], NOW)
        return replace(person, diary=replace(person.diary, nudged=(sent,)))

    await changed(store, was_nudged, NOW)

    assert found_in(bytes_of_database(sqlite_url)) == []


async def test_a_picture_has_no_words_beside_what_can_be_seen() -> None:
    """No title, no author, no host and no program in the file: only how wide and how many dots an inch."""
    words = replace(EXAMPLE, title=CANARIES["free text"], foot=CANARIES["a name in it"])

    png = await drawn(words)

    assert {kind for kind, _ in chunks(png)} <= {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"pHYs",
        b"sRGB",
        b"tRNS",
    }
    assert found_in(*(content for _, content in chunks(png))) == []


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        yield kind, zlib.decompress(content) if kind in (b"zTXt",) else content
        at += 12 + length


async def test_the_library_for_telegram_never_shows_the_token(logged: io.StringIO) -> None:
    """Not at debug level, and not when nothing answers."""
    token = "7000000001:AACanaryCanaryCanaryCanaryCanary"
    telegram = Telegram(token, "http://127.0.0.1:9", answers_within=0.5)

    await telegram.deliver(Parcel(Kind.LINE, 7312345678, CANARIES["free text"]))
    await telegram.acknowledge("tap", CANARIES["free text"])
    await telegram.close()
    logging.getLogger("bot.service").exception("x %s", telegram, exc_info=ValueError(token))

    assert logged.getvalue()
    hidden = ("AACanary", "7000000001", "7312345678")
    assert [each for each in hidden if each in logged.getvalue()] == []
    assert found_in(logged.getvalue()) == []


def test_a_crash_report_tells_a_place_and_no_value() -> None:
    def deep(words: str) -> None:
        raise RuntimeError(words) from ValueError(ADDRESS)

    try:
        deep(CANARIES["what broke"])
    except RuntimeError as error:
        told = logs.place_of(error)

    assert "RuntimeError at tests.rights.test_canary" in told
    assert found_in(told) == []
    assert ADDRESS not in told


def test_addresses_are_in_no_log_even_when_they_are_handed_to_it(logged: io.StringIO) -> None:
    logging.getLogger("bot.intake").debug("somebody wrote: %s %d %s", ADDRESS, 7312345678, CANARIES)

    assert ADDRESS not in logged.getvalue()
    assert "7312345678" not in logged.getvalue()
    assert found_in(logged.getvalue()) == []
