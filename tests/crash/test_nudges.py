"""`kill -9` at any instant while nudges fall due: all of them come, and after each kill only a few twice.

On PostgreSQL one process polls and sends, and a second one only delivers; on SQLite there is one.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import text

from bot.clock import real_time
from bot.outcomes import NUDGES_AT_ONCE
from bot.storage import Keyring, NudgeRow, Store
from tests.crash.conftest import SEED, Setting
from tests.crash.nudged_bot import KIND, SLOT, noon_zone
from tests.crash.play import Stage, until_empty
from tests.crash.serving import Serving
from tests.servers.botapi import BotApiProcess
from tests.storage.given import number_of, past_the_store

NUDGES = 200
KILLS = 4
SPREAD = timedelta(seconds=4)
"""In which they fall due, from the moment at which the first process is ready."""

LONGEST_WAIT = 3.0
"""Seconds until a kill comes anyway."""

WITHIN = 30.0

SOME_NUDGES = re.compile(r"nudges: [1-9]")


@dataclass(frozen=True)
class Fallen:
    """What is there when everything was sent: how often each chat got it, and how often a bot was killed."""

    copies: Counter[int]
    kills: int
    told: bool
    """Whether a bot said that one may come twice."""
    sent: int
    letters: int
    violations: list[str]


@pytest.mark.parametrize(
    ("setting", "options"), [("on_sqlite", ((),)), ("on_postgres", ((), ("--no-poll",)))]
)
def test_every_nudge_comes_once_but_for_those_that_were_on_their_way_at_a_kill(
    request: pytest.FixtureRequest, setting: str, options: tuple[tuple[str, ...], ...]
) -> None:
    stages: Setting = request.getfixturevalue(setting)

    fallen = asyncio.run(fall_due(stages("nudges"), options, Random(SEED)))

    twice = sum(fallen.copies.values()) - NUDGES
    print(f"{twice} of {NUDGES} came twice after {fallen.kills} kills")
    assert len(fallen.copies) == fallen.sent == NUDGES
    assert fallen.kills == KILLS
    assert twice <= NUDGES_AT_ONCE * KILLS
    assert max(fallen.copies.values()) <= 1 + KILLS
    assert fallen.told or not twice
    assert (fallen.letters, fallen.violations) == (0, [])


async def fall_due(stage: Stage, processes: tuple[tuple[str, ...], ...], chance: Random) -> Fallen:
    """Let the nudges of many people fall due while processes are killed and started again."""
    async with BotApiProcess() as api:
        people = await api.crowd(NUDGES)
        bots = [_bot(stage, api, number, options) for number, options in enumerate(processes)]
        async with AsyncExitStack() as running:
            for bot in bots:
                await running.enter_async_context(bot)
            await bots[0].until_listening()
            await make_due(stage, people)
            for number in range(KILLS):
                await _a_moment(api, KILLS - number, chance)
                bot = chance.choice(bots)
                await bot.kill("while nudges fell due")
                await bot.start()
            await until_settled(stage.url)
            await until_empty(stage.url)
        return Fallen(
            copies=Counter(int(call["values"]["chat_id"]) for call in await api.calls("sendMessage")),
            kills=sum(len(bot.kills) for bot in bots),
            told=any(SOME_NUDGES.search(line) for bot in bots for line in bot.said),
            sent=settled(stage.url, "sent"),
            letters=number_of(stage.url, "dead_letter"),
            violations=await api.all_violations(),
        )


def _bot(stage: Stage, api: BotApiProcess, number: int, options: tuple[str, ...]) -> Serving:
    folder = stage.folder / str(number)
    bot = Serving.beside(folder, api.url, api.token, stage.url, stage.key_file)
    return replace(bot, program="tests.crash.nudged_bot", options=options)


async def _a_moment(api: BotApiProcess, kills_left: int, chance: Random) -> None:
    """Wait until some more were delivered, and then for less time than it takes to write that down."""
    sent = int((await api.totals())["sent"])
    more = chance.randint(1, max(2, (NUDGES - sent) // kills_left))
    await api.ask("wait_for_sent", count=sent + more, within=LONGEST_WAIT)
    await asyncio.sleep(chance.choice((0.0, 0.001, 0.003, 0.01)))


async def make_due(stage: Stage, people: list[int]) -> None:
    """Let everybody be somebody who agreed to be here, with a nudge that is due in the next seconds."""
    now = real_time()
    addresses = {f"telegram:{number}": number for number in people}
    store = await Store.open(stage.url, Keyring.open(stage.key_file))
    async with store.transaction() as transaction:
        rows = await transaction.admit(list(addresses), now)
        for address, row in rows.items():
            chat = addresses[address]
            row.status, row.body = "active", {"chat": chat, "seed": chat, "zone": noon_zone(now)}
        await transaction.save(list(rows.values()), now)
        gaps = SPREAD / NUDGES
        await transaction.plan(
            {row.id: [nudge(row.id, now + place * gaps)] for place, row in enumerate(rows.values())}, now
        )
    await store.close()


def nudge(person_id: int, due_at: datetime) -> NudgeRow:
    until = due_at + timedelta(hours=1)
    return NudgeRow(person_id=person_id, kind=KIND, slot=SLOT, due_at=due_at, until=until)


def settled(url: str, status: str) -> int:
    with past_the_store(url) as connection:
        count = text("SELECT count(*) FROM nudge WHERE status = :status")
        return int(connection.execute(count, {"status": status}).scalar_one())


async def until_settled(url: str) -> None:
    give_up = time.monotonic() + WITHIN
    while left := settled(url, "waiting"):
        assert time.monotonic() < give_up, f"{left} nudges still wait"
        await asyncio.sleep(0.1)
