"""Durable and sealed: people, conversations, records and the outbox, on SQLite or PostgreSQL.

Nothing outside this package knows SQL, keys or ciphertext.
"""

from bot.storage.errors import (
    KeyFileError,
    Overtaken,
    SchemaMissing,
    SchemaNewer,
    SchemaOutdated,
    StoreError,
    StoreUnavailable,
    WrongKey,
)
from bot.storage.keys import Key, Keyring
from bot.storage.rows import LEAVING, NEW, Body, ConversationRow, DeadLetter, ParcelRow, PersonRow, RecordRow
from bot.storage.schema import migrate, revision
from bot.storage.store import Store, Transaction

__all__ = [
    "LEAVING",
    "NEW",
    "Body",
    "ConversationRow",
    "DeadLetter",
    "Key",
    "KeyFileError",
    "Keyring",
    "Overtaken",
    "ParcelRow",
    "PersonRow",
    "RecordRow",
    "SchemaMissing",
    "SchemaNewer",
    "SchemaOutdated",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "Transaction",
    "WrongKey",
    "migrate",
    "revision",
]
