"""Entries of the energy log: asking for one, reading several from a text, correcting and taking back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flows import resuming
from flows.diary import Diary, Entry
from flows.engine.answers import Answer
from flows.engine.conversation import Conversation
from flows.engine.say import Button, Fact, Label, Say
from flows.engine.tokens import order_token
from flows.longitudinal.energy_kept import added, changed, entry_of, undone
from flows.longitudinal.energy_questions import ENTRY, PARTS, TOLD, what_was_done
from flows.longitudinal.energy_run import logged_at, named, on_day, usual
from flows.longitudinal.energy_switch import having
from flows.longitudinal.energy_tags import followed_up
from flows.longitudinal.energy_words import LEFT, LEFT_BY, LONGEST_WORD, activity, cleaned, has_words, told_in
from flows.person import begun
from flows.quoting import in_short
from flows.reply import Remembered, Reply, Visit, buttons, offer

if TYPE_CHECKING:
    from flows.coach import Coach

MOST_LISTED = 12

_CODES = {left: code for code, left in LEFT_BY.items()}


def more(coach: Coach, visit: Visit, argument: str = "") -> Reply:
    """Ask for one entry, with or without a log that runs."""
    del argument
    return _ask(coach, visit)


def yesterday(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask for an entry of yesterday; it is kept as remembered."""
    del argument
    return _ask(coach, visit, recall="yes")


def pick(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Take up an entry whose activity was tapped already, on a message that came first."""
    own, known = argument.removeprefix("own"), visit.person.diary.activities
    if own.isdecimal() and own != argument:
        return _asked_how(coach, visit, known[int(own)]) if int(own) < len(known) else more(coach, visit)
    return _asked_how(coach, visit, argument) if argument in usual(visit.person) else more(coach, visit)


def picked(person_words: Sequence[str], what: str) -> str:
    """Return what stands behind "log:" on a button that picks an activity: ASCII, and short."""
    return f"pick.own{person_words.index(what)}" if what in person_words else f"pick.{what}"


def written(coach: Coach, visit: Visit, text: str) -> Reply:
    """Take what stands behind the command: entries, or an activity; else ask."""
    kept = told(visit, text, {})
    if kept is not None:
        return kept
    what = cleaned(text)
    if not has_words(what) or len(what) > LONGEST_WORD:
        return more(coach, visit)
    return _asked_how(coach, visit, activity(what, visit.person.diary.activities, visit.ear.words))


def _asked_how(coach: Coach, visit: Visit, what: str) -> Reply:
    person, entry = begun(visit.person, ENTRY, visit.now, _about(visit))
    answer = Answer(what, int(visit.now.timestamp()))
    opened = replace(entry, answers={"what": answer}, trail=("what",)).opened("left")
    return Reply(person.having(opened), (resuming.ask_again(coach, visit, opened),))


def _ask(coach: Coach, visit: Visit, **about: str) -> Reply:
    person, entry = begun(visit.person, ENTRY, visit.now, {**_about(visit), **about})
    return Reply(person, (resuming.ask_again(coach, visit, entry),))


def _about(visit: Visit) -> dict[str, str]:
    situation = {"situation": visit.person.situation} if visit.person.situation else {}
    return {**situation, "usual": "\n".join(usual(visit.person))}


def told(visit: Visit, text: str, about: Mapping[str, str]) -> Reply | None:
    """Keep the entries that a text tells, and show what was understood; None when it tells none.

    Several at once are a catch-up, even on the same day: they are kept as remembered (A9).
    """
    diary = visit.person.diary
    found = told_in(text, diary.activities, visit.ear.words)
    read = [(each.what, each.left) for each in found if each.left is not None]
    if not read:
        return None
    if about.get("entry") and len(read) == 1:
        return _reworded(visit, int(about["entry"]), *read[0])
    day, hour = logged_at(visit.person, visit.now)
    late = about.get("recall") == "yes"
    day, hour = (day - timedelta(days=1), PARTS["noon"]) if late else (day, hour)
    diary, new, record = added(diary, day, hour, read, recall=late or len(read) > 1)
    there = visit.of(replace(visit.person, diary=diary))
    unread = tuple(in_short(each.what) for each in found if each.left is None)
    return _several(there, new, unread, record) if len(found) > 1 else followed_up(there, new[0], record)


def _several(visit: Visit, new: Sequence[Entry], unread: tuple[Fact, ...], record: Remembered) -> Reply:
    span = f"{new[0].id}-{new[-1].id}"
    ways = (("undo", f"log:undo.{span}"), ("list", "log:list"))
    kept = offer("energy.kept_several", *ways, facts={"lines": tuple(map(line, new))})
    lost = (Say("energy.unread", {"lines": unread}),) if unread else ()
    return Reply(visit.person, (*lost, kept), (record,))


def entered(coach: Coach, visit: Visit, reply: Reply, entry: Conversation) -> Reply:
    """Keep an entry, or the new words for an old one, and offer what may be added to it."""
    del coach
    reply = replace(reply, person=reply.person.without(entry.flow), remember=())
    kept = _kept(visit.of(reply.person), entry)
    if kept is None:
        return reply.adding(Say("energy.nothing_kept"))
    return replace(reply, person=kept.person, says=(*reply.says, *kept.says), remember=kept.remember)


def _kept(visit: Visit, entry: Conversation) -> Reply | None:
    what, left = what_was_done(entry), entry.value("left")
    if what.endswith(TOLD):
        return told(visit, what, entry.about)
    if not what or not isinstance(left, str):
        return None
    what = activity(what, visit.person.diary.activities, visit.ear.words)
    number = entry.about.get("entry", "")
    if number:
        return _reworded(visit, int(number), what, LEFT_BY[left])
    day, hour = logged_at(visit.person, visit.now)
    recall = entry.about.get("recall") == "yes"
    if recall:
        day, hour = day - timedelta(days=1), PARTS.get(str(entry.value("part")), PARTS["noon"])
    diary, (new,), record = added(visit.person.diary, day, hour, [(what, LEFT_BY[left])], recall=recall)
    return followed_up(visit.of(replace(visit.person, diary=diary)), new, record)


def _reworded(visit: Visit, number: int, what: str, left: int) -> Reply:
    entry = entry_of(visit.person.diary, number)
    if entry is None:
        return Reply(visit.person, (Say("energy.gone"),))
    diary, record = changed(visit.person.diary, number, what=what, left=left)
    now = replace(entry, what=what, left=left)
    return having(visit, diary, Say("energy.changed", {"line": line(now)}), record)


def undo(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Take entries back by their numbers, "3" or "3-5"; without one the last."""
    del coach
    diary = visit.person.diary
    last = str(diary.entries[-1].id) if diary.entries else ""
    begins, _, ends = (argument or last).partition("-")
    ends = ends or begins
    if begins.isdecimal() and ends.isdecimal() and len(ends) < 10:
        gone = tuple(entry for entry in diary.entries if int(begins) <= entry.id <= int(ends))
        if gone:
            left, record = undone(diary, [entry.id for entry in gone])
            lines: dict[str, Fact] = {"lines": tuple(map(line, gone))}
            return having(visit, left, Say("energy.undone", lines), record)
    return Reply(visit.person, (Say("energy.gone"),))


def listed(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show the entries of today and yesterday with their numbers; a tap on one changes it."""
    del coach, argument
    entries = _of_two_days(visit)
    if not entries:
        return Reply(visit.person, (offer("energy.none_yet", ("more", "log:more")),))
    today, _ = logged_at(visit.person, visit.now)
    lines = tuple(
        Say(
            "energy.numbered" if each.day == today else "energy.numbered_yesterday",
            {"number": number, "line": line(each)},
        )
        for number, each in enumerate(entries, start=1)
    )
    numbers = tuple(
        Button(number, order_token("log", f"edit.{each.id}"), str(number))
        for number, each in enumerate(entries, start=1)
    )
    return Reply(visit.person, (Say("energy.entries", {"lines": lines}, numbers),))


def _of_two_days(visit: Visit) -> tuple[Entry, ...]:
    diary: Diary = visit.person.diary
    today, _ = logged_at(visit.person, visit.now)
    both = (*on_day(diary.entries, today - timedelta(days=1)), *on_day(diary.entries, today))
    return both[-MOST_LISTED:]


def edit(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show one entry, and ask whether to change it or to take it back."""
    del coach
    entry = _numbered(visit, argument)
    if entry is None:
        return Reply(visit.person, (Say("energy.gone"),))
    ways = buttons("energy.edit", ("redo", f"log:redo.{entry.id}"), ("undo", f"log:undo.{entry.id}"))
    return Reply(visit.person, (Say("energy.edit", {"line": line(entry)}, ways),))


def redo(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask anew what an entry was and how it left them."""
    entry = _numbered(visit, argument)
    if entry is None:
        return Reply(visit.person, (Say("energy.gone"),))
    today, _ = logged_at(visit.person, visit.now)
    recall = {"recall": "yes"} if entry.day != today else {}
    return _ask(coach, visit, entry=argument, **recall)


def _numbered(visit: Visit, argument: str) -> Entry | None:
    known = argument.isdecimal() and argument.isascii() and len(argument) < 10
    return entry_of(visit.person.diary, int(argument)) if known else None


def line(entry: Entry) -> Say:
    """Return one entry as it is told: "Meetings: drained me"."""
    return Say("energy.line", {"what": named(entry.what), "left": Label(LEFT, _CODES[entry.left])})
