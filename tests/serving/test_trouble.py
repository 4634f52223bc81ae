"""A bot whose network, database or neighbours fail: it loses nothing, says so, and goes on when it can."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram_trouble import AnotherPoller, TokenRefused
from bot.patience import Conflicts, Patience, Pause
from bot.service import Service
from bot.storage import StoreUnavailable, Transaction
from tests.serving.given import World, called, in_onboarding, polled, until
from tests.storage.given import number_of


@dataclass
class Outage:
    """Between `begin` and `end` the database cannot be reached."""

    monkeypatch: pytest.MonkeyPatch
    away: bool = False
    tries: int = 0

    def over(self, service: Service) -> None:
        opened = service.store.transaction

        @asynccontextmanager
        async def transaction() -> AsyncIterator[Transaction]:
            if self.away:
                self.tries += 1
                raise StoreUnavailable("The database is away.")
            async with opened() as inner:
                yield inner

        self.monkeypatch.setattr(service.store, "transaction", transaction)


async def test_while_the_database_is_away_nothing_is_confirmed_and_afterwards_all_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada, outage = await world.api.phone(), Outage(monkeypatch)

    async with world.bot(outage.over):
        await polled(world.api)
        outage.away = True
        await ada.command("start")
        await until(lambda: outage.tries >= 2)
        assert (await world.api.totals())["pending_updates"] == 1
        assert "nothing is taken in and nothing confirmed" in caplog.text

        outage.away = False
        await ada.hears("I'm Tare")
        await world.api.until_taken()


async def test_a_bot_that_is_stopped_while_the_database_is_away_leaves_the_update_at_telegram(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, outage = await world.api.phone(), Outage(monkeypatch)
    loop = asyncio.get_running_loop()

    async with world.bot(outage.over):
        await polled(world.api)
        outage.away = True
        await ada.command("start")
        await until(lambda: outage.tries > 0)
        stopped_at = loop.time()
    assert loop.time() - stopped_at < 4

    monkeypatch.undo()
    async with world.bot():
        await ada.hears("I'm Tare")


@pytest.mark.parametrize("fault", ["http", "garbage", "drop_before", "drop_after"])
async def test_a_look_for_updates_that_fails_is_tried_again(world: World, fault: str) -> None:
    ada = await world.api.phone()
    await world.api.fail(fault, "getUpdates", times=2)
    await ada.command("start")

    async with world.bot():
        await ada.hears("I'm Tare")


async def test_a_bot_that_is_stopped_while_a_message_is_on_its_way_delivers_the_next_one_later(
    world: World,
) -> None:
    ada = await world.api.phone()
    loop = asyncio.get_running_loop()

    async with world.bot():
        await polled(world.api)
        await world.api.fail("latency", "sendMessage", seconds=30.0)
        await ada.command("start")
        await called(world.api, "sendMessage")
        stopped_at = loop.time()
    assert loop.time() - stopped_at < 4
    assert number_of(world.settings.database_url, "outbox") == 1

    await world.api.heal()
    async with world.bot():
        await ada.hears("I'm Tare")


async def test_another_poller_that_stays_stops_the_bot_and_is_named_as_the_reason(world: World) -> None:
    other = Telegram(world.api.token, world.api.url)
    await other.open()

    async def intrude() -> None:
        while True:
            try:
                await other.fetch()
            except AnotherPoller:
                await asyncio.sleep(0.2)

    intruder = asyncio.create_task(intrude())
    with pytest.raises(AnotherPoller, match="stop the other one"):
        async with world.bot() as service:
            await asyncio.wait_for(service.stopping.wait(), 5)

    intruder.cancel()
    await asyncio.wait({intruder})
    await other.close()


async def test_another_poller_that_passes_is_survived(world: World) -> None:
    ada = await world.api.phone()
    other = Telegram(world.api.token, world.api.url)
    await other.open()

    async with world.bot():
        await polled(world.api)
        intruder = asyncio.create_task(other.fetch())
        await polled(world.api, times=2)
        with pytest.raises(AnotherPoller):
            await intruder
        await ada.command("start")
        await ada.hears("I'm Tare")

    await other.close()


async def test_of_two_bots_the_one_that_came_last_gives_up(
    world: World, postgres_url: str, tmp_path: Path
) -> None:
    def steadfast(service: Service) -> None:
        service.patience = Patience(newcomer=0.5, resident=2.0)

    ada = await world.api.phone()
    newcomer = World.around(world.api, postgres_url, tmp_path / "newcomer")
    async with world.bot(steadfast):
        await ada.command("start")
        await ada.hears("I'm Tare")
        with pytest.raises(AnotherPoller):
            async with newcomer.bot(steadfast) as service:
                await asyncio.wait_for(service.stopping.wait(), 5)
        await world.api.until_taken()
        await ada.command("help")
        await ada.hears("I ask questions")


async def test_a_token_that_is_revoked_stops_the_bot(world: World) -> None:
    await world.api.fail("refuse", "getUpdates", code=401, description="Unauthorized", times=None)

    with pytest.raises(TokenRefused):
        async with world.bot() as service:
            await asyncio.wait_for(service.stopping.wait(), 5)


async def test_housekeeping_that_fails_stops_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.api.fail("http", "setMyCommands")
    ada = await world.api.phone()

    async with world.bot():
        await in_onboarding(ada)

    assert "housekeeping failed" in caplog.text


def test_a_conflict_is_put_up_with_for_a_while_and_a_later_one_begins_anew() -> None:
    trouble, conflicts = AnotherPoller("Stop the other one."), Conflicts(patience=10)
    conflicts.note(trouble, 100)
    conflicts.note(trouble, 109)
    conflicts.note(trouble, 200)
    conflicts.note(trouble, 209)

    with pytest.raises(AnotherPoller):
        conflicts.note(trouble, 210)


def test_pauses_double_up_to_a_limit() -> None:
    pause = Pause()

    waits = [pause.longer() for _ in range(9)]

    assert waits[:3] == [0.25, 0.5, 1.0]
    assert waits[-1] == 30.0
