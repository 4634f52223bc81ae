"""Which week a reflection is about, what is kept of it, and that same week as a conversation again.

A reflection on a Monday, or on a Tuesday before noon, is about the week before: this one has hardly begun.
Whoever looks back on Tuesdays means the week before all day. An offer names its week, and that one counts,
however long it waited, up to the Monday after next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from flows.diary import Diary, Week
from flows.engine.answers import Answer, Value
from flows.engine.conversation import DONE, Conversation
from flows.longitudinal.local_time import monday_of, zone_of
from flows.longitudinal.weekly import CHANGES, TRUE, WEEK, line
from flows.person import Person, begun

TUESDAY = 1
NOON = 12
WEEK_LONG = timedelta(weeks=1)

LINES: Mapping[str, str] = {
    "moved": "moved",
    "prompt": "words",
    "pro": "pro",
    "con": "con",
    "cue": "cue",
    "act": "act",
    "others": "others",
}
"""Questions for words, and where the week keeps them."""


def week_meant(person: Person, now: datetime, named: str = "") -> date:
    """Return the Monday of the week that a reflection now is about; `named` is one that an offer names."""
    there = now.astimezone(zone_of(person.zone))
    this_week = monday_of(there.date())
    asked = _read(named)
    if asked is not None and asked in (this_week, this_week - WEEK_LONG, this_week - 2 * WEEK_LONG):
        return asked
    looks_back_on_tuesdays = person.diary.rhythm.weekday == TUESDAY
    early = there.hour < NOON or looks_back_on_tuesdays
    hardly_begun = there.weekday() < TUESDAY or (there.weekday() == TUESDAY and early)
    return this_week - WEEK_LONG if hardly_begun else this_week


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def kept(diary: Diary, monday: date) -> Week | None:
    """Return what is kept of a week."""
    return next((week for week in diary.weeks if week.monday == monday), None)


def with_week(diary: Diary, week: Week) -> Diary:
    """Return the diary with this week, in the place of what was kept of it before."""
    others = (other for other in diary.weeks if other.monday != week.monday)
    return replace(diary, weeks=tuple(sorted((*others, week), key=lambda each: each.monday)))


def monday_in(conversation: Conversation) -> date:
    """Return the Monday of the week that a reflection was begun for."""
    return date.fromisoformat(conversation.about["monday"])


def week_of(conversation: Conversation, now: datetime) -> Week | None:
    """Return what there is to keep of a reflection; None when everything was left open."""
    words = {field: line(conversation, question) for question, field in LINES.items()}
    week = Week(
        monday_in(conversation),
        now,
        conversation.number("W1"),
        conversation.number("W2"),
        _marks(conversation, "W3", CHANGES),
        _marks(conversation, "W4", TRUE),
        conversation.about["prompt"] if _was_met(conversation) else "",
        **words,
        lead=conversation.about.get("lead", "") if words["pro"] or words["con"] else "",
    )
    numbers = (week.workday, week.day_off) != (None, None)
    return week if numbers or week.changes or week.true or any(words.values()) else None


def _was_met(conversation: Conversation) -> bool:
    """Whether they saw the question of the week; one that only stands in the list of answers was not seen."""
    listed = "unmet" in conversation.about and not line(conversation, "prompt")
    return "prompt" in conversation.answers and not listed


def _marks(conversation: Conversation, question: str, known: tuple[str, ...]) -> tuple[str, ...]:
    marks = conversation.value(question)
    return tuple(mark for mark in known if mark in marks) if isinstance(marks, tuple) else ()


def as_remembered(week: Week) -> dict[str, Any]:
    """Return a week as its record holds it, ready for JSON."""
    body = asdict(week) | {"monday": week.monday.isoformat(), "at": week.at.isoformat()}
    return body | {"changes": list(week.changes), "true": list(week.true)}


def as_conversation(
    person: Person, week: Week, about: Mapping[str, str], now: datetime
) -> tuple[Person, Conversation]:
    """Return a finished reflection that says what is kept of a week; what is not kept stands open in it."""
    useful = next((each.changed for each in person.diary.useful if each.on == week.monday), None)
    led = person.diary.map.lead[:1] if person.diary.map and useful is not None else ()
    then = {
        "prompt": week.prompt,
        "lead": week.lead or "".join(led),
        "leads": "yes" if week.others else "",
        "jumped": "yes" if week.moved else "",
        "unmet": "" if week.prompt else "yes",
        "useful": "" if useful is None else "due",
    }
    _, fresh = begun(person, WEEK, now, {**about, **{name: fact for name, fact in then.items() if fact}})
    told: Value = None if useful is None else "yes" if useful else "no"
    said = {**dict(_said(week)), "useful": told}
    answers = {name: Answer(said.get(name), int(week.at.timestamp())) for name in WEEK.questions}
    whole = replace(fresh, answers=answers)
    trail = tuple(state for state in WEEK.path(whole) if state != DONE)
    there = replace(whole, answers={name: answers[name] for name in trail}, trail=trail, state=DONE)
    return person.having(there), there


def _said(week: Week) -> Iterator[tuple[str, Value]]:
    yield "W1", week.workday
    yield "W2", week.day_off
    yield "W3", week.changes or None
    yield "W4", week.true or None
    yield from ((question, getattr(week, field) or None) for question, field in LINES.items())
