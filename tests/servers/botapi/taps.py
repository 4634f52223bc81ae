"""Callback queries that still wait for an answer."""

from dataclasses import dataclass, field

from .refusals import TOO_OLD, unlucky

ANSWERABLE_SECONDS = 15.0
FIRST_QUERY_ID = 4_000_000_000_000_001


@dataclass(frozen=True, slots=True)
class Tap:
    chat_id: int
    person_id: int
    at: float


@dataclass(slots=True)
class Taps:
    """Each query can be answered once, within 15 seconds of the tap."""

    waiting: dict[str, Tap] = field(default_factory=dict)
    next_id: int = FIRST_QUERY_ID

    def open(self, tap: Tap) -> str:
        query_id, self.next_id = str(self.next_id), self.next_id + 1
        self._forget_old(tap.at)
        self.waiting[query_id] = tap
        return query_id

    def answer(self, query_id: str, now: float) -> Tap:
        tap = self.waiting.pop(query_id, None)
        if tap is None or now - tap.at > ANSWERABLE_SECONDS:
            raise unlucky(TOO_OLD)
        return tap

    def _forget_old(self, now: float) -> None:
        """Taps come in time order, so the old ones are at the front."""
        while self.waiting:
            query_id, oldest = next(iter(self.waiting.items()))
            if now - oldest.at <= ANSWERABLE_SECONDS:
                return
            del self.waiting[query_id]
