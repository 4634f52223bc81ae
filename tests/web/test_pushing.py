"""Telegram pushes to the bot: side by side, again until it is taken, and only what it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.batch import Taken
from bot.channels.hook import Hook
from bot.channels.telegram import Telegram
from bot.channels.telegram_events import ALLOWED
from bot.channels.telegram_trouble import WebhookRefused
from bot.doctor import Finding, State, examine
from bot.intake import Event
from bot.service import Service
from bot.web.doors import look_after
from tests.servers.botapi import BotApi
from tests.servers.postgres import PostgresServer
from tests.serving.given import World, in_onboarding, until
from tests.storage.given import number_of
from tests.web.given import open_bot, start

A_MOMENT = 0.1


async def test_who_writes_is_answered_and_the_update_confirmed(either_world: World) -> None:
    ada = await either_world.api.phone()

    async with open_bot(either_world):
        await in_onboarding(ada)
        await either_world.api.until_taken()

    assert number_of(either_world.settings.database_url, "outbox") == 0
    assert number_of(either_world.settings.database_url, "person") == 1
    assert await either_world.api.calls("getUpdates") == []


async def test_the_webhook_is_set_with_secret_kinds_and_connections_and_drops_nothing(world: World) -> None:
    ada = await world.api.phone()
    await ada.command("start")

    async with open_bot(world) as bot:
        await ada.hears("I'm Tare")
        hook = bot.service.hook

    webhook = world.api.cloud.webhook
    assert hook is not None
    assert (webhook.url, webhook.secret, webhook.max_connections) == (hook.url, hook.secret, 100)
    assert world.api.cloud.updates.allowed == [*ALLOWED]


async def test_a_secret_that_is_set_is_used(world: World) -> None:
    secret = "kanarienvogel-kanarienvogel"
    world = replace(world, settings=world.settings.model_copy(update={"webhook_secret": SecretStr(secret)}))

    async with open_bot(world):
        assert world.api.cloud.webhook.secret == secret


async def test_a_secret_that_is_not_set_is_the_same_at_every_start_and_with_another_key_another(
    world: World,
) -> None:
    secrets = []
    for _ in range(2):
        async with open_bot(world):
            secrets.append(world.api.cloud.webhook.secret)
    key_file = world.settings.key_file.with_name("other.key")
    other = world.settings.model_copy(
        update={"key_file": key_file, "database_url": f"sqlite:///{key_file.with_name('other.db')}"}
    )
    async with open_bot(replace(world, settings=other)):
        secrets.append(world.api.cloud.webhook.secret)

    assert secrets[0] == secrets[1] != secrets[2]
    assert all(len(secret) == 64 for secret in secrets)


async def test_a_stop_leaves_the_webhook_to_the_other_processes(world: World) -> None:
    async with open_bot(world):
        pass

    assert world.api.cloud.webhook.url == world.settings.webhook_url


async def test_people_who_write_during_a_commit_share_the_next_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    gate = asyncio.Event()

    def held_up(service: Service) -> None:
        take = service.intake.take

        async def counted(events: Sequence[Event]) -> Taken:
            sizes.append(len(events))
            await gate.wait()
            return await take(events)

        monkeypatch.setattr(service.intake, "take", counted)

    people = await world.api.crowd(40)
    async with open_bot(world, held_up) as bot:
        for person in people:
            await world.api.inject({"message": start(0, person)["message"]}, about=person)
        await until(lambda: world.api.cloud.webhook.tries == 40)
        await asyncio.sleep(A_MOMENT)
        assert (await world.api.totals())["pending_updates"] == 40
        gate.set()
        await world.api.until_taken()
        assert await bot.number("tare_turns_total") == 40

    assert sum(sizes) == 40
    assert len(sizes) <= 4


async def test_while_the_database_is_away_telegram_gets_503_and_afterwards_everything_is_answered_once(
    shared: World, postgres_server: PostgresServer
) -> None:
    ada = await shared.api.phone()
    name = shared.settings.database_url.partition("@/")[2].partition("?")[0]
    webhook = shared.api.cloud.webhook

    async with open_bot(shared) as bot:
        assert (await bot.client.get(f"{bot.own}/ready")).status_code == 200
        await asyncio.to_thread(cut_off, postgres_server, name)
        await ada.command("start")
        assert await webhook.failed.until(lambda: webhook.failures >= 1, within=5)
        refused = await bot.push(start(2, ada.id))
        not_ready = await bot.client.get(f"{bot.own}/ready")
        alive = await bot.client.get(f"{bot.own}/health")

        await asyncio.to_thread(let_in, postgres_server, name)
        await shared.api.advance(3)
        await ada.hears("I'm Tare")
        await shared.api.until_taken()
        ready = await bot.client.get(f"{bot.own}/ready")

    assert "503" in webhook.last_error
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert (not_ready.status_code, not_ready.text) == (503, "database\n")
    assert (alive.status_code, ready.status_code) == (200, 200)
    assert number_of(shared.settings.database_url, "seen_update") == 1


def cut_off(server: PostgresServer, name: str) -> None:
    """Nobody gets into this database any more, and who is in is thrown out."""
    server.run(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def let_in(server: PostgresServer, name: str) -> None:
    server.run(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')


async def test_an_update_that_can_never_be_taken_is_parked_and_stands_in_nobody_s_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.api.phone(started=True)

    def poisoned(service: Service) -> None:
        apply = service.intake._apply

        def breaks(batch: object, event: Event) -> None:
            if event.key.endswith(":7"):
                raise ZeroDivisionError
            apply(batch, event)  # type: ignore[arg-type]

        monkeypatch.setattr(service.intake, "_apply", breaks)

    async with open_bot(world, poisoned) as bot:
        answers = await asyncio.gather(*(bot.push(start(number, ada.id)) for number in (6, 7, 8)))
        await ada.hears("I'm Tare")

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert number_of(world.settings.database_url, "dead_letter") == 1
    assert number_of(world.settings.database_url, "seen_update") == 3


async def test_a_request_under_way_when_a_stop_comes_is_committed_and_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, gate = asyncio.Event(), asyncio.Event()

    def held_up(service: Service) -> None:
        take = service.intake.take

        async def later(events: Sequence[Event]) -> Taken:
            reached.set()
            await gate.wait()
            return await take(events)

        monkeypatch.setattr(service.intake, "take", later)

    async with open_bot(world, held_up) as bot:
        pushing = asyncio.create_task(bot.push(start(1)))
        await reached.wait()
        bot.service.stopping.set()
        await asyncio.sleep(0.3)
        gate.set()
        answer = await pushing

    assert answer.status_code == 200
    assert number_of(world.settings.database_url, "seen_update") == 1


async def test_a_webhook_that_somebody_took_away_is_set_again_and_another_s_is_left(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_bot(world) as bot:
        await bot.service.telegram._bot.delete_webhook()
        await look_after(bot.service)
        again = world.api.cloud.webhook.url

        await bot.service.telegram._bot.set_webhook("http://127.0.0.1:9/other")
        await look_after(bot.service)
        others = world.api.cloud.webhook.url

    assert again == world.settings.webhook_url
    assert others == "http://127.0.0.1:9/other"
    assert "taken the webhook away" in caplog.text
    assert "another address" in caplog.text


async def test_the_doctor_says_whether_telegram_pushes_to_us(world: World) -> None:
    async with open_bot(world) as bot:
        ours = await webhook_finding(world)
        await bot.service.telegram._bot.set_webhook("http://127.0.0.1:9/other")
        another = await webhook_finding(world)
        await bot.service.telegram._bot.delete_webhook()
        none = await webhook_finding(world)

    assert (ours.state, another.state, none.state) == (State.GOOD, State.ODD, State.ODD)
    assert "another address" in another.says
    assert "None is set" in none.says


async def webhook_finding(world: World) -> Finding:
    [finding] = [each async for each in examine(world.settings) if each.what == "webhook"]
    return finding


async def test_an_address_that_telegram_refuses_is_named_with_the_reason() -> None:
    async with BotApi() as api:
        telegram = Telegram(api.token, api.url)
        with pytest.raises(WebhookRefused, match="does not push to ftp://nowhere/x: Bad webhook: invalid"):
            await telegram.register(Hook("ftp://nowhere/x", "s" * 20))
        await telegram.close()
