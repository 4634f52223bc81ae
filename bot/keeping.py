"""What whoever runs Tare does with its databases from the command line, beside a bot that serves."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.chatting import DATABASE
from bot.clock import real_time
from bot.importing import ImportRefused, put_in, read_file
from bot.settings import Settings
from bot.storage import Keyring, Store
from bot.storage.database import normalised, sqlite_file

ADDRESS = re.compile(r"telegram:([1-9]\d{0,18})", re.ASCII)


@asynccontextmanager
async def _open(settings: Settings, *, no_backup: bool = False) -> AsyncIterator[Store]:
    keyring = Keyring.open(settings.key_file)
    store = await Store.open(settings.database_url, keyring, no_backup=no_backup)
    try:
        yield store
    finally:
        await store.close()


async def opened_once(settings: Settings, *, no_backup: bool) -> None:
    """Open the database and close it: whoever was erased and came back out of a backup is deleted.

    Raises `StoreError`, `ErasuresMissing` for one.
    """
    async with _open(settings, no_backup=no_backup):
        pass


async def imported(settings: Settings, file: Path, address: str) -> int:
    """Put an export in for somebody on Telegram, and return how many records came along.

    Raises `ImportRefused` or `StoreError`; then nothing was changed.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise ImportRefused(
            "The address is telegram: and the number of the account, as in telegram:12345678."
        )
    export = read_file(file)
    async with _open(settings) as store:
        return await put_in(store, address, int(found[1]), export, real_time())


def databases_of(settings: Settings, also: Iterable[str]) -> list[str]:
    """Return every database of the key file: the bot's, the terminal's where there is one, and others."""
    urls = [settings.database_url, DATABASE, *also]
    files = {str(normalised(url)): url for url in urls if url != DATABASE or _is_there(url)}
    return list(files.values())


def _is_there(url: str) -> bool:
    return sqlite_file(normalised(url)).exists()
