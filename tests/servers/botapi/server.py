"""The server in the test's own process: `async with BotApi() as api`."""

from dataclasses import replace
from types import TracebackType
from typing import Self

from .app import application
from .clock import Clock
from .cloud import Cloud, Settings
from .control import do
from .controls import Controls
from .limits import Limits
from .listening import Listener
from .shapes import Json


class BotApi(Controls):
    """A Bot API server on a free loopback port. What it knows outlives `vanish` and `reappear`."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        token: str = "",
        port: int = 0,
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> None:
        settings = settings or Settings()
        self.cloud = Cloud(
            replace(settings, token=token) if token else settings, clock or Clock(), limits or Limits()
        )
        self.token = self.cloud.settings.token
        self._listener = Listener(application(self.cloud), port)

    @property
    def violations(self) -> list[str]:
        """Every rule of the Bot API that the bot has broken so far."""
        return self.cloud.ledger.violations

    async def start(self) -> None:
        await self._listener.open()
        self.url = f"http://127.0.0.1:{self._listener.port}"

    async def stop(self) -> None:
        await self.cloud.close()
        await self._listener.shut()

    async def vanish(self) -> None:
        """Be unreachable: connections are refused until `reappear`."""
        await self._listener.shut()

    async def reappear(self) -> None:
        await self._listener.open()

    async def ask(self, verb: str, /, **arguments: Json) -> Json:
        return await do(self.cloud, verb, arguments)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
