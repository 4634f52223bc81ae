"""What the coach asked the house to do, in the same transaction: a file of everything, words let go, messages
taken back, the name by which somebody can be found.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.asked import WHOSE
from bot.batch import Batch, Want, place_in_our_code
from bot.desk import Desk
from bot.exporting import NAME, Export, as_file, export_of
from bot.packets import Finished
from bot.parcels import Kind, Parcel, as_body
from bot.references import reference_of
from bot.rendering import Voice
from bot.retention import let_go
from bot.storage.rows import ParcelRow
from bot.storage.store import Transaction
from flows.coach import Coach
from flows.engine.say import Say
from flows.notices import OLD
from flows.person import Standing

log = logging.getLogger(__name__)


HIDEABLE_FOR = timedelta(hours=47, minutes=50)
"""A bot may delete what is less than 48 hours old (deleteMessage); the rest is for the way to Telegram."""

MOST_HIDDEN = 200
"""Messages that are taken back at once: of two days more than anybody reads."""

AT_HOME = "terminal:"
"""The beginning of the address of who sits at the machine that Tare runs on."""


async def fulfil(transaction: Transaction, batch: Batch, coach: Coach, voices: Mapping[str, Voice]) -> None:
    """Do it all before the batch is saved, as things stand then. Whoever has left meanwhile gets nothing."""
    for want in batch.wants:
        desk = batch.desks[want.name]
        if want.what == "hide":
            await _hide(transaction, batch, desk, want, voices[desk.person.locale])
        elif want.what == "reference" and not want.name.startswith(AT_HOME):
            _tell_reference(desk, want.parcel, voices[desk.person.locale])
        if desk.person.standing in (Standing.LEAVING, Standing.DECLINED):
            continue
        if want.what == "let_go":
            await _let_go(transaction, batch, desk)
        elif want.what == "export":
            await _enclose(transaction, batch, desk, want.parcel, coach, voices[desk.person.locale])


async def _hide(transaction: Transaction, batch: Batch, desk: Desk, want: Want, voice: Voice) -> None:
    """Let the parcel take the messages back before it says so.

    What is still on its way goes first; of that the last question is looked up when the parcel goes.
    """
    parcel = want.parcel
    if want.name.startswith(AT_HOME):
        parcel.body["html"] = str(voice.text(Say("hide.nothing_here")))
        return
    since = batch.now - HIDEABLE_FOR
    parcel.kind = Kind.HIDE.value
    parcel.body["gone"] = await transaction.delivered_since(desk.row.id, since, MOST_HIDDEN)
    parcel.body[WHOSE] = want.name


def _tell_reference(desk: Desk, parcel: ParcelRow, voice: Voice) -> None:
    """Add the name by which whoever runs Tare can find somebody without reading anything."""
    said = voice.text(Say("privacy.reference", {"reference": reference_of(desk.row.lookup)}))
    parcel.body["html"] = f"{parcel.body['html']}\n\n{said}"


async def _let_go(transaction: Transaction, batch: Batch, desk: Desk) -> None:
    """The oldest words from now on are those in the records, where they are older than what the coach has."""
    left = await let_go(transaction, desk.row, batch.now - OLD)
    diary = desk.person.diary
    days = [day for day in (left, diary.keeping.since) if day is not None]
    keeping = replace(diary.keeping, since=min(days, default=None))
    desk.person = replace(desk.person, diary=replace(diary, keeping=keeping))


async def _enclose(
    transaction: Transaction, batch: Batch, desk: Desk, parcel: ParcelRow, coach: Coach, voice: Voice
) -> None:
    """Put the file into the parcel that announces it; when it cannot be made, the parcel says so instead."""
    try:
        export = await read_export(transaction, batch, desk)
        content = await asyncio.to_thread(as_file, export, voice, coach.flows)
        file = Finished.of(NAME, content)
    except (ValueError, TypeError, KeyError) as error:
        log.error("an export could not be made: %s", place_in_our_code(error))
        parcel.body["html"] = str(voice.text(Say("coach.trouble")))
        return
    parcel.kind = Kind.DOCUMENT.value
    parcel.body["file"] = as_body(Parcel(Kind.DOCUMENT, desk.chat, file=file))["file"]


async def read_export(transaction: Transaction, batch: Batch, desk: Desk) -> Export:
    """Return everything of a person, with what this batch is about to add."""
    records = await transaction.records(desk.row)
    records += [each for each in batch.records if each.person_id == desk.row.id]
    letters = [*reversed(await transaction.letters(desk.row)), *desk.set_aside]
    return export_of(desk.row, desk.person, records, letters, batch.now)
