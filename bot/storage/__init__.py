"""Durable and sealed: people, conversations, records and the outbox, on SQLite or PostgreSQL.

Nothing outside this package knows SQL, keys or ciphertext.
"""

from bot.storage.errors import (
    ErasuresMissing,
    KeyFileError,
    KeyMissing,
    Overtaken,
    SchemaMissing,
    SchemaNewer,
    SchemaOutdated,
    StoreError,
    StoreUnavailable,
    WrongKey,
)
from bot.storage.keys import Key, Keyring
from bot.storage.rows import (
    LEAVING,
    NEW,
    Body,
    ConversationRow,
    DeadLetter,
    NudgeRow,
    ParcelRow,
    PersonRow,
    RecordRow,
    SettledNudge,
)
from bot.storage.schema import migrate, revision
from bot.storage.store import Store, Transaction

__all__ = [
    "LEAVING",
    "NEW",
    "Body",
    "ConversationRow",
    "DeadLetter",
    "ErasuresMissing",
    "Key",
    "KeyFileError",
    "KeyMissing",
    "Keyring",
    "NudgeRow",
    "Overtaken",
    "ParcelRow",
    "PersonRow",
    "RecordRow",
    "SchemaMissing",
    "SchemaNewer",
    "SchemaOutdated",
    "SettledNudge",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "Transaction",
    "WrongKey",
    "migrate",
    "revision",
]
