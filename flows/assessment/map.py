"""The map as messages: what leads, the four lines, what stands beside it, and what comes next (A8).

After the sketch that is at most "a first hunch", and "I can't tell yet" is a result of its own. The order of
care is another than that of explanation (A2): harm first, then ground under somebody's feet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from flows.assessment.battery import BATTERY
from flows.assessment.certainty import words
from flows.assessment.drawn import moment
from flows.assessment.evidence_lines import between, for_and_against
from flows.assessment.explanations import Explanation
from flows.assessment.how_answered import caution
from flows.assessment.inventory import INVENTORY
from flows.assessment.overview import overview
from flows.assessment.quotes import layer
from flows.assessment.reading import Reading, read
from flows.assessment.rule import Rule
from flows.assessment.settling import what_would_change_it
from flows.assessment.sittings import next_sitting
from flows.assessment.sketch import LOWEST_BASELINE
from flows.assessment.what_ifs import HIGH, LOW
from flows.engine.say import Fact, Say
from flows.person import Person
from flows.quoting import SHORT
from flows.reply import offer

SHORT_OF_CLEAR: Mapping[str, str] = {LOW: "nothing_lifts", HIGH: "everything_lifts", "too_many": "too_many"}
"""Why it is not clear, where that has words of its own: reason to prompt."""

MONEY_LIFTS = 0.6
"""From here on more pay lifts so much that money belongs in the picture (A5, CF6)."""


def current_map(person: Person, rule: Rule, now: datetime) -> tuple[Say, ...]:
    """Return the map of somebody who has begun the sketch, as far as things have come."""
    return map_of(read(person, rule, now))


def map_of(reading: Reading, since: Iterable[Say] = ()) -> tuple[Say, ...]:
    """Return a reading as messages, the ways on at its end. `since`: what changed since the last map."""
    if reading.is_empty:
        nothing = Say("map.nothing_to_go_on")
        return (*since, *_their_words(reading), nothing, *_beside(reading), ways_on(reading))
    return (
        *_before_all_else(reading),
        *since,
        *_their_words(reading),
        _headline(reading),
        *(() if reading.is_first else (overview(reading),)),
        for_and_against(reading) if reading.named else between(reading),
        *_held_back(reading),
        *_ground(reading),
        _open_ends(reading),
        Say("map.would_change", what_would_change_it(reading)),
        *_beside(reading),
        ways_on(reading),
    )


def _before_all_else(reading: Reading) -> Iterator[Say]:
    """What comes before any explanation: harm, and what goes on outside work where nothing else is seen."""
    if reading.harmed:
        yield Say("map.harm")
    if reading.outside_comes_first:
        yield Say("map.outside_first")


def _their_words(reading: Reading) -> tuple[Say, ...]:
    """What the person began with, exactly as they wrote it, when it is short enough to be one detail."""
    began = reading.sketch.value("O1")
    told = reading.is_first and isinstance(began, str) and len(began) <= SHORT
    return (Say("map.began", {"words": str(began)}),) if told else ()


def _headline(reading: Reading) -> Say:
    """A Monday that nothing makes lighter is also how a low mood answers (A6): then a doctor comes first."""
    named = reading.named
    if named and reading.is_first:
        return Say("map.hunch", {"layer": layer(named[0])})
    if len(named) > 1:
        return Say("map.joint", {"layers": tuple(layer(each) for each in named)})
    if named:
        also = tuple(layer(each) for each in reading.result.layers)
        word = words(reading.result)[named[0]]
        return Say(f"map.says.{word}", {"layer": layer(named[0]), "also": also})
    return _not_clear(reading)


def _not_clear(reading: Reading) -> Say:
    if reading.is_light:
        return Say("map.light")
    for reason, prompt in SHORT_OF_CLEAR.items():
        if reason in reading.result.reasons:
            return Say(f"map.{prompt}")
    first, second = reading.pair
    return Say("map.unclear", {"first": layer(first), "second": layer(second)})


def _held_back(reading: Reading) -> tuple[Say, ...]:
    """Irritation needs what only the last sitting asks: until then its silence means nothing."""
    points = reading.result.points
    strongest = max(Explanation, key=lambda each: points[each])
    early = BATTERY.name not in reading.conversations and Explanation.IRR not in reading.named
    shows = strongest is Explanation.IRR and points[strongest] > 0
    return (Say("map.irritation_later"),) if early and shows and not reading.is_light else ()


def _ground(reading: Reading) -> tuple[Say, ...]:
    """Capacity is cared for first when it is that heavy, whatever leads (A2)."""
    differs = Explanation.CAP not in reading.named
    return (Say("map.ground"),) if reading.is_heavy and differs else ()


def _open_ends(reading: Reading) -> Say:
    """What is not known, and how much was left open."""
    skipped = (
        Say("map.skipped", {"count": reading.left_open}) if reading.left_open else Say("map.none_skipped")
    )
    return Say("map.open", {"unknown": _unknown(reading), "skipped": skipped})


def _unknown(reading: Reading) -> Say:
    if reading.something_happened:
        return Say("map.unknown.happened")
    inventory = reading.conversations.get(INVENTORY.name)
    asked = inventory is not None and reading.pair[0] in inventory.about.get("modules", "")
    return Say("map.unknown.after" if asked else f"map.unknown.{reading.pair[0]}")


def _beside(reading: Reading) -> Iterator[Say]:
    """What stands beside the picture. A doctor is named once: here, or where one was named before."""
    doctor_is_named = reading.nothing_lifts or reading.outside_comes_first
    if reading.is_severe and not doctor_is_named:
        yield Say("map.severe")
    if reading.result.out_flag and not doctor_is_named:
        yield Say("map.outside_short" if reading.is_severe else "map.outside")
    if _money_would_lift(reading):
        yield Say("map.money")
    if reading.person.diary.parked and reading.named:
        yield Say("map.parked")
    yield from caution(reading.conversations)


def _money_would_lift(reading: Reading) -> bool:
    """Whether more pay alone takes most of a Monday's weight away; a light Monday has none to take (A5)."""
    baseline, paid = reading.facts.number("CF0"), reading.facts.number("CF6")
    if baseline is None or paid is None or baseline < LOWEST_BASELINE:
        return False
    return (baseline - paid) / baseline >= MONEY_LIFTS


def ways_on(reading: Reading) -> Say:
    """One tap whether it fits, why, the next sitting, the answers, and earlier maps."""
    drawn = reading.person.diary.map
    asks_fit = bool(reading.named) and (drawn is None or not drawn.fit)
    which = moment(drawn) if drawn else ""
    asking = (("fits", f"fits:{which}"), ("not_quite", f"not_quite:{which}")) if asks_fit else ()
    why = () if reading.is_empty else (("why", "why"),)
    answers = ("answers", "answers")
    earlier = (("earlier", "maps"),) if len(reading.person.diary.maps) > 1 else ()
    facts: dict[str, Fact] = {"asks_fit": asks_fit}
    upcoming = next_sitting(reading.conversations)
    if upcoming is None:
        doing = (("moves", "moves"), ("week", "week"))
        return offer("map.complete", *asking, *why, *doing, answers, *earlier, facts=facts)
    on = ("sitting", "next")
    if upcoming is BATTERY:
        return offer("map.last_sitting", *asking, *why, on, answers, *earlier, facts=facts)
    return offer("map.next", *asking, *why, on, answers, *earlier, ("help", "help"), facts=facts)
