"""What happens to the people of the vignettes after the sittings: their weeks, trials and logs.

The same weeks are lived with the coach alone and in the terminal. They follow from the facts of a vector:
what was logged of a trial or of energy there has to come out of the weeks again, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from flows.assessment.evidence import score
from flows.assessment.facts import Facts, Trial
from flows.assessment.inventory import MODULES
from flows.assessment.severity import is_severe
from flows.engine.answers import Value
from flows.longitudinal.responses import fair_weeks
from flows.longitudinal.weekly_lines import ENOUGH
from flows.person import Person
from tests.coach.given import HOUSE, Chat
from tests.coach.personas import answers_of, at_the_end

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

    def says(self, text: str, /) -> object: ...

    def commands(self, name: str, argument: str = "", /) -> object: ...

    def taps(self, code: str, /) -> object:
        """Tap the newest button with this code or command."""

    def waits_until(self, moment: datetime, /) -> object: ...


def answers_to(chat: Chatting, *values: Value) -> None:
    for value in values:
        chat.gives(value)


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
        if facts.energy and number == 1:
            chat.commands("log", "stop")
    weeks = BASELINE
    if facts.trials:
        chat.waits_until(FIRST_SUNDAY + (weeks - 1) * A_WEEK + MONDAY_EVENING)
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
    """Plan a trial, live through it from this Sunday on, and say what came of it."""
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
    for number, day in enumerate(LOG_DAYS[4 * week :][:4]):
        noon = datetime(2026, 3, 2, 10, 50, tzinfo=UTC) + timedelta(days=day)
        chat.waits_until(noon)
        enters(chat, NOON[letter])
        chat.waits_until(noon + timedelta(hours=5))
        for entry in AFTERNOONS[letter][number % 2]:
            enters(chat, entry)


def enters(chat: Chatting, entry: Entry) -> None:
    """Make one entry; sleep and company are asked before whether they are glad to be known for it."""
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
    chat.commands("break")
    answers_to(chat, "holiday", "tomorrow")
    chat.says(f"{eve + timedelta(days=9):%d %B}")
    for look, later, heaviness in felt:
        chat.waits_until(eve + later)
        chat.commands("felt", f"1.{look}")
        chat.gives(heaviness)
        if chat.person.foreground is not None:
            chat.gives(None)


class Living(Chat):
    """A chat with the coach alone, whose clock can be moved to a moment."""

    def waits_until(self, moment: datetime) -> None:
        assert moment >= self.now, f"{moment} is over"
        self.now = moment


def after_the_sittings(facts: Facts) -> Living:
    """Somebody with these facts who has just answered everything that all three sittings ask."""
    chat = at_the_end(answers_of(facts)).chat
    return Living(chat.person, chat.now, chat.coach, chat.replies)


def having_lived(facts: Facts) -> Living:
    """Somebody with these facts, after whatever was logged of them, who looks at the map."""
    chat = after_the_sittings(facts)
    lives_through(chat, facts)
    chat.commands("map")
    return chat


PARTS = {"d1": "d1_fills", "i1": "i1_list"}
"""Items that are asked in parts: the first of them."""


def asked_of(person: Person, facts: Facts) -> Facts:
    """Return the facts without what this person was never asked: modules that BR3 leaves closed, and
    contradictions that do not come up without them.
    """
    opened = person.conversations["inventory"].about["modules"].split()
    closed = {item for module, items in MODULES.items() if module not in opened for item in items}
    answers = {item: value for item, value in facts.answers.items() if PARTS.get(item, item) not in closed}
    raised = {each.code for each in score(facts, HOUSE.coach.rule).contradictions}
    return replace(facts, answers=answers, resolved=facts.resolved & raised)


def as_comparable(facts: Facts) -> Facts:
    """Return the facts with any tick of O7 as one: a vector does not say which it is."""
    return replace(facts, answers={**facts.answers, "O7": bool(facts.ticks("O7"))})
