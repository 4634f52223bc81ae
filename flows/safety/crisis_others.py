"""What is answered to words of other dangers: violence, harm, somebody else's wish to die, being under 18."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.engine.heard import Corrected, Wrote
from flows.engine.say import Say
from flows.person import Held, Person, Standing
from flows.reply import Remembered, Reply, Visit, offer
from flows.safety.crisis import CONSENTED, asked, contacts_of, with_number
from flows.safety.crisis_steps import MOVED_ON, way_back
from flows.safety.first_answer import emergency_said, lines_said, youth_line
from flows.safety.helplines import lines_for
from flows.safety.listening import Said

if TYPE_CHECKING:
    from flows.coach import Coach

Text = Wrote | Corrected
Taking = Callable[[Visit, Said], Reply]
"""What the coach does with words once nothing is in their way."""


def violence_said(coach: Coach, visit: Visit) -> Say:
    """Say that it is taken seriously, and whom to call."""
    number = contacts_of(coach, visit).emergency
    if number:
        return Say("crisis.violence", {"number": number}, apart=True)
    return Say("crisis.violence.unknown", apart=True)


def violence(coach: Coach, visit: Visit) -> Reply:
    """Take it seriously, name the emergency number, and pause."""
    person = visit.person
    if person.standing in CONSENTED:
        person = replace(person, standing=Standing.PAUSED)
    return Reply(person, (violence_said(coach, visit), Say("crisis.violence.paused", apart=True)))


def other(coach: Coach, visit: Visit) -> tuple[Say, ...]:
    """Condolence, the lines for those who are left or afraid, and the offer to leave it for today."""
    contacts = contacts_of(coach, visit)
    leave = offer("crisis.other_pause", ("leave", "pause"), ("go_on", "continue:now"))
    return (
        Say("crisis.other", apart=True),
        Say("crisis.other.lines", apart=True),
        lines_said(contacts),
        with_number("crisis.other.danger", contacts.emergency),
        leave,
    )


def harm(coach: Coach, visit: Visit, heard: Text) -> Reply:
    """Believe it, name whose task it is, and ask whether the words are kept: until then they do not count.

    Further words while that is open belong to the same; of somebody who has not agreed nothing is held.
    """
    first = (
        Say("crisis.harm", apart=True),
        Say("crisis.harm.who", apart=True),
        emergency_said(contacts_of(coach, visit).emergency),
    )
    if visit.person.standing not in CONSENTED:
        return Reply(visit.person, first)
    crisis = visit.person.crisis
    held = _held(visit, heard)
    if crisis.held is not None:
        held = replace(crisis.held, text=f"{crisis.held.text}\n{held.text}")
    person = replace(visit.person, crisis=replace(crisis, held=held))
    return Reply(person, (*first, asked("crisis.harm_kept", "keep", "drop")))


def _held(visit: Visit, heard: Text) -> Held:
    return Held(heard.text, heard.ref, isinstance(heard, Corrected), _open(visit.person), visit.now)


def _open(person: Person) -> str:
    """What tells the open question from any other; "" when none is open."""
    there = person.foreground
    return f"{there.id}:{there.seq}" if there is not None else ""


def keep_or_drop(visit: Visit, code: str, taking: Taking) -> Reply:
    """Keep held words, as the answer that they were or else as a note; or forget them."""
    held, crisis = visit.person.crisis.held, visit.person.crisis
    if held is None:
        return Reply(visit.person, toast=MOVED_ON)
    person = replace(visit.person, crisis=replace(crisis, held=None))
    if code != "keep":
        return Reply(person, (Say("crisis.harm_gone", apart=True), way_back()))
    if held.edited and held.ref is not None:
        kept = taking(visit.of(person), Corrected(held.text, held.ref))
        return kept if kept.says else _as_a_note(visit.of(person), held)
    if held.question and held.question == _open(person):
        kept = taking(visit.of(person), Wrote(held.text, held.ref))
        if not was_no_answer(person, kept.person):
            return kept
    return _as_a_note(visit.of(person), held)


def was_no_answer(before: Person, after: Person) -> bool:
    """Return whether words were taken for an answer to the open question and were none."""
    there, still_there = before.foreground, after.foreground
    if there is None or still_there is None or there.id != still_there.id:
        return False
    return still_there.missed > there.missed


def _as_a_note(visit: Visit, held: Held) -> Reply:
    person, diary = visit.person, visit.person.diary
    keeping = replace(diary.keeping, since=diary.keeping.since or visit.now.date())
    diary = replace(diary, notes=diary.notes + 1, keeping=keeping)
    kept = Remembered("note", {"text": held.text})
    says = (Say("crisis.harm_gone.note", apart=True), way_back())
    return Reply(replace(person, diary=diary), says, (kept,))


def young(coach: Coach, visit: Visit) -> tuple[Say, ...]:
    """Return where somebody under 18 can turn to: the lines of their country, or how to find one."""
    person = visit.person
    contacts = lines_for(person.country, coach.helplines, language=person.locale, under_18=True)
    return (lines_said(contacts),) if contacts.lines else youth_line()


def seems_young(coach: Coach, visit: Visit) -> Reply:
    """Name the lines at once, and ask before everything is deleted: a list of words may be mistaken."""
    lines = (Say("crisis.young.lines", apart=True), *young(coach, visit))
    return Reply(visit.person, (*lines, asked("crisis.young_sure", "yes", "no")))


def answer_young(coach: Coach, visit: Visit, code: str) -> Reply:
    """Delete and stop, as at the beginning when somebody says so there; or go on."""
    if code != "yes":
        return Reply(visit.person, (way_back(),))
    gone = Person(visit.person.seed, visit.person.locale, Standing.LEAVING)
    return Reply(gone, (Say("crisis.young", apart=True), *young(coach, visit)))
