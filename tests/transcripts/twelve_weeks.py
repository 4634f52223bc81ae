"""Twelve weeks of one person: a log, a trial that fades, a holiday, three silent weeks, a trial that holds.

They sat down once, for the sketch; everything else is what really happened. Days are those of 2026, the clock
is UTC: in Berlin it is an hour later, and two from the end of March on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from flows.engine.answers import Value
from tests.coach.lives import answers_to, begins_a_log, keeps_the_log
from tests.transcripts.talking import AtTheTerminal

TWELVE_WEEKS = "twelve_weeks"

SKETCH: Mapping[str, Value] = {
    **{"O1": "I make people stay longer than they want to.", "O2": 7, "O3": "6-24", "O4": "most", "O5": "c"},
    **{"O6": 1, "O7": ("no",), "K2": 2, "E1": 0, "V1": 4, "D1": 1, "I1": 1},
    **{"CF0": 7, "CF1": 5, "CF2": 2, "CF4": 6, "CF5": 5, "R3": "2-6w", "R4": "ord"},
}

HAPPENED = "log=load:tmp@1,purpose:sus@1,rest:tmp:ord@1 energy=d cov=1"
"""What the twelve weeks come to, in the notation of A10."""


def lives_twelve_weeks(chat: AtTheTerminal) -> None:
    for line in ("/start", "English", "yes", "yes", "Germany", "I'm employed"):
        chat.says(line)
    while chat.person.foreground is not None:
        chat.gives(SKETCH.get(chat.person.foreground.state))
    begins_a_log(chat)
    keeps_the_log(chat, "d", week=0)
    _picks_sunday_evenings(chat)
    keeps_the_log(chat, "d", week=1)
    _looks_back(chat, 15, 3, 7)
    _works_less(chat)
    _goes_on_holiday(chat)
    _takes_the_museum(chat)
    _is_silent_and_comes_back(chat)
    chat.commands("map")


def _at(chat: AtTheTerminal, day: int, month: int, hour: int = 19, minute: int = 10) -> None:
    chat.waits_until(datetime(2026, month, day, hour, minute, tzinfo=UTC))


def _picks_sunday_evenings(chat: AtTheTerminal) -> None:
    _at(chat, 8, 3, 17, 0)
    chat.commands("week")
    for line in ("7", "3", "nothing changed", "going through the motions", "that's enough for today"):
        chat.says(line)
    for line in ("Pick a day", "Sunday", "evening"):
        chat.says(line)


def _looks_back(chat: AtTheTerminal, day: int, month: int, heaviness: int, *more: str) -> None:
    """Take up the offer of a Sunday evening."""
    _at(chat, day, month, 20 if month < 4 and day < 29 else 19)
    chat.taps("week")
    for line in (str(heaviness), "skip", *more, "that's enough for today"):
        chat.says(line)


def _works_less(chat: AtTheTerminal) -> None:
    """Four weeks of less load: lighter for two of them, and then as before."""
    _at(chat, 16, 3)
    chat.commands("trial")
    for line in ("Less load, boundaries", "No calls after six"):
        chat.says(line)
    for line in ("the phone rings after six", "I let it ring", "It stands", "today", "4", "After two weeks"):
        chat.says(line)
    _looks_back(chat, 22, 3, 4, "less to do than usual")
    _at(chat, 23, 3, 20)
    chat.taps("trial_look")
    for line in ("All of it", "Nothing much", "Two evenings with my daughter"):
        chat.says(line)
    _looks_back(chat, 29, 3, 4)
    _looks_back(chat, 5, 4, 7, "more to do than usual")
    _looks_back(chat, 12, 4, 7)
    _at(chat, 13, 4)
    chat.taps("trial_look")
    for line in ("All of it", "Nothing much", "The calls were never the point."):
        chat.says(line)


def _goes_on_holiday(chat: AtTheTerminal) -> None:
    """Nine days off, light in the middle, and heavy again on the second day back, with an ordinary load."""
    chat.commands("break")
    for line in ("A holiday", "tomorrow", "22 April"):
        chat.says(line)
    _at(chat, 18, 4)
    chat.taps("felt")
    chat.says("2")
    _at(chat, 24, 4)
    chat.taps("felt")
    for line in ("7", "As usual"):
        chat.says(line)


def _takes_the_museum(chat: AtTheTerminal) -> None:
    """The next trial begins, and then nothing is heard of them for three weeks."""
    _looks_back(chat, 26, 4, 7)
    chat.commands("trial")
    for line in ("Other clients, products", "The museum app, two days a week"):
        chat.says(line)
    for line in ("skip", "next Monday", "4", "After four weeks"):
        chat.says(line)


def _is_silent_and_comes_back(chat: AtTheTerminal) -> None:
    _at(chat, 18, 5)
    chat.says("I'm back. It has been a lot, but not a bad lot.")
    chat.says("Keep it")
    chat.commands("week")
    for line in ("4", "2", "something else", "curious", "that's enough for today"):
        chat.says(line)
    _looks_back(chat, 24, 5, 3)
    _at(chat, 25, 5)
    chat.taps("trial_look")
    answers_to(chat, "100", ("none",), "I sleep on Sundays again.")
