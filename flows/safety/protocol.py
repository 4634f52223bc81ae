"""Before anything else: what somebody says is listened to, and in a crisis nothing but help is there.

Out of a crisis only explicit words, or a yes to the question, lead into it; the way out is the person's own
tap, after a full day (safety.md C4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import commands
from flows.engine.heard import Commanded, Corrected, Tapped, Wrote
from flows.engine.say import Say
from flows.engine.tokens import Order, read_token
from flows.engine.understanding import plain, wish
from flows.person import Standing
from flows.reply import Reply, Visit
from flows.safety import crisis_others as others
from flows.safety.crisis import (
    CONSENTED,
    TAPPED,
    asked_of_answers,
    asked_once_more,
    begin,
    begin_by_guess,
    may_ask,
    noted,
    still_known,
    the_question,
)
from flows.safety.crisis_answers import open_question, step_meant
from flows.safety.crisis_steps import take
from flows.safety.detection import Found
from flows.safety.in_crisis import answered_in_crisis
from flows.safety.listening import Said, is_immediate, text_of
from flows.safety.structural import and_earlier
from flows.safety.unquoted import mark_of

if TYPE_CHECKING:
    from flows.coach import Coach

Otherwise = Callable[[Visit, Said], Reply]
"""What the coach does when nothing is in the way."""


def attended(coach: Coach, visit: Visit, heard: Said, otherwise: Otherwise) -> Reply:
    """Return what one event causes: what may be a danger is answered before anything else is done."""
    visit = visit.of(replace(visit.person, crisis=still_known(visit.person.crisis, visit.now)))
    found = _found(coach, visit, heard)
    if found is not None and found.kind == "explicit" and not visit.person.crisis.on:
        kind = "guessed" if found.guessed else found.kind
        return noted(_begun(coach, visit, found), kind, found.language)
    if visit.person.crisis.on:
        return answered_in_crisis(coach, visit, heard, found, otherwise)
    step = _step(visit, heard)
    if step and (found is None or found.kind in ("denial", "oblique")):
        return _taken(coach, visit, step, otherwise)
    if found is not None and found.kind == "denial" and open_question(visit) == "crisis.ask":
        return _taken(coach, visit, "ask.no", otherwise)
    if isinstance(heard, Wrote) and _is_unclear(visit, found):
        return Reply(visit.person, (asked_once_more(),))
    if found is None:
        return _weighed(coach, visit, otherwise(visit, heard))
    return noted(_answered(coach, visit, heard, found, otherwise), found.kind, found.language)


def _begun(coach: Coach, visit: Visit, found: Found) -> Reply:
    if found.guessed:
        return begin_by_guess(coach, visit, found.language)
    return begin(coach, visit, found.language, "crisis.glad", immediate=is_immediate(found))


def _found(coach: Coach, visit: Visit, heard: Said) -> Found | None:
    """Listen to what was typed. The bare name of a command, or what stands on a button in sight, was put
    there by us: it means that command or that answer, and says nothing else.
    """
    text = text_of(heard)
    if not text or plain(text).removeprefix("/").removeprefix("start ") in commands.COMMANDS:
        return None
    if isinstance(heard, Wrote) and _stands_on_a_button(coach, visit, text):
        return None
    found = _heeded(visit, coach.listener.listen(text))
    return None if found and found.kind == "under_18" and _is_asked_for_the_age(visit) else found


def _heeded(visit: Visit, found: Found | None) -> Found | None:
    """A guess begins nothing where the question was put lately: who said no is believed for that day."""
    crisis = visit.person.crisis
    if (
        found is None
        or not found.guessed
        or (not crisis.on and may_ask(crisis, visit.now, of_new_words=True))
    ):
        return found
    return replace(found, kind="oblique", guessed=False)


def _is_asked_for_the_age(visit: Visit) -> bool:
    """Whether the introduction is asking it just now: then it is the answer."""
    there = visit.person.foreground
    return there is not None and (there.flow, there.state) == ("onboarding", "adult")


def _stands_on_a_button(coach: Coach, visit: Visit, text: str) -> bool:
    words, there = visit.ear.words, visit.person.foreground
    labels = (words.labels.get(prompt, {}).get(code, "") for prompt, code, _ in visit.person.offered)
    if plain(text) in {plain(label) for label in labels if label}:
        return True
    if there is None:
        return False
    flow = coach.flows[there.flow]
    question, prompt = flow.questions.get(there.state), flow.prompt(there.state)
    if question is None:
        return False
    parts = (text, *text.split(","))
    whole, *each = (question.button_that_says(part, prompt, words) is not None for part in parts)
    return whole or all(each) or wish(text, words) is not None


def _step(visit: Visit, heard: Said) -> str:
    """Return the step of the protocol that a tap, a command or words ask for, "" when they ask for none."""
    match heard:
        case Tapped(token):
            order = read_token(token)
            return order.argument if isinstance(order, Order) and order.name == TAPPED else ""
        case Commanded(name, argument):
            return argument if name == TAPPED else ""
        case Wrote(text) if open_question(visit):
            return step_meant(visit, text)
    return ""


def _taken(coach: Coach, visit: Visit, step: str, otherwise: Otherwise) -> Reply:
    if step.startswith("harm_kept."):
        return others.keep_or_drop(visit, step.partition(".")[2], otherwise)
    if step.startswith("young_sure."):
        return others.answer_young(coach, visit, step.partition(".")[2])
    return noted(take(coach, visit, step), "option", option=step)


def _is_unclear(visit: Visit, found: Found | None) -> bool:
    """Whether words leave the question without an answer. It is put once more, then it is let be."""
    put = any(prompt in ("crisis.ask", "crisis.weighed") for prompt, _, _ in visit.person.offered)
    return put and (found is None or found.kind == "oblique")


def _answered(coach: Coach, visit: Visit, heard: Said, found: Found, otherwise: Otherwise) -> Reply:
    match found.kind:
        case "oblique":
            return _asked(visit, otherwise(visit, heard), text_of(heard))
        case "violence":
            return others.violence(coach, visit)
        case "under_18":
            return others.seems_young(coach, visit)
        case "harm" if isinstance(heard, Wrote | Corrected):
            return others.harm(coach, visit, heard)
        case "other":
            return replace(_kept(visit, otherwise(visit, heard)), says=others.other(coach, visit))
        case "denial":
            reply = otherwise(visit, heard)
            return replace(reply, says=(Say("crisis.denial"), *reply.says))
    return otherwise(visit, heard)


def _asked(visit: Visit, reply: Reply, words: str) -> Reply:
    """Ask the question by itself. The words were taken as what they were; what comes next waits behind it.

    It is not asked twice on a day, and not of somebody who refused: nothing is kept of what they answer.
    """
    refused = visit.person.standing is Standing.DECLINED
    if refused or not may_ask(visit.person.crisis, visit.now, of_new_words=True):
        return replace(reply, says=(Say("crisis.heard"), *reply.says))
    kept = _kept(visit, reply)
    foot = Say("crisis.kept") if any(each.kind == "answer" for each in kept.remember) else None
    crisis = replace(kept.person.crisis, asked_at=visit.now, asked_of=mark_of(words, visit.person))
    return replace(kept, person=replace(kept.person, crisis=crisis), says=(the_question(foot),), redraw=None)


def _kept(visit: Visit, reply: Reply) -> Reply:
    """Return the reply without what is said; words that were no answer leave no trace of having missed."""
    missed = others.was_no_answer(visit.person, reply.person)
    return replace(reply, person=visit.person if missed else reply.person, says=(), toast=None)


def _weighed(coach: Coach, visit: Visit, reply: Reply) -> Reply:
    """Ask because of how the answers stand together, when this event made them stand so.

    The same answers are asked about once, whatever was said then.
    """
    if reply.person is visit.person or reply.person.standing not in CONSENTED:
        return reply
    weighs, crisis = coach.weighs(reply.person), reply.person.crisis
    is_new = weighs - coach.weighs(visit.person) - {*crisis.weighed}
    if not is_new or not may_ask(crisis, visit.now, of_new_words=False):
        return reply
    crisis = replace(crisis, asked_at=visit.now, asked_of="", weighed=and_earlier(weighs, crisis.weighed))
    person = replace(reply.person, crisis=crisis)
    return noted(replace(reply, person=person, says=(asked_of_answers(),), redraw=None), "structural")
