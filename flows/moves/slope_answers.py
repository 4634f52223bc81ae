"""From the answers to a plan: amounts in one currency, shares of what comes in now, months or a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flows.diary import Slope, Stage
from flows.engine.conversation import Conversation
from flows.engine.days import day_named
from flows.engine.say import Say
from flows.moves.money import same_currency
from flows.moves.slope_flow import (
    AMOUNTS,
    BRINGS,
    amount,
    currencies,
    floor_question,
    share,
    written,
)
from flows.moves.slope_plan import KINDS, Part, first_of_a_month, parted, staged, whole_months

USUAL = 18
"""Months of a slope when nobody said how long it may take: those of S0."""


def plan_of(planning: Conversation, today: date, before: Slope | None = None) -> Slope | None:
    """Return the plan that follows from the answers on a day; None without any stage.

    It starts with the next month; one that was made before keeps its first day.
    """
    picked = planning.value("stages")
    kinds = [kind for kind in KINDS if isinstance(picked, tuple) and kind in picked]
    if not kinds:
        return None
    start = before.stages[0].first if before else first_of_a_month(today)
    income = _hundredths(planning, "income")
    floor, savings = _hundredths(planning, floor_question(planning)), _hundredths(planning, "savings")
    parts = [Part(kind, _brought(planning, BRINGS[kind], income)) for kind in kinds]
    asked = _months(planning, start)
    spans = parted(USUAL if asked is None else asked, parts, floor, savings or 0)
    return Slope(
        made=before.made if before else today,
        stages=staged(start, parts, spans),
        currency=_sample(planning),
        income=income,
        floor=floor,
        savings=savings,
        asked=asked,
    )


def with_one_floor(planning: Conversation) -> Conversation:
    """Return the answers with the floor that counts in its place, to be changed like any other."""
    if floor_question(planning) == "floor":
        return planning
    answers = {name: answer for name, answer in planning.answers.items() if name != "floor_again"}
    answers["floor"] = planning.answers["floor_again"]
    trail = tuple(name for name in planning.trail if name != "floor_again")
    return replace(planning, answers=answers, trail=trail)


def money_of(counting: Conversation, today: date) -> Slope:
    """Return what is known of the money of somebody who is out, as one stage without an end."""
    stage = Stage("elsewhere", today, today, 0, _hundredths(counting, "after"))
    return Slope(
        made=today,
        stages=(stage,),
        currency=_sample(counting),
        floor=_hundredths(counting, "floor"),
        savings=_hundredths(counting, "savings"),
    )


def _months(planning: Conversation, start: date) -> int | None:
    pace = planning.value("pace")
    if isinstance(pace, str) and pace.isdecimal():
        return int(pace)
    until = day_named({"pace": pace}, "pace")
    return None if until is None else whole_months(start, until)


def _hundredths(planning: Conversation, question: str) -> int | None:
    """An answer as hundredths of the first currency; None where it is open, or left out as another one."""
    found = amount(planning, question)
    signs = currencies(planning)
    if found is None:
        return None
    other = bool(signs) and not same_currency(signs[0], found.currency)
    return None if other and planning.value("one_currency") != "first" else found.hundredths


def _brought(planning: Conversation, question: str, income: int | None) -> int | None:
    """What a month of a stage brings; a share of now is rounded down to a whole unit."""
    percent = share(planning, question)
    if percent is None:
        return _hundredths(planning, question)
    if percent == 0:
        return 0
    if percent == 100 or income is None:
        return income
    return income * percent // 10_000 * 100


def _sample(planning: Conversation) -> str:
    """The first amount that was written with a currency; without one the first at all."""
    order = (*AMOUNTS, *BRINGS.values(), "after")
    texts = [text for question in order if (text := written(planning, question))]
    named = [question for question in order if (found := amount(planning, question)) and found.currency]
    return written(planning, named[0]) if named else texts[0] if texts else ""


def about_currencies(planning: Conversation) -> tuple[Say, ...]:
    signs = currencies(planning)
    if len(signs) < 2:
        return ()
    if planning.value("one_currency") == "first":
        return (Say("slopes.one_sign", {"first": signs[0]}),)
    return (Say("slopes.left_out", {"other": signs[1]}),)
