"""The same on PostgreSQL, with updates pushed to one process and to two."""

from __future__ import annotations

import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from bench import Effort, Figure, median, spread
from bench.backstage import bot, stage, tare
from bench.contest import Contender, measured_in_turns, ratio
from bench.processes import cores
from bench.quota import held
from tests.servers.postgres import PostgresServer, running_postgres

AIM = "ratio of the second: 1.6 where each has a core"

PART = 0.35
"""Of a core, for each process: with two of them the database and Telegram have more than a core left."""


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure in turns. Here the fake server and PostgreSQL want a part of the same cores."""
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        one, two = (stack.enter_context(_pushed_to(postgres, workers)) for workers in (1, 2))
        measured_in_turns([one, two], effort)
        beside = ratio(Contender.calls_a_second, two, one)
        yield spread(f"{one.name}: calls", one.calls_a_second(), "/s")
        yield spread(f"{two.name}: calls", two.calls_a_second(), "/s", AIM, beside)
        for each in (one, two):
            yield spread(f"{each.name}: CPU a call", each.per_call(), "ms")
        for each in (one, two):
            yield Figure(f"{each.name}: their share of all cores", _share(each), "", "the rest is not ours")
        yield from _held_to_a_part([one, two], effort)


def _held_to_a_part(before: Sequence[Contender], effort: Effort) -> Iterator[Figure]:
    """Measure the same again with a part of a core for each process, where that can be had."""
    with ExitStack() as stack:
        every = [stack.enter_context(held(pid, PART)) for each in before for pid in each.pids]
        if not all(every):
            return
        one, two = (replace(each, windows=[]) for each in before)
        measured_in_turns([one, two], effort)
        beside = ratio(Contender.calls_a_second, two, one)
        each_has = f"a process held to {PART} of a core"
        yield spread(f"{one.name}, {each_has}: calls", one.calls_a_second(), "/s")
        yield spread(
            f"{two.name}, {each_has}: calls", two.calls_a_second(), "/s", "ratio of the second: 1.6", beside
        )


def _share(contender: Contender) -> float:
    return median([each.bot / each.seconds / cores() for each in contender.windows])


@contextmanager
def _pushed_to(postgres: PostgresServer, workers: int) -> Iterator[Contender]:
    """Run so many processes on a database of their own; each has a door, and one address for all."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        remote = stack.enter_context(stage("sketch"))
        doors = [f"127.0.0.1:{_free_port()}" for _ in range(workers)]
        remote.do("lead_to", urls=[f"http://{door}/telegram" for door in doors])
        settings = tare(remote.url, postgres.create(f"workers_{workers}"), folder)
        settings["TARE_WEBHOOK_URL"] = f"http://{doors[0]}/telegram"
        pids = []
        for number, door in enumerate(doors):
            command = [sys.executable, "-m", "bot.cli", "serve"]
            process = stack.enter_context(bot(command, folder, settings | {"TARE_LISTEN": door}))
            remote.awaits("setWebhook", folder, number + 1)
            pids.append(process.pid)
        yield Contender(f"PostgreSQL, {workers} pushed to", remote, pids)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
