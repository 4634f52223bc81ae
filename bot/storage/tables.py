"""The tables. In clear is only what a query needs; every `body` is sealed with the person's own key.

This file says what the tables are now; `migrations/versions` says how they came to be, and a test compares
the two.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    text,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# SQLite keeps an INTEGER primary key in the row itself, without a second index.
Id = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 in UTC: the same order in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + value * MICROSECOND


def microseconds(moment: datetime) -> int:
    """Exact; raises `ValueError` for a datetime without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a stored time needs a zone")
    return (moment - EPOCH) // MICROSECOND


metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


def _persons(*, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """Everything of a person goes with the person's row."""
    owner = ForeignKey("person.id", ondelete="CASCADE")
    return Column("person_id", Id, owner, primary_key=primary_key, nullable=nullable, autoincrement=False)


def _where(condition: str) -> dict[str, Any]:
    """An index of some rows only."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("lookup", LargeBinary, nullable=False, unique=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("unreachable_since", Moment),
    Column("unreachable_reason", Text),
    Column("shown_message", BigInteger),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
)

conversation = Table(
    "conversation",
    metadata,
    _persons(primary_key=True),
    Column("flow", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("flow_version", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("id", Id, primary_key=True),
    _persons(),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("rule_version", Text),
    Column("body", LargeBinary, nullable=False),
    Index(None, "person_id", "kind", "at"),
    Index(None, "kind", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    _persons(primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("lease_owner", BigInteger),
    Column("attempts", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "urgency", "due_at"),
)

# Its rows are changed only by whoever holds the person's row; the claim goes by the due time alone.
nudge = Table(
    "nudge",
    metadata,
    _persons(primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("why", Text),
    Column("due_at", Moment),
    Column("until", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "due_at", **_where("due_at IS NOT NULL")),
    Index(None, "until", **_where("due_at IS NULL")),
)

seen_update = Table(
    "seen_update",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    _persons(nullable=True),
    Column("reason", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "person_id"),
)

# Without a tie to `person`: it says what may be left of a row, also when the row is gone.
erased = Table(
    "erased",
    metadata,
    Column("person_id", Id, primary_key=True, autoincrement=False),
    Column("remains", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

# Which messages arrived lately, so that they can be taken back out of the chat. Not what they said.
delivered = Table(
    "delivered",
    metadata,
    _persons(primary_key=True),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)

# `code` is a keyed hash: a code is shown once, when it is made.
invite = Table(
    "invite",
    metadata,
    Column("code", LargeBinary, primary_key=True),
    Column("uses", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# Without a tie to `person`: whoever is blocked stays so after an erasure, and may never have been here.
blocked = Table(
    "blocked",
    metadata,
    Column("lookup", LargeBinary, primary_key=True),
    Column("told", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

# What an operator did, never what anybody said.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
)

bot_state = Table(
    "bot_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# One row: the pace of the bot. Its times are microseconds of the database's own clock, which all share.
pace = Table(
    "pace",
    metadata,
    Column("name", Text, primary_key=True),
    Column("on_time", BigInteger, nullable=False),
    Column("halted_until", BigInteger, nullable=False),
    Column("halted_for", BigInteger, nullable=False),
)

# What only one process does at a time, and which: until then, by the database's own clock.
elected = Table(
    "elected",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)
