"""`tare rotate-key`: a new master key takes over from the old one, while the bot goes on serving."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.storage import Keyring, Store
from bot.storage.errors import KeyFileError, Overtaken
from bot.storage.keyfile import KEY_BYTES, Master, read, rewrite
from bot.storage.keys import lookup_secret_of, next_number

AT_ONCE = 200
"""People whose keys are wrapped anew in one transaction: they wait for it, a few milliseconds."""

Say = Callable[[str], None]


async def rotate(key_file: Path, urls: Sequence[str], say: Say) -> None:
    """Replace the master key of these databases: all that the key file belongs to.

    May be run again after a crash at any point: it goes on where it stopped. Raises `StoreError`.
    """
    begun, lookup = _begin(key_file, say)
    keyring = Keyring.open(key_file)
    for url in urls:
        store = await Store.open(url, keyring)
        try:
            await _take_over(store, keyring.newest, say)
        finally:
            await store.close()
    rewrite(key_file, begun, None, lookup)
    say(
        f"Key {begun.number} has taken over, and the old one is no longer in {key_file}. Keep a copy "
        "of the file in its safe place and destroy the copies from before: with them, backups from then can "
        "still be read; without them, nobody can."
    )


def _begin(key_file: Path, say: Say) -> tuple[Master, bytes]:
    """Put a new key beside the old one, unless an earlier run has; the file then holds both."""
    if not key_file.exists():
        raise KeyFileError(f"There is no key file at {key_file}. Name it in TARE_KEY_FILE.")
    there = read(key_file)
    lookup = there.lookup or lookup_secret_of(there.newest)
    if there.older is not None:
        say(f"Going on: key {there.newest.number} is taking over from key {there.older.number}.")
        return there.newest, lookup
    fresh = Master(next_number(there.newest.number), secrets.token_bytes(KEY_BYTES))
    rewrite(key_file, fresh, there.newest, lookup)
    say(f"Key {fresh.number} is in {key_file} beside key {there.newest.number}. Keep a copy of it now.")
    return fresh, lookup


async def _take_over(store: Store, number: int, say: Say) -> None:
    """From here on the new key wraps; then whatever the old one has wrapped is wrapped anew."""
    async with store.transaction() as transaction:
        await transaction.wrap_with(number)
    lost = await _rewrap_all(store, number)
    after: int | None = 0
    while after is not None:
        async with store.transaction(patient=True) as transaction:
            after = await transaction.reseal_letters(number, after, AT_ONCE)
    if lost:
        say(f"Data keys that no key opens, lost before and left as they are: {lost}.")


async def _rewrap_all(store: Store, number: int) -> int:
    """A portion is a transaction of its own; one that waited for the wrong lock is begun again."""
    after, lost = 0, 0
    while True:
        try:
            async with store.transaction(patient=True) as transaction:
                done = await transaction.rewrap(number, after, AT_ONCE)
        except Overtaken:
            continue
        if done is None:
            return lost
        after, lost = done[0], lost + done[1]
        await asyncio.sleep(0)  # whoever talks comes first
