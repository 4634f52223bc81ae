"""One keep-alive connection to a webhook. A client library here would be what a benchmark measures."""

import asyncio
import json
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httptools

from .shapes import Json

READ_AT_ONCE = 65_536
JSON_BODY = {"content-type": "application/json", "connection": "keep-alive"}


@dataclass(slots=True)
class Reply:
    """What the webhook answered; filled in by the parser while it arrives."""

    status: int = 0
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False

    def on_status(self, reason: bytes) -> None:
        self.reason += reason.decode("latin-1")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, part: bytes) -> None:
        self.body += part

    def on_message_complete(self) -> None:
        self.complete = True

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Json:
        """The body as JSON; None when it is something else."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def trusting() -> ssl.SSLContext:
    """Self-signed certificates are fine on a loopback."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class PushLine:
    """Opened by the first push, kept for the next ones, opened again when the other side has closed it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        self._head = f"POST {path} HTTP/1.1\r\nhost: {parts.netloc}\r\n"
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, body: bytes, headers: dict[str, str]) -> Reply:
        """One push and its answer. OSError when the connection breaks; it is closed then."""
        try:
            reader, writer = await self._connected()
            writer.write(self._request(body, headers) + body)
            return await self._reply(reader)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self.close()
            security = trusting() if self._secure else None
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port, ssl=security)
        return self._reader, self._writer

    def _request(self, body: bytes, headers: dict[str, str]) -> bytes:
        fields = JSON_BODY | {"content-length": str(len(body))} | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"{self._head}{lines}\r\n".encode("latin-1")

    async def _reply(self, reader: asyncio.StreamReader) -> Reply:
        reply = Reply()
        parser = httptools.HttpResponseParser(reply)
        while not reply.complete:
            received = await reader.read(READ_AT_ONCE)
            if not received:
                raise ConnectionResetError("the webhook closed the connection")
            try:
                parser.feed_data(received)
            except httptools.HttpParserError as error:
                raise ConnectionAbortedError(f"not HTTP: {error}") from error
        reply.status = parser.get_status_code()
        if not parser.should_keep_alive():
            self.close()
        return reply
