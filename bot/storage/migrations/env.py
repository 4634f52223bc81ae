"""Run by Alembic: from `tare migrate` with an address, from its own command line with TARE_DATABASE_URL."""

from __future__ import annotations

import os
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import URL, Connection, text

from bot.storage.database import is_sqlite, normalised, synchronous_engine
from bot.storage.errors import StoreError
from bot.storage.tables import Moment, metadata

ONE_AT_A_TIME = 0x7461_7265  # "tare": the number of the advisory lock


def address() -> URL:
    url = context.config.attributes.get("url") or os.environ.get("TARE_DATABASE_URL")
    if not url:
        raise SystemExit("Set TARE_DATABASE_URL to the database whose tables are to be changed.")
    return normalised(url)


def migrate_online(url: URL) -> None:
    """All steps in one transaction. A second process waits for the first and then finds nothing to do."""
    engine = synchronous_engine(url)
    try:
        with engine.begin() as connection:
            if not is_sqlite(url):
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
            context.configure(
                connection=connection, target_metadata=metadata, render_as_batch=True, render_item=in_clear
            )
            context.run_migrations()
            if is_sqlite(url):
                refuse_orphans(connection)
    finally:
        engine.dispose()


def refuse_orphans(connection: Connection) -> None:
    """Foreign keys are off while SQLite rebuilds tables; nothing is committed unless they hold again."""
    if orphans := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise StoreError(f"A step would leave {len(orphans)} rows without their person. Nothing was changed.")


def in_clear(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """A step that is written today must not change when our own types do."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


def print_statements(url: URL) -> None:
    """For `alembic upgrade head --sql`: somebody else runs them."""
    context.configure(url=url.render_as_string(False), target_metadata=metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    print_statements(address())
else:
    migrate_online(address())
