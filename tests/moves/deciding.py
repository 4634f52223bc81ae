"""What tests of decisions start from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flows.diary import Decision, Diary
from flows.person import Person, Standing
from tests.coach.given import NOW, Chat
from tests.longitudinal.given import MONDAY, with_diary

NIGHT = datetime(2026, 3, 2, 22, 40, tzinfo=UTC)
"""23:40 in Berlin."""

PROMOTION: dict[str, Any] = {
    **{"name": "The team lead job", "kind": "promotion", "hour": "anyway", "paper": ("pay_up", "title_up")},
    **{"energy_now": 50, "energy_then": 20, "purpose_now": 4, "purpose_then": 4, "back": "costly"},
    **{"locks": ("name", "promise"), "year": "away", "expects": "More say.", "heavy": 8},
}


def deciding(diary: Diary | None = None, at: datetime = NOW, **answers: Any) -> Chat:
    """Somebody who is through all questions of /decide; those not named here as for the promotion."""
    chat = with_diary(diary or Diary())
    chat.now = at
    chat.commands("decide", "new")
    chat.answers(**{**PROMOTION, **answers})
    return chat


def made(**changes: Any) -> Decision:
    """A decision of 2 March that was compared."""
    known: dict[str, Any] = {"id": 1, "on": MONDAY, "kind": "offer", "name": "The job in Graz", **changes}
    return Decision(**known)


def in_berlin(diary: Diary | None = None, zone: str | None = "Europe/Berlin") -> Person:
    return Person(seed=7, standing=Standing.ACTIVE, zone=zone, diary=diary or Diary())
