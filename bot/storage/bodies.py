"""Bodies on their way to and from the database: JSON in UTF-8, sealed for exactly one place."""

from __future__ import annotations

import json
from datetime import datetime

from bot.storage.errors import Unreadable
from bot.storage.keys import Key, place
from bot.storage.rows import Body
from bot.storage.tables import microseconds


def person_place(person_id: int) -> bytes:
    return place("person", "body", person_id)


def conversation_place(person_id: int, flow: str) -> bytes:
    return place("conversation", "body", person_id, flow)


def record_place(person_id: int, kind: str, at: datetime) -> bytes:
    return place("record", "body", person_id, f"{kind}@{microseconds(at)}")


def parcel_place(person_id: int, seq: int) -> bytes:
    return place("outbox", "body", person_id, str(seq))


def letter_place(person_id: int | None, at: datetime) -> bytes:
    return place("dead_letter", "body", person_id or 0, str(microseconds(at)))


COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def as_json(body: Body) -> bytes:
    """Compact UTF-8. Half a surrogate pair, which JSON from outside can contain, survives the round trip."""
    return COMPACT.encode(body).encode("utf-8", "surrogatepass")


def sealed(key: Key, body: Body, where: bytes) -> bytes:
    return key.seal(as_json(body), where)


def opened(key: Key | None, stored: bytes, where: bytes) -> tuple[Body, bytes | None]:
    """The body and None, or an empty body and the stored bytes when they cannot be read. Never raises."""
    try:
        return _parsed(_unsealed(key, stored, where)), None
    except Unreadable:
        return {}, stored


def _unsealed(key: Key | None, stored: bytes, where: bytes) -> bytes:
    if key is None:
        raise Unreadable("the key is lost")
    return key.unseal(stored, where)


def _parsed(plain: bytes) -> Body:
    try:
        body = json.loads(plain.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("not JSON") from wrong
    if not isinstance(body, dict):
        raise Unreadable("not a JSON object")
    return body
