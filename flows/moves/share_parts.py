"""What a packet may hold: parts of numbered lines, each of which can be taken out before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flows.assessment.certainty import Word, words
from flows.assessment.evidence_lines import QUOTED, strongest, sums
from flows.assessment.explanations import Explanation
from flows.assessment.map import SHORT_OF_CLEAR
from flows.assessment.overview import in_words
from flows.assessment.quotes import layer, quote
from flows.assessment.reading import Reading
from flows.assessment.settling import what_would_change_it
from flows.engine.say import Fact, Say
from flows.moves import share_past, share_rhythm
from flows.moves.share_lines import Line, line, quoted, shares_words
from flows.moves.share_own import own_words

READERS = ("mentor", "coach", "partner", "doctor")
MENTOR, COACH, PARTNER, DOCTOR = READERS

GUIDED = (MENTOR, COACH, PARTNER)
"""Readers for whom there is word on how to help."""

MOST_LINES = 30
"""Lines of a packet at the most: each has a number on a button."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a packet: its code, its heading, and its lines."""

    code: str
    title: Say
    lines: tuple[Line, ...]


def parts_for(reader: str, reading: Reading, wish: str) -> tuple[Part, ...]:
    """Return what there is to hand on to a reader, in order; parts without a line are left out."""
    told = {**_answered(reading), "wish": _wish(wish), "guide": _guide(reader)}
    found: list[Part] = []
    for code in ORDER[reader]:
        before = tuple(each for part in found for each in part.lines)
        fresh = tuple(each for each in told[code] if not _is_told(each, before))
        if fresh:
            found.append(Part(code, _title(code, reading), fresh))
    return _within(found, MOST_LINES)


def _is_told(there: Line, before: Iterable[Line]) -> bool:
    """Whether a line was said already, or is nothing but words that stand in another one."""
    told = tuple(before)
    repeats = there.says.prompt == "share.own" and any(shares_words(there, each) for each in told)
    return repeats or any(there.says == each.says for each in told)


ORDER: Mapping[str, tuple[str, ...]] = {
    MENTOR: ("map", "points_to", "points_away", "change", "rhythm", "tried", "words", "wish", "guide"),
    COACH: ("map", "points_to", "points_away", "change", "rhythm", "tried", "words", "wish", "guide"),
    PARTNER: ("map", "rhythm", "tried", "words", "wish", "guide"),
    DOCTOR: ("heaviness", "duration", "sleep", "load", "outside", "causes", "tried", "began", "wish"),
}
"""The parts for each reader."""


def _answered(reading: Reading) -> dict[str, tuple[Line, ...]]:
    for_it, against = _evidence(reading)
    return {
        "map": tuple(_map(reading)),
        "points_to": for_it,
        "points_away": against,
        "change": (_change(reading),),
        "rhythm": (*_quotes(reading, ("O2", "O3", "O4", "R3")), *share_rhythm.weeks(reading)),
        "tried": tuple(share_past.tried(reading)),
        "words": tuple(own_words(reading)),
        "began": tuple(own_words(reading))[:1],
        "heaviness": (*_quotes(reading, ("O2", "O6")), *share_rhythm.weeks(reading)),
        "duration": _quotes(reading, ("O3", "O4")),
        "sleep": (*_quotes(reading, ("c2", "K1")), *share_rhythm.nights(reading)),
        "load": _quotes(reading, ("c1", "c3", "c4", "c5")),
        "outside": _quotes(reading, ("O7",)),
        "causes": (*_causes(reading), *_quotes(reading, ("R3",))),
    }


def _map(reading: Reading) -> Iterator[Line]:
    """The map in plain words, and in the same line its limits: one does not go without the other."""
    limits = {"headline": _headline(reading), "rests": Say(f"share.rests.{_rests_on(reading)}")}
    yield line(Say("share.map.with_limits", limits))
    if reading.result.out_flag:
        yield line(Say("share.map.outside"))
    if reading.left_open:
        yield line(Say("share.rests.open", {"count": reading.left_open}))


def _headline(reading: Reading) -> Say:
    named = reading.named
    if len(named) > 1:
        return Say("share.map.joint", {"layers": tuple(layer(each) for each in named)})
    if named:
        word = words(reading.result)[named[0]]
        also = tuple(layer(each) for each in reading.result.layers)
        return Say(f"share.map.{word}", {"layer": layer(named[0]), "also": also})
    return _not_clear(reading)


def _not_clear(reading: Reading) -> Say:
    if reading.is_empty:
        return Say("share.map.not_in_picture")
    if reading.is_light:
        return Say("share.map.light")
    for reason, prompt in SHORT_OF_CLEAR.items():
        if reason in reading.result.reasons:
            return Say(f"share.map.{prompt}")
    first, second = reading.pair
    return Say("share.map.unclear", {"first": layer(first), "second": layer(second)})


def _rests_on(reading: Reading) -> str:
    return "first" if reading.is_first else "happened" if reading.something_happened else "answers"


def _evidence(reading: Reading) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What points to what leads and what points away; where nothing leads, what points to each of two."""
    if reading.named:
        speaks = sums(reading.result.evidence, reading.named)
        return _strongest(reading, speaks, 1), _strongest(reading, speaks, -1)
    first, second = (sums(reading.result.evidence, (each,)) for each in reading.pair)
    return _strongest(reading, first, 1), _strongest(reading, second, 1)


def _strongest(reading: Reading, speaks: Mapping[str, float], sign: int) -> tuple[Line, ...]:
    return _quotes(reading, strongest(speaks, sign))[:QUOTED]


def _quotes(reading: Reading, items: Iterable[str]) -> tuple[Line, ...]:
    found = (quote(reading, item) for item in items)
    return tuple(quoted(each) for each in found if each is not None)


def _change(reading: Reading) -> Line:
    return line(Say("share.change", what_would_change_it(reading)))


def _causes(reading: Reading) -> Iterator[Line]:
    """The five, and how much each is in the picture: in it, or not so far."""
    said = words(reading.result)
    for each in sorted(reading.in_order, key=lambda one: said[one] is Word.NOT_IN_PICTURE):
        yield line(Say("share.cause", {"layer": layer(each), "word": in_words(said[each])}))
    yield line(Say(f"share.rests.{_rests_on(reading)}"))


def _wish(wish: str) -> tuple[Line, ...]:
    return (line(Say("share.own", {"words": wish}), wish),) if wish else ()


def _guide(reader: str) -> tuple[Line, ...]:
    return (line(Say(f"share.guide.{reader}.name")),) if reader in GUIDED else ()


def _title(code: str, reading: Reading) -> Say:
    if code in ("points_to", "points_away"):
        return _side(code, reading)
    return Say(f"share.titles.{code}")


def _side(code: str, reading: Reading) -> Say:
    """Of two that cannot be told apart each has its own heading."""
    if reading.named:
        return Say(f"share.titles.{code}")
    which: Explanation = reading.pair[0 if code == "points_to" else 1]
    return Say("share.titles.points_to_one", {"layer": layer(which)})


def _within(found: Iterable[Part], most: int) -> tuple[Part, ...]:
    """Cut what has no number any more; the last parts are short and stay, the long ones give way."""
    parts = list(found)
    while sum(len(part.lines) for part in parts) > most:
        longest = max(range(len(parts)), key=lambda place: len(parts[place].lines))
        parts[longest] = replace(parts[longest], lines=parts[longest].lines[:-1])
    return tuple(parts)


Numbered = tuple[int, Line]


def numbered(parts: Iterable[Part]) -> Iterator[tuple[Part, tuple[Numbered, ...]]]:
    """Yield each part with its lines and their numbers, which run on from part to part."""
    number = 0
    for part in parts:
        yield part, tuple((number + place, each) for place, each in enumerate(part.lines, start=1))
        number += len(part.lines)


Keeps = Callable[[int], bool]


def kept(parts: Iterable[Part], keeps: Keeps) -> tuple[Part, ...]:
    """Return the parts with those lines alone whose number is kept, and without parts that have none.

    Own words that were taken out in one line are taken out in all of them.
    """
    there = tuple(numbered(parts))
    out = tuple(each for _, lines in there for number, each in lines if not keeps(number))
    left = (
        replace(part, lines=tuple(each for number, each in lines if keeps(number) and not _goes(each, out)))
        for part, lines in there
    )
    return tuple(part for part in left if part.lines)


def _goes(there: Line, out: Iterable[Line]) -> bool:
    return any(shares_words(there, each) for each in out)


def facts_of(part: Part) -> tuple[Fact, ...]:
    """Return the lines of a part as they are said."""
    return tuple(each.says for each in part.lines)
