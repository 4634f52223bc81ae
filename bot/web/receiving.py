"""The webhook: one pushed update, answered with 200 only once it is committed.

Telegram pushes an update again, and holds back what comes after it, until it gets a 2xx. So an update that is
broken for good is set aside and answered with 200, and 503 is for a database that may come back.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.batch import place_in_our_code
from bot.channels.telegram_events import Batch, Unparsed, batch_of
from bot.metrics import Metrics
from bot.storage import Overtaken, StoreUnavailable
from bot.web.gathering import Gathering

log = logging.getLogger(__name__)

TOLD_IN: Final = "X-Telegram-Bot-Api-Secret-Token"
"""The header in which Telegram says the secret that it was given."""

BIGGEST = 1_000_000
"""Bytes of one update. Telegram's are a few thousand."""

READ_WITHIN = 10.0
"""Seconds for one update to arrive."""

COMES_BACK_IN = 2
"""Seconds after which whoever pushed is asked to try again: shorter than the pauses it would make itself."""


class TooBig(Exception):
    """More bytes than an update has."""


@dataclass(frozen=True)
class Receiving:
    """Takes what Telegram pushes. `lookup` makes of bytes what may be stored to know them again."""

    secret: str
    bot_id: int
    gathering: Gathering
    lookup: Callable[[str], bytes]
    metrics: Metrics

    async def receive(self, request: Request) -> Response:
        """Answer one push. Whoever does not know the secret learns nothing, not even what is wrong."""
        answer = await self._refused(request) or await self._taken(request)
        self.metrics.answered(answer.status_code)
        return answer

    async def _refused(self, request: Request) -> Response | None:
        given = request.headers.get(TOLD_IN, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return Response(status_code=403)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        return None if kind == "application/json" else Response(status_code=415)

    async def _taken(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(READ_WITHIN):
                body = await _body(request)
        except TooBig:
            return Response(status_code=413)
        except TimeoutError:
            return Response(status_code=408)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it any more
        return await self._committed(self._batch(body))

    def _batch(self, body: bytes) -> Batch:
        """Read an update. One that is no JSON will be none the next time either: it is set aside."""
        try:
            return batch_of([json.loads(body)], self.bot_id)
        except (ValueError, RecursionError):
            again = self.lookup(f"telegram:broken:{body.hex()}").hex()[:32]
            shape = f"no JSON, {len(body)} bytes"
            return Batch(unparsed=[Unparsed(f"telegram:{self.bot_id}:broken:{again}", shape)])

    async def _committed(self, batch: Batch) -> Response:
        try:
            await self.gathering.taken(batch)
        except (StoreUnavailable, Overtaken) as error:
            log.error("nothing is taken in and nothing confirmed: %s", error)
            return Response(status_code=503, headers={"Retry-After": str(COMES_BACK_IN)})
        except Exception as error:
            log.error("an update can neither be taken in nor set aside: %s", place_in_our_code(error))
            return Response(status_code=500)
        return Response(status_code=200)


async def _body(request: Request) -> bytes:
    """Read it all. Raises `TooBig` as soon as that is known."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > BIGGEST:
        raise TooBig
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BIGGEST:
            raise TooBig
    return bytes(body)
