"""Flood limits: so many messages a second for the bot and for each chat, with room for short bursts."""

import math
from dataclasses import dataclass, field

from .refusals import too_many


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` tokens a second, never more than `burst`."""

    rate: float
    burst: float
    tokens: float
    since: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0.0 when one is there now."""
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return max(0.0, (1.0 - self.tokens) / self.rate)


@dataclass(slots=True)
class Limits:
    """No limit unless set. Whoever exceeds one is refused all sending until the time he was told is over."""

    per_second: float | None = None
    burst: float = 30.0
    chat_per_second: float | None = None
    chat_burst: float = 3.0
    retry_after: int | None = None
    halted_until: float = 0.0
    refused: int = 0
    _all: Bucket | None = None
    _chats: dict[int, Bucket] = field(default_factory=dict)

    def check_halt(self, now: float) -> None:
        """Refuse while the bot is told to wait."""
        if now < self.halted_until:
            self.refused += 1
            raise too_many(math.ceil(self.halted_until - now))

    def halt(self, seconds: int, now: float) -> None:
        self.halted_until = max(self.halted_until, now + seconds)

    def admit(self, chat_id: int, now: float) -> None:
        """Take a token for one message, or halt the bot and refuse."""
        buckets = self._buckets(chat_id, now)
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if wait > 0.0:
            seconds = self.retry_after or max(1, math.ceil(wait))
            self.halt(seconds, now)
            self.refused += 1
            raise too_many(seconds)
        for bucket in buckets:
            bucket.tokens -= 1.0

    def _buckets(self, chat_id: int, now: float) -> list[Bucket]:
        buckets = []
        if self.per_second is not None:
            self._all = self._all or Bucket(self.per_second, self.burst, self.burst, now)
            buckets.append(self._all)
        if self.chat_per_second is not None:
            fresh = Bucket(self.chat_per_second, self.chat_burst, self.chat_burst, now)
            buckets.append(self._chats.setdefault(chat_id, fresh))
        return buckets
