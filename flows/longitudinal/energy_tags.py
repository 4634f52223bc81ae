"""What may be added to an entry in one tap each: hours of sleep, who was there, glad to be known for it.

Offered, never asked: each message is an offer that can be left alone (A3 G3 to G5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.diary import Diary, Entry, LogRun
from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import order_token
from flows.longitudinal.energy_kept import GLAD, LEAST_SLEEP, MOST_SLEEP, WHO, changed, entry_of, slept
from flows.longitudinal.energy_run import INSIGHTS, Stage, day_of, logged_at, named, stage
from flows.longitudinal.energy_seen import insight
from flows.longitudinal.energy_words import LEFT, LEFT_BY
from flows.reply import Remembered, Reply, Visit

if TYPE_CHECKING:
    from flows.coach import Coach

NEXT = "next"
"""The button that leaves one offer alone and shows the one after it."""

_CODES = {left: code for code, left in LEFT_BY.items()}
_Offer = Callable[[Entry], Say]


def followed_up(visit: Visit, entry: Entry, record: Remembered) -> Reply:
    """Return the reply to a new entry: what shows so far when it is time for that, else what may be added."""
    due = _insight_due(visit)
    kept: dict[str, Fact] = {"what": named(entry.what), "left": Label(LEFT, _CODES[entry.left])}
    undo = Button(Label("energy.kept", "undo"), order_token("log", f"undo.{entry.id}"), aside=True)
    if due is not None:
        diary, log = visit.person.diary, due
        seen = replace(diary, log=log)
        say = insight(seen, "energy.kept_insight", day=log.insights[-1], **kept)
        ways = (Button(Label("energy.kept", "seen"), order_token("log", "seen"), "1"), undo)
        return Reply(replace(visit.person, diary=seen), (replace(say, buttons=ways),), (record,))
    first = _first_offer(visit.person.diary, entry)
    if first is None:
        return Reply(visit.person, (Say("energy.kept", kept, (undo,)),), (record,))
    offered = replace(first, buttons=(*first.buttons, undo))
    return Reply(visit.person, (Say("energy.kept", kept), offered), (record,))


def _insight_due(visit: Visit) -> LogRun | None:
    """The log with the insight that is due marked as shown; None when none is. Of two only the later is."""
    diary = visit.person.diary
    today, _ = logged_at(visit.person, visit.now)
    if diary.log is None or stage(diary, today) is not Stage.RUNNING:
        return None
    passed = tuple(day for day in INSIGHTS if day <= day_of(diary.log, today))
    if not passed or passed[-1] in diary.log.insights:
        return None
    return replace(diary.log, insights=passed)


def _first_offer(diary: Diary, entry: Entry) -> Say | None:
    """Sleep once a day, then who was there; of what is only remembered nothing is asked."""
    if entry.recall:
        return None
    return _sleep(entry) if entry.day not in diary.nights else _who(entry)


def _sleep(entry: Entry) -> Say:
    hours = tuple(
        Button(Label("energy.slept", f"h{hour}"), order_token("log", f"slept.{entry.id}.{hour}"), str(hour))
        for hour in range(LEAST_SLEEP, MOST_SLEEP + 1)
    )
    return Say("energy.slept", {}, (*hours, _next("energy.slept", f"slept.{entry.id}.{NEXT}")))


def _who(entry: Entry) -> Say:
    tags = tuple(
        Button(Label("energy.who", code), order_token("log", f"who.{entry.id}.{code}")) for code in WHO
    )
    return Say("energy.who", {}, (*_numbered(tags), _next("energy.who", f"who.{entry.id}.{NEXT}")))


def _glad(entry: Entry) -> Say:
    answers = tuple(
        Button(Label("energy.glad", code), order_token("log", f"glad.{entry.id}.{code}")) for code in GLAD
    )
    return Say("energy.glad", {"what": named(entry.what)}, _numbered(answers))


def _next(prompt: str, argument: str) -> Button:
    return Button(Label(prompt, NEXT), order_token("log", argument), aside=True)


def _numbered(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    """The buttons with their places to be typed instead."""
    return tuple(replace(button, key=str(place)) for place, button in enumerate(buttons, start=1))


def tag_slept(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Keep the hours of the night before an entry, and offer what comes next."""
    del coach
    entry, code = _entry_and_code(visit, argument)
    if entry is None:
        return _gone(visit)
    hours = int(code) if code.isdecimal() and len(code) < 3 else None
    if hours is None or not LEAST_SLEEP <= hours <= MOST_SLEEP:
        return Reply(visit.person, (_who(entry),))
    diary, record = slept(visit.person.diary, entry.day, hours)
    shown = Label("energy.slept", f"h{hours}")
    return Reply(replace(visit.person, diary=diary), (_who(entry),), (record,), chosen=shown)


def tag_who(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Keep who was there, and offer the last of the three."""
    del coach
    entry, code = _entry_and_code(visit, argument)
    if entry is None:
        return _gone(visit)
    if code not in WHO:
        return Reply(visit.person, (_glad(entry),))
    diary, record = changed(visit.person.diary, entry.id, who=code)
    shown = Label("energy.who", code)
    return Reply(replace(visit.person, diary=diary), (_glad(entry),), (record,), chosen=shown)


def tag_glad(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Keep whether they are glad to be known for it."""
    del coach
    entry, code = _entry_and_code(visit, argument)
    if entry is None or code not in GLAD:
        return _gone(visit)
    diary, record = changed(visit.person.diary, entry.id, glad=code)
    shown = Label("energy.glad", code)
    return Reply(replace(visit.person, diary=diary), (Say("energy.noted"),), (record,), chosen=shown)


def _entry_and_code(visit: Visit, argument: str) -> tuple[Entry | None, str]:
    number, _, code = argument.partition(".")
    known = number.isdecimal() and number.isascii() and len(number) < 10
    return (entry_of(visit.person.diary, int(number)) if known else None), code


def _gone(visit: Visit) -> Reply:
    return Reply(visit.person, (Say("energy.gone"),))
