"""The map learns: what really happened may change what leads, and then it is said, and why (A7, A8).

Trials, days off and weeks count at once. Of an energy log a single entry would make the lead flicker, so it
counts on the days of its insights and at its end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.assessment.changes import lines_between
from flows.assessment.drawn import as_drawn, as_remembered
from flows.assessment.reading import read
from flows.assessment.sketch import SKETCH
from flows.diary import Diary
from flows.engine.say import Say
from flows.person import Person, Standing
from flows.reply import Remembered, Reply, Visit

if TYPE_CHECKING:
    from flows.coach import Coach


def learnt(coach: Coach, visit: Visit, reply: Reply) -> Reply:
    """Return the reply, with a new map kept where a word is another, and announced where what leads is."""
    person, before = reply.person, visit.person.diary
    if not _something_happened(before, person.diary) or not _has_a_map_to_change(person, before):
        return reply
    latest = person.diary.maps[-1]
    reading = read(person, coach.rule, visit.now)
    fresh = as_drawn(reading.result, reading.facts, visit.now)
    if (fresh.lead, fresh.unclear, fresh.words) == (latest.lead, latest.unclear, latest.words):
        return reply
    another_lead = set(fresh.lead) != set(latest.lead)
    diary = replace(person.diary.drawing(fresh), parked=person.diary.parked and not another_lead)
    says = reply.says
    if (fresh.lead, fresh.unclear) != (latest.lead, latest.unclear):
        lines = lines_between(latest, fresh, coach.rule, reading.conversations)
        says = _before_what_is_asked(says, Say("map.learnt", {"lines": lines}))
    return replace(
        reply,
        person=replace(person, diary=diary),
        says=says,
        remember=(*reply.remember, Remembered("map", as_remembered(fresh), fresh.rule_version)),
    )


def _before_what_is_asked(says: tuple[Say, ...], news: Say) -> tuple[Say, ...]:
    """The news come last, but before a message that waits for an answer."""
    if says and says[-1].buttons:
        return (*says[:-1], news, says[-1])
    return (*says, news)


def _has_a_map_to_change(person: Person, before: Diary) -> bool:
    """Whether there is one, and this event has not drawn it anew already."""
    sketch = person.conversations.get(SKETCH.name)
    there = bool(person.diary.maps) and sketch is not None and sketch.done
    return there and person.diary.maps == before.maps and person.standing is Standing.ACTIVE


def _something_happened(before: Diary, after: Diary) -> bool:
    if after is before:
        return False
    return (
        after.trials != before.trials
        or after.breaks != before.breaks
        or after.weeks != before.weeks
        or _came_to_a_result(before, after)
    )


def _came_to_a_result(before: Diary, after: Diary) -> bool:
    """Whether an energy log showed an insight or came to its end."""
    if after.log is None or before.log is None:
        return False
    return (after.log.insights, after.log.ended) != (before.log.insights, before.log.ended)
