"""What follows when a conversation ends, or when an answer changes one that had ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import looking_twice, maps, resuming, rights
from flows.asking_again import what_moved
from flows.assessment.again import AGAIN
from flows.assessment.checks import CHECKS
from flows.assessment.fit import FIT
from flows.assessment.how_answered import PACE_CHECK
from flows.assessment.onboarding import CONSENT_VERSION, ONBOARDING
from flows.assessment.sittings import SITTINGS, unsettled
from flows.assessment.sketch import SKETCH
from flows.engine.conversation import Conversation
from flows.engine.say import Say
from flows.engine.turn import Turn
from flows.longitudinal.chapters import CHAPTERS
from flows.person import Person, Standing, begun
from flows.reply import Remembered, Reply, Visit, offer
from flows.safety.first_answer import youth_line

if TYPE_CHECKING:
    from flows.coach import Coach

Ending = Callable[["Coach", Visit, Reply, Conversation], Reply]


def follow_up(coach: Coach, visit: Visit, reply: Reply, turn: Turn) -> Reply:
    """Return the reply with what its flow does at its end, and the way back to what it interrupted."""
    conversation = turn.conversation
    if conversation.flow == ONBOARDING.name and not conversation.done:
        return _in_the_language(coach, visit, _placed(reply, conversation), conversation)
    if not conversation.done:
        return reply
    ended = ENDINGS[conversation.flow](coach, visit, reply, conversation)
    waiting = ended.person.foreground
    asks_itself = waiting is not None and _has_just_begun(visit, waiting)
    if waiting is None or waiting.flow == conversation.flow or asks_itself or conversation.flow in LEAD_ON:
        return ended
    place = coach.flows[waiting.flow].short(waiting, waiting.state)
    ways = (("go_on", "continue:now"), ("later", "later"))
    return ended.adding(offer("coach.back_to_it", *ways, facts={"question": place}))


def _has_just_begun(visit: Visit, waiting: Conversation) -> bool:
    """Whether a conversation was opened by this very event: then its question has just been asked."""
    before = visit.person.conversations.get(waiting.flow)
    return before is None or before.id != waiting.id


def _placed(reply: Reply, onboarding: Conversation) -> Reply:
    """Country and clock count as soon as they are told: help may be needed before the last question."""
    country, zone = _text(onboarding, "country"), _text(onboarding, "zone")
    return replace(reply, person=replace(reply.person, country=country, zone=zone))


def _in_the_language(coach: Coach, visit: Visit, reply: Reply, onboarding: Conversation) -> Reply:
    """The language chosen first counts at once, for the very next question."""
    locale = str(onboarding.value("welcome"))
    if locale == visit.person.locale or locale not in coach.words:
        return reply
    there = replace(visit.of(reply.person), ear=replace(visit.ear, words=coach.words[locale]))
    says = (resuming.ask_again(coach, there, onboarding),)
    return replace(reply, person=replace(reply.person, locale=locale), says=says)


def _onboarded(coach: Coach, visit: Visit, reply: Reply, onboarding: Conversation) -> Reply:
    if onboarding.value("adult") != "yes":
        gone = Person(visit.person.seed, reply.person.locale, Standing.LEAVING)
        return Reply(gone, (Say("onboarding.goodbye_young"), *youth_line()), chosen=reply.chosen)
    if onboarding.value("consent") != "yes":
        refused = Person(visit.person.seed, reply.person.locale, Standing.DECLINED)
        return Reply(refused, (Say("onboarding.declined"),), chosen=reply.chosen)
    there = _placed(reply, onboarding).person
    situation = _text(onboarding, "situation") or ""
    person = rights.agreed(replace(there, standing=Standing.ACTIVE, situation=situation), visit.now)
    agreed = Remembered("consent", {"purpose": "core", "version": CONSENT_VERSION})
    sketch = resuming.begin_sketch(coach, visit.of(person))
    welcome = Say("onboarding.ready", variant=person.situation)
    return replace(
        reply, person=sketch.person, says=(welcome, *sketch.says), remember=(*reply.remember, agreed)
    )


def _sitting_ended(coach: Coach, visit: Visit, reply: Reply, sitting: Conversation) -> Reply:
    """Ask first whether answers stand that came very fast or all alike. Of a second time it is said what
    moved, unless the map says so itself.
    """
    if _was_done(visit.person, sitting):
        return _sitting_done(coach, visit, reply, sitting)
    asked = looking_twice.asked_whether_it_stands(coach, visit, reply, sitting)
    done = asked or _sitting_done(coach, visit, reply, sitting)
    flow, told = coach.flows[sitting.flow], len(reply.says)
    if flow not in AGAIN or asked or any(say.prompt == "map.since" for say in done.says):
        return done
    return replace(done, says=(*reply.says, *what_moved(flow, sitting), *done.says[told:]))


def _looked_twice(coach: Coach, visit: Visit, reply: Reply, check: Conversation) -> Reply:
    """Go through the sitting once more, or let its answers stand; the map follows as it would have."""
    if check.value("pace") == "now":
        again = looking_twice.once_more(coach, visit.of(reply.person), check.about["sitting"])
        return replace(reply, person=again.person, says=(*reply.says, *again.says))
    stands = looking_twice.kept_for_later(reply, check) if check.value("pace") == "later" else reply
    return _sitting_done(coach, visit, stands, check)


def _sitting_done(coach: Coach, visit: Visit, reply: Reply, sitting: Conversation) -> Reply:
    """Ask about answers that pull apart, then show the map. The sketch is short and goes straight to it."""
    codes = {} if sitting.flow == SKETCH.name else unsettled(reply.person.conversations, coach.rule)
    if not codes:
        return _map_drawn(coach, visit, reply, sitting)
    about = {"situation": reply.person.situation, "codes": " ".join(codes), **codes}
    person, checks = begun(reply.person, coach.flows[CHECKS.name], visit.now, about)
    settled = reply.person.conversations.get(CHECKS.name)
    if settled is not None:
        kept = {code: answer for code, answer in settled.answers.items() if code not in ("apart", *codes)}
        checks = replace(checks, answers=kept, trail=())
        person = person.having(checks)
    return replace(reply, person=person, says=(*reply.says, resuming.ask_again(coach, visit, checks)))


def _map_drawn(coach: Coach, visit: Visit, reply: Reply, sitting: Conversation) -> Reply:
    """Draw the map of what is known by now; a changed answer may also leave it as it was."""
    return maps.drawn(coach, visit, reply, anew=_was_done(visit.person, sitting))


def _was_done(person: Person, sitting: Conversation) -> bool:
    """Whether a sitting ends once more because an answer was changed; the sketch has only one map."""
    before = person.conversations.get(sitting.flow)
    if sitting.flow == SKETCH.name or before is None:
        return sitting.flow == SKETCH.name
    return before.done or before.changing or before.ahead


def _language_set(coach: Coach, visit: Visit, reply: Reply, aside: Conversation) -> Reply:
    del visit
    locale = _text(aside, "ask")
    if locale is None or locale not in coach.words:
        return replace(reply, says=(Say("engine.left_as_it_was"),))
    return replace(reply, person=replace(reply.person, locale=locale)).adding(Say("coach.language_set"))


def _place_set(coach: Coach, visit: Visit, reply: Reply, aside: Conversation) -> Reply:
    """Keep the country and the clock that were named; what was skipped stays as it was."""
    del coach, visit
    country, zone = _text(aside, "country"), _text(aside, "zone") or _text(aside, "ask")
    if country is None and zone is None:
        return replace(reply, says=(Say("engine.left_as_it_was"),))
    before = reply.person
    there = replace(before, country=country or before.country, zone=zone or before.zone)
    return replace(reply, person=there).adding(Say("coach.set"))


def _situation_set(coach: Coach, visit: Visit, reply: Reply, aside: Conversation) -> Reply:
    """Keep how somebody works; what is open is worded for it from now on, and no answer changes."""
    del coach, visit
    situation = _text(aside, "ask")
    if situation is None:
        return replace(reply, says=(Say("engine.left_as_it_was"),))
    there = replace(reply.person, situation=situation)
    for conversation in there.conversations.values():
        if not conversation.done and "situation" in conversation.about:
            there = there.having(replace(conversation, about={**conversation.about, "situation": situation}))
    return replace(reply, person=there).adding(Say("coach.set"))


def _note_kept(coach: Coach, visit: Visit, reply: Reply, aside: Conversation) -> Reply:
    del coach, visit
    person = reply.person.without(aside.flow)
    if aside.value("ask") != "yes":
        return replace(reply, person=person, remember=(), says=(Say("coach.note_dropped"),))
    kept = Remembered("note", {"text": aside.about["text"]})
    person = replace(person, diary=replace(person.diary, notes=person.diary.notes + 1))
    return replace(reply, person=person, remember=(kept,)).adding(Say("coach.note_kept"))


def _started_over(coach: Coach, visit: Visit, reply: Reply, aside: Conversation) -> Reply:
    """The old answers stay in the history; the sketch begins at its first question again."""
    if aside.value("ask") != "yes":
        there = resuming.go_on(coach, visit.of(reply.person), "now")
        return replace(reply, person=there.person, says=there.says)
    fresh = replace(reply.person, diary=replace(reply.person.diary, maps=()))
    for flow in (*SITTINGS, *AGAIN, PACE_CHECK, CHECKS, FIT):
        fresh = fresh if flow is SKETCH else fresh.without(flow.name)
    again = resuming.begin_sketch(coach, visit.of(fresh))
    return replace(reply, person=again.person, says=(*reply.says, Say("coach.started_over"), *again.says))


def _erased(coach: Coach, visit: Visit, reply: Reply, aside: Conversation) -> Reply:
    del coach
    if aside.value("ask") != "yes":
        return reply.adding(Say("coach.not_erased"))
    gone = Person(visit.person.seed, visit.person.locale, Standing.LEAVING)
    return Reply(gone, rights.receipt(reply.person), chosen=reply.chosen)


def _text(conversation: Conversation, question: str) -> str | None:
    value = conversation.value(question)
    return value if isinstance(value, str) else None


ENDINGS: Mapping[str, Ending] = {
    "onboarding": _onboarded,
    "sketch": _sitting_done,
    "inventory": _sitting_ended,
    "battery": _sitting_ended,
    "signs": _sitting_ended,
    "tests": _sitting_ended,
    "pace_check": _looked_twice,
    "checks": _map_drawn,
    "fit": maps.fit_checked,
    "language": _language_set,
    "country": _place_set,
    "clock": _place_set,
    "situation": _situation_set,
    "note": _note_kept,
    "start_over": _started_over,
    "erase": _erased,
    **{name: ending for chapter in CHAPTERS for name, ending in chapter.endings.items()},
}

LEAD_ON = frozenset({"onboarding", "start_over"})
"""Flows whose end opens another question by itself."""
