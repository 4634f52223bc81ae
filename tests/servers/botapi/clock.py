"""The server's clock, which tests can move, and the bell that wakes whoever waits."""

import asyncio
import time
from collections.abc import Callable


class Bell:
    """Wakes waiting coroutines when something changed; costs nothing while nobody waits."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, true: Callable[[], bool], within: float) -> bool:
        """Whether `true()` became so within so many real seconds; looks again at every ring."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not true():
            left = deadline - loop.time()
            if left <= 0:
                return False
            await self._next_ring(left)
        return True

    async def _next_ring(self, left: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait([future], timeout=left)
        finally:
            self._waiting.discard(future)


class Clock:
    """Unix time plus a shift. Every age, expiry, limit and long poll of the server is measured on it."""

    def __init__(self, shift: float = 0.0) -> None:
        self._shift = shift
        self.moved = Bell()
        self._listeners: list[Bell] = [self.moved]

    def now(self) -> float:
        return time.time() + self._shift

    def advance(self, seconds: float) -> None:
        """Jump ahead and wake everybody who waits for a later hour."""
        self._shift += seconds
        for bell in self._listeners:
            bell.ring()

    def wakes(self, bell: Bell) -> Bell:
        """Ring this bell too whenever the clock is moved."""
        self._listeners.append(bell)
        return bell
