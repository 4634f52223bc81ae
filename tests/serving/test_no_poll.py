"""What is due goes out beside listening, and from `tare serve --no-poll` without any listening."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.clock import real_time
from bot.parcels import Kind, Parcel, as_body
from bot.service import Service
from bot.storage import Keyring, NudgeRow, ParcelRow, PersonRow, Store, Transaction
from flows.coach import Coach
from flows.engine.say import Say
from flows.nudging import Nudge, Nudging
from flows.person import Person
from flows.reply import Reply
from tests.servers.botapi import BotApi, Phone
from tests.serving.given import World, ended, in_onboarding, polled, process, until
from tests.storage.test_nudges import stored

WORDS = "/continue whenever you like"


@pytest.fixture
def shared(api: BotApi, postgres_url: str, tmp_path: Path) -> World:
    """A world on the database that several processes may share."""
    return World.around(api, postgres_url, tmp_path)


@asynccontextmanager
async def her_row(world: World, ada: Phone) -> AsyncIterator[tuple[Transaction, PersonRow]]:
    """Change what the store has of her, past the bot."""
    store = await Store.open(world.settings.database_url, Keyring.open(world.settings.key_file))
    async with store.transaction() as transaction:
        yield transaction, (await transaction.people([f"telegram:{ada.id}"]))[f"telegram:{ada.id}"]
    await store.close()


async def someone(world: World) -> Phone:
    """Somebody who has agreed; the bot is not there any more."""
    ada = await world.api.phone()
    async with world.bot():
        await in_onboarding(ada)
        await world.api.until_taken()
    return ada


async def leave_behind(world: World, ada: Phone, words: str) -> None:
    """Something waits for her in the outbox, in nobody's hands."""
    now = real_time()
    async with her_row(world, ada) as (transaction, row):
        row.sequence += 1
        await transaction.save([row], now)
        body = as_body(Parcel(Kind.LINE, ada.id, words))
        parcel = ParcelRow(
            person_id=row.id, seq=row.sequence, urgency=0, kind="line", due_at=now, created_at=now, body=body
        )
        await transaction.put([parcel])


async def make_due(world: World, ada: Phone, slot: str, late: timedelta = timedelta(0)) -> None:
    now = real_time()
    async with her_row(world, ada) as (transaction, row):
        due = NudgeRow(
            person_id=row.id, kind="once", slot=slot, due_at=now - late, until=now - late + timedelta(hours=1)
        )
        await transaction.plan({row.id: [due]}, now)


class Ready(Coach):
    """Sends whatever is due."""

    def nudge(self, person: Person, nudge: Nudge, now: datetime) -> Nudging:
        del nudge, now
        return Nudging(Reply(person, (Say("coach.later"),)), "sent")


def ready(service: Service) -> None:
    usual = service.intake._coach
    service.intake._coach = Ready(usual.words, usual.places, usual.rule, usual.helplines, kinds=())


async def test_what_falls_due_is_sent_while_the_bot_listens(either_world: World) -> None:
    ada = await someone(either_world)
    await make_due(either_world, ada, "due")

    async with either_world.bot(ready):
        await ada.hears(WORDS)
        await make_due(either_world, ada, "due again")
        await ada.hears(WORDS)

    statuses = [status for _, status, _ in stored(either_world.settings.database_url)]
    assert statuses == ["sent", "sent"]


async def test_without_listening_it_delivers_what_is_due_and_what_was_left(shared: World) -> None:
    ada = await someone(shared)
    await leave_behind(shared, ada, "Left behind.")
    await make_due(shared, ada, "due")
    looks = len(await shared.api.calls("getUpdates"))

    async with shared.bot(ready, listens=False):
        await ada.hears("Left behind.")
        await ada.hears(WORDS)

    assert len(await shared.api.calls("getUpdates")) == looks


async def test_as_a_process_it_works_beside_one_that_polls_and_takes_nothing_from_it(
    shared: World, tmp_path: Path
) -> None:
    ada = await someone(shared)
    await leave_behind(shared, ada, "Left behind.")
    await make_due(shared, ada, "late", late=timedelta(hours=2))
    url = shared.settings.database_url

    async with process(tmp_path, shared.environment(), "serve", "--no-poll") as tare:
        await ada.hears("Left behind.", within=15)
        await until(lambda: stored(url) == [("late", "dropped", False)])
        async with shared.bot():
            await polled(shared.api)
            await ada.command("help")
            await ada.hears("/continue")
        tare.send_signal(signal.SIGTERM)
        end = await ended(tare)

    assert end.code == 0
    assert "Delivering what is due as @tare_test_bot" in end.err
    assert "nudges dropped, late: 1" in end.err


async def test_on_sqlite_it_is_refused_with_the_reason(world: World, tmp_path: Path) -> None:
    async with process(tmp_path, world.environment(), "serve", "--no-poll") as tare:
        end = await ended(tare)

    assert end.code == 2
    assert "an SQLite file belongs to one alone" in end.err
    assert len(end.err.splitlines()) == 1


async def test_it_leaves_a_webhook_where_it_is(shared: World) -> None:
    telegram = Telegram(shared.api.token, shared.api.url)
    await telegram._bot.set_webhook("http://127.0.0.1:9/")

    name = await telegram.named()
    there = await telegram.ask_about()
    await telegram._bot.delete_webhook()
    await telegram.close()

    assert (name, there.webhook) == ("tare_test_bot", True)
