"""What an update costs while few, many and very many other people are in the database: it should not grow."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import perf_counter

from bench import Effort, Figure, spread
from bench.backstage import stage, tare
from bench.contest import Contender, measured_in_turns, ratio, serving
from bench.due import NUDGES
from bot.clock import real_time
from bot.storage import Keyring, Store, migrate
from bot.storage.tables import microseconds

SIZES = (1_000, 100_000, 1_000_000)
RECORDS = 3
FLAT = "ratio to the fewest: 0.8 or more"

A_WEEK = 7 * 24 * 60 * 60 * 1_000_000
"""Microseconds over which the nudges of all are spread, none of them due yet."""

NUMBERS = "WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :size)"
PEOPLE = f"""
{NUMBERS}
INSERT INTO person (id, lookup, wrapped_key, status, version, sequence, body, created_at, heard_at)
SELECT i, randomblob(32), randomblob(60), 'active', 1, 9, randomblob(300), :now, :now FROM number
"""
CONVERSATIONS = """
INSERT INTO conversation (person_id, flow, status, flow_version, version, body, updated_at)
SELECT id, 'sketch', 'open', 1, 1, randomblob(400), :now FROM person
"""
RECORDS_OF_ALL = """
INSERT INTO record (person_id, kind, at, body)
SELECT id, 'answer', :now, randomblob(120) FROM person
"""
SEEN = f"""
{NUMBERS} INSERT INTO seen_update (key, at) SELECT 'telegram:bench:' || i, :now FROM number
"""


def figures(effort: Effort, sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """Measure in turns with so many people there who are silent."""
    with ExitStack() as stack:
        crowded = []
        for size in sizes:
            contender, filled = stack.enter_context(_among(size))
            yield Figure(f"{contender.name}: put there", filled, "s")
            crowded.append(contender)
        measured_in_turns(crowded, effort)
        for each in crowded:
            beside = ratio(Contender.per_update, crowded[0], each)
            yield spread(f"{each.name}: CPU an update", each.per_update(), "ms", FLAT, beside)
        for each in crowded:
            yield spread(f"{each.name}: updates", each.updates_a_second(), "/s")


@contextmanager
def _among(size: int) -> Iterator[tuple[Contender, float]]:
    """Run a bot in whose database there are so many people, and tell how long it took to put them there."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/tare.db"
        asyncio.run(_opened_once(url, folder / "tare.key"))
        filled = fill(folder / "tare.db", size)
        remote = stack.enter_context(stage("sketch"))
        settings = tare(remote.url, url, folder)
        yield stack.enter_context(serving(f"among {size:,} people", remote, folder, settings)), filled


async def _opened_once(url: str, key: Path) -> None:
    """Make the tables, and the key that goes with them."""
    await asyncio.to_thread(migrate, url)
    await (await Store.open(url, Keyring.open(key))).close()


def fill(file: Path, size: int) -> float:
    """Put in people who have talked; nobody has their keys, and nobody needs them. Returns seconds."""
    began, now = perf_counter(), microseconds(real_time())
    with closing(sqlite3.connect(file)) as connection, connection:
        for setting in ("synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {setting}")
        for statement in (PEOPLE, CONVERSATIONS, *[RECORDS_OF_ALL] * RECORDS, NUDGES, SEEN):
            connection.execute(statement, {"size": size, "now": now, "gap": A_WEEK // size})
    return perf_counter() - began
