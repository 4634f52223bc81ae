"""Who may come in: everybody, or whoever brings an invitation or stands on a list; and who is turned away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.arrivals import Arrival
from bot.references import code_in
from bot.storage.store import Transaction
from flows.engine.heard import Commanded, Heard, Wrote

FRESH_FOR = 10.0
"""Seconds after which it is looked up anew who is turned away: so soon a block counts in every process."""


def no_lookup(address: str) -> bytes:
    """Nobody is looked up where nobody is turned away."""
    return address.encode()


@dataclass
class Doors:
    """`allowed` are addresses that need no invitation; where there are some, everybody else needs one."""

    lookup: Callable[[str], bytes] = no_lookup
    invite_only: bool = False
    allowed: frozenset[str] = frozenset()
    watched: bool = False
    """Whether anybody may be turned away here at all."""
    fresh_for: float = FRESH_FOR
    _blocked: Mapping[bytes, bool] = field(default_factory=dict)
    _looked_at: float = float("-inf")

    @property
    def closed(self) -> bool:
        """Whether a stranger needs something to come in."""
        return self.invite_only or bool(self.allowed)

    async def look(self, transaction: Transaction) -> None:
        """Know who is turned away, not much longer than `fresh_for` after it was decided."""
        now = time.monotonic()
        if self.watched and now - self._looked_at >= self.fresh_for:
            self._blocked, self._looked_at = await transaction.blocked(), now

    def turns_away(self, lookup: bytes) -> bool:
        """Return whether somebody was blocked."""
        return lookup in self._blocked

    def untold(self, lookups: Iterable[bytes]) -> set[bytes]:
        """Return who of these was blocked and may not know it yet."""
        return {lookup for lookup in lookups if self._blocked.get(lookup) is False}

    async def lets_in(self, transaction: Transaction, arrivals: Sequence[Arrival], now: datetime) -> Entry:
        """Return whether somebody who was never here comes in, by everything they have just sent.

        An invitation is used up in this transaction, by whoever is let in by it.
        """
        address = arrivals[0].address
        if self.turns_away(self.lookup(address)):
            return Entry(False)
        if not self.closed or address in self.allowed:
            return Entry(True)
        for arrival in arrivals:
            code = code_brought(arrival.heard)
            if code is not None and await transaction.redeem(code, now):
                return Entry(True, arrival.key)
        return Entry(False)


@dataclass(frozen=True, slots=True)
class Entry:
    """Whether somebody is let in. `by` is the key of the event that brought the invitation."""

    granted: bool
    by: str = ""


def code_brought(heard: Heard) -> str | None:
    """Return the invitation in a link or a line, None where there is none."""
    match heard:
        case Commanded("start", argument):
            return code_in(argument)
        case Wrote(text):
            return code_in(text)
    return None
