"""What can go wrong at the store. Each message says what is wrong, where, and what to do next.

The names say whose fault it is; a suffix would say nothing.
"""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot go on as asked; nothing of the transaction was kept."""


class StoreUnavailable(StoreError):
    """The database cannot be reached, opened or written. The same transaction may work later."""


class Overtaken(StoreError):
    """Somebody else was faster. Nothing was written: read again and repeat the whole transaction."""


class SchemaMissing(StoreError):
    """The database has no tables of Tare yet."""


class SchemaOutdated(StoreError):
    """The tables are older than this program."""


class SchemaNewer(StoreError):
    """The tables are newer than this program."""


class KeyFileError(StoreError):
    """The key file cannot be read, made or understood."""


class WrongKey(StoreError):
    """The key does not belong to the database."""


class KeyMissing(StoreUnavailable):
    """The key file of this process lacks the key that a rotation has brought in. Nothing was changed."""


class ErasuresMissing(StoreError):
    """The list of people who were erased is not there, so an old backup could bring them back."""


class Unreadable(Exception):
    """Stored bytes were not sealed with this key for this place, or hold no JSON object."""
