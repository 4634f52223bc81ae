"""What is kept and never changed: records of people, and letters that could not be handled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.storage.bodies import letter_place, opened, record_place, sealed
from bot.storage.errors import Unreadable
from bot.storage.keys import Key
from bot.storage.rows import DeadLetter, PersonRow, RecordRow
from bot.storage.session import Session, Values
from bot.storage.tables import dead_letter, record

APPEND = insert(record)
BURY = insert(dead_letter)
REWRITE = update(record).where(record.c.id == bindparam("_id")).values(body=bindparam("rewritten"))


class Records(Session):
    async def append(self, records: Sequence[RecordRow]) -> None:
        """Keep these for good, in this order."""
        if records:
            keys = await self._keys_to_write({row.person_id for row in records})
            await self._run(APPEND, [_record_values(keys[row.person_id], row) for row in records])

    async def records(
        self,
        person: PersonRow,
        kinds: Sequence[str] | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[RecordRow]:
        """A person's records of these kinds (None: of every kind), by time and then in the order kept."""
        statement = select(record).where(record.c.person_id == bindparam("person_id")).limit(limit)
        if kinds is not None:
            statement = statement.where(record.c.kind.in_(bindparam("kinds", list(kinds), expanding=True)))
        order = (record.c.at.desc(), record.c.id.desc()) if newest_first else (record.c.at, record.c.id)
        found = await self._rows(statement.order_by(*order), {"person_id": person.id})
        key = None if person.lost_key else person.key
        return [_opened_record(key, row) for row in found]

    async def rewrite(self, records: Sequence[RecordRow]) -> None:
        """Replace the bodies of records that are kept already: only for taking words away from them."""
        if records:
            keys = await self._keys_to_write({row.person_id for row in records})
            await self._run(REWRITE, [_rewritten(keys[row.person_id], row) for row in records])

    async def bury(self, letters: Sequence[DeadLetter]) -> None:
        """Keep what could not be handled, sealed for its person; dropped when the person is erased."""
        owners = {letter.person_id for letter in letters if letter.person_id is not None}
        keys = await self._keys_of(owners)
        nobodys = self._keyring.master(await self._hold_master()).nobodys if letters else None
        sealing = [
            (nobodys if letter.person_id is None else keys.get(letter.person_id), letter)
            for letter in letters
        ]
        if values := [_letter_values(key, letter) for key, letter in sealing if key]:
            await self._run(BURY, values)

    async def letters(self, person: PersonRow | None, limit: int = 100) -> list[DeadLetter]:
        """The newest letters of a person, or of nobody. What cannot be opened is left out."""
        owner = None if person is None else person.id
        statement = select(dead_letter).where(dead_letter.c.person_id.is_not_distinct_from(owner))
        found = await self._rows(statement.order_by(dead_letter.c.id.desc()).limit(limit), {})
        unseal = self._keyring.unseal_nobodys if person is None else person.key.unseal
        return [letter for row in found if (letter := _opened_letter(unseal, row))]


def _record_values(key: Key, row: RecordRow) -> Values:
    return {
        "person_id": row.person_id,
        "kind": row.kind,
        "at": row.at,
        "rule_version": row.rule_version,
        "body": sealed(key, row.body, record_place(row.person_id, row.kind, row.at)),
    }


def _rewritten(key: Key, row: RecordRow) -> Values:
    return {"_id": row.id, "rewritten": sealed(key, row.body, record_place(row.person_id, row.kind, row.at))}


def _opened_record(key: Key | None, row: Row[Any]) -> RecordRow:
    body, raw = opened(key, row.body, record_place(row.person_id, row.kind, row.at))
    return RecordRow(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        at=row.at,
        rule_version=row.rule_version,
        body=body,
        raw=raw,
    )


def _letter_values(key: Key, letter: DeadLetter) -> Values:
    where = letter_place(letter.person_id, letter.at)
    return {
        "at": letter.at,
        "person_id": letter.person_id,
        "reason": letter.reason,
        "body": key.seal(letter.body, where),
    }


def _opened_letter(unseal: Callable[[bytes, bytes], bytes], row: Row[Any]) -> DeadLetter | None:
    try:
        body = unseal(row.body, letter_place(row.person_id, row.at))
    except Unreadable:
        return None
    return DeadLetter(at=row.at, reason=row.reason, person_id=row.person_id, body=body)
