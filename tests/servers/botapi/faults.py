"""Misfortunes on demand: what a network and a server do to a call that was perfectly right."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random

from .shapes import Json

# These strike when the method has already been carried out: the message is there, the answer is lost.
AFTER_ACCEPTANCE = {"drop_after", "garbage", "stall"}
KINDS = AFTER_ACCEPTANCE | {"latency", "drop_before", "http", "flood", "refuse"}


class UnknownFaultError(ValueError):
    """The test asked for a misfortune that does not exist."""


@dataclass(slots=True)
class Fault:
    """One kind of misfortune and which calls it meets.

    kind: latency (wait, then go on), drop_before / drop_after (connection closed before / after acceptance),
    http (status `code` with an HTML body), flood (429 with retry_after), refuse (JSON error), garbage (cut
    JSON), stall (the answer comes after `seconds`). `times=None` means for ever; `method` may hold * and ?.
    """

    kind: str
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    probability: float = 1.0
    seconds: float = 0.0
    code: int = 502
    description: str = "Internal Server Error"
    retry_after: int = 1
    accepted: bool | None = None
    struck: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UnknownFaultError(f"no fault {self.kind!r}; there are {sorted(KINDS)}")
        self.method = self.method.lower()

    @property
    def is_after(self) -> bool:
        """Whether the method is carried out although the caller will not hear of it."""
        return self.kind in AFTER_ACCEPTANCE if self.accepted is None else self.accepted

    def meets(self, method: str, chat: Json) -> bool:
        spent = self.times is not None and self.struck >= self.times
        wrong_chat = self.chat is not None and self.chat != chat
        return not spent and not wrong_chat and fnmatchcase(method.lower(), self.method)


@dataclass(slots=True)
class Faults:
    """The faults that are set, oldest first. A seed makes chance repeatable."""

    chance: Random = field(default_factory=lambda: Random(1))
    pending: list[Fault] = field(default_factory=list)
    struck: int = 0

    def add(self, fault: Fault) -> None:
        self.pending.append(fault)

    def clear(self) -> None:
        self.pending.clear()

    def latency(self, method: str, chat: Json) -> float:
        """Seconds to wait before this call; every latency that meets it counts."""
        return sum(fault.seconds for fault in self._striking(method, chat, latency=True))

    def strike(self, method: str, chat: Json) -> Fault | None:
        """The first other fault that meets this call, if any."""
        return next(iter(self._striking(method, chat, latency=False)), None)

    def _striking(self, method: str, chat: Json, *, latency: bool) -> list[Fault]:
        if not self.pending:
            return []
        struck: list[Fault] = []
        for fault in self.pending:
            if (fault.kind == "latency") is latency and fault.meets(method, chat):
                if fault.probability < 1.0 and self.chance.random() >= fault.probability:
                    continue
                fault.struck += 1
                self.struck += 1
                struck.append(fault)
                if not latency:
                    break
        return struck
