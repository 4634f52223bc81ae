"""What could not be handled, put aside for whoever mends the program: sealed, and named by its place."""

from __future__ import annotations

from datetime import datetime

from bot.arrivals import Arrival, Departure
from bot.batch import place_in_our_code
from bot.storage.rows import DeadLetter, NudgeRow


def letter_of(
    event: Arrival | Departure, now: datetime, error: Exception, person_id: int | None
) -> DeadLetter:
    """Return the letter for an event that broke something."""
    words = repr(event.heard) if isinstance(event, Arrival) else ""
    reason = place_in_our_code(error)
    return DeadLetter(at=now, reason=reason, body=words.encode(), person_id=person_id)


def letter_of_nudge(nudge: NudgeRow, now: datetime, error: Exception) -> DeadLetter:
    """Return the letter for a first message that could not be made."""
    words = f"{nudge.kind} {nudge.slot}"
    return DeadLetter(at=now, reason=place_in_our_code(error), body=words.encode(), person_id=nudge.person_id)
