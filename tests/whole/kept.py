"""What the store holds of people, opened with the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import diaries
from bot.storage import Keyring, Store
from flows.engine.answers import Value
from flows.engine.conversation import from_plain
from tests.whole.person import Answered


@dataclass(frozen=True)
class Kept:
    """What is kept of one person."""

    answers: Mapping[str, Value]
    """By question, of all conversations."""
    records: list[Answered]
    """Every answer that was ever counted, in order."""
    maps: int
    parcels: int
    """How many messages and edits were ever put into the outbox for them."""


async def kept_of(url: str, key_file: Path, people: Iterable[int]) -> dict[int, Kept]:
    """Read what is stored of people, by their Telegram ids."""
    store = await Store.open(url, Keyring.open(key_file))
    try:
        return {person: await _kept(store, f"telegram:{person}") for person in people}
    finally:
        await store.close()


async def _kept(store: Store, address: str) -> Kept:
    async with store.transaction() as transaction:
        row = (await transaction.people([address]))[address]
        records = await transaction.records(row)
    conversations = [
        from_plain(flow, stored.body) for flow, stored in row.conversations.items() if flow != diaries.NAME
    ]
    return Kept(
        answers={name: answer.value for talk in conversations for name, answer in talk.answers.items()},
        records=[
            (record.body["question"], _value(record.body["value"]))
            for record in records
            if record.kind == "answer"
        ],
        maps=sum(record.kind == "map" for record in records),
        parcels=row.sequence,
    )


def _value(stored: object) -> Value:
    if isinstance(stored, list):
        return tuple(stored)
    assert stored is None or isinstance(stored, str | int)
    return stored
