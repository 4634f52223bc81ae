"""What one part of the weeks brings along: its flows, what follows at their end, its commands, its nudges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.say import Say
from flows.person import Person
from flows.reply import Reply, Visit

if TYPE_CHECKING:
    from flows.coach import Coach

Ending = Callable[["Coach", Visit, Reply, Conversation], Reply]
Command = Callable[["Coach", Visit, str], Reply]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A first message that a person has agreed to, in their local time.

    `slot` is unique among those of its kind, and the same however often it is computed. `begins` and `ends`
    are minutes after midnight of `day`: the message may come at any moment between them, and not later.
    `capped`: at most one such message comes on a local day; only an energy log, which a person switches on,
    is not counted.
    """

    kind: str
    slot: str
    day: date
    begins: int
    ends: int
    capped: bool = True


@dataclass(frozen=True, slots=True)
class NudgeKind:
    """One kind of first message.

    `wanted` yields what is wanted from `now` on: at most the next two or three. `offer` words one of them
    when its time has come, as one message with buttons; None when there is no reason for it any more.
    `rank` decides which of two on one day goes first (the lower). `at_rest`: it comes to somebody who is
    done, too, to whom nothing else does.
    """

    kind: str
    rank: int
    wanted: Callable[[Person, datetime], Iterable[Wanted]]
    offer: Callable[[Visit, Wanted], Say | None]
    at_rest: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the weeks, ready to be added to the coach."""

    flows: tuple[Flow, ...] = ()
    endings: Mapping[str, Ending] = field(default_factory=dict)
    commands: Mapping[str, Command] = field(default_factory=dict)
    nudges: tuple[NudgeKind, ...] = ()
