"""Maps over time: a list by date, and two of them side by side. Shown as they were kept, never recomputed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.assessment.certainty import dots
from flows.assessment.changes import Conversations, lines_between
from flows.assessment.explanations import Explanation, Word
from flows.assessment.overview import as_signs
from flows.assessment.quotes import layer
from flows.assessment.rule import Rule
from flows.diary import DrawnMap
from flows.engine.say import Day, Fact, Label, Picture, Row, Say
from flows.longitudinal.local_time import zone_of
from flows.person import Person


def kept(person: Person) -> tuple[DrawnMap, ...]:
    """Return the maps that can be shown, oldest first; the very first releases kept no words of theirs."""
    return tuple(drawn for drawn in person.diary.maps if drawn.words)


def listed(person: Person, now: datetime) -> tuple[Say, ...]:
    """Return one line for each map: its number, its day, what led and how sure that was."""
    maps, here = kept(person), zone_of(person.zone)
    days = Counter(drawn.at.astimezone(here).date() for drawn in maps)
    return tuple(
        _line(number, drawn, _day(drawn, now, here, timed=days[drawn.at.astimezone(here).date()] > 1))
        for number, drawn in enumerate(maps, start=1)
    )


def _line(number: int, drawn: DrawnMap, day: Fact) -> Say:
    facts: dict[str, Fact] = {"number": number, "day": day}
    if not drawn.lead:
        return Say("history.line_unclear", facts)
    word = Label("map.words", drawn.words[drawn.lead[0]])
    leads = tuple(Label("map.layers", each) for each in drawn.lead)
    return Say("history.line", facts | {"word": word, "layers": leads})


def _day(drawn: DrawnMap, now: datetime, here: ZoneInfo, *, timed: bool = False) -> Fact:
    """The day; with the time where several maps are of one day, and today in any case."""
    local = drawn.at.astimezone(here)
    if local.date() == now.astimezone(here).date():
        return Say("history.today", {"time": f"{local:%H:%M}"})
    day = Day(drawn.at, now, str(here))
    return Say("history.timed", {"day": day, "time": f"{local:%H:%M}"}) if timed else day


def side_by_side(
    before: DrawnMap, now: DrawnMap, person: Person, conversations: Conversations, rule: Rule, at: datetime
) -> tuple[Say, ...]:
    """Return two maps next to each other, as a picture and in words, and what moved from one to the other."""
    here = zone_of(person.zone)
    columns = _day(before, at, here), _day(now, at, here)
    picture = Picture(
        Say("history.title"),
        Say("map.subtitle"),
        tuple(_row(each, before, now) for each in _in_order(now)),
        Say("map.footer"),
        columns=columns,
    )
    told: dict[str, Fact] = {
        "before": columns[0],
        "now": columns[1],
        "lines": tuple(_both(each, before, now) for each in _in_order(now)),
    }
    lines = lines_between(before, now, rule, conversations)
    moved = Say("history.moved", {"lines": lines}) if lines else Say("history.nothing_moved")
    return Say("history.both", told, apart=True, picture=picture), moved


def _in_order(drawn: DrawnMap) -> list[Explanation]:
    return sorted(Explanation, key=lambda each: (each not in drawn.lead, -drawn.points.get(each, 0.0)))


def _word(drawn: DrawnMap, explanation: Explanation) -> Word:
    return Word(drawn.words.get(explanation, Word.NOT_IN_PICTURE))


def _row(explanation: Explanation, before: DrawnMap, now: DrawnMap) -> Row:
    one, other = _word(before, explanation), _word(now, explanation)
    return Row(
        layer(explanation),
        Label("map.words", other),
        dots(other),
        leading=explanation in now.lead,
        earlier=(Label("map.words", one), dots(one)),
    )


def _both(explanation: Explanation, before: DrawnMap, now: DrawnMap) -> Say:
    one, other = (dots(_word(drawn, explanation)) for drawn in (before, now))
    return Say(
        "history.line_of_both",
        {"before": as_signs(one), "now": as_signs(other), "layer": layer(explanation)},
    )
