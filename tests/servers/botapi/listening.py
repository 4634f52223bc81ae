"""The HTTP server: uvicorn's protocol on one socket, without its signals, its ticks and its slow goodbye."""

import asyncio
import socket
from typing import Any

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

KEEP_ALIVE_SECONDS = 600
GOODBYE_SECONDS = 2.0
BACKLOG = 1024


def _loopback(port: int) -> socket.socket:
    """Named as TCP, else asyncio leaves Nagle's algorithm on and every answer comes 40 ms late."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound


class Connection(HttpToolsProtocol):
    """Hands the transport on to the application, so that it can hang up."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {"transport": transport}


class Listener:
    """Listens on a loopback port; can go away and come back on the same port."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._config = Config(
            app,
            http=Connection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        self._state = ServerState()
        self._server: asyncio.Server | None = None
        self.port = port

    async def open(self) -> None:
        """Port 0 takes a free one, which is kept for the next time."""
        if not self._config.loaded:
            self._config.load()
        listening = _loopback(self.port)
        self.port = listening.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, sock=listening, backlog=BACKLOG)

    def _connection(self) -> Connection:
        return Connection(self._config, self._state, {})

    async def shut(self) -> None:
        """Stop listening, cut every connection, let what is under way notice."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in list(self._state.connections):
            connection.transport.abort()
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=GOODBYE_SECONDS)
        await asyncio.sleep(0)
