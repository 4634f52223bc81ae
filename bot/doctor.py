"""`tare doctor`: looks at everything that has to be right around the program, and says what to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.channels.telegram import Telegram
from bot.channels.telegram_trouble import TelegramTrouble
from bot.clock import real_time
from bot.helplines import check_helplines, load_helplines
from bot.places.zones import country_of_zone
from bot.settings import BadSetting, Settings
from bot.storage import Keyring, SchemaMissing, Store, StoreError

CLOCK_MAY_DIFFER = timedelta(seconds=60)
ANSWERS_WITHIN = 10.0


class State(StrEnum):
    """How something is."""

    GOOD = "ok"
    ODD = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do when it is not well. Never a secret."""

    what: str
    state: State
    says: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield a finding for each thing. Changes nothing and makes no file."""
    async for finding in _telegram(settings):
        yield finding
    yield await _key_and_database(settings)
    yield await asyncio.to_thread(_zones)
    yield _helplines(real_time())
    yield _safety_contact(settings)


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    try:
        telegram = Telegram(settings.token, settings.telegram_api)
    except BadSetting as missing:
        yield Finding("token", State.BROKEN, str(missing))
        return
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            about = await telegram.ask_about()
    except TimeoutError:
        yield Finding("Telegram", State.BROKEN, f"{settings.telegram_api} is silent. Check the network.")
    except TelegramTrouble as trouble:
        yield Finding("Telegram", State.BROKEN, str(trouble))
    else:
        yield Finding("Telegram", State.GOOD, f"{settings.telegram_api} knows the token: @{about.name}.")
        if about.webhook or settings.webhook_url:
            yield _webhook(about.pushed_to, settings.webhook_url)
        yield _clock(about.date, real_time())
    finally:
        await telegram.close()


def _webhook(there: str, ours: str | None) -> Finding:
    if there == ours:
        return Finding("webhook", State.GOOD, "Telegram pushes to the address in TARE_WEBHOOK_URL.")
    if ours is None:
        return Finding("webhook", State.ODD, "One is set for this bot. `tare serve` takes it away.")
    now = "Telegram pushes to another address" if there else "None is set for this bot yet"
    return Finding("webhook", State.ODD, f"{now}. `tare serve` sets the one in TARE_WEBHOOK_URL.")


def _clock(theirs: datetime | None, ours: datetime) -> Finding:
    if theirs is None:
        return Finding("clock", State.ODD, "Telegram did not tell the time, so it was not compared.")
    apart = abs(theirs - ours)
    if apart <= CLOCK_MAY_DIFFER:
        return Finding("clock", State.GOOD, "It shows the same time as Telegram's.")
    return Finding(
        "clock",
        State.BROKEN,
        f"It differs from Telegram's by {round(apart.total_seconds())} s: people would be asked at the wrong "
        "time. Let the machine set its clock from the network (NTP).",
    )


async def _key_and_database(settings: Settings) -> Finding:
    """Both, because neither is of any use without the other. A key is never made here."""
    if not settings.key_file.exists():
        return Finding(
            "key file",
            State.ODD,
            f"There is none at {settings.key_file} yet; the first start makes it. If you had one, put it "
            "back first: the database cannot be read without it.",
        )
    try:
        keyring = Keyring.open(settings.key_file)
        store = await Store.open(settings.database_url, keyring)
    except SchemaMissing:
        return Finding(
            "database", State.ODD, "It has no tables yet; `tare serve` or `tare migrate` makes them."
        )
    except StoreError as error:
        return Finding("database", State.BROKEN, str(error))
    await store.close()
    if keyring.remarks:
        return Finding("key file", State.ODD, " ".join(keyring.remarks))
    return Finding("database", State.GOOD, "It is there, up to date, and belongs to the key file.")


def _zones() -> Finding:
    missing = []
    for zone in country_of_zone():
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            missing.append(zone)
    if missing:
        lost = f"{len(missing)} zones are missing, {missing[0]} for one"
        return Finding("time zones", State.BROKEN, f"{lost}. Install the package tzdata again.")
    return Finding("time zones", State.GOOD, "All are there.")


def _helplines(now: datetime) -> Finding:
    found = check_helplines(load_helplines(), now.astimezone(UTC).date())
    if found.errors:
        return Finding("help lines", State.BROKEN, f"{found.errors[0]}. Run: tare check")
    if found.warnings:
        first = f"{len(found.warnings)} remarks, the first: {found.warnings[0]}"
        says = f"{first}. All of them: tare check --warnings"
        return Finding("help lines", State.ODD, says)
    return Finding("help lines", State.GOOD, "All were looked at lately.")


def _safety_contact(settings: Settings) -> Finding:
    if settings.safety_contact:
        return Finding("safety contact", State.GOOD, "/privacy names it.")
    says = "/privacy names nobody whom people can tell about harm. Set TARE_SAFETY_CONTACT=you@example.org"
    return Finding("safety contact", State.ODD, says)
