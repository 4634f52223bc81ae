"""The state of a crisis: when it begins, when the question may be asked again, and the words at its start.

Nothing here is worded by a program (safety.md C4). Each message says one thing and stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flows.engine.say import Button, Fact, Say
from flows.person import Crisis, Person, Standing
from flows.reply import Remembered, Reply, Visit, buttons
from flows.safety.first_answer import emergency_said, lines_said, with_you
from flows.safety.helplines import Contacts, lines_for

if TYPE_CHECKING:
    from flows.coach import Coach

A_DAY = timedelta(hours=24)
"""So long after explicit words work stays aside; and the question is asked at most once in it."""

THREE_DAYS = timedelta(hours=72)
"""So long after explicit words, or after the question, only new words make it be asked again."""

KEPT_FOR = timedelta(days=30)
"""So long the times of a crisis are kept once it is over (safety.md C9)."""

TAPPED = "crisis"
"""The order on every button of the protocol; its argument names the step."""


QUESTIONS = {
    "crisis.unclear": "crisis.ask",
    "crisis.weighed": "crisis.ask",
    "crisis.alone": "crisis.ways",
    "crisis.no_speech": "crisis.ways",
    "crisis.keep_writing": "crisis.ways",
    "crisis.looking_in": "crisis.day_after",
    "crisis.ground_2": "crisis.ground_1",
    "crisis.ground_3": "crisis.ground_1",
    "sos.with_you": "crisis.ways",
}
"""Messages that share their answers with another one."""


def still_known(crisis: Crisis, now: datetime) -> Crisis:
    """Return what is kept of a crisis by now: words that wait, and the times of one that is over, go after
    30 days, the lines of a plan that nobody finished after one.
    """
    if crisis == Crisis():
        return crisis
    crisis = _without_what_waited(crisis, now)
    if crisis.on:
        return crisis
    explicit = crisis.explicit_at if _lately(crisis.explicit_at, now, KEPT_FOR) else None
    asked = crisis.asked_at if _lately(crisis.asked_at, now, KEPT_FOR) else None
    return replace(crisis, explicit_at=explicit, asked_at=asked)


def _without_what_waited(crisis: Crisis, now: datetime) -> Crisis:
    """What an earlier release kept without its time waits from now on."""
    held = crisis.held and replace(crisis.held, at=crisis.held.at or now)
    waits = held is not None and _lately(held.at, now, KEPT_FOR)
    plan_at = (crisis.plan_at or now) if crisis.plan else None
    planning = _lately(plan_at, now, A_DAY)
    return replace(
        crisis,
        held=held if waits else None,
        plan=crisis.plan if planning else (),
        plan_at=plan_at if planning else None,
    )


def holds(crisis: Crisis, now: datetime) -> bool:
    """Return whether nothing about work may be said: in a crisis, and for a day after explicit words."""
    return crisis.on or _lately(crisis.explicit_at, now, A_DAY)


def is_over_a_day(crisis: Crisis, now: datetime) -> bool:
    """Return whether a full day has passed since the last explicit words, or since it began by a guess."""
    return not (_lately(crisis.explicit_at, now, A_DAY) or _lately(crisis.since, now, A_DAY))


def may_ask(crisis: Crisis, now: datetime, *, of_new_words: bool) -> bool:
    """Return whether the question may be asked: once a day, and for three days only because of new words."""
    if _lately(crisis.asked_at, now, A_DAY):
        return False
    lately = _lately(crisis.asked_at, now, THREE_DAYS) or _lately(crisis.explicit_at, now, THREE_DAYS)
    return of_new_words or not lately


def _lately(at: datetime | None, now: datetime, within: timedelta) -> bool:
    return at is not None and now - at < within


def contacts_of(coach: Coach, visit: Visit, language: str = "") -> Contacts:
    """Return the lines of the person's country, those first that speak the language they wrote in."""
    person = visit.person
    return lines_for(person.country, coach.helplines, language=language or person.locale)


def with_number(prompt: str, number: str) -> Say:
    """Return a message with the emergency number, in the wording without one where none is known."""
    if number:
        return Say(prompt, {"number": number}, apart=True)
    return Say(f"{prompt}_unknown", apart=True)


def asked(prompt: str, *codes: str) -> Say:
    """Return a question of the protocol; what stands on a button can be typed, and so can its number."""
    question = QUESTIONS.get(prompt, prompt).removeprefix("crisis.")
    return Say(prompt, {}, ordered(prompt, *((code, f"{question}.{code}") for code in codes)), apart=True)


def ordered(prompt: str, *steps: tuple[str, str]) -> tuple[Button, ...]:
    """Return buttons that lead to steps: (label code, step)."""
    return buttons(prompt, *((code, f"{TAPPED}:{step}") for code, step in steps))


def is_safe() -> Say:
    """Ask whether they are safe right now."""
    return asked("crisis.safe", "yes", "no", "unsure")


def the_question(foot: Say | None = None) -> Say:
    """Ask directly: asking does not plant the idea. `foot` says what became of their words."""
    return replace(asked("crisis.ask", "yes", "sometimes", "no", "rather_not"), foot=foot)


def asked_of_answers() -> Say:
    """Ask the same because of answers, with the reason in a clause: no word of theirs has led to it."""
    return asked("crisis.weighed", "yes", "sometimes", "no", "rather_not")


def asked_once_more() -> Say:
    """Put it again to somebody whose words left it open, with the words that answer it."""
    return asked("crisis.unclear", "yes", "sometimes", "no", "rather_not")


def begin(coach: Coach, visit: Visit, language: str, first: str, *, immediate: bool = False) -> Reply:
    """Put everything else aside and give the first answer, in full; `first` is the prompt it begins with.

    Of somebody who refused nothing is kept, so nothing is asked: the words are whole without the questions.
    """
    contacts = contacts_of(coach, visit, language)
    now = immediately(contacts.emergency) if immediate else ()
    words = _first_words(visit, language, contacts, Say(first, apart=True), *now)
    if visit.person.standing is Standing.DECLINED:
        return Reply(visit.person, words)
    seen = (f"in.{language}", *(("safe.no",) if immediate else ()))
    crisis = replace(_fresh(visit, *seen), explicit_at=visit.now)
    says = (*words, *(() if immediate else (with_you(),)), is_safe())
    return Reply(replace(visit.person, crisis=crisis), says)


def begin_by_guess(coach: Coach, visit: Visit, language: str) -> Reply:
    """Put everything else aside for words that are most likely meant so: the lines at once, and the question.

    Nothing was said outright, so a no is believed and ends it (`is_a_guess`).
    """
    contacts = contacts_of(coach, visit, language)
    words = _first_words(visit, language, contacts, Say("crisis.guessed", apart=True))
    if visit.person.standing is Standing.DECLINED:
        return Reply(visit.person, words)
    crisis = replace(_fresh(visit, f"in.{language}"), asked_at=visit.now)
    return Reply(replace(visit.person, crisis=crisis), (*words, the_question()))


def is_a_guess(crisis: Crisis) -> bool:
    """Return whether it began by a guess, and nothing was said outright since."""
    return crisis.since is not None and (crisis.explicit_at is None or crisis.explicit_at < crisis.since)


def _first_words(visit: Visit, language: str, contacts: Contacts, *first: Say) -> tuple[Say, ...]:
    """Return what everybody reads, whole where no question follows."""
    refused = visit.person.standing is Standing.DECLINED
    return (
        *in_their_language(visit, language, contacts.emergency),
        *first,
        Say("sos.program", apart=True),
        lines_said(contacts),
        *((emergency_said(contacts.emergency),) if refused else ()),
    )


def _fresh(visit: Visit, *seen: str) -> Crisis:
    return replace(over(visit.person.crisis), since=visit.now, seen=seen, asked_of="")


def over(crisis: Crisis) -> Crisis:
    """Return what stays once a crisis is over: the times, and what is not about it alone."""
    return replace(crisis, since=None, turns=0, seen=(), last="", look_in=False, plan=(), plan_at=None)


def immediately(number: str) -> tuple[Say, Say]:
    """Say what to do now, and nothing else."""
    return with_number("crisis.now", number), Say("crisis.distance", apart=True)


def in_their_language(visit: Visit, language: str, number: str) -> tuple[Say, ...]:
    """Somebody who writes in another language than the chat is in reads the first words in theirs, too."""
    prompt = ELSEWHERE.get(language)
    if prompt is None or language == visit.person.locale:
        return ()
    facts: dict[str, Fact] = {"number": number or EVERYWHERE}
    return (Say(prompt, facts, apart=True),)


ELSEWHERE = {language: f"crisis.elsewhere.{language}" for language in ("en", "de", "es", "fr", "ru")}
"""The languages that the first words exist in."""

EVERYWHERE = "112"
"""The emergency number where the country is not known (safety.md C5); never another country's own."""


def noted(reply: Reply, kind: str, language: str = "", option: str = "") -> Reply:
    """Remember that it happened: kind, language and what was tapped, never the text (safety.md C9).

    Of somebody who has not agreed to anything nothing is remembered.
    """
    if reply.person.standing not in CONSENTED:
        return reply
    body = {"type": kind, "language": language, "option": option}
    return replace(reply, remember=(*reply.remember, Remembered("crisis", body)))


CONSENTED = (Standing.ACTIVE, Standing.PAUSED, Standing.RESTING)


def saying(person: Person, says: Iterable[Say], step: str = "") -> Reply:
    """Return a reply of the protocol, counted, with the step marked as taken."""
    crisis = person.crisis
    seen = crisis.seen if not step or step in crisis.seen else (*crisis.seen, step)
    return Reply(replace(person, crisis=replace(crisis, turns=crisis.turns + 1, seen=seen)), tuple(says))
