"""A person between the store and the coach: rows in, a Person out, and back. Loading never raises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot import diaries
from bot.storage.rows import ConversationRow, DeadLetter, PersonRow
from flows.diary import Diary
from flows.engine.conversation import as_plain, from_plain
from flows.person import Person, Standing


@dataclass
class Desk:
    """One person while a batch is worked on. `lost` is set when something could not be read.

    `planned` is the mark of the plan of nudges that the store has, None when that is not known.
    """

    row: PersonRow
    person: Person
    set_aside: list[DeadLetter] = field(default_factory=list)
    diary_read: Diary | None = None
    touched: bool = False
    chat: int = 0
    planned: str | None = ""

    @property
    def lost(self) -> bool:
        """Whether something of this person could not be read and was put aside."""
        return bool(self.set_aside)


def desk_of(row: PersonRow, now: datetime, locale: str) -> Desk:
    """Return the person that a row holds. What cannot be read is set aside as it is, never guessed."""
    letters: list[DeadLetter] = []
    if row.unreadable:
        letters.append(_letter(row, now, "unreadable person", row.set_aside()))
    try:
        person = _person(row, locale)
    except (KeyError, TypeError, ValueError, AttributeError):
        letters.append(_letter(row, now, "unusable person", json.dumps(row.body).encode()))
        row.body = {}
        person = _person(row, locale)
    desk = Desk(row, person, letters, chat=int(row.body.get("chat") or 0))
    for name, stored in row.conversations.items():
        _unpack(desk, name, stored, now)
    known = tuple(name for name in desk.person.open_flows if name in desk.person.conversations)
    desk.person = replace(desk.person, open_flows=known)
    desk.diary_read = desk.person.diary
    desk.planned = None if desk.lost else str(row.body.get("planned", ""))
    return desk


def _unpack(desk: Desk, name: str, stored: ConversationRow, now: datetime) -> None:
    if stored.unreadable:
        desk.set_aside.append(_letter(desk.row, now, "unreadable conversation", stored.set_aside()))
        return
    if not stored.body:
        return
    try:
        desk.person = _with(desk.person, name, stored.body)
    except (KeyError, TypeError, ValueError, IndexError):
        raw = json.dumps(stored.body).encode()
        desk.set_aside.append(_letter(desk.row, now, "unusable conversation", raw))


def _with(person: Person, name: str, stored: Mapping[str, Any]) -> Person:
    if name == diaries.NAME:
        return replace(person, diary=diaries.from_plain(stored))
    return replace(person, conversations={**person.conversations, name: from_plain(name, stored)})


def _person(row: PersonRow, locale: str) -> Person:
    body = row.body
    return Person(
        seed=int(body.get("seed", int.from_bytes(row.lookup[:6]))),
        locale=str(body.get("locale", locale)),
        standing=_standing(row.status),
        country=body.get("country"),
        zone=body.get("zone"),
        situation=str(body.get("situation", "")),
        open_flows=tuple(str(name) for name in body.get("open", ())),
        offered=tuple(
            (str(prompt), str(code), str(token)) for prompt, code, token in body.get("offered", ())
        ),
        diary=diaries.before_there_were_diaries(body.get("map")),
        crisis=diaries.crisis_from_plain(body.get("crisis")),
        heard_at=datetime.fromisoformat(body["heard_at"]) if body.get("heard_at") else None,
    )


def _standing(status: str) -> Standing:
    """Who writes again while the last words to them are on their way is a stranger like any other.

    Of a status that another release wrote nothing is known but that the person had agreed to be here.
    """
    if status == Standing.LEAVING:
        return Standing.NEW
    return Standing(status) if status in set(Standing) else Standing.PAUSED


def put_back(desk: Desk) -> None:
    """Write the person into their row, ready to be saved; conversations that are gone become empty."""
    person, row = desk.person, desk.row
    row.status = person.standing.value
    row.heard_at = person.heard_at or row.heard_at
    row.body = _body(person, desk)
    for name, conversation in person.conversations.items():
        stored = row.conversations.get(name) or ConversationRow(flow=name, status="", flow_version=0)
        stored.status = "done" if conversation.done else "open"
        stored.flow_version = conversation.version
        stored.body = as_plain(conversation)
        row.conversations[name] = stored
    _put_diary_back(desk)
    for name in set(row.conversations) - {*person.conversations, diaries.NAME}:
        row.conversations[name].body, row.conversations[name].status = {}, "gone"


def _put_diary_back(desk: Desk) -> None:
    """Most events leave the diary as it was read; then its row is not even looked at."""
    diary = desk.person.diary
    if diary is desk.diary_read and diaries.NAME in desk.row.conversations:
        return
    stored = desk.row.conversations.get(diaries.NAME)
    if stored is None and diary == Diary():
        return
    stored = stored or ConversationRow(flow=diaries.NAME, status="", flow_version=0)
    stored.status, stored.flow_version, stored.body = "kept", diaries.VERSION, diaries.as_plain(diary)
    desk.row.conversations[diaries.NAME] = stored


def _body(person: Person, desk: Desk) -> dict[str, Any]:
    return {
        "seed": person.seed,
        "chat": desk.chat,
        "planned": desk.planned or "",
        "locale": person.locale,
        "country": person.country,
        "zone": person.zone,
        "situation": person.situation,
        "open": list(person.open_flows),
        "offered": [list(one) for one in person.offered],
        "crisis": diaries.crisis_as_plain(person.crisis),
        "heard_at": person.heard_at.isoformat() if person.heard_at else None,
    }


def _letter(row: PersonRow, now: datetime, reason: str, raw: bytes) -> DeadLetter:
    return DeadLetter(at=now, reason=reason, body=raw, person_id=row.id)
