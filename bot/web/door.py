"""An open port of this process, in the event loop of the bot and without signals of its own."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

from starlette.applications import Starlette
from starlette.routing import Route
from uvicorn import Config, Server

from bot.settings import BadSetting

KEEPS_ALIVE = 75
"""Seconds that a silent connection stays open: longer than proxies keep theirs, or they meet closed ones."""

FINISH_WITHIN = 1
"""Seconds from closing until requests that are not answered are cut off; they are made again."""


class _Uvicorn(Server):
    """Signals belong to the bot, which closes its doors in the right order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class Door:
    """Answers on one socket. `close` is graceful: what is being answered is answered first."""

    def __init__(self, routes: Sequence[Route], listening: socket.socket) -> None:
        app = Starlette(routes=routes)
        app.router.redirect_slashes = False
        self._listening = listening
        self._server = _Uvicorn(
            Config(
                app,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=KEEPS_ALIVE,
                timeout_graceful_shutdown=FINISH_WITHIN,
            )
        )
        self._serving: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Answer from now on."""
        self._serving = asyncio.create_task(self._server.serve([self._listening]))

    async def close(self) -> None:
        """Accept nothing new, answer what is under way, and hang up; 2 s at most. May be repeated."""
        self._server.should_exit = True
        if self._serving is not None:
            await asyncio.wait({self._serving}, timeout=2 * FINISH_WITHIN)

    async def cut_off(self) -> None:
        """Be gone. Raises what went wrong while the door was open."""
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
            if not self._serving.cancelled() and (error := self._serving.exception()):
                raise error


@asynccontextmanager
async def opened(routes: Sequence[Route], listening: socket.socket) -> AsyncIterator[Door]:
    """Keep a door open during the block."""
    door = Door(routes, listening)
    await door.open()
    try:
        yield door
    finally:
        await door.close()
        await door.cut_off()


@contextmanager
def bound(name: str, address: str | None) -> Iterator[socket.socket | None]:
    """Take the port that a setting names. Raises `BadSetting` with what is in the way."""
    if address is None:
        yield None
        return
    with _bound(name, address) as listening:
        yield listening


def _bound(name: str, address: str) -> socket.socket:
    """Named as TCP, or the event loop would leave Nagle's algorithm on and answers came 40 ms late."""
    host, port = host_and_port(address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError as refused:
        listening.close()
        why = refused.strerror or type(refused).__name__
        raise BadSetting(f"{name} names {address}, which cannot be listened on: {why}.") from None
    return listening


def host_and_port(address: str) -> tuple[str, int]:
    """Return both parts of "127.0.0.1:8080" or "[::1]:8080"."""
    host, _, port = address.rpartition(":")
    return re.sub(r"^\[(.*)\]$", r"\1", host), int(port)
