"""Every value that a label may have. What is in none of these lists is never told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import get_args

from bot.authors import What
from bot.parcels import Delivered, Failed, Halted, Kind, Outcome, Refused, Unreachable, Unsure
from flows.shelf import FLOWS

OTHER = "other"

SORTS = ("event", "group", "unreadable")
FATES: Mapping[type[Outcome], str] = {
    Delivered: "delivered",
    Unsure: "unsure",
    Failed: "failed",
    Halted: "halted",
    Unreachable: "unreachable",
    Refused: "refused",
}
WHY_NOT: Mapping[str, Sequence[str]] = {
    "failed": (
        "no connection",
        "server error",
        "token refused",
        "another poller",
        "raised",
        OTHER,
    ),
    "refused": ("bad request", "too long", "not html", "chat migrated", OTHER),
    "unreachable": ("blocked", "deactivated", "never started", "forbidden", "chat not found", OTHER),
}
"""Why a parcel did not arrive at one attempt, by what became of it; what is not in here counts as "other"."""

SETTLED = ("sent", "dropped")
REASONS = (
    *("late", "done", "open", "talking", "silenced", "paused", "new", "declined", "leaving", "unplanned"),
    *("unknown", "resting", "moved", "broken", "unreachable", "blocked", OTHER, ""),
)
"""Why a nudge was dropped; what is not in this list counts as "other", and one that was sent has none."""

STATUSES = ("200", "400", "403", "408", "413", "415", "500", "503")
TROUBLES = ("unavailable", "overtaken")
"""What a transaction can end with instead of a commit."""

URGENCIES = ("reply", "nudge")
LETTERS = ("broken", "unreadable", "update", "refused", "given up")
"""What was set aside: an event or nudge that broke our code, something stored that cannot be read, an update
that cannot be read, a message that Telegram refused, one that was tried for half a day.
"""
WHATS: tuple[What, ...] = get_args(What)
QUESTIONS: Mapping[str, Collection[str]] = {name: tuple(flow.questions) for name, flow in FLOWS.items()}
"""All questions, by flow. The steps of a crisis are no flow, so nothing here can name one."""


def _of_all(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(lists))


VOCABULARY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sort": frozenset(SORTS),
        "kind": frozenset((*(kind.value for kind in Kind), *LETTERS, *TROUBLES)),
        "outcome": frozenset((*FATES.values(), *SETTLED)),
        "why": frozenset((*REASONS, *_of_all(WHY_NOT.values()))),
        "status": frozenset(STATUSES),
        "urgency": frozenset(URGENCIES),
        "flow": frozenset(QUESTIONS),
        "question": _of_all(QUESTIONS.values()),
        "what": frozenset(WHATS),
    }
)
"""Every label with its values. Beside them there is only "le", the upper end of a bucket."""
