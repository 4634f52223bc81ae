"""A proxy before PostgreSQL that pools transactions, as strict as PgBouncer in that mode.

Each transaction may go over another connection to the server, so nothing of a session is left for the next
one. Options at the start of a session are refused. Messages: the PostgreSQL manual, "Message Formats".
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROTOCOL = 196608  # 3.0
ASKS = (b"Q", b"S")  # each is answered by one ReadyForQuery
FAKE_PROCESS = 99_999_999


@dataclass
class Stream:
    """One connection, message by message."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def message(self) -> tuple[bytes, bytes]:
        kind = await self.reader.readexactly(1)
        (length,) = struct.unpack("!I", await self.reader.readexactly(4))
        return kind, await self.reader.readexactly(length - 4)

    def send(self, kind: bytes, body: bytes) -> None:
        self.writer.write(kind + struct.pack("!I", len(body) + 4) + body)


@dataclass
class Pooler:
    """`size` connections to one database, handed out transaction by transaction."""

    server: str
    user: str
    database: str
    size: int
    refused: int = 0
    free: asyncio.Queue[Stream] = field(default_factory=asyncio.Queue)
    told: list[bytes] = field(default_factory=list)
    """What the server says of itself at the start of a session."""
    clients: list[Stream] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client has gone."""

    async def open(self) -> None:
        for _ in range(self.size):
            self.free.put_nowait(await self._connected())

    async def _connected(self) -> Stream:
        stream = Stream(*await asyncio.open_unix_connection(self.server))
        words = b"".join(f"{word}\0".encode() for word in ("user", self.user, "database", self.database))
        stream.writer.write(struct.pack("!II", len(words) + 9, PROTOCOL) + words + b"\0")
        self.told = []
        while (message := await stream.message())[0] != b"Z":
            self.told += [message[1]] if message[0] == b"S" else []
        return stream

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Stream(reader, writer)
        self.clients.append(client)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            if await self._welcomed(client):
                await Session(self, client).run()
        writer.close()
        self.clients.remove(client)
        self.left.set()

    async def close(self) -> None:
        """Hang up everywhere."""
        while self.clients:
            self.left.clear()
            for client in self.clients:
                client.writer.close()
            await self.left.wait()
        while not self.free.empty():
            stream = self.free.get_nowait()
            stream.writer.close()
            await stream.writer.wait_closed()

    async def _welcomed(self, client: Stream) -> bool:
        (length,) = struct.unpack("!I", await client.reader.readexactly(4))
        if b"\0options\0" in await client.reader.readexactly(length - 4):
            self.refused += 1
            client.send(b"E", b"SFATAL\0C08P01\0Munsupported startup parameter: options\0\0")
            return False
        client.send(b"R", struct.pack("!I", 0))
        for status in self.told:
            client.send(b"S", status)
        client.send(b"K", struct.pack("!II", FAKE_PROCESS, 0))
        client.send(b"Z", b"I")
        return True


@dataclass
class Session:
    """One client, and the server's connection that it has during a transaction."""

    pooler: Pooler
    client: Stream
    server: Stream | None = None
    asked: int = 0
    answering: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Pass on what the client says. One that hangs up in the middle takes its connection along."""
        try:
            while (message := await self.client.message())[0] != b"X":
                if self.server is None:
                    self.server = await self.pooler.free.get()
                    self.answering = asyncio.create_task(self._answer(self.server))
                self.asked += message[0] in ASKS
                self.server.send(*message)
        finally:
            if self.server is not None and self.answering is not None:
                self.answering.cancel()
                self.server.writer.close()
                self.pooler.free.put_nowait(await self.pooler._connected())

    async def _answer(self, server: Stream) -> None:
        """Pass on what the server says, and let it go when its transaction is over."""
        while True:
            kind, body = await server.message()
            self.client.send(kind, body)
            self.asked -= kind == b"Z"
            if kind == b"Z" and body == b"I" and not self.asked:
                self.server = None
                self.pooler.free.put_nowait(server)
                return


@asynccontextmanager
async def pooling(url: str, folder: Path, size: int = 2) -> AsyncIterator[tuple[Pooler, str]]:
    """Put a proxy before the database of an address, and say its own address. `url` is a test server's."""
    start, _, home = url.partition("?host=")
    user, _, database = start.removeprefix("postgresql://").partition("@/")
    pooler = Pooler(f"{home}/.s.PGSQL.5432", user, database, size)
    await pooler.open()
    server = await asyncio.start_unix_server(pooler.serve, folder / ".s.PGSQL.5432")
    try:
        yield pooler, f"{start}?host={folder}"
    finally:
        server.close()
        await pooler.close()
