"""Says once that the database is away, and once that it is back."""

from __future__ import annotations

import logging
import time

from bot.storage.errors import StoreUnavailable

log = logging.getLogger(__name__)


class Outage:
    """What one process sees of it, whoever of its parts asks the database first."""

    def __init__(self) -> None:
        self._since: float | None = None

    def met(self, error: StoreUnavailable) -> None:
        """A transaction could not begin, or could not end."""
        if self._since is None:
            self._since = time.monotonic()
            log.error("nothing can be read or written: %s", error)

    def over(self) -> None:
        """A transaction was committed."""
        if self._since is not None:
            away, self._since = time.monotonic() - self._since, None
            log.warning("the database is back, and work goes on where it was; it was away: %d s", round(away))
