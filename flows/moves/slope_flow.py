"""The questions of a slope, nine at most; and of a way out of harm, which has no stages."""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.guards import named, ticks
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard
from flows.engine.questions import Choice, MultiChoice
from flows.engine.say import Fact, Label
from flows.moves.money import Money, read_money, same_currency
from flows.moves.slope_money import Amount, AmountOrShare, share_of
from flows.moves.slope_pace import Pace
from flows.moves.slope_plan import KINDS

SHARES = ("p100", "p80", "p60", "p50", "p25", "p0")
"""Usual shares of what comes in now, in percent; people see words."""

AMOUNTS = ("income", "floor", "floor_again", "savings")
BRINGS = {kind: f"{kind}_brings" for kind in KINDS}
"""The question about what a month of each stage brings."""

ASKED = ("stages", "pace", "income", "floor", "savings")
"""What everybody is asked; what each stage brings comes after it."""


def amount(conversation: Conversation, question: str) -> Money | None:
    """Return an answer as money; None for one that is open, or a share."""
    value = conversation.value(question)
    if not isinstance(value, str) or share(conversation, question) is not None:
        return None
    found = Money(0) if value == "none" else read_money(value, monthly=False)
    return found if isinstance(found, Money) else None


def share(conversation: Conversation, question: str) -> int | None:
    """Return an answer as percent of what comes in now, None when it is none."""
    value = conversation.value(question)
    return share_of(value) if isinstance(value, str) and question in BRINGS.values() else None


def written(conversation: Conversation, question: str) -> str:
    """Return an amount as it was written, "" for anything else."""
    value = conversation.value(question)
    return str(value) if amount(conversation, question) is not None and value != "none" else ""


def floor_question(conversation: Conversation) -> str:
    """Return the question whose answer counts as the floor: the later one, if an amount was given there."""
    return "floor" if amount(conversation, "floor_again") is None else "floor_again"


def currencies(conversation: Conversation) -> tuple[str, ...]:
    """Return the first currency that was written, and the first that cannot be added to it."""
    order = (*AMOUNTS, *BRINGS.values(), "after")
    signs = [found.currency for each in order if (found := amount(conversation, each)) and found.currency]
    others = [sign for sign in signs if not same_currency(signs[0], sign)]
    return (*signs[:1], *others[:1])


def two_currencies_were_named(conversation: Conversation) -> bool:
    return len(currencies(conversation)) > 1


def nothing_was_picked(conversation: Conversation) -> bool:
    return conversation.value("stages") is None


def floor_is_above_income(conversation: Conversation) -> bool:
    """More is needed than comes in now, as far as the two can be compared."""
    income, floor = amount(conversation, "income"), amount(conversation, "floor")
    if income is None or floor is None:
        return False
    return same_currency(income.currency, floor.currency) and floor.hundredths > income.hundredths


def _brings_next(question: str) -> tuple[Go, ...]:
    """The ways from here to what the later stages bring, and on from there."""
    later = (
        KINDS[KINDS.index(question.removesuffix("_brings")) + 1 :] if question in BRINGS.values() else KINDS
    )
    ways = tuple(Go(question, BRINGS[kind], when=_is_picked(kind)) for kind in later)
    return (*ways, Go(question, "one_currency", when=two_currencies_were_named), Go(question, DONE))


def _is_picked(kind: str) -> Guard:
    return named(ticks("stages", kind), f"{kind}_is_picked")


def steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the questions that will be asked, as far as can be told by now."""
    picked = conversation.value("stages")
    kinds = picked if isinstance(picked, tuple) else KINDS
    return (*ASKED, *(BRINGS[kind] for kind in KINDS if kind in kinds))


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts may use; what was not said is ""."""
    kind = question.removesuffix("_brings")
    signs = (*currencies(conversation), "", "")
    return {
        "stage": Label("slope.stages", kind) if kind in KINDS else "",
        "income": written(conversation, "income"),
        "floor": written(conversation, floor_question(conversation)),
        "first": signs[0],
        "other": signs[1],
    }


def _brings() -> AmountOrShare:
    return AmountOrShare(*SHARES, zero="p0", depends_on=("stages",))


SLOPE = Flow(
    name="slope",
    version=1,
    start="stages",
    questions={
        "stages": MultiChoice(*KINDS),
        "pace": Pace("6", "12", "18", "24"),
        "income": Amount(),
        "floor": Amount(),
        "floor_again": Amount("so", explained=False, depends_on=("income", "floor")),
        "savings": Amount("none", zero="none", monthly=False),
        **{question: _brings() for question in BRINGS.values()},
        "one_currency": Choice("first", "out", explained=False),
    },
    transitions=(
        Go("stages", DONE, when=nothing_was_picked),
        Go("stages", "pace"),
        Go("pace", "income"),
        Go("income", "floor"),
        Go("floor", "floor_again", when=floor_is_above_income),
        Go("floor", "savings"),
        Go("floor_again", "savings"),
        *_brings_next("savings"),
        *(way for question in BRINGS.values() for way in _brings_next(question)),
        Go("one_currency", DONE),
    ),
    steps=steps,
    facts=facts,
    worded_as=dict.fromkeys(BRINGS.values(), "brings"),
)

SLOPE_OUT = Flow(
    name="slope_out",
    version=1,
    start="floor",
    questions={
        "floor": Amount(),
        "savings": Amount("none", zero="none", monthly=False),
        "after": Amount("none", zero="none"),
        "one_currency": Choice("first", "out", explained=False),
    },
    transitions=(
        Go("floor", "savings"),
        Go("savings", "after"),
        Go("after", "one_currency", when=two_currencies_were_named),
        Go("after", DONE),
        Go("one_currency", DONE),
    ),
    facts=facts,
)
