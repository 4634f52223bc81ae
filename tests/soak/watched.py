"""The server, seen by somebody who remembers the numbers of the updates that people caused."""

from __future__ import annotations

from collections import deque

from tests.servers.botapi import Controls
from tests.servers.botapi.shapes import Json

REMEMBERED = 100


class Watched(Controls):
    """Passes everything on to a server. `recent` holds the numbers of the last updates."""

    def __init__(self, server: Controls) -> None:
        self._server = server
        self.url, self.token = server.url, server.token
        self.recent: deque[int] = deque(maxlen=REMEMBERED)

    async def ask(self, verb: str, /, **arguments: Json) -> Json:
        done = await self._server.ask(verb, **arguments)
        if isinstance(done, dict):
            self.recent.extend(done.get("update_ids", ()))
            self.recent.extend([done["update_id"]] if done.get("update_id") else ())
        return done
