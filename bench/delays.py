"""How long a bot takes from an update to its first call about it."""

from __future__ import annotations

import time
from collections.abc import Set
from dataclasses import dataclass, field

from tests.servers.botapi.shapes import Json, JsonObject


@dataclass
class Delays:
    """A stopwatch for everybody who has answered and heard nothing yet."""

    leaves_out: Set[int] = frozenset()
    """People of whom nothing is noted."""
    taken: list[float] = field(default_factory=list)
    """Seconds, in the order in which the calls came."""
    _since: dict[int, float] = field(default_factory=dict)
    _tapped: dict[str, int] = field(default_factory=dict)

    def begin(self, person: int, taps: list[str]) -> None:
        """Somebody has answered."""
        self._since[person] = time.perf_counter()
        self._tapped |= dict.fromkeys(taps, person)

    def end(self, method: str, values: JsonObject) -> None:
        """The bot has called something."""
        del method
        about: Json = values.get("chat_id") or self._tapped.pop(str(values.get("callback_query_id")), None)
        since = self._since.pop(about, None)
        if since is not None and about not in self.leaves_out:
            self.taken.append(time.perf_counter() - since)
