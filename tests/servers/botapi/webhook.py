"""Pushing updates: one lane per kind and chat, in order within a lane, next only after a 2xx."""

import asyncio
import json
import random
from collections import deque
from dataclasses import dataclass, field

from .clock import Bell, Clock
from .ledger import Ledger
from .push_line import PushLine, Reply
from .shapes import JsonObject
from .updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 3600.0
ANSWER_WITHIN = 60.0
DEFAULT_CONNECTIONS = 40

Lane = tuple[str, int]


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed, if anywhere. Each lane with something in it has one task that drains it."""

    queue: UpdateQueue
    clock: Clock
    ledger: Ledger
    retry_seconds: float = 1.0
    url: str = ""
    secret: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    last_error: str = ""
    last_error_at: float = 0.0
    tries: int = 0
    failures: int = 0
    failed: Bell = field(default_factory=Bell)
    _lanes: dict[Lane, deque[Update]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DEFAULT_CONNECTIONS))
    _idle: list[PushLine] = field(default_factory=list)

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        await self.close()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.last_error, self.last_error_at = "", 0.0
        self._slots = asyncio.Semaphore(max_connections)
        self.queue.pushed = self.push
        for update in self.queue.waiting():
            self.push(update)

    async def close(self) -> None:
        """Stop pushing; what was not taken stays in the queue."""
        self.queue.pushed = None
        self.url = ""
        tasks, self._tasks = self._tasks, set()
        self._lanes.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for line in self._idle:
            line.close()
        self._idle.clear()

    def push(self, update: Update) -> None:
        lane = (update.kind, update.about)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.create_task(self._drain(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, lane: Lane) -> None:
        updates = self._lanes[lane]
        while updates:
            await self._deliver(updates[0])
            self.queue.remove(updates.popleft())
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        """Until it is taken or too old. The second try comes at once, then the delay doubles."""
        failures, delay = 0, self.retry_seconds
        while self.clock.now() < update.expires:
            asked_to_wait = await self._try(update)
            if asked_to_wait is None:
                return
            if failures > 0:
                delay = min(delay * 2, random.uniform(LONGEST_DELAY, 2 * LONGEST_DELAY))
            wait = asked_to_wait or (delay if failures > 0 else 0.0)
            failures += 1
            await self._sleep_until(self.clock.now() + wait)

    async def _sleep_until(self, hour: float) -> None:
        """On the server's clock: moving it ends the wait."""
        while (left := hour - self.clock.now()) > 0:
            await self.clock.moved.until(lambda: self.clock.now() >= hour, left)

    async def _try(self, update: Update) -> float | None:
        """One push. None: taken. Otherwise the seconds that Retry-After asks for, 0.0 without it."""
        self.tries += 1
        try:
            reply = await self._push(update)
        except (OSError, TimeoutError) as error:
            self._failed(f"Connection failed: {error!r}")
            return 0.0
        if reply.is_success:
            self._look_for_method(reply)
            return None
        self._failed(f"Wrong response from the webhook: {reply.status} {reply.reason}")
        return _retry_after(reply)

    async def _push(self, update: Update) -> Reply:
        """On a line that is free, or on a new one while there are fewer than `max_connections`."""
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        async with self._slots, asyncio.timeout(ANSWER_WITHIN):
            line = self._idle.pop() if self._idle else PushLine(self.url)
            reply = await line.post(json.dumps(update.body).encode(), headers)
            self._idle.append(line)
            return reply

    def _look_for_method(self, reply: Reply) -> None:
        """A call in the answer to a push would be carried out by the real server."""
        if isinstance(answer := reply.json(), dict) and "method" in answer:
            self.ledger.violated("webhook", "the answer holds a method, which the fake does not carry out")

    def _failed(self, why: str) -> None:
        self.last_error, self.last_error_at = why, self.clock.now()
        self.failures += 1
        self.failed.ring()

    def as_info(self, allowed: list[str]) -> JsonObject:
        answer: JsonObject = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": self.queue.pending(),
        }
        if self.url:
            answer |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self.last_error:
            answer |= {"last_error_date": int(self.last_error_at), "last_error_message": self.last_error}
        return answer | ({"allowed_updates": allowed} if allowed else {})


def _retry_after(reply: Reply) -> float:
    """Telegram honours whole seconds, at most an hour."""
    seconds = reply.headers.get("retry-after", "0")
    return min(float(seconds), LONGEST_RETRY_AFTER) if seconds.isdigit() else 0.0
