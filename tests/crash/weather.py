"""What may happen to the bot while people talk to it."""

from __future__ import annotations

from typing import Protocol

from tests.crash.serving import Serving
from tests.servers.botapi import Controls
from tests.whole.person import Person


class Weather(Protocol):
    """One play's misfortunes. `blow` ends when the last one is over and the bot works again."""

    def meets(self, person: Person) -> None:
        """Somebody comes in."""

    async def blow(self) -> None:
        """Let it happen."""


class Forecast(Protocol):
    """Makes the weather of one play."""

    def __call__(self, serving: Serving, api: Controls, /) -> Weather: ...


class Calm:
    """Nothing happens."""

    def __init__(self, serving: Serving, api: Controls) -> None:
        del api
        self._serving = serving

    def meets(self, person: Person) -> None:
        """Nothing happens to them either."""

    async def blow(self) -> None:
        """Wait until the bot works."""
        await self._serving.until_listening()
