"""What can be done with a map: draw it, ask why, say whether it fits, and look at earlier ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from flows import resuming
from flows.assessment.changes import lines_between, looks_the_same
from flows.assessment.drawn import as_drawn, as_remembered, fitting, moment, says_the_same
from flows.assessment.explanations import Explanation
from flows.assessment.fit import BEFORE, FIT, own_view
from flows.assessment.history import kept, listed, side_by_side
from flows.assessment.map import map_of
from flows.assessment.reading import Reading, read
from flows.assessment.sketch import SKETCH
from flows.assessment.standing import as_they_stand
from flows.assessment.why import explained, with_something_said
from flows.diary import DrawnMap
from flows.engine.conversation import Conversation
from flows.engine.say import Button, Fact, Say
from flows.engine.tokens import order_token
from flows.longitudinal.timeline import chart
from flows.person import begun
from flows.reply import Remembered, Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach


def drawn(coach: Coach, visit: Visit, reply: Reply, *, anew: bool) -> Reply:
    """Draw the map of the person in this reply, keep it, and say what moved since the last one.

    `anew`: it is drawn because something changed; the same result is then told in a line and not kept.
    """
    reading = read(reply.person, coach.rule, visit.now)
    fresh = as_drawn(reading.result, reading.facts, visit.now)
    before = reply.person.diary.map
    if anew and before is not None and says_the_same(fresh, before):
        return reply.adding(Say("map.same", {}, _to_map_or_answers()))
    another_lead = before is None or set(before.lead) != set(fresh.lead)
    diary = reply.person.diary.drawing(fresh)
    person = replace(reply.person, diary=replace(diary, parked=diary.parked and not another_lead))
    since = _since(reading, before, fresh, anew=anew)
    return replace(
        reply,
        person=person,
        says=(*reply.says, *map_of(replace(reading, person=person), since)),
        remember=(*reply.remember, Remembered("map", as_remembered(fresh), fresh.rule_version)),
    )


def _to_map_or_answers() -> tuple[Button, ...]:
    return buttons("coach.nothing_open", ("map", "map"), ("answers", "answers"))


def _since(reading: Reading, before: DrawnMap | None, fresh: DrawnMap, *, anew: bool) -> tuple[Say, ...]:
    """What changed since the last map, and which answers did it; nothing where no word is another."""
    if before is None or (looks_the_same(before, fresh) and not anew):
        return ()
    lines = lines_between(before, fresh, reading.rule, reading.conversations)
    if not lines:
        return (Say("map.updated_slightly"),) if anew else ()
    return (Say("map.updated" if anew else "map.since", {"lines": lines}),)


def show_map(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show the current map; before there is one, say what is missing for it."""
    del argument
    if _has_map(visit):
        *before, last = map_of(read(visit.person, coach.rule, visit.now))
        weeks = chart(visit.person, visit.now)
        over_time = () if weeks is None else (weeks,)
        return Reply(visit.person, (*before, *over_time, with_way_back(visit, last)))
    sketch = visit.person.conversations.get(SKETCH.name)
    if sketch is None:
        return resuming.nothing_open(coach, visit)
    left = sum(step not in sketch.answers for step in SKETCH.steps(sketch))
    return Reply(visit.person, (offer("coach.no_map_yet", ("go_on", "continue:now"), facts={"left": left}),))


def _has_map(visit: Visit) -> bool:
    sketch = visit.person.conversations.get(SKETCH.name)
    return sketch is not None and (sketch.done or visit.person.diary.map is not None)


def why(coach: Coach, visit: Visit, which: str) -> Reply:
    """Say what is behind one line of the map: the one that is named, else what leads, else ask which."""
    if not _has_map(visit):
        return show_map(coach, visit, "")
    reading = read(visit.person, coach.rule, visit.now)
    there = with_something_said(reading)
    asked = [each for each in Explanation if each == which] or list(reading.named[:1])
    others = (*((each, f"why:{each}") for each in there if each not in asked), ("map", "map"))
    if not asked:
        return Reply(visit.person, (with_way_back(visit, offer("why.which", *others)),))
    *before, last = explained(reading, asked[0])
    ways = replace(last, buttons=buttons("why.which", *others))
    return Reply(visit.person, (*before, with_way_back(visit, ways)))


def fits(coach: Coach, visit: Visit, which: str) -> Reply:
    """Note beside a map that it fits: the one under whose button that was said."""
    if visit.person.diary.map is None:
        return show_map(coach, visit, "")
    noted = _noted(visit, which, "fits")
    line = Say("map.fits", {}, _to_map_or_answers()) if visit.person.foreground is None else Say("map.fits")
    return replace(noted, says=(with_way_back(visit, line),))


def not_quite(coach: Coach, visit: Visit, which: str) -> Reply:
    """Note beside a map that it does not quite fit, and ask the one question what is nearer."""
    if visit.person.diary.map is None:
        return show_map(coach, visit, "")
    noted = _noted(visit, which, "not_quite")
    about = {BEFORE: own_view(visit.person.conversations)}
    person, check = begun(noted.person, FIT, visit.now, about)
    return replace(noted, person=person, says=(resuming.ask_again(coach, visit.of(person), check),))


def _noted(visit: Visit, which: str, fit: Literal["fits", "not_quite"]) -> Reply:
    maps = [moment(each) for each in visit.person.diary.maps]
    asked = which if which in maps else maps[-1]
    diary = fitting(visit.person.diary, asked, fit)
    remembered = Remembered("fit", {"map": asked, "fit": fit})
    return Reply(replace(visit.person, diary=diary), remember=(remembered,))


def fit_checked(coach: Coach, visit: Visit, reply: Reply, check: Conversation) -> Reply:
    """Keep words as a note; draw the map again, and say what that view changed or that it did not."""
    words = check.value("words")
    if isinstance(words, str):
        note = Remembered("note", {"text": words, "about": "map"})
        return replace(reply, remember=(*reply.remember, note)).adding(
            Say("map.own_words_kept", {}, _to_map_or_answers())
        )
    if check.value("nearer") is None:
        return reply.adding(Say("map.fit_left", {}, _to_map_or_answers()))
    return drawn(coach, visit, reply.adding(Say("map.own_view_counts")), anew=True)


def earlier(coach: Coach, visit: Visit, which: str) -> Reply:
    """List the maps there were; with the moment of one, put it beside the latest."""
    maps = kept(visit.person)
    if len(maps) < 2:
        return show_map(coach, visit, "")
    asked = next((each for each in maps[:-1] if moment(each) == which), None)
    if asked is None:
        return Reply(visit.person, (_list(visit, maps),))
    there = as_they_stand(visit.person.conversations)
    *before, last = side_by_side(asked, maps[-1], visit.person, there, coach.rule, visit.now)
    ways = replace(last, buttons=buttons("history.after", ("list", "maps"), ("map", "map")))
    return Reply(visit.person, (*before, with_way_back(visit, ways)))


def _list(visit: Visit, maps: tuple[DrawnMap, ...]) -> Say:
    facts: dict[str, Fact] = {"lines": listed(visit.person, visit.now)}
    numbers = tuple(
        Button(number, order_token("maps", moment(each)), str(number))
        for number, each in enumerate(maps[:-1], start=1)
    )
    way = () if visit.person.foreground is None else buttons("coach.way_back", ("go_on", "continue:now"))
    unnumbered = tuple(replace(each, key="") for each in way)
    return Say("history.list", facts, (*numbers, *unnumbered))
