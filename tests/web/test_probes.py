"""Alive, ready and the numbers: what they say, when, and that they say nothing of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import telegram_service
from bot.metrics import VOCABULARY, Metrics
from bot.settings import BadSetting
from bot.web.door import host_and_port
from bot.web.doors import open_doors, taken_ports
from tests.serving.given import World, in_onboarding
from tests.storage.given import tamper
from tests.web.given import Open, open_bot, start

CANARY = "kanarienvogel"

LABELS = {**VOCABULARY, "le": set()}
"""Every value that a label may have; "le" is the upper end of a bucket."""


@pytest.fixture(params=["pushed", "polled"])
def either_way(world: World, request: pytest.FixtureRequest) -> World:
    """A world in which updates are pushed, and one in which they are fetched."""
    if request.param == "pushed":
        return world
    return replace(world, settings=world.settings.model_copy(update={"webhook_url": None}))


async def test_a_bot_at_work_is_alive_and_ready_and_one_that_stops_is_not_ready(either_way: World) -> None:
    async with open_bot(either_way) as bot:
        alive, ready = await bot.client.get(f"{bot.own}/health"), await bot.client.get(f"{bot.own}/ready")
        bot.service.stopping.set()
        stopping = await bot.client.get(f"{bot.own}/ready")

    assert (alive.status_code, ready.status_code) == (200, 200)
    assert (stopping.status_code, stopping.text) == (503, "stopping\n")


async def test_before_it_begins_to_work_the_bot_is_alive_and_not_ready(world: World) -> None:
    own, settings = f"http://{world.settings.listen}", world.settings
    with taken_ports(settings, listens=True) as ports:
        async with (
            telegram_service(settings, lambda words: None) as service,
            open_doors(service, ports),
            httpx.AsyncClient(trust_env=False) as client,
        ):
            ready, alive = await client.get(f"{own}/ready"), await client.get(f"{own}/health")

    assert (ready.status_code, ready.text) == (503, "starting\n")
    assert alive.status_code == 200


async def test_with_other_tables_it_is_not_ready(shared: World) -> None:
    async with open_bot(shared) as bot:
        newest = await tables_changed(shared, "9999")
        ready = await bot.client.get(f"{bot.own}/ready")
        await tables_changed(shared, newest)

    assert (ready.status_code, ready.text) == (503, "tables\n")


async def tables_changed(world: World, step: str) -> str:
    """Pretend that another version has migrated the database; return the step it was at."""
    from bot.storage.schema import newest

    tamper(world.settings.database_url, "UPDATE alembic_version SET version_num = :step", {"step": step})
    return newest()


async def test_the_numbers_count_what_happened(either_way: World) -> None:
    ada = await either_way.api.phone()
    async with open_bot(either_way) as bot:
        await in_onboarding(ada)
        await either_way.api.until_taken()
        await settled(bot)
        updates = await bot.number('tare_updates_total{sort="event"}')
        turns = await bot.number("tare_turns_total")
        batches = await bot.number("tare_batch_size_count")
        in_batches = await bot.number("tare_batch_size_sum")
        calls = await bot.number("tare_first_call_seconds_count")
        waited = await bot.number("tare_first_call_seconds_sum")
        questions = await bot.number('tare_parcels_total{kind="question",outcome="delivered"}')
        depth = await bot.number("tare_outbox_parcels")

    assert (updates, turns, in_batches) == (4, 4, 4)
    assert 1 <= batches <= 4
    assert calls == 4
    assert 0 < waited < 5
    assert questions == 4
    assert depth == 0


async def test_an_update_that_comes_again_is_no_turn(world: World) -> None:
    async with open_bot(world) as bot:
        for _ in range(3):
            await bot.push(start(1))

        assert await bot.number('tare_updates_total{sort="event"}') == 3
        assert await bot.number("tare_turns_total") == 1
        assert await bot.number('tare_webhook_requests_total{status="200"}') == 3


async def test_a_message_to_who_has_gone_counts_as_unreachable(world: World) -> None:
    async with open_bot(world) as bot:
        await bot.push(start(1, person=5_999_999_999))
        await settled(bot)

        assert await bot.number('tare_parcels_total{kind="question",outcome="unreachable"}') == 1


async def settled(bot: Open) -> None:
    """Wait until the outbox is empty."""
    while await bot.number("tare_outbox_parcels"):
        pass


async def test_labels_come_from_closed_lists_and_nothing_of_anybody_is_told(either_way: World) -> None:
    ada = await either_way.api.phone(CANARY, username=CANARY)
    async with open_bot(either_way) as bot:
        await in_onboarding(ada)
        await ada.write(CANARY)
        await either_way.api.inject({"message": {"text": CANARY}})
        await either_way.api.until_taken()
        told = (await bot.client.get(f"{bot.own}/metrics")).text
        secret = bot.service.hook.secret if bot.service.hook else CANARY

    for name, value in labels_of(told):
        assert name in LABELS, name
        assert value in LABELS[name] or (name == "le" and re.fullmatch(r"[\d.]+|\+Inf", value)), (name, value)
    for canary in (CANARY, str(ada.id), secret, either_way.api.token, "127.0.0.1"):
        assert canary not in told


def labels_of(told: str) -> Iterator[tuple[str, str]]:
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            yield from sample.labels.items()


async def test_without_an_address_nobody_can_ask_for_the_numbers(world: World) -> None:
    quiet = replace(world, settings=world.settings.model_copy(update={"metrics_listen": None}))

    async with open_bot(quiet) as bot:
        answer = await bot.client.get(f"{bot.webhook}/metrics")

    assert answer.status_code == 404


async def test_a_port_that_is_taken_is_refused_before_anything_is_touched(world: World) -> None:
    async with open_bot(world):
        calls = len(await world.api.calls())
        with pytest.raises(
            BadSetting, match=r"TARE_LISTEN names .* cannot be listened on: Address already in use"
        ):
            async with open_bot(world):
                pass

        assert len(await world.api.calls()) - calls <= 8  # the menu of the one at work


def test_a_nudge_counts_by_its_fate_and_an_unknown_reason_as_other() -> None:
    from collections import Counter

    from bot.batch import Taken

    metrics = Metrics()
    metrics.nudged(
        Taken(
            settled=Counter(
                {("sent", ""): 2, ("dropped", "late"): 3, ("dropped", CANARY): 1, ("later", ""): 5}
            )
        )
    )
    told = metrics.written(0).decode()

    assert 'tare_nudges_total{outcome="sent",why=""} 2.0' in told
    assert 'tare_nudges_total{outcome="dropped",why="late"} 3.0' in told
    assert 'tare_nudges_total{outcome="dropped",why="other"} 1.0' in told
    assert CANARY not in told


@pytest.mark.parametrize(
    ("address", "both"),
    [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("[::1]:80", ("::1", 80)), ("localhost:0", ("localhost", 0))],
)
def test_an_address_has_a_host_and_a_port(address: str, both: tuple[str, int]) -> None:
    assert host_and_port(address) == both
