"""The server in a process of its own, for crash tests and benchmarks, driven over its control door."""

import asyncio
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from .chats import ImpossibleError
from .cloud import TOKEN
from .controls import Controls
from .shapes import Json

PROJECT = Path(__file__).resolve().parents[3]
READY_WITHIN = 20.0
STOPPED_WITHIN = 5.0


class RemoteBotApi(Controls):
    """A running server, by its URL."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url = url
        self.token = token
        self._client: httpx.AsyncClient | None = None

    async def ask(self, verb: str, /, **arguments: Json) -> Json:
        if self._client is None:
            raise ImpossibleError("not connected; use `async with`")
        answer = await self._client.post(f"{self.url}/fake/{verb}", json=arguments)
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise ImpossibleError(answer.json()["impossible"])
        return answer.raise_for_status().json()

    async def __aenter__(self) -> Self:
        self._client = httpx.AsyncClient(timeout=None, trust_env=False, verify=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()


class BotApiProcess(RemoteBotApi):
    """Starts `python -m tests.servers.botapi` and ends it; when this process dies it ends by itself."""

    def __init__(self, *options: str, token: str = TOKEN) -> None:
        super().__init__("", token)
        self._options = options
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.servers.botapi", "--token", self.token, "--with-parent"),
            *self._options,
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self.url = await self._first_line(self.process)
        return await super().__aenter__()

    async def _first_line(self, process: asyncio.subprocess.Process) -> str:
        if process.stdout is None:
            raise ImpossibleError("the server has no output")
        line = await asyncio.wait_for(process.stdout.readline(), READY_WITHIN)
        if not line:
            raise ImpossibleError(f"the server ended with status {await process.wait()} before it was ready")
        return line.decode().strip()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await super().__aexit__(kind, error, trace)
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await asyncio.wait_for(self.process.communicate(), STOPPED_WITHIN)
