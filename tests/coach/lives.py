"""What happens to the people of the vignettes after the sittings: their weeks, trials and logs, lived in a chat.

The same weeks are lived by the coach alone and in the terminal. They follow from the facts of a vector: what
was logged of a trial or of energy there has to come out of the weeks again, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from flows.assessment.facts import Facts, Trial
from flows.assessment.severity import is_severe
from flows.engine.answers import Value
from flows.longitudinal.responses import fair_weeks
from flows.longitudinal.weekly_lines import ENOUGH
from flows.person import Person
from tests.assessment.vignettes import VIGNETTE, Vignette

FIRST_SUNDAY = datetime(2026, 3, 8, 17, 30, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)
MONDAY_EVENING = timedelta(days=1, hours=2)
"""From looking back on Sunday to half past eight or nine on Monday, when trials begin and end."""

BASELINE = 3
"""Weeks before the first trial."""

LIGHT = 3
"""What a workday weighs once something has held: less than what still counts as heavy (A7)."""

LOG_DAYS = (1, 2, 3, 4, 7, 8, 9, 10)
"""The days of the log with entries, counted from the first Monday: eight are enough."""

Entry = tuple[str, str, str]
"""What was done, how it left them, and whether they were glad to be known for it ("" leaves that open)."""

MEETINGS, PAPERWORK, MAKING = (
    ("meetings", "drained me", ""),
    ("paperwork", "took something", ""),
    ("making things", "gave me energy", ""),
)
FOR_THEM, FOR_ME = ("writing", "took something", "no"), ("writing", "gave something", "yes")

AFTERNOONS: Mapping[str, tuple[tuple[Entry, ...], ...]] = {
    "a": ((PAPERWORK, MAKING), (PAPERWORK,)),
    "d": ((FOR_THEM,), (FOR_ME,)),
}
"""What the afternoons of a log hold, one after the other, by the pattern of A7 that shows then."""

NOON: Mapping[str, Entry] = {"a": MEETINGS, "d": ("meetings", "neither", "")}


class Chatting(Protocol):
    """A chat that goes on event by event, with the coach alone or in the terminal."""

    @property
    def person(self) -> Person: ...

    def gives(self, value: Value, /) -> object:
        """Answer the open question; None skips it."""

    def commands(self, name: str, argument: str = "", /) -> object: ...

    def taps(self, code: str, /) -> object:
        """Tap the newest button with this code or command."""

    def waits_until(self, moment: datetime, /) -> object: ...


def answers_to(chat: Chatting, *values: Value) -> None:
    for value in values:
        chat.gives(value)


def vignette_with(name: str, *changes: tuple[str, str], more: str = "") -> Vignette:
    """Return a vignette whose vector is another one in these places; its points stay as they were."""
    told = VIGNETTE[name]
    vector = told.vector
    for before, after in changes:
        assert before in vector, before
        vector = vector.replace(before, after)
    return Vignette(told.name, told.persona, f"{vector} {more}".strip(), told.points, told.lead, told.also)


def lives_through(chat: Chatting, facts: Facts, words: Mapping[str, str] | None = None) -> None:
    """Live from the first Monday on until everything that was logged has happened.

    `words` says in their own what each kind of trial is for them.
    """
    if not facts.trials and facts.energy is None:
        return
    heavy = facts.number("O2") or 0
    if facts.energy:
        begins_a_log(chat)
    for number in range(BASELINE):
        if facts.energy and number < 2:
            keeps_the_log(chat, str(facts.energy.letters), week=number)
        looks_back(chat, FIRST_SUNDAY + number * A_WEEK, heavy)
    weeks = BASELINE
    for trial in facts.trials:
        sunday = FIRST_SUNDAY + weeks * A_WEEK
        lived = tries(chat, trial, heavy, sunday, severe=is_severe(facts), words=words or {})
        weeks, heavy = weeks + len(lived), lived[-1] or heavy


def looks_back(chat: Chatting, sunday: datetime, heaviness: int | None) -> None:
    """One number of a week, and enough for today; None leaves the week out."""
    if heaviness is None:
        return
    chat.waits_until(sunday)
    asked_before = chat.person.diary.rhythm.offered
    chat.commands("week")
    answers_to(chat, heaviness, None, (ENOUGH,))
    if not asked_before and chat.person.diary.rhythm.offered:
        chat.taps("later")


def tries(
    chat: Chatting, trial: Trial, now: int, sunday: datetime, *, severe: bool, words: Mapping[str, str]
) -> tuple[int | None, ...]:
    """Plan a trial on the Monday before this Sunday, live through it and say what came of it."""
    chat.waits_until(sunday - A_WEEK + MONDAY_EVENING)
    plans(chat, trial.kind, words.get(trial.kind))
    fair = fair_weeks(trial.kind, severe=severe)
    weeks = weeks_of(trial.outcome, now, round(fair * trial.dose))
    for number, heaviness in enumerate(weeks):
        looks_back(chat, sunday + number * A_WEEK, heaviness)
    chat.waits_until(sunday + (len(weeks) - 1) * A_WEEK + MONDAY_EVENING)
    ends(chat, early=len(weeks) < fair)
    return weeks


def weeks_of(outcome: str, now: int, lasts: int) -> tuple[int | None, ...]:
    """Return what the workdays of a trial weigh, so that this comes of it (A7); None is a missing week."""
    if outcome == "held":
        return (now - 1, None, *[min(LIGHT, now - 3)] * (lasts - 2))
    if outcome == "temp":
        return (now - 2, now - 2, *[now] * (lasts - 2))
    return (now, None, *[now] * (lasts - 2))


def plans(chat: Chatting, kind: str, what: str | None = None) -> None:
    """Plan a trial without an if-then, which begins today."""
    chat.commands("trial")
    answers_to(chat, kind, what, None, "today", None, "4")


def ends(chat: Chatting, *, early: bool = False) -> None:
    """Say of a trial that all of it happened and nothing else changed."""
    chat.commands("trial")
    chat.taps("trial_stop" if early else "trial_look")
    answers_to(chat, "100", ("none",), None)


def begins_a_log(chat: Chatting) -> None:
    chat.commands("log")
    answers_to(chat, 2, "1200_1700")


def keeps_the_log(chat: Chatting, letter: str, *, week: int) -> None:
    """Half a log: the entries of four days, just before noon and late in the afternoon."""
    days = LOG_DAYS[4 * week :][:4]
    for number, day in enumerate(days):
        noon = datetime(2026, 3, 2, 10, 50, tzinfo=UTC) + timedelta(days=day)
        chat.waits_until(noon)
        enters(chat, NOON[letter])
        chat.waits_until(noon + timedelta(hours=5))
        for entry in AFTERNOONS[letter][number % 2]:
            enters(chat, entry)
    if days[-1] == LOG_DAYS[-1]:
        chat.commands("log", "stop")


def enters(chat: Chatting, entry: Entry) -> None:
    """Make one entry; where they say whether they are glad to be known for it, sleep and company come first."""
    what, left, glad = entry
    chat.commands("log", f"{what} {left}")
    if not glad:
        return
    made = chat.person.diary.entries[-1]
    if made.day not in chat.person.diary.nights:
        chat.taps(f"log:slept.{made.id}.7")
    chat.taps(f"log:who.{made.id}.next")
    chat.taps(f"log:glad.{made.id}.{glad}")


def rests(chat: Chatting, eve: datetime, felt: Sequence[tuple[str, timedelta, int]]) -> None:
    """Plan nine days off from tomorrow on, and say how heavy it was: which look, how long after the eve."""
    chat.waits_until(eve)
    chat.commands("break")
    answers_to(chat, "holiday", "tomorrow", (eve + timedelta(days=9)).date().isoformat())
    for look, later, heaviness in felt:
        chat.waits_until(eve + later)
        chat.commands("felt", f"1.{look}")
        chat.gives(heaviness)
        if chat.person.foreground is not None:
            chat.gives(None)
