"""What somebody tried already, and what came of it: trials, and small moves done on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.diary import Done, PlannedTrial
from flows.engine.say import Fact, Label, Say
from flows.person import Person
from flows.quoting import in_short
from flows.reply import Reply, Visit, offer, with_way_back

LATEST = 4
"""How many are told, so that the page stays readable."""


def there_is_a_past(person: Person) -> bool:
    """Return whether anything was tried to its end, or done on the spot."""
    return bool(person.diary.moves_done) or any(trial.ended for trial in person.diary.trials)


def show_past(visit: Visit) -> Reply:
    """Tell what they tried, the latest first, with what came of it and what they took from it."""
    told = [line for _, line in sorted(_lines(visit.person), key=lambda each: each[0], reverse=True)]
    if not told:
        return Reply(visit.person, (with_way_back(visit, offer("moves.no_past", ("moves", "moves"))),))
    lines: dict[str, Fact] = {"lines": tuple(told[:LATEST])}
    return Reply(visit.person, (with_way_back(visit, offer("moves.past", ("moves", "moves"), facts=lines)),))


def _lines(person: Person) -> Iterator[tuple[date, Say]]:
    yield from ((trial.ended, _trial(trial)) for trial in person.diary.trials if trial.ended)
    yield from ((each.on, _done(each)) for each in person.diary.moves_done)


def _trial(trial: PlannedTrial) -> Say:
    facts: dict[str, Fact] = {
        "what": in_short(trial.what) or Label("trial.kind", trial.kind),
        "outcome": Label("moves.outcomes", trial.outcome or "open"),
        "lesson": in_short(trial.lesson),
    }
    return Say("moves.past_trial", facts)


def _done(each: Done) -> Say:
    name = Label("ladder.names", each.move)
    return Say("moves.past_done", {"name": name, "words": in_short(each.words)})
