"""/direction: what "more aligned" means for this person, ranked by choosing between pairs (concept 101).

The ranking can be stopped after any pair: then what is settled is kept, and the rest is called open.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from flows import resuming
from flows.diary import Direction
from flows.engine.conversation import Conversation
from flows.engine.say import Button, Day, Fact, Label, Say
from flows.engine.tokens import order_token
from flows.longitudinal.chapter import Chapter
from flows.moves.direction_flow import (
    DIRECTION,
    PAIRS,
    chosen_of,
    it_is_enough,
    own_things,
    pairs_of,
    ticked,
)
from flows.moves.direction_ranking import Ranking, ranked
from flows.moves.direction_things import THINGS, giving, known_as, seeded, thing_told
from flows.person import begun
from flows.reply import Remembered, Reply, Visit, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

AGAIN = "again"


def direction(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show the direction that is kept, or ask for one; one that was begun is gone on with."""
    person = visit.person
    if DIRECTION.name in person.open_flows:
        return resuming.go_on(coach, visit.of(person.brought_forward(DIRECTION.name)))
    kept = person.diary.direction
    if kept is not None and kept.places and argument != AGAIN:
        return Reply(person, (with_way_back(visit, _as_kept(visit, kept)),))
    about = {"situation": person.situation} if person.situation else {}
    about |= {"gave": " ".join(giving(person.diary))}
    person, asking = begun(person, DIRECTION, visit.now, about)
    return Reply(person, (Say("direction.intro"), resuming.ask_again(coach, visit.of(person), asking)))


def ended(coach: Coach, visit: Visit, reply: Reply, asking: Conversation) -> Reply:
    """Ask about the next pair, as long as there is one and nobody said that it is enough; else keep it."""
    there = _named_now(visit.of(reply.person), asking)
    things = tuple(there.about["things"].split("\n")) if there.about["things"] else ()
    ranking = ranked(things, chosen_of(there))
    asked = len(pairs_of(there))
    if ranking.pair is None or it_is_enough(there) or asked == len(PAIRS):
        return _kept(visit, reply, ranking)
    about = {**there.about, "usual": _lines(*pairs_of(there), ranking.pair)}
    opened = replace(there, about=about).opened(PAIRS[asked])
    person = reply.person.having(opened).brought_forward(DIRECTION.name)
    asks = resuming.ask_again(coach, visit.of(person), opened)
    return replace(reply, person=person, says=(*reply.says, asks))


def _named_now(visit: Visit, asking: Conversation) -> Conversation:
    """Return the conversation with the things that it names now, and the pairs that were answered."""
    own = tuple(known_as(part, visit.ear.words) for part in own_things(asking))
    things = seeded(dict.fromkeys((*own, *ticked(asking))), visit.person.diary)
    answered = [pair for name, pair in zip(PAIRS, pairs_of(asking), strict=False) if name in asking.answers]
    about = {
        **asking.about,
        "things": "\n".join(things),
        "meant": " ".join(thing for thing in own if thing in THINGS),
        "usual": _lines(*answered),
    }
    return replace(asking, about=about)


def _lines(*pairs: tuple[str, str]) -> str:
    return "\n".join(thing for pair in pairs for thing in pair)


def _kept(visit: Visit, reply: Reply, ranking: Ranking) -> Reply:
    """Keep what is settled; a ranking in which nothing is never replaces an earlier one."""
    person = reply.person.without(DIRECTION.name)
    found = _settled(visit, ranking)
    if not (found.places or found.open):
        return replace(reply, person=person).adding(Say("direction.nothing"))
    if found.places or person.diary.direction is None:
        person = replace(person, diary=replace(person.diary, direction=found))
    record = Remembered("direction", {**asdict(found), "on": found.on.isoformat()})
    told = (_told(visit, found),) if found.places else ()
    says = (*reply.says, *told, *_still_open(found))
    return replace(reply, person=person, says=says, remember=(*reply.remember, record))


def _settled(visit: Visit, ranking: Ranking) -> Direction:
    """Return what is known for sure: a thing that met no other has no place yet."""
    today, alone = visit.ear.today, sum(map(len, ranking.places)) == 1 and not ranking.below
    if alone and ranking.waiting:
        return Direction(today, open=(*ranking.places[0], *ranking.waiting))
    return Direction(today, ranking.places, ranking.below, ranking.waiting)


def _as_kept(visit: Visit, kept: Direction) -> Say:
    """Return the direction as it was found, with the way to do it once more."""
    day = Day(datetime.combine(kept.on, time(12), UTC), visit.now)
    return offer("direction.kept", (AGAIN, f"direction:{AGAIN}"), facts={"lines": lines(kept), "day": day})


def _told(visit: Visit, found: Direction) -> Say:
    """Return the result in one message; somebody on sick leave gets nothing to do with it."""
    redo = Button(Label("direction.kept", AGAIN), order_token("direction", AGAIN), aside=True)
    facts: dict[str, Fact] = {"lines": lines(found)}
    if visit.person.situation == "leave":
        return Say("direction.result_resting", facts, (redo,))
    return Say("direction.result", {**facts, "week": _this_week(found.places[0][0])}, (redo,))


def lines(found: Direction) -> tuple[Say, ...]:
    """Return the first places, a line each."""
    return tuple(
        Say("direction.place", {"number": number, "things": tuple(map(thing_told, place))})
        for number, place in enumerate(found.places, start=1)
    )


def _this_week(thing: str) -> Say:
    """Return what the first thing would mean this week: something small, undone as easily."""
    if thing in THINGS:
        return Say(f"direction.week.{thing}")
    return Say("direction.week.own", {"words": thing})


def _still_open(found: Direction) -> tuple[Say, ...]:
    things = tuple(map(thing_told, found.open))
    prompt = "direction.open" if found.places else "direction.all_open"
    return (Say(prompt, {"things": things}),) if things else ()


CHAPTER = Chapter(
    flows=(DIRECTION,),
    endings={DIRECTION.name: ended},
    commands={"direction": direction},
)
