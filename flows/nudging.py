"""First messages: which are planned for a person, and what becomes of one when its time has come.

What is planned is a pure function of the person, computed anew after every event: moving to another zone,
a pause, or having done the thing already changes the plan by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows.person import Person
from flows.reply import Reply


@dataclass(frozen=True, slots=True)
class Nudge:
    """One planned first message: from `due` on, and not after `until`; both UTC.

    Unique by person, kind and slot. Once sent or dropped, the same slot never comes again.
    """

    kind: str
    slot: str
    due: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Nudging:
    """What became of a nudge whose time had come. `why` says in a word why one was dropped.

    "later" leaves it waiting: the person's plan has a new time for the same slot.
    """

    reply: Reply
    outcome: Literal["sent", "dropped", "later"]
    why: str = ""


def planned(person: Person, now: datetime) -> tuple[Nudge, ...]:
    """Return the nudges that wait, soonest first."""
    del person, now
    return ()
