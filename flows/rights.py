"""What somebody may do with what they told: see what was agreed, take it along or back, be rid of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows import own_words
from flows.assessment.onboarding import CONSENT_VERSION, ONBOARDING
from flows.diary import Consent, Keeping
from flows.engine.say import Day, Say
from flows.notices import OLD, WORDS_STAY
from flows.person import Person
from flows.reply import Reply, Visit, offer, with_way_back
from flows.shelf import SITTINGS

if TYPE_CHECKING:
    from flows.coach import Coach

CORE = "core"
"""The one purpose that is asked for: to keep answers in order to go on with somebody."""


def agreed(person: Person, now: datetime) -> Person:
    """Return the person with their yes to what the coach needs."""
    others = tuple(each for each in person.diary.consents if each.purpose != CORE)
    consents = (*others, Consent(CORE, CONSENT_VERSION, now))
    return replace(person, diary=replace(person.diary, consents=consents))


def consent_of(person: Person, purpose: str) -> Consent | None:
    """Return what somebody agreed to; of an earlier release the introduction still knows when."""
    kept = next((each for each in person.diary.consents if each.purpose == purpose), None)
    introduction = person.conversations.get(ONBOARDING.name)
    asked = purpose == CORE and introduction is not None and introduction.value("consent") == "yes"
    if kept is not None or introduction is None or not asked:
        return kept
    return Consent(purpose, 1, datetime.fromtimestamp(introduction.answers["consent"].at, UTC))


def privacy(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Say what is stored, where and how long, what was agreed and when, and how to be rid of it."""
    del coach, argument
    person = visit.person
    says = (Say("privacy.what"), Say("privacy.where"), Say("privacy.how_long"))
    consent = consent_of(person, CORE)
    if consent is None:
        return _with_reference(Reply(person, (*says, with_way_back(visit, Say("privacy.nothing_agreed")))))
    day = Day(consent.at, visit.now, person.zone or "UTC")
    ways = (("export", "export"), ("withdraw", "withdraw"), ("erase", "erase"))
    page = offer("privacy.rights", *ways, facts={"day": day, "version": consent.version})
    return _with_reference(Reply(person, (*says, with_way_back(visit, page))))


def _with_reference(reply: Reply) -> Reply:
    """Have the house add how whoever runs Tare can find them, which the coach does not know."""
    return replace(reply, wants=("reference",))


def withdraw(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Take the yes back: without it nothing may be kept, so it is deleting, or silence for a while."""
    del coach, argument
    ways = (("erase", "erase"), ("export", "export"), ("pause", "pause"))
    return Reply(visit.person, (with_way_back(visit, offer("rights.withdraw", *ways)),))


def export(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Give everything as one file; the house makes it, because only it knows the records."""
    del coach, argument
    return Reply(visit.person, (Say("rights.export"),), wants=("export",))


def keep_words(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Keep the person's own words for another three months."""
    del coach, argument
    until = visit.ear.today + WORDS_STAY
    diary = replace(visit.person.diary, keeping=replace(visit.person.diary.keeping, until=until))
    return Reply(replace(visit.person, diary=diary), (with_way_back(visit, Say("rights.words_kept")),))


def let_go(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Let the words go now that would go soon, here and in the records. Codes and numbers stay."""
    del coach, argument
    person = own_words.without(visit.person, visit.now - OLD)
    person = replace(person, diary=replace(person.diary, keeping=Keeping(own_words.oldest(person))))
    return Reply(person, (with_way_back(visit, Say("rights.words_gone")),), wants=("let_go",))


def noted(reply: Reply, now: datetime) -> Reply:
    """Return the reply with the day of the first own words noted, and with what went meanwhile told once."""
    keeping = reply.person.diary.keeping
    if keeping.since is None and (own_words.are_in(reply.remember) or own_words.waits(reply.person)):
        keeping = replace(keeping, since=now.date())
    if not keeping.told and reply.says:
        reply = replace(reply, says=(Say("rights.words_went"), *reply.says))
        keeping = replace(keeping, told=True)
    if keeping is reply.person.diary.keeping:
        return reply
    return replace(reply, person=replace(reply.person, diary=replace(reply.person.diary, keeping=keeping)))


def receipt(person: Person) -> tuple[Say, ...]:
    """Say what is gone, counted, and what is left to do on the person's own side."""
    lines = tuple(Say(f"rights.gone.{what}", {"count": count}) for what, count in _counted(person) if count)
    gone = (Say("privacy.erased_all", {"lines": lines}),) if lines else ()
    return (*gone, Say("privacy.erased"))


def _counted(person: Person) -> Iterator[tuple[str, int]]:
    diary = person.diary
    sittings = (each for name, each in person.conversations.items() if name in SITTINGS)
    yield "answers", sum(len(each.answers) for each in sittings)
    yield "maps", len(diary.maps)
    yield "weeks", len(diary.weeks)
    yield "entries", len(diary.entries)
    yield "trials", len(diary.trials)
    yield "breaks", len(diary.breaks)
    yield "notes", diary.notes
