"""What the server counted: calls, answers, broken rules, messages per second."""

from collections import Counter, deque
from dataclasses import dataclass, field

from .clock import Bell
from .shapes import JsonObject

VIOLATIONS_KEPT = 1_000


@dataclass(slots=True)
class Ledger:
    """Counts are always kept; the calls themselves only where `keeps_calls` (not in a lean server)."""

    keeps_calls: bool = True
    violations: list[str] = field(default_factory=list)
    calls: list[JsonObject] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)
    sent: int = 0
    peak_per_second: int = 0
    bell: Bell = field(default_factory=Bell)
    _last_second: deque[float] = field(default_factory=deque)

    def violated(self, method: str, what: str) -> None:
        if len(self.violations) < VIOLATIONS_KEPT:
            self.violations.append(f"{method}: {what}")

    def note_call(self, method: str, values: JsonObject, at: float) -> None:
        self.called[method] += 1
        if self.keeps_calls:
            self.calls.append({"method": method, "values": _printable(values), "at": at})

    def note_answer(self, code: int) -> None:
        self.answered[code] += 1

    def note_sent(self, at: float) -> None:
        """Count a message that was delivered and the most that ever fell into one second."""
        self.sent += 1
        recent = self._last_second
        recent.append(at)
        while recent[0] <= at - 1.0:
            recent.popleft()
        self.peak_per_second = max(self.peak_per_second, len(recent))
        self.bell.ring()

    def totals(self) -> JsonObject:
        return {
            "calls": dict(self.called),
            "answers": {str(code): count for code, count in self.answered.items()},
            "sent": self.sent,
            "peak_per_second": self.peak_per_second,
            "violations": len(self.violations),
        }


def _printable(values: JsonObject) -> JsonObject:
    """Uploads are named by their file name, so that a kept call is JSON."""
    return {name: getattr(value, "filename", value) for name, value in values.items()}
