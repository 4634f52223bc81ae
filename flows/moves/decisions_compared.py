"""A decision now against then, in words and as a picture. Never a verdict: a rule of thumb at most (S2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.diary import Decision
from flows.engine.pictures import DecisionBars, MeasureRow
from flows.engine.say import Fact, Label, Say
from flows.moves.decisions_share import HOURS, TENTH, in_hours
from flows.moves.direction_things import thing_told

MORE = 10
"""How much of the week has to change to say so: an hour out of ten."""

HEAVIEST = 10
"""The end of the scales of purpose and heaviness."""

_OPEN = Label("decide.when", "open")


def compared(decision: Decision, top: tuple[str, ...]) -> tuple[Say, ...]:
    """Return the comparison in one message or two; () when there is nothing to lay side by side."""
    name: dict[str, Fact] = {"name": decision.name}
    numbers, beside = tuple(_numbers(decision)), tuple(_beside(decision, top))
    first = Say("decide.compared", {**name, "lines": numbers}, picture=picture(decision), apart=True)
    head = (first,) if numbers else ()
    if not beside:
        return head
    prompt = "decide.beside" if numbers else "decide.beside_only"
    return (*head, Say(prompt, {**name, "lines": beside}))


def _numbers(decision: Decision) -> Iterator[Say]:
    for row in _rows(decision):
        yield Say(f"decide.line.{row.code}", dict(zip(("now", "then"), row.told, strict=True)))


def _beside(decision: Decision, top: tuple[str, ...]) -> Iterator[Say]:
    if decision.back and decision.back != "unsure":
        yield Say(f"decide.back_told.{decision.back}")
    locks = tuple(Label("decide.locks", lock) for lock in decision.locks)
    if locks:
        yield Say("decide.ties_nothing" if "nothing" in decision.locks else "decide.ties", {"locks": locks})
    if decision.year and decision.year != "unsure":
        yield Say(f"decide.year_told.{decision.year}", {"top": tuple(map(thing_told, top))})


def picture(decision: Decision) -> DecisionBars | None:
    """Return the bars, None when there is nothing to draw."""
    rows = tuple(
        MeasureRow(Label("decide.measure", row.code), row.shares, row.told, heavy=row.code == "heavy")
        for row in _rows(decision)
    )
    if not rows:
        return None
    title = Say("decide.picture_title", {"name": decision.name})
    when = (Label("decide.when", "now"), Label("decide.when", "then"))
    return DecisionBars(title, when, rows, Say("decide.picture_foot"))


@dataclass(frozen=True, slots=True)
class _Row:
    """One measure: both numbers as shares of a full bar, and as they are told."""

    code: str
    shares: tuple[float | None, float | None]
    told: tuple[Fact, Fact]


def _row(code: str, now: int | None, then: int | None, full: int = HEAVIEST) -> _Row:
    def told(number: int | None) -> Fact:
        return _OPEN if number is None else number if full == HEAVIEST else in_hours(number)

    def share(number: int | None) -> float | None:
        return None if number is None else number / full

    return _Row(code, (share(now), share(then)), (told(now), told(then)))


def _rows(decision: Decision) -> tuple[_Row, ...]:
    """What is known of energy, purpose and heaviness; what was left open on both sides is left out.

    How heavy it is now is no answer to a question about the decision, so alone it shows nothing.
    """
    found = []
    if (decision.energy_now, decision.energy_then) != (None, None):
        found.append(_row("energy", decision.energy_now, decision.energy_then, HOURS * TENTH))
    if (decision.purpose_now, decision.purpose_then) != (None, None):
        found.append(_row("purpose", decision.purpose_now, decision.purpose_then))
    if decision.heavy_then is not None:
        found.append(_row("heavy", decision.heavy_now, decision.heavy_then))
    return tuple(found)


def thumb(decision: Decision) -> Say | None:
    """Return the rule of thumb that fits best (concepts 99 to 102), None when none does."""
    rule = next((name for name, fits in _thumbs(decision) if fits), None)
    return Say(f"decide.thumb.{rule}") if rule else None


def _thumbs(decision: Decision) -> Iterator[tuple[str, bool]]:
    """Yield the rules by name, the first that fits is said; nothing that was left open makes one fit."""
    gain = _gain(decision)
    more, less = gain is not None and gain >= MORE, gain is not None and gain <= -MORE
    paper, ties = decision.paper, set(decision.locks) - {"nothing"}
    rises = "title_up" in paper or (decision.kind == "promotion" and "title_down" not in paper)
    holds = bool(ties) and decision.back in ("costly", "hardly")
    yield "takes_the_work", rises and less
    yield "raise_that_holds", "pay_up" in paper and holds and gain is not None and not more
    yield "dull_title", "title_down" in paper and more
    yield "less_pay", "pay_down" in paper and more
    yield "up_and_away", rises and decision.year == "away"
    yield "sideways", "neither" in paper and decision.year == "toward"


def _gain(decision: Decision) -> int | None:
    if decision.energy_now is None or decision.energy_then is None:
        return None
    return decision.energy_then - decision.energy_now
