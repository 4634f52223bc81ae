"""The server as a process of its own, driven over its control door with the same words."""

import asyncio
import signal
import sys
from pathlib import Path

import httpx
import pytest

from .botapi import BotApi, BotApiProcess, ImpossibleError, RemoteBotApi
from .botapi.raw import RawBot

pytest_plugins = ["tests.servers.botapi.fixtures"]

PROJECT = Path(__file__).resolve().parents[2]


async def test_the_process_is_driven_with_the_same_words() -> None:
    async with BotApiProcess(token="7000000002:Another") as api, httpx.AsyncClient(verify=False) as client:
        raw = RawBot(client, f"{api.base_url}{api.token}")
        ada = await api.phone("Ada")
        await ada.command("start")
        (update,) = (await raw("getUpdates", timeout=1))["result"]
        keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}

        await raw("sendMessage", chat_id=ada.id, text="Well?", reply_markup=keyboard)

        assert (await ada.hears("Well?")).labels == ["Yes"]
        await ada.tap("Yes")
        (tap,) = (await raw("getUpdates", offset=update["update_id"] + 1))["result"]
        assert tap["callback_query"]["data"] == "y"
        with pytest.raises(ImpossibleError, match="0 buttons 'No'"):
            await ada.tap("No")
        await raw("sendHologram")
        assert await api.all_violations() == ["sendHologram: unknown method"]
        assert api.process is not None

    assert api.process.returncode == 0


async def test_the_process_tells_its_url_and_ends_on_sigterm() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-m", "tests.servers.botapi", "--port", "0", "--token", "1:T"),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with httpx.AsyncClient(verify=False) as client:
        assert (await client.get(f"{url}/bot1:T/getMe")).json()["ok"]

    process.send_signal(signal.SIGTERM)
    rest, errors = await asyncio.wait_for(process.communicate(), 5)

    assert (process.returncode, rest, errors) == (0, b"", b"")


async def test_a_process_without_its_parent_ends() -> None:
    async with BotApiProcess() as api:
        assert api.process is not None
        assert api.process.stdin is not None

        api.process.stdin.close()

        assert await asyncio.wait_for(api.process.wait(), 5) == 0


async def test_a_lean_server_counts_and_forgets() -> None:
    async with BotApiProcess("--lean") as api, httpx.AsyncClient(verify=False) as client:
        raw = RawBot(client, f"{api.base_url}{api.token}")
        people = await api.crowd(2)
        await api.ask("write_many", lines=[(people[0], "hello"), (people[1], "hello")])
        for _ in range(5):
            sent = await raw("sendMessage", chat_id=people[0], text="hello")

        assert await api.until_sent(5) == 5
        assert await api.calls() == []
        assert len(await api.ask("chat", chat_id=people[0])) == 3
        with pytest.raises(ImpossibleError, match="keeps no log"):
            await api.ask("log", chat_id=people[0])
        first = sent["result"]["message_id"] - 4
        old = await raw("editMessageText", chat_id=people[0], message_id=first, text="changed")
        assert old["result"]["text"] == "changed"
        assert len((await raw("getUpdates"))["result"]) == 2


async def test_a_server_in_this_process_has_the_same_control_door(botapi: BotApi) -> None:
    async with RemoteBotApi(botapi.url, botapi.token) as remote:
        ada = await remote.phone("Ada", language_code="de")
        await ada.write("hello")

        assert (await botapi.totals())["pending_updates"] == 1
        with pytest.raises(AssertionError, match="0 of 1 messages were sent"):
            await remote.until_sent(1, within=0.05)


async def test_the_control_door_lists_its_verbs(botapi: BotApi) -> None:
    async with httpx.AsyncClient(verify=False) as client:
        verbs = (await client.get(f"{botapi.url}/fake")).json()
        unknown = await client.get(f"{botapi.url}/fake/explode")

    assert {"write", "tap", "fail", "advance", "violations"} <= verbs.keys()
    assert unknown.status_code == 400
    assert "no verb 'explode'" in unknown.json()["impossible"]
