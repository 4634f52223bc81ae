"""/moves: what can be done with what the map says, the smallest step first, and what was tried already.

A move that takes weeks is planned as a trial; a small one is done on the spot, with one line or one tap.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flows import resuming
from flows.assessment.quotes import layer
from flows.assessment.reading import Reading, read
from flows.assessment.sketch import SKETCH
from flows.engine.say import Button, Fact, Label, OnDay, Say
from flows.engine.tokens import order_token
from flows.longitudinal.chapter import Chapter
from flows.moves.done import enough, may_be_said
from flows.moves.ladder import BY_ID, GROUND, Move, ladder, leads
from flows.moves.on_the_spot import MOVE, keep, words_kept
from flows.moves.past import show_past, there_is_a_past
from flows.moves.traps import name_one
from flows.person import begun
from flows.reply import Remembered, Reply, Visit, buttons, offer, with_way_back

if TYPE_CHECKING:
    from flows.coach import Coach

A_PAGE = 5
"""Moves on one page."""

JUST_DONE = timedelta(weeks=4)
"""So long a move that was done on the spot is not offered again."""

ALL, PAST = "all", "past"


def show_moves(coach: Coach, visit: Visit, argument: str) -> Reply:
    """Show a page of the ladder, counted from 1; "all" brings back what they declined, "past" is the past.

    Before the first page comes what is to be named once: a trap, or what staying costs.
    """
    if argument == PAST:
        return show_past(visit)
    if not argument and may_be_said(visit.person, visit.ear.today):
        person, say = enough(visit.person, visit.ear.today, ("moves", "moves:1"))
        return Reply(person, (with_way_back(visit, say),))
    reading = _reading(coach, visit)
    if reading is None:
        return Reply(visit.person, (offer("moves.no_map", ("go_on", "next")),))
    if reading.on_leave:
        return Reply(visit.person, (with_way_back(visit, _nothing(visit, "on_leave")),))
    person = visit.person
    if argument == ALL:
        person = replace(person, diary=replace(person.diary, moves_declined=()))
    page = int(argument) if argument.isascii() and argument.isdecimal() else 1
    person, named = name_one(visit.of(person)) if page == 1 else (person, ())
    *before, last = _page(reading, visit.of(person), max(1, page))
    return Reply(person, (*named, *before, with_way_back(visit, last)))


def _reading(coach: Coach, visit: Visit) -> Reading | None:
    """Return what the map says by now; None when there is none yet."""
    sketch = visit.person.conversations.get(SKETCH.name)
    if sketch is None or not (sketch.done or visit.person.diary.map is not None):
        return None
    return read(visit.person, coach.rule, visit.now)


def _offered(reading: Reading, visit: Visit) -> tuple[Move, ...]:
    """The moves on offer: not what they declined, nor what they did just now."""
    diary, today = visit.person.diary, visit.ear.today
    gone = {*diary.moves_declined, *(each.move for each in diary.moves_done if today - each.on < JUST_DONE)}
    return tuple(move for move in ladder(reading) if move.id not in gone)


def _page(reading: Reading, visit: Visit, page: int) -> tuple[Say, ...]:
    offered = _offered(reading, visit)
    here = offered[A_PAGE * (page - 1) : A_PAGE * page]
    if not here:
        return (_nothing(visit, "between" if visit.person.situation == "between" else "nothing"),)
    numbered = tuple(enumerate(here, start=1))
    facts: dict[str, Fact] = {
        "head": _head(reading) if page == 1 else Say("moves.head.more"),
        "lines": tuple(
            Say("moves.line", {"number": number, "name": _name(move)}) for number, move in numbered
        ),
    }
    more = (("more", f"moves:{page + 1}"),) if len(offered) > A_PAGE * page else ()
    ways = buttons("moves.list", *more, *(() if more else _to_all(visit)), *_to_past(visit))
    keyed = (replace(way, key=str(key)) for key, way in enumerate(ways, start=len(here) + 1))
    numbers = (Button(number, order_token("move", move.id), str(number)) for number, move in numbered)
    return (*_running(visit), Say("moves.list", facts, (*numbers, *keyed)))


def _head(reading: Reading) -> Say:
    """Say why it is these."""
    if reading.harmed:
        return Say("moves.head.harm")
    if reading.outside_comes_first or reading.nothing_lifts:
        return Say("moves.head.not_the_work")
    if reading.is_light:
        return Say("moves.head.light")
    if not leads(reading):
        first, second = reading.pair
        return Say("moves.head.unclear", {"first": layer(first), "second": layer(second)})
    layers: dict[str, Fact] = {"layers": tuple(layer(each) for each in leads(reading))}
    heavy = reading.is_heavy and BY_ID[GROUND].explanation not in leads(reading)
    return Say("moves.head.heavy" if heavy else "moves.head.lead", layers)


def _nothing(visit: Visit, code: str) -> Say:
    prompt = f"moves.{code}"
    return Say(prompt, {}, buttons("moves.list", *_to_all(visit), *_to_past(visit)))


def _to_all(visit: Visit) -> tuple[tuple[str, str], ...]:
    return (("all", f"moves:{ALL}"),) if visit.person.diary.moves_declined else ()


def _to_past(visit: Visit) -> tuple[tuple[str, str], ...]:
    return (("past", f"moves:{PAST}"),) if there_is_a_past(visit.person) else ()


def _running(visit: Visit) -> tuple[Say, ...]:
    trial = visit.person.diary.trial
    return (Say("moves.running", {"day": OnDay(trial.ends)}),) if trial else ()


def _name(move: Move) -> Label:
    return Label("ladder.names", move.id)


def show_move(coach: Coach, visit: Visit, which: str) -> Reply:
    """Show one move: what it is, what it costs, how it is undone, its sign, when to stop."""
    reading, move = _reading(coach, visit), BY_ID.get(which)
    if reading is None or move is None or move not in ladder(reading):
        return show_moves(coach, visit, "")
    parts = ("what", "cost", "undo", "sign", "stop")
    facts: dict[str, Fact] = {part: Say(f"ladder.{move.id}.{part}") for part in parts}
    facts |= {"name": _name(move), "weeks": Label("ladder.weeks", str(move.weeks))}
    ways = (("try", _way(move)), ("another", _to_another(reading, visit, move)), ("no", f"move_no:{move.id}"))
    return Reply(visit.person, (with_way_back(visit, offer("moves.one", *ways, facts=facts)),))


def _way(move: Move) -> str:
    """Return the command behind "try it"."""
    if move.way == "trial":
        return f"trial:{move.leads_to}.{move.id}"
    return move.leads_to if move.way == "command" else f"move_now:{move.id}"


def _to_another(reading: Reading, visit: Visit, move: Move) -> str:
    """Return the command for the next one on offer; after the last one comes the page of all."""
    offered = _offered(reading, visit)
    after = offered[offered.index(move) + 1 :] if move in offered else ()
    return f"move:{after[0].id}" if after else "moves"


def not_for_me(coach: Coach, visit: Visit, which: str) -> Reply:
    """Leave a move out from now on, until they ask for all."""
    if which not in BY_ID:
        return show_moves(coach, visit, "")
    diary = visit.person.diary
    declined = (*(each for each in diary.moves_declined if each != which), which)
    person = replace(visit.person, diary=replace(diary, moves_declined=declined))
    noted = Remembered("move", {"move": which, "event": "declined"})
    ways = (("moves", "moves"), ("all", f"moves:{ALL}"))
    say = offer("moves.left_out", *ways, facts={"name": Label("ladder.names", which)})
    return Reply(person, (with_way_back(visit, say),), (noted,))


def do_now(coach: Coach, visit: Visit, which: str) -> Reply:
    """Do a small move on the spot: ask for its one line, or keep it with this tap."""
    move, reading = BY_ID.get(which), _reading(coach, visit)
    if move is None or move.way not in ("words", "tap") or reading is None or reading.on_leave:
        return show_moves(coach, visit, "")
    if move.way == "tap":
        return keep(visit, Reply(visit.person), move.id)
    about = {"situation": visit.person.situation, "move": move.id}
    person, conversation = begun(visit.person, MOVE, visit.now, about)
    return Reply(person, (resuming.ask_again(coach, visit.of(person), conversation),))


CHAPTER = Chapter(
    flows=(MOVE,),
    endings={MOVE.name: words_kept},
    commands={"moves": show_moves, "move": show_move, "move_no": not_for_me, "move_now": do_now},
)
