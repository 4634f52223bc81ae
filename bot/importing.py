"""An export of one person into this database: the whole of it in one transaction, or nothing.

The file may come from anywhere, so nothing in it is believed: sizes are limited before anything is unpacked,
every field has its type, and what is refused is said in a sentence.
"""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Never

from pydantic import ValidationError

from bot import diaries
from bot.batch import Batch, Hands
from bot.exporting import (
    FOR_PROGRAMS,
    FORMAT,
    TO_READ,
    VERSION,
    Export,
    ExportedLetter,
    ExportedRecord,
)
from bot.storage.rows import DeadLetter, PersonRow, RecordRow
from bot.storage.store import Store, Transaction
from flows.diary import Diary
from flows.engine.conversation import Conversation, from_plain
from flows.nudging import planned
from flows.person import Crisis, Person, Standing

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes that a file may have: what a bot may fetch from Telegram."""

LARGEST_JSON = 100 * 1024 * 1024
"""Bytes that may come out of it: a bomb is refused before it goes off."""

MOST_RECORDS = 200_000
MOST_VALUES = 3_000_000
"""Values in it, each of which takes up memory, however short; the longest life has a hundred thousand."""

MOST_CONVERSATIONS = 200
MOST_PARTS = 10
"""Files in a zip before it is opened at all: the list of them is read into memory."""

DEEPEST = 50
HIGHEST = 2**63
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
IN_CLEAR = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{0,200}")
"""What a name may be that is stored without a seal: short, and something every database takes."""


class ImportRefused(Exception):
    """The file cannot be imported, and nothing was changed. The message is a sentence for whoever tries."""


def read_file(path: Path) -> Export:
    """Read an export, the zip or the JSON out of it. Raises `ImportRefused`."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            _refuse(f"{path.name} is larger than {LARGEST_FILE // 1024**2} MB, and no export is.")
        content = path.read_bytes()
    except OSError as refused:
        _refuse(f"{path.name} cannot be read: {refused.strerror}.")
    return understood(content)


def understood(content: bytes) -> Export:
    """Return the export in these bytes. Raises `ImportRefused`."""
    if len(content) > LARGEST_FILE:
        _refuse(f"The file is larger than {LARGEST_FILE // 1024**2} MB, and no export is.")
    return _checked(_parsed(_unpacked(content) if content[:2] == b"PK" else content))


def _unpacked(content: bytes) -> bytes:
    """Unpack the one part that counts, and no more of it than an export can have."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        _refuse("This zip is not an export of Tare: it holds other files.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            names = [entry.filename for entry in bundle.infolist()]
            if sorted(names) not in ([FOR_PROGRAMS], sorted([FOR_PROGRAMS, TO_READ])):
                _refuse("This zip is not an export of Tare: it holds other files.")
            with bundle.open(FOR_PROGRAMS) as part:
                plain = part.read(LARGEST_JSON + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
        _refuse("The zip is damaged or locked. Take the file as it came, and send it again.")
    if len(plain) > LARGEST_JSON:
        _refuse(f"Unpacked it is larger than {LARGEST_JSON // 1024**2} MB, and no export is.")
    return plain


def _parsed(plain: bytes) -> Mapping[str, Any]:
    if sum(plain.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES:
        _refuse("It holds more values than anybody can have told.")
    try:
        found = json.loads(
            plain,
            parse_constant=_no_constant,
            parse_float=_float,
            parse_int=_int,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError):
        _refuse("It is neither an export of Tare nor the JSON out of one.")
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        _refuse(f"It is not an export of Tare: its format is not {FORMAT!r}.")
    version = found.get("version")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        what_to_do = "Install a newer Tare first." if newer else "No Tare has ever written that."
        _refuse(f"The export is of version {version!r:.20}, and this Tare reads {VERSION}. {what_to_do}")
    if _depth(found) > DEEPEST:
        _refuse("It is nested deeper than anything that Tare writes.")
    return found


def _no_constant(name: str) -> Never:
    raise ValueError(name)


def _float(digits: str) -> float:
    """Raises ValueError for one that is too large to be any number."""
    found = float(digits)
    if not math.isfinite(found):
        raise ValueError("too large")
    return found


def _int(digits: str) -> int:
    """Raises ValueError for one that no database takes."""
    found = int(digits)
    if abs(found) >= HIGHEST:
        raise ValueError("too large")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises ValueError for a name that stands there twice: two readers would read two different things."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _depth(value: Any) -> int:
    """How deep lists and objects lie in each other; JSON deeper than Python's stack did not get here."""
    deepest, waiting = 0, [(value, 1)]
    while waiting and deepest <= DEEPEST:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        waiting += [(one, depth + 1) for one in inner]
    return deepest


def _checked(found: Mapping[str, Any]) -> Export:
    try:
        export = Export.model_validate(found)
    except ValidationError as wrong:
        _refuse(f"It is no export as Tare writes them{_where(wrong)}. Take the file as it came, unchanged.")
    if len(export.records) > MOST_RECORDS:
        _refuse(f"It holds more than {MOST_RECORDS} records, which nobody has.")
    if len(export.conversations) > MOST_CONVERSATIONS:
        _refuse(f"It holds more than {MOST_CONVERSATIONS} conversations, which nobody has.")
    if not all(IN_CLEAR.fullmatch(name) for name in _names_in_clear(export)):
        _refuse("It is no export as Tare writes them: a name in it is none.")
    if not all(EARLIEST <= moment <= LATEST for moment in _moments(export)):
        _refuse("It is no export as Tare writes them: something in it happened in no time of ours.")
    return export


def _names_in_clear(export: Export) -> Iterator[str]:
    """What is stored without a seal."""
    yield from export.conversations
    for record in export.records:
        yield from (record.kind, record.rule_version or "")
    yield from (letter.reason for letter in export.set_aside)


def _moments(export: Export) -> Iterator[datetime]:
    person = export.person
    yield from (export.made_at, person.created_at, person.heard_at or export.made_at)
    yield from (record.at for record in export.records)
    yield from (letter.at for letter in export.set_aside)


def _where(wrong: ValidationError) -> str:
    """Name the place of a mistake by names of the format alone: no value of the file is repeated."""
    place = wrong.errors(include_input=False, include_url=False)[0]["loc"]
    known = [str(part) for part in place if isinstance(part, int) or part in _NAMES]
    return f" (at {'.'.join(known)})" if known else ""


_NAMES = frozenset(
    (
        *("made_at", "person", "conversations", "diary", "records", "set_aside", "kind", "at", "body"),
        *("rule_version", "reason", "text", "seed", "locale", "standing", "country", "zone", "situation"),
        *("open", "offered", "created_at", "heard_at"),
    )
)


def person_in(export: Export) -> Person:
    """Return the person of an export. Raises `ImportRefused` for conversations that nobody has written."""
    there = export.person
    conversations = {name: _conversation(name, plain) for name, plain in export.conversations.items()}
    if any(len(one) != 3 for one in there.offered):
        _refuse("It is no export as Tare writes them (at person.offered).")
    return Person(
        seed=there.seed,
        locale=there.locale,
        standing=Standing(there.standing),
        country=there.country,
        zone=there.zone,
        situation=there.situation,
        conversations=conversations,
        open_flows=tuple(name for name in there.open if name in conversations),
        offered=tuple((prompt, code, token) for prompt, code, token in there.offered),
        diary=_diary(export.diary),
        heard_at=there.heard_at,
        crisis=_crisis(there.crisis),
    )


def _conversation(name: str, plain: Mapping[str, Any]) -> Conversation:
    try:
        return from_plain(name, plain)
    except (KeyError, TypeError, ValueError, AttributeError):
        _refuse("One of its conversations is not as Tare writes them. Take the file as it came, unchanged.")


def _crisis(plain: Mapping[str, Any]) -> Crisis:
    try:
        return diaries.crisis_from_plain(plain)
    except ValueError:
        _refuse(
            "It is no export as Tare writes them (at person.crisis). Take the file as it came, unchanged."
        )


def _diary(plain: Mapping[str, Any]) -> Diary:
    try:
        return diaries.from_plain(plain)
    except ValueError:
        _refuse("Its diary is not as Tare writes them. Take the file as it came, unchanged.")


async def put_in(store: Store, address: str, chat: int, export: Export, now: datetime) -> int:
    """Make the person of an export the one at this address, and return how many records came along.

    Raises `ImportRefused` when somebody with anything to lose is there already.
    """
    person = person_in(export)
    async with store.transaction() as transaction:
        row = await _seat(transaction, address, export.person.created_at)
        batch = Batch(now, Hands(timedelta(0), lambda person_id: None), planned)
        desk = batch.seat(address, row)
        desk.person, desk.chat, desk.touched = person, chat, True
        row.heard_at = person.heard_at or row.heard_at
        batch.records = [_record(row, each) for each in export.records]
        batch.letters = [_letter(row, each) for each in export.set_aside]
        await batch.save(transaction)
    return len(export.records)


async def _seat(transaction: Transaction, address: str, created_at: datetime) -> PersonRow:
    """A new row; one that holds nothing yet gives way to it."""
    there = (await transaction.people([address])).get(address)
    if there is not None:
        if there.conversations or there.unreadable or await transaction.records(there, limit=1):
            _refuse("There is somebody at this address already. They have to /erase first.")
        await transaction.forget(there)
    return (await transaction.admit([address], created_at))[address]


def _record(row: PersonRow, each: ExportedRecord) -> RecordRow:
    return RecordRow(
        person_id=row.id, kind=each.kind, at=each.at, rule_version=each.rule_version, body=each.body
    )


def _letter(row: PersonRow, each: ExportedLetter) -> DeadLetter:
    return DeadLetter(
        at=each.at, reason=each.reason, body=each.text.encode("utf-8", "surrogatepass"), person_id=row.id
    )


def _refuse(words: str) -> Never:
    raise ImportRefused(words)
