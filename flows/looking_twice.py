"""Before a map is drawn on answers that came very fast or all alike: whether they stand (A6, X13)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.assessment.how_answered import PACE_CHECK, how_answered, key
from flows.engine.asking import ask
from flows.engine.conversation import Conversation
from flows.engine.say import Say
from flows.person import Person, begun
from flows.reply import Reply, Visit

if TYPE_CHECKING:
    from flows.coach import Coach


def asked_whether_it_stands(coach: Coach, visit: Visit, reply: Reply, sitting: Conversation) -> Reply | None:
    """Return the reply with the one question about how a sitting was answered; None when there is none.

    Each sitting is asked about once, whatever was said then.
    """
    how = how_answered(coach.flows[sitting.flow], sitting)
    last = reply.person.conversations.get(PACE_CHECK.name)
    asked = last.about["asked"].split() if last else []
    if not how or key(sitting) in asked:
        return None
    about = {
        "sitting": sitting.flow,
        "how": how,
        "asked": " ".join((*asked, key(sitting))),
        "later": last.about["later"] if last else "",
    }
    person, check = begun(reply.person, coach.flows[PACE_CHECK.name], visit.now, about)
    return replace(reply, person=person, says=(*reply.says, ask(coach.flows[check.flow], check, visit.ear)))


def kept_for_later(reply: Reply, check: Conversation) -> Reply:
    """Say what it means for the map, and remember to offer the sitting once more."""
    waiting = (*check.about["later"].split(), check.about["sitting"])
    about = {**check.about, "later": " ".join(dict.fromkeys(waiting))}
    person = reply.person.having(replace(check, about=about))
    facts = {"fast": check.about["how"] == "fast"}
    return replace(reply, person=person).adding(Say("pace_check.kept", facts))


def once_more(coach: Coach, visit: Visit, name: str) -> Reply:
    """Open a sitting at its first question again, as it was begun; the answers stay in the history."""
    done = visit.person.conversations[name]
    person, fresh = begun(_no_longer_waiting(visit.person, name), coach.flows[name], visit.now, done.about)
    return Reply(person, (ask(coach.flows[name], fresh, visit.ear),))


def _no_longer_waiting(person: Person, name: str) -> Person:
    check = person.conversations.get(PACE_CHECK.name)
    if check is None:
        return person
    left = " ".join(each for each in check.about["later"].split() if each != name)
    return person.having(replace(check, about={**check.about, "later": left}))
