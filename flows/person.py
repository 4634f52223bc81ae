"""The person who is coached: who they are to the coach, and all their conversations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2s

from flows.diary import Diary
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow

Offered = tuple[str, str, str]
"""A button of the last offer: the prompt and the code of its label ("" and the words), and its token."""

DEEPEST = 3
"""How many conversations may wait behind each other; a fourth replaces the one it interrupts."""


class Standing(StrEnum):
    """How things stand between a person and the coach."""

    NEW = "new"
    ACTIVE = "active"
    PAUSED = "paused"
    RESTING = "resting"
    """They are done for now: nothing comes but the one look that they may have asked for."""
    DECLINED = "declined"
    LEAVING = "leaving"
    """Everything is wiped; the row goes once the last words are delivered."""


@dataclass(frozen=True, slots=True)
class Held:
    """Words about harm that wait until the person says whether they are kept.

    `question` names the open question that they may answer; `edited`: they replace an earlier message.
    `at` is when the first of them came: they wait for 30 days at the most.
    """

    text: str
    ref: int | None = None
    edited: bool = False
    question: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crisis:
    """What is kept of a crisis (safety.md C4, C9): when, and which steps; not a word of what was written.

    While `since` is set, everything but help waits. `explicit_at` is when it was last said outright, or the
    question was answered with yes; `asked_at` when the question was last asked.
    """

    since: datetime | None = None
    explicit_at: datetime | None = None
    asked_at: datetime | None = None
    turns: int = 0
    """Replies since it began: they take turns, so that nobody reads the same thing twice in a row."""
    seen: tuple[str, ...] = ()
    """Steps that were taken, by name: what was said in full once is said shorter the next time."""
    last: str = ""
    """The names of what was said last."""
    look_in: bool = False
    """Whether they want to be looked in on, once."""
    plan: tuple[str, ...] = ()
    """Lines of a small plan while it is being made; gone as soon as it is shown, or after a day."""
    plan_at: datetime | None = None
    """When the last of them was written."""
    held: Held | None = None
    weighed: tuple[str, ...] = ()
    """What in the answers together was asked about already; codes and numbers."""
    told_of_lists: bool = False
    """Whether they were told that nothing is heard in their language; that is said once."""
    asked_of: str = ""
    """A mark of the words that were asked about last; the words are what it cannot be made into again."""
    about_work: tuple[str, ...] = ()
    """Marks of words that were asked about and, they said, are about work: these may be read back."""

    @property
    def on(self) -> bool:
        """Whether everything but help waits."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Person:
    """One person, immutable. `seed` is theirs alone and never changes.

    `open_flows` names the unfinished conversations, the one in the foreground last. `offered` holds the
    buttons of the last offer, so that they can be typed as well as tapped.
    """

    seed: int
    locale: str = "en"
    standing: Standing = Standing.NEW
    country: str | None = None
    zone: str | None = None
    situation: str = ""
    """How they work (BR10): employed, self, leave, between, student, carer; picks the wording."""
    conversations: Mapping[str, Conversation] = field(default_factory=dict)
    open_flows: tuple[str, ...] = ()
    offered: tuple[Offered, ...] = ()
    diary: Diary = field(default_factory=Diary)
    crisis: Crisis = field(default_factory=Crisis)
    heard_at: datetime | None = None

    @property
    def foreground(self) -> Conversation | None:
        """The one conversation whose question is open."""
        return self.conversations[self.open_flows[-1]] if self.open_flows else None

    def having(self, conversation: Conversation) -> Person:
        """Return the person with a conversation replaced; a finished one is no longer open."""
        open_flows = self.open_flows
        if conversation.done:
            open_flows = tuple(name for name in open_flows if name != conversation.flow)
        conversations = {**self.conversations, conversation.flow: conversation}
        return replace(self, conversations=conversations, open_flows=open_flows)

    def without(self, flow: str) -> Person:
        """Return the person without a conversation."""
        return replace(
            self,
            conversations={name: kept for name, kept in self.conversations.items() if name != flow},
            open_flows=tuple(name for name in self.open_flows if name != flow),
        )

    def brought_forward(self, flow: str) -> Person:
        """Return the person with a conversation in the foreground; the others wait behind it."""
        waiting = tuple(name for name in self.open_flows if name != flow)
        return replace(self, open_flows=(*waiting[: DEEPEST - 1], flow))


def begun(
    person: Person, flow: Flow, now: datetime, about: Mapping[str, str] | None = None
) -> tuple[Person, Conversation]:
    """Return the person with a fresh conversation in this flow in the foreground, and that conversation."""
    before = person.conversations.get(flow.name)
    run = int(before.about.get("run", "1")) + 1 if before else 1
    conversation = Conversation(
        flow=flow.name,
        version=flow.version,
        id=_short_id(person.seed, flow.name, run, now),
        state=flow.start,
        about={**(about or {}), "run": str(run)},
        seed=person.seed,
        at=int(now.timestamp()),
    )
    return person.having(conversation).brought_forward(flow.name), conversation


def _short_id(seed: int, flow: str, run: int, now: datetime) -> str:
    """Return a name for buttons that no other person's or earlier conversation has, without any chance.

    The run is forgotten with the conversation, so the time is part of it: buttons from before an erasure
    mean nothing afterwards.
    """
    return blake2s(f"{seed}:{flow}:{run}:{int(now.timestamp())}".encode(), digest_size=4).hexdigest()
