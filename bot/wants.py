"""What the coach asked the house to do, in the same transaction: a file of everything, or words let go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.batch import Batch, place_in_our_code
from bot.desk import Desk
from bot.exporting import NAME, Export, as_file, export_of
from bot.packets import Finished
from bot.parcels import Kind, Parcel, as_body
from bot.rendering import Voice
from bot.retention import let_go
from bot.storage.rows import ParcelRow
from bot.storage.store import Transaction
from flows.coach import Coach
from flows.engine.say import Say
from flows.notices import OLD
from flows.person import Standing

log = logging.getLogger(__name__)


async def fulfil(transaction: Transaction, batch: Batch, coach: Coach, voices: Mapping[str, Voice]) -> None:
    """Do it all before the batch is saved, as things stand then. Whoever has left meanwhile gets nothing."""
    for want in batch.wants:
        desk = batch.desks[want.name]
        if desk.person.standing in (Standing.LEAVING, Standing.DECLINED):
            continue
        if want.what == "let_go":
            await _let_go(transaction, batch, desk)
        elif want.what == "export":
            await _enclose(transaction, batch, desk, want.parcel, coach, voices[desk.person.locale])


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
