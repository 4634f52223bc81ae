"""`tare serve` as a process that is started, stopped and killed, again and again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.botapi.clock import Bell

PROJECT = Path(__file__).parents[2]

STARTED_WITHIN = 30.0
STOPPED_WITHIN = 5.0


@dataclass(frozen=True)
class End:
    """How and when a serving process came to its end (unix time, after it was gone)."""

    at: float
    how: str
    killed: bool


@dataclass
class Serving:
    """Everything a bot needs except a process, and at most one process at a time.

    `program` is the module that is run, `options` what stands behind `serve`.
    """

    folder: Path
    environment: dict[str, str]
    ends: list[End] = field(default_factory=list)
    said: deque[str] = field(default_factory=lambda: deque(maxlen=40))
    """The last lines of all processes."""
    process: asyncio.subprocess.Process | None = None
    program: str = "bot.cli"
    options: tuple[str, ...] = ()
    _says: list[str] = field(default_factory=list)
    _bell: Bell = field(default_factory=Bell)
    _listener: asyncio.Task[None] | None = None

    @classmethod
    def beside(cls, folder: Path, api: str, token: str, url: str, key_file: Path | None = None) -> Serving:
        """A bot in a folder of its own with an empty home, nothing but its settings, and perhaps a key."""
        (folder / "home").mkdir(parents=True)
        if key_file is not None:
            shutil.copy(key_file, folder / "tare.key")
            shutil.copy(f"{key_file}.erased", folder / "tare.key.erased")
        environment = {
            "HOME": str(folder / "home"),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "TARE_TELEGRAM_TOKEN": token,
            "TARE_TELEGRAM_API": api,
            "TARE_DATABASE_URL": url,
            "TARE_KEY_FILE": str(folder / "tare.key"),
            "TARE_RATE_BOT": "0",
            "TARE_RATE_CHAT": "0",
            "TARE_LEASE_SECONDS": "5",
        }
        return cls(folder, environment)

    @property
    def kills(self) -> list[float]:
        """When it was killed, in order."""
        return [end.at for end in self.ends if end.killed]

    async def start(self) -> None:
        """Start the process; it is not ready yet."""
        self._says = []
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self.program, "serve", *self.options),
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._listener = asyncio.create_task(self._listen(self.process, self._says))

    async def until_listening(self) -> None:
        """Wait until it listens, or delivers without listening."""
        await self.until_it_says("Stop with Ctrl-C")

    async def until_it_says(self, words: str) -> None:
        """Wait until this process says so; AssertionError with the last words when it does not."""
        said = await self._bell.until(lambda: any(words in line for line in self._says), STARTED_WITHIN)
        assert said, f"the bot never said {words!r}: {[*self.said]}"

    async def kill(self, how: str) -> None:
        """SIGKILL."""
        await self._ended(signal.SIGKILL, how)

    async def stop(self) -> None:
        """SIGTERM; AssertionError when that takes long or ends badly."""
        begun = time.monotonic()
        code = await self._ended(signal.SIGTERM, "stopped")
        took = time.monotonic() - begun
        assert code == 0, f"a stop ended with {code}: {[*self.said]}"
        assert took < STOPPED_WITHIN, f"a stop took {took:.1f} s"

    async def _ended(self, number: signal.Signals, how: str) -> int:
        process = self.process
        assert process is not None
        assert process.returncode is None, f"the bot ended by itself ({process.returncode}): {[*self.said]}"
        process.send_signal(number)
        code = await process.wait()
        self.ends.append(End(time.time(), how, number is signal.SIGKILL))
        self.process = None
        return code

    async def _listen(self, process: asyncio.subprocess.Process, says: list[str]) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            says.append(line.decode(errors="replace").rstrip())
            self.said.append(says[-1])
            self._bell.ring()

    async def __aenter__(self) -> Serving:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        if self._listener is not None:
            await self._listener
