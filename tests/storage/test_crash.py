"""`kill -9`: what was committed is there, what was not committed has never been."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from bot.storage import Keyring, Store
from tests.storage.given import ADA, AT, BEN, claimed

KILLED_IN_A_TRANSACTION = """
import asyncio, os, signal, sys
from bot.storage import Keyring, Store
from tests.storage.given import ADA, AT, BEN, LEASE, admitted, parcel, put

async def main(url, key_file):
    store = await Store.open(url, Keyring.open(key_file))
    [ada] = await admitted(store, ADA)
    await put(store, parcel(ada, 1))
    async with store.transaction() as transaction:
        await transaction.unseen(["telegram:1:1"], AT)
        await transaction.admit([BEN], AT)
        await transaction.delivered([(ada.id, 1)])
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_killed_process_keeps_what_it_committed_and_nothing_else(
    database_url: str, tmp_path: Path
) -> None:
    key_file = tmp_path / "tare.key"
    keyring = Keyring.open(key_file)

    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED_IN_A_TRANSACTION, database_url, str(key_file)),
        cwd=Path(__file__).parents[2],
    )

    assert await killed.wait() == -signal.SIGKILL
    store = await Store.open(database_url, keyring)
    async with store.transaction() as transaction:
        # First: it waits until the server, too, has noticed the end of the other transaction.
        assert await transaction.unseen(["telegram:1:1"], AT) == {"telegram:1:1"}
        assert set(await transaction.people([ADA, BEN])) == {ADA}
    assert [each.seq for each in await claimed(store)] == [1]
    await store.close()
