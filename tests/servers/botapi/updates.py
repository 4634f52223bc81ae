"""The queue of updates: in id order, kept until confirmed or too old, filtered when they are created."""

import math
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .clock import Bell, Clock
from .shapes import JsonObject

DAY = 24 * 60 * 60.0
CALLBACK_QUERY_LIVES = 150.0
FIRST_UPDATE_ID = 700_000_001
ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
HISTORY_KEPT = 1_000
FUTURE_TOLERANCE = 10  # an offset further ahead than this is not believed (TQueue of tdlib)


@dataclass(slots=True, eq=False)
class Update:
    """One update. Its kind and the chat or user it is `about` are the lane it is pushed in."""

    id: int
    kind: str
    about: int
    body: JsonObject
    expires: float


@dataclass(slots=True)
class UpdateQueue:
    """All updates that nobody has confirmed yet. `pushed` takes them at once while a webhook is set."""

    clock: Clock
    known_kinds: list[str]
    keeps_history: bool = True
    allowed: list[str] = field(default_factory=list)
    next_id: int = FIRST_UPDATE_ID
    bell: Bell = field(default_factory=Bell)
    pushed: Callable[[Update], None] | None = None
    dropped: int = 0
    _waiting: "OrderedDict[int, Update]" = field(default_factory=OrderedDict)
    _forced: deque[Update] = field(default_factory=deque)
    _held: list[Update] | None = None
    _history: "OrderedDict[int, Update]" = field(default_factory=OrderedDict)
    _first_expiry: float = math.inf

    def __post_init__(self) -> None:
        self.clock.wakes(self.bell)

    def add(self, kind: str, payload: JsonObject, about: int) -> int | None:
        """Queue something that happened; None when the bot did not ask for this kind of update."""
        if not self._wanted(kind):
            return None
        update = self._made(kind, {kind: payload}, about)
        self._enter(update)
        return update.id

    def force(self, body: JsonObject, about: int = 0) -> int:
        """Deliver this once, whatever its id: for strange, repeated and reordered updates."""
        kind = next((name for name in body if name != "update_id"), "")
        update = self._made(kind, body, about)
        self._deliver_anyway(update)
        return update.id

    def repeat(self, update_id: int) -> None:
        """Deliver an earlier update again under the same id."""
        self._deliver_anyway(self._history[update_id])

    def hold(self) -> None:
        """Keep what happens from now on back until `release`."""
        self._held = self._held or []

    def release(self, *, backwards: bool = False) -> None:
        """Let out what was held: into the queue, or, backwards, forced in the wrong order."""
        held, self._held = self._held or [], None
        for update in reversed(held) if backwards else held:
            if backwards:
                self._deliver_anyway(update)
            else:
                self._enter(update)

    def take(self, offset: int, limit: int) -> list[Update]:
        """What getUpdates answers. What is below the offset is confirmed; forced ones come first, once."""
        self._confirm(offset)
        self._forget_old()
        taken = [self._forced.popleft() for _ in range(min(limit, len(self._forced)))]
        for update in self._waiting.values():
            if len(taken) >= limit:
                break
            taken.append(update)
        return taken

    def has_any(self) -> bool:
        self._forget_old()
        return bool(self._waiting or self._forced)

    def pending(self) -> int:
        self._forget_old()
        return len(self._waiting) + len(self._forced)

    def remove(self, update: Update) -> None:
        """The webhook took it."""
        self._waiting.pop(update.id, None)
        if update in self._forced:
            self._forced.remove(update)
        self.bell.ring()

    def clear(self) -> None:
        self._waiting.clear()
        self._forced.clear()
        self.bell.ring()

    def waiting(self) -> Iterable[Update]:
        return [*self._forced, *self._waiting.values()]

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST

    def _made(self, kind: str, body: JsonObject, about: int) -> Update:
        update_id = body.get("update_id", self.next_id)
        self.next_id = max(self.next_id, update_id + 1)
        lives = CALLBACK_QUERY_LIVES if kind == "callback_query" else DAY
        return Update(update_id, kind, about, {"update_id": update_id, **body}, self.clock.now() + lives)

    def _enter(self, update: Update) -> None:
        if self._held is not None:
            self._held.append(update)
            return
        self._remember(update)
        self._waiting[update.id] = update
        self._first_expiry = min(self._first_expiry, update.expires)
        self._announce(update)

    def _deliver_anyway(self, update: Update) -> None:
        self._remember(update)
        self._forced.append(update)
        self._announce(update)

    def _announce(self, update: Update) -> None:
        if self.pushed is not None:
            self.pushed(update)
        self.bell.ring()

    def _remember(self, update: Update) -> None:
        if self.keeps_history:
            self._history[update.id] = update
            if len(self._history) > HISTORY_KEPT:
                self._history.popitem(last=False)

    def _confirm(self, offset: int) -> None:
        """A negative offset keeps only that many; one from the far future confirms nothing."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
        elif 0 < offset <= self.next_id + FUTURE_TOLERANCE:
            while self._waiting and next(iter(self._waiting)) < offset:
                self._waiting.popitem(last=False)
        self.bell.ring()

    def _forget_old(self) -> None:
        """Drop what has expired. Looks through the queue only when something in it can have."""
        now = self.clock.now()
        if now < self._first_expiry:
            return
        old = [update.id for update in self._waiting.values() if update.expires <= now]
        self.dropped += len(old)
        for update_id in old:
            del self._waiting[update_id]
        self._first_expiry = min((update.expires for update in self._waiting.values()), default=math.inf)
