"""A crisis: only help is there, the commands about one's own data, and the way out. The chat never ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.asides import ERASE
from flows.engine.heard import Commanded, Corrected, Sent, Tapped, Wrote
from flows.engine.say import Say
from flows.engine.tokens import Choice, Order, read_token
from flows.narrowing import narrowed
from flows.person import Person, Standing
from flows.reply import Reply, Visit
from flows.safety import crisis_others as others
from flows.safety.crisis import (
    CONSENTED,
    TAPPED,
    contacts_of,
    in_their_language,
    is_a_guess,
    is_safe,
    noted,
    saying,
    with_number,
)
from flows.safety.crisis_answers import open_question, step_asked_for, step_meant
from flows.safety.crisis_plan import BLANKS
from flows.safety.crisis_steps import STILL, how_is_it_now, still_here, take, write_down
from flows.safety.detection import Found
from flows.safety.first_answer import lines_said
from flows.safety.listening import Said, is_immediate
from flows.wished import command_in

if TYPE_CHECKING:
    from flows.coach import Coach

OWN_DATA = frozenset({"privacy", "export", "erase", "hide", "withdraw", "keep_words", "let_go"})
"""What works as ever."""

EVERYBODYS = frozenset({"privacy", "export", "erase", "hide"})
"""What of it works for somebody who has not agreed to anything."""

HELP = frozenset({"sos", "help"})


def answered_in_crisis(
    coach: Coach, visit: Visit, heard: Said, found: Found | None, otherwise: Callable[[Visit, Said], Reply]
) -> Reply:
    """Return what an event causes in a crisis; never the same twice in a row."""
    if found is not None and found.kind in ("explicit", "violence", "under_18"):
        return _unlike_the_last(visit, _said_outright(coach, visit, found))
    if isinstance(heard, Corrected):
        return Reply(visit.person)
    name = command_in(heard)
    if name in OWN_DATA and (name in EVERYBODYS or visit.person.standing in CONSENTED):
        typed = isinstance(heard, Wrote | Corrected)
        return _without_work(otherwise(visit, Commanded(name) if typed else heard))
    if _answers_the_erasing(visit, heard):
        return _without_work(otherwise(visit, heard))
    if name == "pause":
        return _marked(_paused(visit.person))
    step = "ways.lines" if name in HELP else _step(visit, heard) or _denied(visit, found)
    if step:
        return _marked(noted(take(coach, visit, step), "option", option=step))
    return _unlike_the_last(visit, _responded(coach, visit, heard, found))


def _said_outright(coach: Coach, visit: Visit, found: Found) -> Reply:
    """Said again: shorter than the first time, with one contact; the full day begins anew."""
    contacts = contacts_of(coach, visit, found.language)
    match found.kind:
        case "violence":
            return saying(visit.person, (others.violence_said(coach, visit), is_safe()))
        case "under_18":
            lines = (Say("crisis.young.lines", apart=True), *others.young(coach, visit))
            return saying(visit.person, (*lines, is_safe()))
    person = replace(visit.person, crisis=replace(visit.person.crisis, explicit_at=visit.now))
    first = Say("crisis.again_too" if visit.person.crisis.turns % 2 else "crisis.again", apart=True)
    one = replace(contacts, lines=contacts.lines[:1])
    says: tuple[Say, ...] = (first, lines_said(one), is_safe())
    if "safe.no" in person.crisis.seen or is_immediate(found):
        says = (first, with_number("crisis.now_again", contacts.emergency), how_is_it_now())
    step = f"in.{found.language}"
    if step not in person.crisis.seen:
        says = (*in_their_language(visit, found.language, contacts.emergency), *says)
    return noted(saying(person, says, step), "explicit", found.language)


def _answers_the_erasing(visit: Visit, heard: Said) -> bool:
    """Whether it answers "delete everything?", which was asked last or stands on a button."""
    erasing = visit.person.conversations.get(ERASE.name)
    if erasing is None or erasing.done:
        return False
    if isinstance(heard, Tapped):
        choice = read_token(heard.token)
        return isinstance(choice, Choice) and choice.conversation == erasing.id
    there = visit.person.foreground
    return isinstance(heard, Wrote) and there is erasing and not visit.person.offered


def _without_work(reply: Reply) -> Reply:
    """Return the reply without the ways back to work that it may offer."""
    return narrowed(reply, (TAPPED, "pause", *OWN_DATA, *HELP))


def _step(visit: Visit, heard: Said) -> str:
    match heard:
        case Tapped(token):
            order = read_token(token)
            return order.argument if isinstance(order, Order) and order.name == TAPPED else ""
        case Commanded(name, argument):
            return argument if name == TAPPED else ""
        case Wrote(text):
            return step_meant(visit, text) or step_asked_for(visit, text)
    return ""


def _denied(visit: Visit, found: Found | None) -> str:
    """Return the step of a no where the question of a guess is answered by saying what it is not."""
    denies = found is not None and found.kind == "denial" and open_question(visit) == "crisis.ask"
    return "ask.no" if denies and is_a_guess(visit.person.crisis) else ""


def _responded(coach: Coach, visit: Visit, heard: Said, found: Found | None) -> Reply:
    """Answer what is no answer: work that waits, what is no text, a line of the plan, any words.

    Words that were heard as more are no line of a plan: they are not read back to anybody.
    """
    if isinstance(heard, Commanded | Tapped):
        return saying(visit.person, (Say("crisis.waits", apart=True), *still_here(visit)))
    if isinstance(heard, Sent):
        cannot = Say("coach.voice" if heard.kind == "voice" else "coach.i_read_text", apart=True)
        return saying(visit.person, (cannot, *still_here(visit)))
    question = open_question(visit)
    if found is None and isinstance(heard, Wrote) and _is_next_blank(visit, question):
        return write_down(coach, visit, heard.text)
    if question == "crisis.ground_1":
        return take(coach, visit, _next_of(visit))
    return saying(visit.person, still_here(visit))


def _is_next_blank(visit: Visit, question: str) -> bool:
    """Whether it is the line that is to be filled now; a plan of yesterday is gone."""
    return question in BLANKS and BLANKS.index(question) == len(visit.person.crisis.plan)


def _next_of(visit: Visit) -> str:
    """Any word is enough to go on with the exercise."""
    token = read_token(visit.person.offered[0][2])
    return token.argument if isinstance(token, Order) else ""


def _paused(person: Person) -> Reply:
    """Nothing comes by itself any more, not even the look in that was wanted."""
    standing = Standing.PAUSED if person.standing in (Standing.ACTIVE, Standing.RESTING) else person.standing
    quiet = replace(person, standing=standing, crisis=replace(person.crisis, look_in=False))
    return saying(quiet, (Say("crisis.paused"),))


def _unlike_the_last(visit: Visit, reply: Reply) -> Reply:
    """Return the reply, or where it would read like the last one, another that does not."""
    crisis = reply.person.crisis
    turn = crisis.turns
    while _names(reply.says) == crisis.last and turn < crisis.turns + 2 * len(STILL):
        turn += 1
        reply = replace(reply, says=still_here(visit.of(reply.person), turn))
    return _marked(reply, turn)


def _marked(reply: Reply, turn: int | None = None) -> Reply:
    """Mark what was said, and the turn that it took."""
    crisis = reply.person.crisis
    if not reply.says or not crisis.on:
        return reply
    turns = crisis.turns if turn is None else turn
    crisis = replace(crisis, last=_names(reply.says), turns=turns)
    return replace(reply, person=replace(reply.person, crisis=crisis))


def _names(says: tuple[Say, ...]) -> str:
    return " ".join(say.prompt for say in says)
