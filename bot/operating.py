"""What whoever runs Tare decides about who may come in. None of it reads anything that a person told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.clock import real_time
from bot.references import beginning_of, code_in, fresh_code, reference_of
from bot.settings import ACCOUNT, Settings
from bot.storage import Keyring, Store
from bot.storage.doorkeeping import Deed, Invite
from bot.storage.store import Transaction


class NobodyThere(Exception):
    """Nobody is meant by what was given. The message is a sentence for whoever runs Tare."""


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Transaction, Keyring]]:
    """One transaction in the database, beside a bot that serves. Raises `StoreError`."""
    keyring = Keyring.open(settings.key_file)
    store = await Store.open(settings.database_url, keyring)
    try:
        async with store.transaction() as transaction:
            yield transaction, keyring
    finally:
        await store.close()


async def make_invites(settings: Settings, count: int, uses: int, days: int) -> tuple[list[str], datetime]:
    """Return new invitations and when they end. They are shown this once: only hashes are stored."""
    codes, now = [fresh_code() for _ in range(count)], real_time()
    async with _opened(settings) as (transaction, _):
        await transaction.invite(codes, uses, now + timedelta(days=days))
        await transaction.note(now, f"invited {count * uses}")
    return codes, now + timedelta(days=days)


async def all_invites(settings: Settings) -> Sequence[Invite]:
    """Return how often each invitation that is stored may be used, was used, and until when."""
    async with _opened(settings) as (transaction, _):
        return await transaction.invites()


async def withdraw_invite(settings: Settings, words: str) -> None:
    """Let nobody in by this invitation any more; whoever came in stays. Raises `NobodyThere`."""
    code = code_in(words)
    async with _opened(settings) as (transaction, _):
        if code is None or not await transaction.withdraw(code):
            raise NobodyThere("There is no such invitation. Compare it with what `tare invite` has printed.")
        await transaction.note(real_time(), "withdrew an invitation")


async def block(settings: Settings, who: str) -> tuple[str, bool]:
    """Turn somebody away: their reference, and whether that is new. Raises `NobodyThere`.

    `who` is the reference that they see in /privacy, or the number of their account, which may never have
    been here. It counts within seconds in every process, and also after an erasure.
    """
    async with _opened(settings) as (transaction, keyring):
        lookup = await _meant(transaction, keyring, who)
        fresh = await transaction.block(lookup, real_time())
        return await _noted(transaction, "blocked", lookup), fresh


async def unblock(settings: Settings, who: str) -> tuple[str, bool]:
    """Let somebody talk again: their reference, and whether they were blocked. Raises `NobodyThere`."""
    async with _opened(settings) as (transaction, keyring):
        lookup = await _meant(transaction, keyring, who)
        changed = await transaction.unblock(lookup)
        return await _noted(transaction, "unblocked", lookup), changed


async def deeds(settings: Settings) -> Sequence[Deed]:
    """Return what was decided lately, the newest first."""
    async with _opened(settings) as (transaction, _):
        return await transaction.deeds()


async def _noted(transaction: Transaction, what: str, lookup: bytes) -> str:
    reference = reference_of(lookup)
    await transaction.note(real_time(), what, reference)
    return reference


async def _meant(transaction: Transaction, keyring: Keyring, who: str) -> bytes:
    """Return the lookup of whoever is meant. A reference has eight signs, and is tried first."""
    beginning = beginning_of(who)
    found = await transaction.lookups_from(beginning) if beginning is not None else []
    number = re.fullmatch(rf"(?:telegram:)?({ACCOUNT})", who.strip())
    if len(found) > 1:
        raise NobodyThere("Two people have this reference. Give the number of the Telegram account.")
    if found:
        return found[0]
    if number:
        return keyring.lookup(f"telegram:{number[1]}")
    raise NobodyThere(
        "Nobody has this reference. It stands at the end of /privacy in their chat, as in 7K3M-Q0XZ; or give "
        "the number of their Telegram account, as in telegram:12345678."
    )
