"""What each answer in the protocol leads to, by the step on its button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.engine.say import Say
from flows.person import Person, Standing
from flows.reply import Reply, Visit, offer
from flows.safety.crisis import (
    asked,
    begin,
    contacts_of,
    immediately,
    is_a_guess,
    is_over_a_day,
    is_safe,
    over,
    saying,
    with_number,
)
from flows.safety.crisis_plan import BLANKS, begin_plan, fill, line_at, shown
from flows.safety.first_answer import emergency_said, lines_said, with_you
from flows.safety.grounding import step_of

if TYPE_CHECKING:
    from flows.coach import Coach

Step = Callable[["Coach", Visit, str], Reply]
"""Does what one button says; the last argument is the code on it."""

WAYS = ("plan", "ground", "draft", "lines")
STILL = ("alone", "safe", "no_speech", "keep_writing")
MOST_BELIEVED = 50
"""Words that are remembered as being about work."""

MOVED_ON = Say("engine.moved_on")

ONLY_THERE = frozenset({"safe.yes", "safe_now.with_somebody", "safe_now.called", "look_in.yes", "look_in.no"})
"""Steps that mean nothing once the crisis is over."""


def take(coach: Coach, visit: Visit, step: str) -> Reply:
    """Do a step, "safe.yes"; one that no button of ours has only says that we have moved on."""
    name, _, code = step.partition(".")
    known = STEPS.get(name)
    too_late = step in ONLY_THERE and not visit.person.crisis.on
    return known(coach, visit, code) if known and not too_late else Reply(visit.person, toast=MOVED_ON)


def way_back() -> Say:
    """Offer to go on where it was; nothing asks again by itself."""
    return offer("crisis.way_back", ("go_on", "continue:now"), ("later", "later"))


def ways() -> Say:
    """Ask what would help for the next hour."""
    return asked("crisis.ways", *WAYS)


def still_here(visit: Visit, turn: int | None = None) -> tuple[Say, ...]:
    """Answer words that are none of the answers: four ways in turn, and after a day first the way out."""
    crisis = visit.person.crisis
    if is_over_a_day(crisis, visit.now) and not crisis.last.endswith("crisis.day_after"):
        return (day_after(),)
    name = STILL[(crisis.turns if turn is None else turn) % len(STILL)]
    return (is_safe() if name == "safe" else asked(f"crisis.{name}", *WAYS),)


def day_after() -> Say:
    """Say that work is put aside still, with the tap that takes it up again."""
    return asked("crisis.day_after", "go_on", "waiting", "lines")


def _what_now(visit: Visit) -> tuple[Say, ...]:
    """After something that helps: offer the look in once, then what else there is; outside a crisis the way
    back to what was open.
    """
    person = visit.person
    if not person.crisis.on:
        return (way_back(),) if person.foreground is not None else ()
    if "look_in" not in person.crisis.seen and can_be_looked_in_on(person):
        return (asked("crisis.look_in", "yes", "no"),)
    if is_over_a_day(person.crisis, visit.now):
        return (day_after(),)
    return (ways(),)


def can_be_looked_in_on(person: Person) -> bool:
    """Return whether a message may be promised: who paused, refused it, or agreed to nothing, gets none."""
    refused = "look_in" in person.diary.rhythm.silenced
    return not refused and person.standing in (Standing.ACTIVE, Standing.RESTING)


def answer_the_question(coach: Coach, visit: Visit, code: str) -> Reply:
    """A yes begins the protocol; a no is believed, unless it was said outright before."""
    if code == "no" and is_a_guess(visit.person.crisis):
        person = replace(visit.person, crisis=over(visit.person.crisis))
        return Reply(person, (Say("crisis.believe_guess", apart=True), way_back()))
    if visit.person.crisis.on:
        person = _said_outright_now(visit) if code in ("yes", "sometimes") else visit.person
        return saying(person, (is_safe(),))
    if code in ("yes", "sometimes"):
        return begin(coach, visit, visit.person.locale, "crisis.told")
    if code == "no":
        return Reply(_believed(visit.person), (Say("crisis.believe", apart=True), way_back()))
    contacts = contacts_of(coach, visit)
    lines = (lines_said(contacts), emergency_said(contacts.emergency))
    return Reply(visit.person, (Say("crisis.rather_not", apart=True), *lines, way_back()))


def _believed(person: Person) -> Person:
    """Remember which words it was about: from now on they are read back like any others."""
    crisis = person.crisis
    if not crisis.asked_of:
        return person
    known = (*crisis.about_work, crisis.asked_of)[-MOST_BELIEVED:]
    return replace(person, crisis=replace(crisis, asked_of="", about_work=known))


def answer_safe(coach: Coach, visit: Visit, code: str) -> Reply:
    """Safe: what would help. Not safe: the emergency number. Not sure: not alone."""
    if code == "no" or not visit.person.crisis.on:
        return not_safe(coach, visit)
    step, contacts = f"safe.{code}", contacts_of(coach, visit)
    again = step in visit.person.crisis.seen
    if code == "yes":
        first = () if again else (Say("crisis.safe_yes", apart=True),)
        return saying(visit.person, (*first, ways()), step)
    if visit.person.crisis.last.startswith("crisis.unsure_again"):
        more: tuple[Say, ...] = (with_number("crisis.now", contacts.emergency),)
    elif again:
        more = (Say("crisis.unsure_again", apart=True), emergency_said(contacts.emergency))
    else:
        more = (Say("crisis.unsure", apart=True), lines_said(contacts))
    return saying(visit.person, (*more, how_is_it_now()), step)


def not_safe(coach: Coach, visit: Visit) -> Reply:
    """Say whom to call now, whoever says this, whenever: a button of days ago counts as well."""
    number = contacts_of(coach, visit).emergency
    if not visit.person.crisis.on:
        return begin(coach, visit, visit.person.locale, "crisis.told", immediate=True)
    crisis = visit.person.crisis
    says: tuple[Say, ...] = immediately(number)
    if "safe.no" in crisis.seen:
        just_so = crisis.last.startswith("crisis.now_again")
        says = (with_number("crisis.now" if just_so else "crisis.now_again", number),)
    person = _said_outright_now(visit)
    return saying(person, (*says, how_is_it_now()), "safe.no")


def _said_outright_now(visit: Visit) -> Person:
    """Not being safe counts like words that say it: the full day begins anew."""
    return replace(visit.person, crisis=replace(visit.person.crisis, explicit_at=visit.now))


def how_is_it_now() -> Say:
    """Ask whether somebody is there by now."""
    return asked("crisis.safe_now", "with_somebody", "called", "cannot", "no")


def answer_safe_now(coach: Coach, visit: Visit, code: str) -> Reply:
    """Somebody is there, or on the line; or nobody is."""
    if code == "no":
        return not_safe(coach, visit)
    if code != "cannot":
        return saying(visit.person, (Say("crisis.with_somebody", apart=True), *_what_now(visit)), "safe_now")
    return saying(visit.person, (Say("crisis.cannot", apart=True), with_you()), "cannot")


def help_along(coach: Coach, visit: Visit, code: str) -> Reply:
    """Something for the next hour."""
    contacts = contacts_of(coach, visit)
    match code:
        case "plan":
            return begin_plan(visit)
        case "ground":
            return exercise(coach, visit, "1")
        case "draft":
            says: tuple[Say, ...] = (Say("crisis.draft_how", apart=True), Say("crisis.draft", apart=True))
        case _:
            says = (lines_said(contacts), emergency_said(contacts.emergency))
    return saying(visit.person, (*says, *_what_now(visit)), f"ways.{code}")


def exercise(coach: Coach, visit: Visit, code: str) -> Reply:
    """One step of the exercise, or its end."""
    del coach
    step = step_of(int(code)) if code.isdecimal() else None
    if step is not None:
        return saying(visit.person, (step,), "ways.ground")
    says = () if code == "stop" else (Say("crisis.ground_done", apart=True),)
    return saying(visit.person, (*says, *_what_now(visit)))


def blank(prompt: str) -> Step:
    """Return the step that fills this line of the plan; a button of another line has been moved on from."""

    def fill_it(coach: Coach, visit: Visit, code: str) -> Reply:
        if BLANKS.index(prompt) != len(visit.person.crisis.plan):
            return Reply(visit.person, toast=MOVED_ON)
        return write_down(coach, visit, line_at(coach, visit, code) if prompt == BLANKS[-1] else code)

    return fill_it


def write_down(coach: Coach, visit: Visit, line: str) -> Reply:
    """Take a line of the plan; after the last one it is shown."""
    asked_next = fill(coach, visit, line)
    if asked_next is not None:
        return asked_next
    person, says = shown(visit, line)
    return saying(person, (*says, *_what_now(visit.of(person))), "ways.plan")


def answer_look_in(coach: Coach, visit: Visit, code: str) -> Reply:
    """One message in a day or so, or none."""
    del coach
    wanted = code == "yes" and can_be_looked_in_on(visit.person) and visit.person.crisis.on
    person = replace(visit.person, crisis=replace(visit.person.crisis, look_in=wanted))
    says = (Say("crisis.look_in_yes"),) if wanted else (Say("crisis.look_in_no"),)
    return saying(person, says, "look_in")


def go_on(coach: Coach, visit: Visit, code: str) -> Reply:
    """Take work up again: on their own tap, and not before a full day has passed."""
    if code == "lines":
        return help_along(coach, visit, "lines")
    crisis = visit.person.crisis
    if code != "go_on":
        return saying(visit.person, (Say("crisis.on_waiting"),))
    if crisis.on and not is_over_a_day(crisis, visit.now):
        return saying(visit.person, (Say("crisis.too_soon", apart=True), ways()))
    ways_on = (("go_on", "continue:now"), ("later", "later"))
    return Reply(replace(visit.person, crisis=over(crisis)), (offer("crisis.went_on", *ways_on),))


STEPS: Mapping[str, Step] = {
    "ask": answer_the_question,
    "safe": answer_safe,
    "safe_now": answer_safe_now,
    "ways": help_along,
    "ground": exercise,
    "look_in": answer_look_in,
    "day_after": go_on,
    **{prompt.removeprefix("crisis."): blank(prompt) for prompt in BLANKS},
}
