"""Chooses and wires: the one place that knows which parts a running program is made of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.channels.hook import Hook
from bot.channels.telegram import Telegram
from bot.clock import real_time
from bot.doors import Doors
from bot.house import House, furnish
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.metrics import Measured, Metrics
from bot.outside import Outside
from bot.pacing import Pace, Rate
from bot.patience import Patience
from bot.reception import Reception, floods_with
from bot.sender import Sender
from bot.service import Service
from bot.settings import BadSetting, Settings
from bot.storage import Keyring, SchemaMissing, Store, migrate
from bot.storage.database import is_sqlite, normalised

Say = Callable[[str], None]
"""How a program talks to whoever runs it."""

ONE_PROCESS = (
    "--no-poll is for a second process, and an SQLite file belongs to one alone, which delivers what is due "
    "by itself. For several processes set TARE_DATABASE_URL to a PostgreSQL database."
)


def opened_keyring(settings: Settings, say: Say) -> Keyring:
    """Open the key file, or make it and say so. Raises `KeyFileError`."""
    keyring = Keyring.open(settings.key_file)
    if keyring.created:
        say(
            f"A new key is in {settings.key_file.resolve()}. Keep a copy of it in a safe place, away from "
            "the database: without it nothing that people tell can be read again."
        )
    for remark in keyring.remarks:
        say(remark)
    return keyring


@asynccontextmanager
async def opened_store(settings: Settings, keyring: Keyring, say: Say) -> AsyncIterator[Store]:
    """Open the database; an empty one gets its tables first. Raises `StoreError`."""
    url = settings.database_url
    try:
        store = await Store.open(url, keyring)
    except SchemaMissing:
        await asyncio.to_thread(migrate, url)
        say("The database is new and has its tables now.")
        store = await Store.open(url, keyring)
    try:
        if is_sqlite(normalised(url)):  # one process owns it, so whatever is leased was ours
            async with store.transaction() as transaction:
                await transaction.release_leases()
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def telegram_service(settings: Settings, say: Say, *, listens: bool = True) -> AsyncIterator[Service]:
    """Open everything that the bot on Telegram needs; nothing is asked of Telegram yet.

    Raises `BadSetting` or `StoreError`, each with what to do.
    """
    if not listens and is_sqlite(normalised(settings.database_url)):
        raise BadSetting(ONE_PROCESS)
    telegram = Telegram(settings.token, settings.telegram_api)
    keyring = opened_keyring(settings, say)
    async with opened_store(settings, keyring, say) as store:
        house, lease = (
            furnish(contact=settings.safety_contact or ""),
            timedelta(seconds=settings.lease_seconds),
        )
        pace = Pace(_rate_of_bot(settings), settings.rate_chat, settings.rate_chat_burst)
        metrics = Metrics()
        sender = Sender(store, Measured(telegram, metrics), real_time, pace, lease)
        try:
            yield Service(
                store=store,
                telegram=telegram,
                intake=Intake(
                    store,
                    house.coach,
                    house.voices,
                    real_time,
                    lease,
                    sender.held,
                    reception_of(settings, keyring, house),
                ),
                sender=sender,
                housekeeping=Housekeeping(store, telegram, house.voices, real_time),
                voices=house.voices,
                clock=real_time,
                lookup=keyring.lookup,
                patience=Patience(settings.start_patience, 1.5 * settings.start_patience),
                listens=listens,
                hook=hook_of(settings, keyring, telegram.bot_id) if listens else None,
                metrics=metrics,
            )
        finally:
            await telegram.close()


def reception_of(settings: Settings, keyring: Keyring, house: House) -> Reception:
    """Return who is let in and heard. Where no rate holds for what is said, none holds for what is heard."""
    doors = Doors(keyring.lookup, settings.invite_only, settings.allowed_addresses, watched=True)
    floods = floods_with(house.coach.listener) if settings.rate_chat else None
    return Reception(doors, floods, Outside(house.coach, house.voices))


def hook_of(settings: Settings, keyring: Keyring, bot_id: int) -> Hook | None:
    """Return where Telegram is to push, None when it is to be asked.

    A secret that is not set follows from the key file, so every process that can read the database has the
    same one, and nobody keeps it anywhere.
    """
    if settings.webhook_url is None:
        return None
    given = settings.webhook_secret
    secret = given.get_secret_value() if given else keyring.lookup(f"telegram:webhook:{bot_id}").hex()
    return Hook(settings.webhook_url, secret)


def _rate_of_bot(settings: Settings) -> Rate:
    """A tenth of a second's messages may go at once, so that no second holds many more than the rate."""
    return Rate(settings.rate_bot, max(1, round(settings.rate_bot / 10)))
