"""What was tried, and what came of it, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from flows.assessment.battery import BATTERY, attempts
from flows.assessment.quotes import quote
from flows.assessment.reading import Reading
from flows.diary import PlannedTrial
from flows.engine.say import Fact, Label, OnDay, Say
from flows.moves.share_lines import Line, cut, line
from flows.quoting import in_short

MOST = 5


def tried(reading: Reading) -> Iterator[Line]:
    """Yield what was tried, the latest first: trials with their outcome, small moves, what came before."""
    diary = reading.person.diary
    found = [
        *(_trial(trial) for trial in reversed(diary.trials)),
        *(_done(each.move, each.words) for each in reversed(diary.moves_done)),
        *_remembered(reading),
    ]
    yield from found[:MOST]


def _trial(trial: PlannedTrial) -> Line:
    what, lesson = str(in_short(trial.what)), cut(trial.lesson)
    facts: dict[str, Fact] = {
        "what": what or Label("trial.kind", trial.kind),
        "outcome": Label("moves.outcomes", trial.outcome or "open"),
        "lesson": lesson,
        "day": OnDay(trial.ends),
    }
    return line(Say("share.trial" if trial.ended else "share.running", facts), what, lesson)


def _done(move: str, words: str) -> Line:
    told = cut(words)
    return line(Say("share.done", {"name": Label("ladder.names", move), "words": told}), told)


def _remembered(reading: Reading) -> Iterator[Line]:
    """What they tried before any of this, in the words of the battery."""
    battery = reading.conversations.get(BATTERY.name)
    for kind in attempts(battery) if battery else ():
        told = quote(reading, f"tried:{kind}")
        if told is not None:
            yield line(told)
