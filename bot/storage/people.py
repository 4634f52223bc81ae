"""People and their conversations: read under a lock, changed in memory, saved in bulk."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.bodies import as_json, conversation_place, opened, person_place, sealed
from bot.storage.errors import Overtaken
from bot.storage.rows import NEW, Content, ConversationRow, PersonRow
from bot.storage.session import Session, Values
from bot.storage.tables import conversation, outbox, person

# NO KEY UPDATE: waits for everybody who changes the person, not for foreign keys that look at the row.
LOCKED = (
    select(person)
    .where(person.c.lookup.in_(bindparam("lookups", expanding=True)))
    .order_by(person.c.id)
    .with_for_update(key_share=True)
)

NEXT = (
    select(person)
    .where(person.c.id > bindparam("after"))
    .order_by(person.c.id)
    .limit(bindparam("limit"))
    .with_for_update(key_share=True)
)

# A second statement, so that after waiting for a lock it sees what the other transaction committed.
AROUND = (
    select(
        person.c.id.label("owner"),
        exists().where(outbox.c.person_id == person.c.id).label("waiting"),
        conversation,
    )
    .select_from(person.outerjoin(conversation))
    .where(person.c.id.in_(bindparam("ids", expanding=True)))
)

# `insert` of the PostgreSQL dialect compiles to the same words on SQLite.
ADMIT = insert(person).on_conflict_do_nothing(index_elements=["lookup"])

SAVE_PERSON = (
    update(person)
    .where(person.c.id == bindparam("_id"), person.c.version == bindparam("_version"))
    .values(
        {
            column: bindparam(column)
            for column in (
                "wrapped_key",
                "status",
                "sequence",
                "unreachable_since",
                "unreachable_reason",
                "body",
                "heard_at",
            )
        },
    )
    .values(version=person.c.version + 1)
)

_new = insert(conversation)
SAVE_CONVERSATION = _new.on_conflict_do_update(
    index_elements=["person_id", "flow"],
    set_={name: _new.excluded[name] for name in ("status", "flow_version", "version", "body", "updated_at")},
    where=conversation.c.version == _new.excluded.version - 1,
).returning(conversation.c.flow)


class People(Session):
    async def people(self, addresses: Sequence[str]) -> dict[str, PersonRow]:
        """The people behind these addresses, by address, locked in id order until the transaction ends.

        Never raises for what is stored: a row that cannot be read comes as `unreadable`.
        """
        by_lookup = {self._keyring.lookup(address): address for address in addresses}
        if not by_lookup:
            return {}
        locked = await self._rows(LOCKED, {"lookups": list(by_lookup)})
        people = {row.id: self._opened_person(row) for row in locked}
        await self._surround(people)
        return {by_lookup[row.lookup]: row for row in people.values()}

    async def next_people(self, after: int, limit: int) -> list[PersonRow]:
        """Everybody in turn, a portion at a time: those with the next higher ids, locked like `people`."""
        locked = await self._rows(NEXT, {"after": after, "limit": limit})
        people = {row.id: self._opened_person(row) for row in locked}
        await self._surround(people)
        return list(people.values())

    async def admit(self, newcomers: Sequence[str], at: datetime) -> dict[str, PersonRow]:
        """Insert whoever is missing, with a fresh key, and lock them all. Several processes may race."""
        if newcomers:
            lookups = sorted({self._keyring.lookup(address) for address in newcomers})
            number = await self._hold_master()
            await self._run(ADMIT, [self._newcomer(lookup, at, number) for lookup in lookups])
        return await self.people(newcomers)

    async def save(self, rows: Sequence[PersonRow], at: datetime) -> None:
        """Write people, and those of their conversations that changed: one statement for each table.

        Raises `Overtaken` when a row has been changed or erased since it was read.
        """
        if not rows:
            return
        ordered = sorted(rows, key=lambda row: row.id)
        saved = await self._run(SAVE_PERSON, [_person_values(row) for row in ordered])
        if saved.rowcount != len(ordered):
            raise Overtaken(
                f"{len(ordered) - saved.rowcount} of {len(ordered)} people were changed meanwhile"
            )
        for row in ordered:
            row.version += 1
        await self._save_conversations(ordered, at)

    async def _save_conversations(self, people: Iterable[PersonRow], at: datetime) -> None:
        changed = [
            (owner, each, content)
            for owner in people
            for each in owner.conversations.values()
            if (content := _changed(each))
        ]
        if not changed:
            return
        values = [_conversation_values(owner, each, content, at) for owner, each, content in changed]
        if len(await self._rows(SAVE_CONVERSATION, values)) != len(changed):
            raise Overtaken("a conversation was changed meanwhile")
        for _, each, content in changed:
            each.version, each.updated_at, each.as_stored = each.version + 1, at, content

    async def _surround(self, people: Mapping[int, PersonRow]) -> None:
        """Add conversations, and whether the outbox has something for them."""
        if not people:
            return
        for owner in people.values():
            if owner.lost_key:
                await self._renew_key(owner)
        for row in await self._rows(AROUND, {"ids": list(people)}):
            owner = people[row.owner]
            owner.waiting = row.waiting
            if row.flow is not None:
                owner.conversations[row.flow] = _opened_conversation(row, owner)

    def _opened_person(self, row: Row[Any]) -> PersonRow:
        key, wrapped, lost = self._remember(row), row.wrapped_key, None
        body, raw = opened(key, row.body, person_place(row.id))
        if key is None:
            lost = row.wrapped_key
            key, wrapped = self._keyring.fresh_key(row.id, row.lookup)  # for now: see `_renew_key`
        return PersonRow(
            id=row.id,
            lookup=row.lookup,
            key=key,
            wrapped_key=wrapped,
            lost_key=lost,
            status=row.status,
            version=row.version,
            sequence=row.sequence,
            created_at=row.created_at,
            heard_at=row.heard_at,
            unreachable_since=row.unreachable_since,
            unreachable_reason=row.unreachable_reason,
            shown_message=row.shown_message,
            body=body,
            raw=raw,
        )

    async def _renew_key(self, owner: PersonRow) -> None:
        """Give a fresh data key, wrapped by the master key that holds."""
        number = await self._hold_master()
        owner.key, owner.wrapped_key = self._keyring.fresh_key(owner.id, owner.lookup, number)
        self._keys[owner.id] = owner.key

    def _newcomer(self, lookup: bytes, at: datetime, number: int) -> Values:
        person_id = 1 + secrets.randbelow(2**63 - 1)
        key, wrapped_key = self._keyring.fresh_key(person_id, lookup, number)
        return {
            "id": person_id,
            "lookup": lookup,
            "wrapped_key": wrapped_key,
            "status": NEW,
            "version": 1,
            "sequence": 0,
            "body": sealed(key, {}, person_place(person_id)),
            "created_at": at,
            "heard_at": at,
        }


def _person_values(row: PersonRow) -> Values:
    """What nobody set aside is written back as it was stored."""
    body = sealed(row.key, row.body, person_place(row.id)) if row.raw is None else row.raw
    return {
        "_id": row.id,
        "_version": row.version,
        "wrapped_key": row.lost_key or row.wrapped_key,
        "status": row.status,
        "sequence": row.sequence,
        "unreachable_since": row.unreachable_since,
        "unreachable_reason": row.unreachable_reason,
        "body": body,
        "heard_at": row.heard_at,
    }


def _conversation_values(owner: PersonRow, row: ConversationRow, content: Content, at: datetime) -> Values:
    status, flow_version, plain = content
    return {
        "person_id": owner.id,
        "flow": row.flow,
        "status": status,
        "flow_version": flow_version,
        "version": row.version + 1,
        "body": owner.key.seal(plain, conversation_place(owner.id, row.flow)),
        "updated_at": at,
    }


def _opened_conversation(row: Row[Any], owner: PersonRow) -> ConversationRow:
    key = None if owner.lost_key else owner.key
    body, raw = opened(key, row.body, conversation_place(owner.id, row.flow))
    conversation_row = ConversationRow(
        flow=row.flow,
        status=row.status,
        flow_version=row.flow_version,
        version=row.version,
        updated_at=row.updated_at,
        body=body,
        raw=raw,
    )
    conversation_row.as_stored = None if raw else _content(conversation_row)
    return conversation_row


def _changed(row: ConversationRow) -> Content | None:
    """What is to be written. None when it is stored already, or when it is unreadable and not set aside."""
    if row.raw is not None:
        return None
    content = _content(row)
    return None if content == row.as_stored else content


def _content(row: ConversationRow) -> Content:
    return row.status, row.flow_version, as_json(row.body)
