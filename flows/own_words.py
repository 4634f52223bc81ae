"""A person's own words: where they stand, and everything as it is without the older ones.

What counts as evidence is codes and numbers, so nothing that is said of a person changes when words go. Names
that a person gave to things (an activity in the log, a thing that matters) are labels of what they chose and
stay with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from flows.asides import NOTE
from flows.diary import Decision, Diary, Done, PlannedTrial, Week
from flows.engine.conversation import Conversation
from flows.person import Person
from flows.reply import Remembered
from flows.shelf import FLOWS

WEEK = ("words", "pro", "con", "cue", "act", "others", "moved")
TRIAL = ("what", "cue", "act", "lesson")
RECORDS: Mapping[str, tuple[str, ...]] = {
    "note": ("text",),
    "week": WEEK,
    "trial": (*TRIAL, "line"),
    "move": ("words",),
    "decision": ("name", "expects", "line"),
}
"""In which fields of a record, by its kind, words stand; of answers the question decides."""


def oldest(person: Person) -> date | None:
    """Return the day of the oldest words in conversations and diary, None when there are none."""
    return min((at.date() for at in _moments(person)), default=None)


def _moments(person: Person) -> Iterator[datetime]:
    for conversation in person.conversations.values():
        for question in _in_words(conversation):
            yield _moment(conversation.answers[question].at)
        if conversation.flow == NOTE.name:
            yield _moment(conversation.at)
    waiting = waits_since(person)
    if waiting is not None:
        yield waiting
    diary = person.diary
    yield from (week.at for week in diary.weeks if _says(week, WEEK))
    days = [trial.started for trial in diary.trials if _says(trial, TRIAL)]
    days += [done.on for done in diary.moves_done if done.words]
    days += [each.on for each in diary.decisions if _says_something(each)]
    yield from (datetime.combine(day, time(), UTC) for day in days)


def texts_of(person: Person) -> Iterator[str]:
    """Yield all words of a person, as they wrote them, in conversations and diary."""
    for conversation in person.conversations.values():
        yield from conversation.about.values()
        for question in _in_words(conversation):
            yield str(conversation.value(question))
    diary = person.diary
    lines: list[tuple[object, tuple[str, ...]]] = [(week, WEEK) for week in diary.weeks]
    lines += [(trial, TRIAL) for trial in diary.trials]
    lines += [(done, ("words",)) for done in diary.moves_done]
    lines += [(each, ("name", "expects")) for each in diary.decisions]
    lines += [(look, ("line",)) for each in diary.decisions for look in each.looks]
    yield from (text for entry, names in lines for name in names if (text := getattr(entry, name)))


def without(person: Person, before: datetime) -> Person:
    """Return the person without words from before a moment: skipped answers, empty lines."""
    conversations = {name: _emptied(each, before) for name, each in person.conversations.items()}
    diary, crisis = _diary_without(person.diary, before), person.crisis
    waiting = waits_since(person)
    if waiting is not None and waiting < before:
        crisis = replace(crisis, held=None, plan=(), plan_at=None)
    kept = replace(person, conversations=conversations, diary=diary, crisis=crisis)
    note = kept.conversations.get(NOTE.name)
    return kept.without(NOTE.name) if note is not None and _moment(note.at) < before else kept


def waits(person: Person) -> bool:
    """Return whether words wait for a yes to be kept, or a plan is being made of them."""
    return person.crisis.held is not None or bool(person.crisis.plan)


def waits_since(person: Person) -> datetime | None:
    """Return since when such words wait, None while there are none. After 30 days they go by themselves."""
    if not waits(person):
        return None
    held = person.crisis.held
    return (held.at if held else person.crisis.plan_at) or person.heard_at


def _emptied(conversation: Conversation, before: datetime) -> Conversation:
    gone = [name for name in _in_words(conversation) if _moment(conversation.answers[name].at) < before]
    if not gone:
        return conversation
    emptied = {name: replace(conversation.answers[name], value=None, ref=None) for name in gone}
    return replace(conversation, answers={**conversation.answers, **emptied})


def _in_words(conversation: Conversation) -> Iterable[str]:
    return [
        name for name, each in conversation.answers.items() if is_words(conversation.flow, name, each.value)
    ]


def is_words(flow: str, question: str, value: object) -> bool:
    """Return whether an answer is somebody's own words. Of a flow that is gone, nobody knows: then it is."""
    if not isinstance(value, str):
        return False
    if flow not in FLOWS or question not in FLOWS[flow].questions:
        return " " in value.strip()
    kind = FLOWS[flow].questions[question]
    return kind.kind == "free_text" and value not in kind.labelled


def _diary_without(diary: Diary, before: datetime) -> Diary:
    day = before.date()
    return replace(
        diary,
        weeks=tuple(_week(each) if each.at < before else each for each in diary.weeks),
        trials=tuple(_trial(each) if _is_over(each, day) else each for each in diary.trials),
        moves_done=tuple(_done(each) if each.on < day else each for each in diary.moves_done),
        decisions=tuple(_decision(each) if each.on < day else each for each in diary.decisions),
    )


def _week(each: Week) -> Week:
    return replace(each, words="", pro="", con="", cue="", act="", others="", moved="")


def _is_over(each: PlannedTrial, day: date) -> bool:
    """Whether a trial is long ago; one that still runs needs its words."""
    return each.started < day and each.ended is not None


def _trial(each: PlannedTrial) -> PlannedTrial:
    return replace(each, what="", cue="", act="", lesson="")


def _done(each: Done) -> Done:
    return replace(each, words="")


def _decision(each: Decision) -> Decision:
    looks = tuple(replace(look, line="") for look in each.looks)
    return replace(each, name="", expects="", looks=looks)


def _says_something(each: Decision) -> bool:
    return bool(each.name or each.expects or any(look.line for look in each.looks))


def _says(each: object, fields: Iterable[str]) -> bool:
    return any(getattr(each, name) for name in fields)


def emptied_record(kind: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the body of a record without words; None when there are none in it."""
    if kind == "answer":
        in_words = is_words(str(body.get("flow")), str(body.get("question")), body.get("value"))
        return {**body, "value": None} if in_words else None
    emptied = _without_fields(body, RECORDS.get(kind, ()))
    return emptied if emptied != body else None


def _without_fields(body: Any, fields: Iterable[str]) -> Any:
    if isinstance(body, Mapping):
        return {name: _one(name, value, fields) for name, value in body.items()}
    return [_without_fields(each, fields) for each in body] if isinstance(body, list) else body


def _one(name: str, value: Any, fields: Iterable[str]) -> Any:
    return "" if name in fields and isinstance(value, str) else _without_fields(value, fields)


def are_in(remembered: Iterable[Remembered]) -> bool:
    """Return whether anything that is remembered holds words."""
    return any(emptied_record(each.kind, each.body) is not None for each in remembered)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
