"""What the webhook takes and what it refuses, over real HTTP."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web.receiving import BIGGEST, TOLD_IN
from tests.serving.given import World
from tests.storage.given import number_of
from tests.web.given import PATH, open_bot, start


def taken(world: World) -> int:
    """How many updates the store remembers."""
    return number_of(world.settings.database_url, "seen_update")


def letters(world: World) -> int:
    return number_of(world.settings.database_url, "dead_letter")


@pytest.mark.parametrize("secret", ["", "wrong", "ä", "x" * 300])
async def test_a_wrong_secret_gets_403_and_learns_nothing(world: World, secret: str) -> None:
    async with open_bot(world) as bot:
        answers = [
            await bot.push(start(1), **{TOLD_IN: secret}),
            await bot.push(b"{broken", **{TOLD_IN: "wrong", "content-type": "text/plain"}),
            await bot.push(b"x" * (BIGGEST + 1), **{TOLD_IN: "wrong"}),
        ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert {answer.content for answer in answers} == {b""}
    assert {name for answer in answers for name in answer.headers} <= {"content-length", "date", "connection"}
    assert taken(world) == 0


async def test_no_secret_at_all_gets_403(world: World) -> None:
    async with open_bot(world) as bot:
        answer = await bot.client.post(f"{bot.webhook}{PATH}", json=start(1))

    assert answer.status_code == 403
    assert taken(world) == 0


async def test_the_secret_is_compared_in_constant_time_and_by_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def differ(given: bytes, ours: bytes) -> bool:
        compared.append((given, ours))
        return False

    async with open_bot(world) as bot:
        ours = (bot.service.hook.secret if bot.service.hook else "").encode()
        monkeypatch.setattr(hmac, "compare_digest", differ)
        answer = await bot.push(start(1))
        monkeypatch.undo()

    assert answer.status_code == 403
    assert compared == [(ours, ours)]


async def test_an_update_is_answered_with_an_empty_200_and_is_committed_then(world: World) -> None:
    async with open_bot(world) as bot:
        answer = await bot.push(start(1))

        assert (answer.status_code, answer.content) == (200, b"")
        assert await asyncio.to_thread(taken, world) == 1


async def test_an_update_that_comes_again_is_answered_with_200_and_counts_once(either_world: World) -> None:
    ada = await either_world.api.phone(started=True)
    async with open_bot(either_world) as bot:
        answers = [await bot.push(start(1, ada.id)) for _ in range(3)]
        await ada.hears("I'm Tare")
        await ada.hears_nothing()

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert taken(either_world) == 1


async def test_more_than_an_update_can_have_is_refused_with_413(world: World) -> None:
    big = {**start(1), "padding": "x" * BIGGEST}

    async def in_parts() -> AsyncIterator[bytes]:
        for _ in range(12):
            yield b"[" * 100_000

    async with open_bot(world) as bot:
        declared = await bot.push(big)
        secret = bot.service.hook.secret if bot.service.hook else ""
        undeclared = await bot.client.post(
            f"{bot.webhook}{PATH}",
            content=in_parts(),
            headers={"content-type": "application/json", TOLD_IN: secret},
        )

    assert (declared.status_code, undeclared.status_code) == (413, 413)
    assert taken(world) == 0


async def test_an_update_just_below_the_limit_is_read(world: World) -> None:
    update = {**start(1), "padding": ""}
    update["padding"] = "x" * (BIGGEST - len(json.dumps(update)))

    async with open_bot(world) as bot:
        answer = await bot.push(update)

    assert answer.status_code == 200
    assert taken(world) == 1


async def test_another_kind_of_content_is_refused_with_415(world: World) -> None:
    async with open_bot(world) as bot:
        form = await bot.push(start(1), **{"content-type": "application/x-www-form-urlencoded"})
        spelt_out = await bot.push(start(2), **{"content-type": "Application/JSON; charset=utf-8"})

    assert (form.status_code, spelt_out.status_code) == (415, 200)
    assert taken(world) == 1


BROKEN = {
    "cut off": b'{"update_id": 7, "mess',
    "no utf-8": b'{"update_id": 7, "message": "\xff\xfe"}',
    "empty": b"",
    "bottomless": b"[" * 100_000,
    "deep": b'{"update_id": 7, "message": ' + b"[" * 900 + b"]" * 900 + b"}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
async def test_what_is_no_update_is_set_aside_once_and_answered_with_200_so_that_it_blocks_nobody(
    world: World, body: bytes
) -> None:
    async with open_bot(world) as bot:
        answers = [await bot.push(body), await bot.push(body)]
        assert await bot.number('tare_updates_total{sort="unreadable"}') == 2

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (taken(world), letters(world)) == (1, 1)


async def test_only_post_to_the_one_path_is_there(world: World) -> None:
    async with open_bot(world) as bot:
        get = await bot.client.get(f"{bot.webhook}{PATH}")
        elsewhere = await bot.client.post(f"{bot.webhook}/", json=start(1))
        slash = await bot.client.post(f"{bot.webhook}{PATH}/", json=start(1))
        metrics = await bot.client.get(f"{bot.webhook}/metrics")

    assert [each.status_code for each in (get, elsewhere, slash, metrics)] == [405, 404, 404, 404]
    assert "tare" not in (get.text + elsewhere.text + str(httpx.Headers(elsewhere.headers))).lower()
