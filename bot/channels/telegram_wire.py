"""HTTP to the Bot API, over aiohttp: a call costs a quarter of what the library's own client takes.

What went wrong is the cause of the error that is raised, so that it can be told apart whether a message may
have arrived.
"""

from __future__ import annotations

import ssl
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

NEVER_LEFT = (
    *(aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError),
    *(aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError),
)
"""Failures before the request had left this machine: the message cannot have arrived."""

CONNECTS_WITHIN = 5.0
"""Seconds for a free connection or a new one."""

JSON = {"Content-Type": "application/json"}


class Wire(BaseRequest):
    """At most `connections` at once; the server may keep us waiting for `answers_within` seconds."""

    def __init__(self, connections: int, answers_within: float) -> None:
        self._connections = connections
        self._answers_within = answers_within
        self._open: aiohttp.ClientSession | None = None
        self._date = ""

    @property
    def read_timeout(self) -> float:
        """How many seconds the server has to answer."""
        return self._answers_within

    @property
    def date(self) -> datetime | None:
        """What time it was for the server when it last answered; None when it did not say."""
        try:
            return parsedate_to_datetime(self._date)
        except ValueError:
            return None

    async def initialize(self) -> None:
        """Open nothing yet: a connection is made for the first call."""

    async def shutdown(self) -> None:
        """Close all connections. What waits for an answer is cut off."""
        if self._open is not None:
            await self._open.close()
            self._open = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Make one call. Raises `TimedOut` or `NetworkError`, with what happened as their cause."""
        body, headers = _body(request_data)
        way_out = _proxy(url.partition("/bot")[0])
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, proxy=way_out
            ) as answer:
                self._date = answer.headers.get("Date", "")
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error  # its text would hold the token

    @property
    def _session(self) -> aiohttp.ClientSession:
        """The session of the running event loop; it cannot be made before there is one."""
        if self._open is None:
            self._open = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ssl=_trusted()),
                timeout=aiohttp.ClientTimeout(
                    total=None,
                    connect=CONNECTS_WITHIN,
                    sock_connect=CONNECTS_WITHIN,
                    sock_read=self._answers_within,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._open


def _body(asked: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """Return what to send, and the headers that go with it."""
    if asked is None:
        return None, None
    if not asked.contains_files:
        return asked.json_payload, JSON
    form = aiohttp.FormData(asked.json_parameters)
    for name, (filename, content, kind) in asked.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


@cache
def _proxy(api: str) -> str | None:
    """Return the proxy that the environment names for an address (HTTPS_PROXY, NO_PROXY), looked up once."""
    address = urlsplit(api)
    return None if proxy_bypass(address.netloc) else getproxies().get(address.scheme)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that every browser trusts, read once: reading them takes longer than a message."""
    return ssl.create_default_context(cafile=certifi.where())
