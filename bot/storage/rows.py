"""What the store hands out and takes in: plain rows, opened. Their `repr` never shows what a person said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.storage.keys import Key

Body = dict[str, Any]  # whatever JSON can hold
Content = tuple[str, int, bytes]  # status, flow version and JSON of a conversation

NEW = "new"  # the status a person is admitted with
LEAVING = "leaving"  # the person is erased as soon as the outbox has nothing more for them


@dataclass(slots=True, kw_only=True)
class Opened:
    """A row with a sealed body. `raw` holds the stored bytes when they could not be read, else None."""

    body: Body = field(default_factory=dict, repr=False)
    raw: bytes | None = field(default=None, repr=False)

    @property
    def unreadable(self) -> bool:
        return self.raw is not None

    def set_aside(self) -> bytes:
        """Give away what could not be read, for a dead letter; from now on saving replaces it."""
        raw, self.raw = self.raw or b"", None
        return raw


@dataclass(slots=True, kw_only=True)
class ConversationRow(Opened):
    """One flow of one person. Version 0 is not stored yet."""

    flow: str
    status: str
    flow_version: int
    version: int = 0
    updated_at: datetime | None = None
    as_stored: Content | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True, kw_only=True)
class PersonRow(Opened):
    """One person, locked until the transaction ends.

    `waiting` means that the outbox has something for this person; `shown_message` is the message whose
    buttons the person sees now. A lost data key is replaced by a fresh one, and `lost_key` holds the stored
    one. After a rollback the row is stale: read it again.
    """

    id: int
    lookup: bytes = field(repr=False)
    key: Key = field(repr=False, compare=False)
    wrapped_key: bytes = field(repr=False)
    status: str
    version: int
    sequence: int
    created_at: datetime
    heard_at: datetime
    unreachable_since: datetime | None = None
    unreachable_reason: str | None = None
    shown_message: int | None = None
    lost_key: bytes | None = field(default=None, repr=False)
    conversations: dict[str, ConversationRow] = field(default_factory=dict)
    waiting: bool = False

    def set_aside(self) -> bytes:
        """With a lost key, its stored bytes come first: both are needed to repair anything by hand."""
        lost, self.lost_key = self.lost_key or b"", None
        return lost + Opened.set_aside(self)


@dataclass(slots=True, kw_only=True)
class RecordRow(Opened):
    """Something that happened and is never changed."""

    person_id: int
    kind: str
    at: datetime
    rule_version: str | None = None
    id: int | None = None


@dataclass(slots=True, kw_only=True)
class ParcelRow(Opened):
    """One outgoing message. `urgency` 0 is a reply, 1 a nudge; `seq` counts up in each person.

    `taken_over` once it was in other hands whose lease ran out: they may have sent it.
    """

    person_id: int
    seq: int
    urgency: int
    kind: str
    due_at: datetime
    created_at: datetime
    lease_until: datetime | None = None
    attempts: int = 0
    taken_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeRow:
    """A first message that waits: from `due_at` on, not after `until`. Unique by person, kind and slot."""

    person_id: int
    kind: str
    slot: str
    due_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class SettledNudge:
    """A nudge that never comes again, and why, where it was dropped."""

    nudge: NudgeRow
    status: Literal["sent", "dropped"]
    why: str = ""


@dataclass(slots=True, kw_only=True)
class DeadLetter:
    """Bytes that could not be used, kept for repair. `reason` says where in our code, never what was said."""

    at: datetime
    reason: str
    body: bytes = field(repr=False)
    person_id: int | None = None
