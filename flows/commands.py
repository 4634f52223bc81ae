"""What each command does. They work in every state and never use up the open question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import hiding, looking_back, maps, resuming, rights
from flows.asides import ASIDES, CLOCK, COUNTRY, ERASE, LANGUAGE, SITUATION, START_OVER
from flows.engine.flow import Flow
from flows.engine.say import CountryName, Fact, Label, Say, ZoneName
from flows.longitudinal.chapters import CHAPTERS
from flows.person import Person, Standing, begun
from flows.reply import Reply, Visit, offer, with_way_back
from flows.safety.first_answer import first_answer

if TYPE_CHECKING:
    from flows.coach import Coach

ASIDE_NAMES = frozenset(aside.name for aside in ASIDES)

Command = Callable[["Coach", Visit, str], Reply]


def start(coach: Coach, visit: Visit, payload: str) -> Reply:
    """Greet: an introduction for strangers, the way back for everybody else. Links may carry a command."""
    if visit.person.standing is Standing.NEW and visit.person.foreground is not None:
        return go_on(coach, visit, "")
    if visit.person.standing in (Standing.NEW, Standing.DECLINED):
        return coach.introduce(visit, payload)
    if payload in LINKS:
        return coach.obey(visit, payload)
    return go_on(coach, visit, "")


def go_on(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Go on where we were; this also ends a pause, and being done."""
    if visit.person.standing in (Standing.PAUSED, Standing.RESTING):
        visit = visit.of(replace(visit.person, standing=Standing.ACTIVE))
    return resuming.go_on(coach, visit, argument)


def later(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Leave it for now. The place in a sitting is kept; a side task is dropped, its command asks it anew."""
    del coach, argument
    person = visit.person
    if person.standing is Standing.DECLINED:
        return Reply(person, (Say("onboarding.declined"),))
    if person.foreground is not None and person.foreground.flow in ASIDE_NAMES:
        person = person.without(person.foreground.flow)
    return Reply(person, (Say("coach.later") if person.foreground else Say("coach.as_you_like"),))


def pause(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Fall silent until the person comes back."""
    del coach, argument
    return Reply(replace(visit.person, standing=Standing.PAUSED), (Say("coach.paused"),))


def help_me(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Say what this is and which commands there are."""
    del coach, argument
    lists = (Say("coach.help"), Say("coach.over_weeks"), Say("coach.moving"))
    return Reply(visit.person, (*lists, with_way_back(visit, Say("coach.commands"))))


def sos(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Give the fixed first answer with the numbers of the person's country (safety.md C4)."""
    del argument
    return Reply(visit.person, first_answer(coach.helplines, visit.person.country, visit.person.locale))


def settings(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show what can be set, each with the button that changes it."""
    del coach, argument
    person = visit.person
    unknown = Label("coach.settings", "unknown")
    facts: dict[str, Fact] = {
        "language": Label("onboarding.welcome", person.locale),
        "country": CountryName(person.country) if person.country else unknown,
        "clock": ZoneName(person.zone) if person.zone else unknown,
        "work": Label("onboarding.situation", person.situation) if person.situation else unknown,
    }
    asked = ("language", "country", "clock", "situation", "rhythm", "erase")
    page = offer("coach.settings", *((name, name) for name in asked), facts=facts)
    return Reply(person, (with_way_back(visit, page),))


def restart(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Ask whether to begin the sketch again; without one there is nothing to begin again."""
    if "sketch" not in visit.person.conversations:
        return resuming.nothing_open(coach, visit)
    return _aside(START_OVER)(coach, visit, argument)


def _aside(flow: Flow) -> Command:
    """Return the command that asks the questions of a side task before going on."""

    def begin(coach: Coach, visit: Visit, argument: str) -> Reply:
        del argument
        person, conversation = begun(visit.person, flow, visit.now)
        return Reply(person, (resuming.ask_again(coach, visit, conversation),))

    return begin


COMMANDS: Mapping[str, Command] = {
    "start": start,
    "continue": go_on,
    "later": later,
    "next": resuming.begin_next,
    "map": maps.show_map,
    "maps": maps.earlier,
    "why": maps.why,
    "fits": maps.fits,
    "not_quite": maps.not_quite,
    "answers": looking_back.show_answers,
    "change": looking_back.change,
    "settings": settings,
    "language": _aside(LANGUAGE),
    "country": _aside(COUNTRY),
    "clock": _aside(CLOCK),
    "situation": _aside(SITUATION),
    "restart": restart,
    "pause": pause,
    "help": help_me,
    "privacy": rights.privacy,
    "export": rights.export,
    "keep_words": rights.keep_words,
    "let_go": rights.let_go,
    "withdraw": rights.withdraw,
    "sos": sos,
    "hide": hiding.hide,
    "erase": _aside(ERASE),
    **{name: command for chapter in CHAPTERS for name, command in chapter.commands.items()},
}

WISHES = frozenset({"skip", "back", "why"})
"""What is about the open question alone; without one, "why" is about the map."""

BEFORE_CONSENT = frozenset({"start", "help", "privacy", "sos", "later", "hide"})
"""What works for somebody who has not agreed to anything."""

IN_THE_INTRODUCTION = WISHES | {"continue"}
"""What works too once somebody new was asked something."""


def is_allowed(person: Person, name: str) -> bool:
    """Return whether a command does what it says: before consent nothing is begun and nothing is kept."""
    if person.standing not in (Standing.NEW, Standing.DECLINED) or name in BEFORE_CONSENT:
        return True
    return person.foreground is not None and name in IN_THE_INTRODUCTION


def is_about_the_open_question(person: Person, name: str, argument: str) -> bool:
    """Return whether it is a wish, and not the question why a line of the map says what it says."""
    asks_of_the_map = name == "why" and (bool(argument) or person.foreground is None)
    return name in WISHES and not (asks_of_the_map and person.diary.map is not None)


CRIES = frozenset({"sos", "help"})
"""What works without its slash in the middle of a question, too."""

LINKS = frozenset({"map", "answers", "moves", "week", "log", "history", "settings", "privacy", "help", "sos"})
"""What a deep link (`?start=...`) may open."""

SHOWN = (
    *("continue", "next", "map", "moves", "week", "log", "trial", "break", "history"),
    *("direction", "decide", "slope", "share", "done", "back", "skip", "answers"),
    *("rhythm", "settings", "pause", "help", "privacy", "export", "hide", "sos", "erase"),
)
"""The commands in a messenger's menu, in order; their descriptions are prompts (`menu.*`)."""
