"""How a process is: alive, ready, and its numbers. No answer holds anything about a person."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE, Lookout, Metrics
from bot.service import Service
from bot.storage import Overtaken, StoreError, StoreUnavailable

HEALTH, READY, METRICS = "/health", "/ready", "/metrics"

ANSWERS_WITHIN = 2.0
"""Seconds that the database may take."""


@dataclass(frozen=True)
class Probes:
    """Questions about one process."""

    service: Service

    @property
    def routes(self) -> list[Route]:
        """What may be asked on every port."""
        return [Route(HEALTH, self.health), Route(READY, self.ready)]

    @property
    def routes_with_metrics(self) -> list[Route]:
        """What may be asked on a port that only this machine reaches."""
        return [*self.routes, Route(METRICS, self.numbers)]

    async def health(self, request: Request) -> Response:
        """Say that the process lives and answers; starting it again would not make that better."""
        del request
        return PlainTextResponse("alive\n")

    async def ready(self, request: Request) -> Response:
        """Say whether updates can be taken in now; 503 with a word that says why not."""
        del request
        why_not = await self._why_not()
        return PlainTextResponse(f"{why_not or 'ready'}\n", 503 if why_not else 200)

    async def numbers(self, request: Request) -> Response:
        """Give the metrics."""
        del request
        metrics: Metrics = self.service.metrics
        standing = await self._lookout.standing()
        metrics.saw(standing)
        metrics.troubled(self.service.store.troubles)
        told = await asyncio.to_thread(metrics.written, standing.parcels)  # some 1,000 lines: 0.1 s at most
        return Response(told, media_type=CONTENT_TYPE)

    async def _why_not(self) -> str:
        if self.service.stopping.is_set():
            return "stopping"
        if not self.service.working.is_set():
            return "starting"
        try:
            async with asyncio.timeout(ANSWERS_WITHIN), self.service.store.transaction() as transaction:
                await transaction.refuse_other_tables()
        except (TimeoutError, StoreUnavailable, Overtaken):
            return "database"
        except StoreError:
            return "tables"
        return ""

    @cached_property
    def _lookout(self) -> Lookout:
        return Lookout(self._standing, self.service.clock)

    async def _standing(self, now: datetime) -> Mapping[str, int | None]:
        async with self.service.store.transaction(patient=True) as transaction:
            return await transaction.standing(now)
