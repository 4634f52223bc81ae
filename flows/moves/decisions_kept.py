"""Decisions as they are kept: in the diary what counts now, in the records how it came to be."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from flows.diary import Decision
from flows.engine.say import Say
from flows.person import Person
from flows.reply import Remembered, Reply

MOST_KEPT = 24
"""Decisions that can be seen again; older ones stay in the records."""


def keeping(reply: Reply, decision: Decision, event: str, says: tuple[Say, ...]) -> Reply:
    """Return the reply with a decision in the diary, new or in the place of what it was."""
    diary = reply.person.diary
    others = tuple(each for each in diary.decisions if each.id != decision.id)
    kept = replace(diary, decisions=(*others, decision)[-MOST_KEPT:])
    return replace(
        reply,
        person=replace(reply.person, diary=kept),
        says=(*reply.says, *says),
        remember=(*reply.remember, remembered(event, decision)),
    )


def remembered(event: str, decision: Decision) -> Remembered:
    """Return the record of a decision; words of a look stand beside it, where own words are looked for."""
    body = _plain(asdict(decision))
    lines = [look.pop("line") for look in body["looks"]]
    return Remembered("decision", {"event": event, **body, "line": lines[-1] if lines else ""})


def _plain(body: Any) -> Any:
    """Return a body whose days and times are words."""
    if isinstance(body, dict):
        return {name: _plain(value) for name, value in body.items()}
    if isinstance(body, list | tuple):
        return [_plain(value) for value in body]
    return body.isoformat() if isinstance(body, date | datetime) else body


def top_of(person: Person) -> tuple[str, ...]:
    """Return what comes first in a person's direction; () while they have none."""
    kept = person.diary.direction
    return kept.places[0] if kept is not None and kept.places else ()
