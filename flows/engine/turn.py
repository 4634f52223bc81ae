"""What one event causes in one conversation."""

from __future__ import annotations

from dataclasses import dataclass

from flows.engine.answers import Answer
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Say


@dataclass(frozen=True, slots=True)
class Learned:
    """An answer that counts from now on; None when it was dropped because an earlier one changed."""

    question: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The next Conversation, what to say, and what to remember.

    `chosen` is what the keyboard of the answered question is replaced with. `redraw` is the same question
    with other marks on its buttons, shown in place. `toast` is a passing word on a tap that changed nothing.
    """

    conversation: Conversation
    says: tuple[Say, ...] = ()
    learned: tuple[Learned, ...] = ()
    chosen: Fact | None = None
    redraw: Say | None = None
    toast: Say | None = None
