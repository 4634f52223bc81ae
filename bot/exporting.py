"""Everything of one person as a file: `tare.json` for a program, `tare.html` to read, in one zip.

Not in it: keys, the number of the chat, messages on their way, and nobody else. What the format is, is in
docs/reference/export.md; what `bot.importing` reads is what is written here.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot import diaries
from bot.exporting_page import page
from bot.rendering import Voice
from bot.storage.rows import DeadLetter, PersonRow, RecordRow
from flows.engine.conversation import as_plain
from flows.engine.flow import Flow
from flows.person import Person

FORMAT: Final = "tare-export"
VERSION: Final = 1

Moment = Annotated[AwareDatetime, Field(strict=False)]
"""A moment, with its zone; in the file as ISO 8601."""

NAME, FOR_PROGRAMS, TO_READ = "tare.zip", "tare.json", "tare.html"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class ExportedPerson(_Part):
    """Who somebody is to the coach. `seed` orders what is shuffled, and comes from no name or number."""

    seed: int
    locale: str
    standing: Literal["new", "active", "paused", "resting"]
    country: str | None
    zone: str | None
    situation: str
    open: list[str]
    offered: list[list[str]]
    crisis: dict[str, Any]
    created_at: Moment
    heard_at: Moment | None


class ExportedRecord(_Part):
    """Something that happened. `body` is whatever its kind keeps."""

    kind: str
    at: Moment
    rule_version: str | None
    body: dict[str, Any]


class ExportedLetter(_Part):
    """Something that could not be handled when it came; `text` is what it was."""

    at: Moment
    reason: str
    text: str


class Export(_Part):
    """The whole file. Conversations are by the name of their flow."""

    format: Literal["tare-export"]
    version: Literal[1]
    made_at: Moment
    person: ExportedPerson
    conversations: dict[str, dict[str, Any]]
    diary: dict[str, Any]
    records: list[ExportedRecord]
    set_aside: list[ExportedLetter]


def export_of(
    row: PersonRow,
    person: Person,
    records: Sequence[RecordRow],
    letters: Sequence[DeadLetter],
    now: datetime,
) -> Export:
    """Return everything of one person. What cannot be read by anybody is left out."""
    return Export(
        format=FORMAT,
        version=VERSION,
        made_at=now,
        person=_person(row, person),
        conversations={name: as_plain(each) for name, each in sorted(person.conversations.items())},
        diary=diaries.as_plain(person.diary),
        records=[_record(each) for each in records if not each.unreadable],
        set_aside=[_letter(each) for each in letters],
    )


def _person(row: PersonRow, person: Person) -> ExportedPerson:
    plain: dict[str, Any] = {
        "seed": person.seed,
        "locale": person.locale,
        "standing": person.standing.value,
        "country": person.country,
        "zone": person.zone,
        "situation": person.situation,
        "open": list(person.open_flows),
        "offered": [list(one) for one in person.offered],
        "crisis": diaries.crisis_as_plain(person.crisis),
        "created_at": row.created_at,
        "heard_at": person.heard_at,
    }
    return ExportedPerson.model_validate(plain)


def _record(each: RecordRow) -> ExportedRecord:
    return ExportedRecord(kind=each.kind, at=each.at, rule_version=each.rule_version, body=each.body)


def _letter(each: DeadLetter) -> ExportedLetter:
    return ExportedLetter(at=each.at, reason=each.reason, text=each.body.decode("utf-8", "backslashreplace"))


def as_json(export: Export) -> bytes:
    """Return the file for programs: UTF-8, a line for each value, the same for the same export."""
    # Half a surrogate pair, which somebody's phone may have sent, survives as an escape.
    return json.dumps(_plain(export), ensure_ascii=True, indent=1, allow_nan=False).encode() + b"\n"


def _plain(export: Export) -> Mapping[str, Any]:
    plain = export.model_dump()
    plain["person"] |= {name: _moment(plain["person"][name]) for name in ("created_at", "heard_at")}
    for each in (plain, *plain["records"], *plain["set_aside"]):
        name = "made_at" if each is plain else "at"
        each[name] = _moment(each[name])
    return plain


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def as_file(export: Export, voice: Voice, flows: Mapping[str, Flow]) -> bytes:
    """Return the zip. Slow for years of entries (a second or so): not for the event loop."""
    day = export.made_at
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in ((FOR_PROGRAMS, as_json(export)), (TO_READ, page(export, voice, flows))):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, day.hour, day.minute, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            bundle.writestr(entry, content)
    return whole.getvalue()
