"""Which tables the database has, and the way to the ones this program needs. Alembic does the steps.

It is imported when there is a step to do; otherwise a start is a third of a second faster.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, text

from bot.storage.database import (
    in_our_words,
    is_sqlite,
    normalised,
    sqlite_file,
    synchronous_engine,
    unavailable,
)
from bot.storage.errors import SchemaMissing, SchemaNewer, SchemaOutdated

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Bring the database to the newest tables, from none at all too. All or nothing; safe to run twice.

    Blocks: inside an event loop run it in a thread. Several processes may do it at once, one waits.
    """
    from alembic import command  # noqa: PLC0415 - see above

    address = normalised(url)
    if is_sqlite(address):
        _make_private_file(address)
    refuse_newer(revision(url))
    with in_our_words(address):
        command.upgrade(configuration(url), "head")


def revision(url: str) -> str | None:
    """The name of the last step this database has taken, None when it has taken none. Blocks."""
    address = normalised(url)
    if is_sqlite(address) and not sqlite_file(address).exists():
        return None
    engine = synchronous_engine(address)
    try:
        with in_our_words(address), engine.connect() as connection:
            return revision_of(connection)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """Return what Alembic has noted in the database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    noted: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return noted


def refuse_other_than_newest(current: str | None) -> None:
    """Raises `SchemaMissing`, `SchemaOutdated` or `SchemaNewer`, each with what to do."""
    refuse_newer(current)
    if current is None:
        raise SchemaMissing("The database has no tables of Tare yet. Run: tare migrate")
    if current != newest():
        raise SchemaOutdated(
            f"The tables of the database are at step {current}, this program needs {newest()}. "
            "Make a backup, then run: tare migrate"
        )


def refuse_newer(current: str | None) -> None:
    if current is not None and current not in _steps():
        raise SchemaNewer(
            f"The tables of the database are at step {current}, which this version of Tare does not know. "
            "A newer version has used the database: install that version (or newer), or restore a backup."
        )


def newest() -> str:
    """Return the name of the last step."""
    return max(_steps())


def configuration(url: str) -> Config:
    """What Alembic needs, without a file: it finds the steps next to this module and leaves logging alone."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def _steps() -> set[str]:
    """Return the names of all steps: numbers, with which their files begin."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py")}


def _make_private_file(address: URL) -> None:
    """A new file, and the journals that SQLite puts beside it, can be read by this user only."""
    file = sqlite_file(address)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as refused:
        raise unavailable(address, refused.strerror or str(refused)) from refused
