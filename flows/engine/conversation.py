"""Where one person is in one flow, with the answers so far; and how that is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flows.engine.answers import Answer, Value

DONE = "done"
"""The state in which nothing is open."""


REASONS = ("reopens", "late")


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer that is not counted yet: it would drop others ("reopens"), or it came days late ("late")."""

    answer: Answer
    why: str
    drops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person in one flow. Immutable; `seq` grows whenever another question is opened.

    `about` holds facts that the flow was started with, `seed` orders what is shuffled. `changing` is set
    while a question is asked again, `ahead` while one is open that has answered questions behind it.
    `trail` lists the answered questions in the order of asking. `draft` holds the marks on a list,
    `offered` the few answers that an unclear one was narrowed to.
    """

    flow: str
    version: int
    id: str
    state: str
    seq: int = 1
    answers: Mapping[str, Answer] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    draft: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    pending: Pending | None = None
    changing: bool = False
    ahead: bool = False
    missed: int = 0
    at: int = 0
    """When the open question was last answered or asked, seconds since 1970."""

    @property
    def done(self) -> bool:
        """Whether nothing is open."""
        return self.state == DONE

    def value(self, question: str) -> Value:
        """Return the answer's value; None when it was skipped or not asked."""
        answer = self.answers.get(question)
        return answer.value if answer else None

    def number(self, question: str) -> int | None:
        """Return the answer on a scale, None when there is none."""
        value = self.value(question)
        return value if isinstance(value, int) else None

    def opened(self, state: str, **changes: Any) -> Conversation:
        """Return the conversation with another question open; what belonged to the last one is gone."""
        fresh: dict[str, Any] = {"state": state, "seq": self.seq + 1, **_NOTHING_YET, **changes}
        return replace(self, **fresh)


_NOTHING_YET: Mapping[str, Any] = {"draft": (), "offered": (), "pending": None, "missed": 0}


def as_plain(conversation: Conversation) -> dict[str, Any]:
    """Return what is stored of a conversation, ready for JSON."""
    pending = conversation.pending
    return {
        "version": conversation.version,
        "id": conversation.id,
        "state": conversation.state,
        "seq": conversation.seq,
        "answers": {question: _answer_as_plain(a) for question, a in conversation.answers.items()},
        "trail": list(conversation.trail),
        "about": dict(conversation.about),
        "seed": conversation.seed,
        "draft": list(conversation.draft),
        "offered": list(conversation.offered),
        "pending": pending and [_answer_as_plain(pending.answer), pending.why, list(pending.drops)],
        "changing": conversation.changing,
        "ahead": conversation.ahead,
        "missed": conversation.missed,
        "at": conversation.at,
    }


def from_plain(flow: str, stored: Mapping[str, Any]) -> Conversation:
    """Return the stored conversation. Raises KeyError, TypeError or ValueError when it cannot be read."""
    try:
        return _read(flow, stored)
    except (AttributeError, IndexError) as error:
        raise ValueError(f"a conversation in {flow} is stored in a way nobody writes: {error}") from error


def _read(flow: str, stored: Mapping[str, Any]) -> Conversation:
    pending = stored["pending"]
    return Conversation(
        flow=flow,
        version=int(stored["version"]),
        id=str(stored["id"]),
        state=str(stored["state"]),
        seq=int(stored["seq"]),
        answers={question: _answer_from_plain(a) for question, a in stored["answers"].items()},
        trail=_codes(stored["trail"]),
        about={str(name): str(fact) for name, fact in stored["about"].items()},
        seed=int(stored["seed"]),
        draft=_codes(stored["draft"]),
        offered=_codes(stored.get("offered", [])),
        pending=pending and Pending(_answer_from_plain(pending[0]), _reason(pending[1]), _codes(pending[2])),
        changing=bool(stored["changing"]),
        ahead=bool(stored.get("ahead", False)),
        missed=int(stored["missed"]),
        at=int(stored["at"]),
    )


def _answer_as_plain(answer: Answer) -> list[Any]:
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return [value, answer.at] if answer.ref is None else [value, answer.at, answer.ref]


def _answer_from_plain(stored: list[Any]) -> Answer:
    value, at, *ref = stored
    if not isinstance(value, str | int | list | None):
        raise TypeError(f"an answer is a {type(value).__name__}")
    return Answer(_codes(value) if isinstance(value, list) else value, int(at), ref[0] if ref else None)


def _codes(stored: list[Any]) -> tuple[str, ...]:
    if not isinstance(stored, list) or not all(isinstance(code, str) for code in stored):
        raise TypeError("a list of codes holds something else")
    return tuple(stored)


def _reason(stored: Any) -> str:
    if stored not in REASONS:
        raise ValueError("an answer is held for no reason that we know")
    return str(stored)
